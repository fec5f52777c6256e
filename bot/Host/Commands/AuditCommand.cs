using System.CommandLine;
using PatchBot.Core.Audit;

namespace PatchBot.Host.Commands;

/// <summary>Looks after the audit.</summary>
internal static class AuditCommand
{
    public static Command Build(CommandHost host)
    {
        var verify = new Command("verify", "Checks every link of the audit chain; exit code 1 when it is broken.");
        verify.SetAction((_, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                if (await PresentDatabase.FaultAsync(services, token) is { } fault)
                {
                    Console.Error.WriteLine(fault);
                    return CommandHost.NoDatabase;
                }

                var verdict = await services.GetRequiredService<AuditVerifier>().VerifyAsync(token);
                Console.WriteLine(verdict.IsWhole
                    ? $"The audit is whole: {verdict.Entries} entries."
                    : $"The audit is broken after {verdict.Entries} good entries: {verdict.Fault}. Compare with a backup of the database.");
                return verdict.IsWhole ? 0 : CommandHost.Failed;
            },
            cancellationToken,
            migrate: false));
        return new Command("audit", "Looks after the audit.") { verify };
    }
}
