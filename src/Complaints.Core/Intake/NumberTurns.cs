using System.Collections.Concurrent;

namespace Complaints.Core.Intake;

/// <summary>
/// Lets the intakes of a tenant decide one after the other on this node: of those that decide on one number, only one can be written. Other nodes are met at the commit. Thread-safe.
/// </summary>
internal sealed class NumberTurns
{
    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> _gates = [];

    /// <summary>Waits for a turn, which ends when it is disposed.</summary>
    public async ValueTask<Turn> TakeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(tenant, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(gate);
    }

    /// <summary>A turn; <c>default</c> where nobody waits for one.</summary>
    public readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
