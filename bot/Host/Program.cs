using PatchBot.Host.Commands;

return await CommandLine.RunAsync(args);
