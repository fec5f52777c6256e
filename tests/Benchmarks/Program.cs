using BenchmarkDotNet.Running;
using PatchBot.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(SuggestionBenchmark).Assembly).Run(args);
