using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>Inside a transaction of the host.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>How often a command is decided before a conflict is told: once where the host must choose.</summary>
    private int Attempts => _services.IsInside ? 1 : 3;

    /// <summary>
    /// The same desk inside a transaction of the host: what it writes becomes durable, and its messages are sent, when the host commits; if
    /// the host rolls back, nothing of it ever was.
    /// Answers are pending until then (<see cref="CommandResult.IsPending"/>). A conflict is thrown at once as a
    /// <see cref="ConflictException"/>, undoes only what the command wrote,
    /// and leaves the host's work and the choice to the host. <see cref="ViewAsync"/> reads histories outside. Call
    /// <see cref="PrepareAsync"/> at the start of the program.
    /// As thread-safe as the transaction is. Where the tenant's numbers have no gap
    /// (<see cref="Definitions.TenantSettings.GapFreeNumbers"/>), everybody else who registers waits from a
    /// registration until the transaction ends: register late in it. On SQLite the whole file waits in any case.
    /// </summary>
    /// <param name="scope">The transaction, as a storage package wraps it; most have an <c>In</c> that takes the driver's own.</param>
    /// <exception cref="ArgumentException">The transaction is one of another kind of store, or of another database.</exception>
    public ComplaintDesk In(ICommitScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new(_services.In(scope), Tenant, Actor);
    }

    /// <summary>
    /// Brings the schema up to date, publishes the tenant's built-in definitions and makes its key, where that has not happened; else at
    /// first use. Before the first <see cref="In"/>: inside
    /// a transaction on SQLite the file is locked for everything else.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
    }
}
