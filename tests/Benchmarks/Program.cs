using BenchmarkDotNet.Running;
using PatchBot.Benchmarks;
using PatchBot.Benchmarks.Invokes;
using PatchBot.Benchmarks.Load;
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

if (args is ["invokes" or "presses", .. var loadWishes])
{
    if (LoadWishes.Read(loadWishes) is not { } wished)
    {
        await Console.Error.WriteLineAsync(LoadWishes.Usage);
        return 2;
    }

    await (args[0] == "invokes" ? InvokesRun.RunAsync(wished) : PressesRun.RunAsync(wished));
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(SuggestionBenchmark).Assembly).Run(args);
return 0;
