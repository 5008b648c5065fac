namespace Complaints.Tests.Shared;

/// <summary>What was put in the way for a while.</summary>
/// <param name="release">Takes it away.</param>
internal sealed class Held(Func<Task> release) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await release();
}
