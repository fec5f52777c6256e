using BenchmarkDotNet.Running;
using PatchBot.Benchmarks;
using PatchBot.Benchmarks.Scale;

if (args is ["scale", .. var wishes])
{
    return await ScaleRun.RunAsync(wishes);
}

BenchmarkSwitcher.FromAssembly(typeof(SuggestionBenchmark).Assembly).Run(args);
return 0;
