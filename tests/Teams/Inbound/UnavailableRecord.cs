using PatchBot.Core.Record;

namespace PatchBot.Tests.Teams.Inbound;

internal sealed class UnavailableRecord : IRecord
{
    public Task<T> WriteAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => throw Away();

    public Task<T> ReadAsync<T>(Func<IRecordSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) => throw Away();

    private static RecordUnavailableException Away() => new("The database does not answer.", new InvalidOperationException());
}
