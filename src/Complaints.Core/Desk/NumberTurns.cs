using System.Collections.Concurrent;

namespace Complaints.Core;

/// <summary>
/// Lets the intakes of a tenant decide one after the other on this node: of those that decide on one number, only one can be written. It
/// only saves work: the commit is what guards, also
/// against other nodes. So nobody waits for long behind one that hangs. Thread-safe.
/// </summary>
internal sealed class NumberTurns(TimeSpan patience)
{
    /// <summary>Longer than an intake takes, and short for a caller.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> _gates = [];

    /// <summary>Waits for a turn, which ends when it is disposed; after a while goes on without one.</summary>
    public async ValueTask<Turn> TakeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(tenant, static _ => new SemaphoreSlim(1, 1));
        return new Turn(await gate.WaitAsync(patience, cancellationToken).ConfigureAwait(false) ? gate : null);
    }

    /// <summary>A turn; <c>default</c> for none.</summary>
    public readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
