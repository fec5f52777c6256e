using PatchBot.Db.Engines;
using PatchBot.Host.Commands;

SqlServerCultures.AllowIfNeeded(args);
return await CommandLine.RunAsync(args);
