using BenchmarkDotNet.Running;
using PatchBot.Benchmarks;
using PatchBot.Benchmarks.Invokes;
using PatchBot.Benchmarks.Posts;
using PatchBot.Benchmarks.Presses;
using PatchBot.Benchmarks.Scale;
using PatchBot.Benchmarks.Turns;

if (args is ["scale", .. var wishes])
{
    return await ScaleRun.RunAsync(wishes);
}

if (args is ["teams-posts", .. var run])
{
    return await TeamsPosts.RunAsync(run);
}

if (args is ["slack-posts", .. var slackRun])
{
    return await SlackPosts.RunAsync(slackRun);
}

if (args is ["turns", .. var turnWishes])
{
    return await TurnsRun.RunAsync(turnWishes);
}

if (args is ["invokes", .. var invokeWishes])
{
    return await InvokesRun.RunAsync(invokeWishes);
}

if (args is ["presses"])
{
    return await PressesRun.RunAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(SuggestionBenchmark).Assembly).Run(args);
return 0;
