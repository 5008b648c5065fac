using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>
/// Every storage port on one relational database; a storage package derives from it and says where statements run. Thread-safe.
/// The parts are in a file each: commands here, then aggregates, reading, import, timers, outbox, definitions, keys, chains.
/// </summary>
public abstract partial class RelationalStore :
    IComplaintStore, IAggregateStore, IComplaintReader, IComplaintImporter, IDefinitionStore, ISubjectKeyStore, IChainStore, IStoreInspection,
        ISideRowStore, ITimerStore, IWorkStore, ILinkStore, ITakingPartStore, IWakeUp
{
    private readonly ISqlSessions _sessions;
    private readonly ICommitWriter _writer;
    private readonly LoadSql _load;
    private readonly SqlText _known;
    private readonly SqlText _keys;
    private readonly SqlText _chain;
    private readonly SqlText _heads;
    private readonly SqlText _inspect;
    private readonly TimerSql _timers;
    private readonly OutboxSql _outbox;

    private protected RelationalStore(ISqlSessions sessions, ICommitWriter writer, LoadSql? load = null)
    {
        _sessions = sessions;
        _writer = writer;
        var dialect = sessions.Dialect;
        _outbox = new(dialect);
        _load = load ?? new LoadSql(dialect);
        _heads = new(SelectHeads(dialect));
        _inspect = new(dialect.Inspect);
        _chain = new(dialect.BeginRead, HeadOf(dialect), AggregateSql.HeadOf, EventsOf, dialect.EndRead);
        Aggregates = new(dialect);
        _timers = new(dialect);
        _work = new(dialect);
        _parties = new(dialect);
        _known = new($"select source_hash from complaint where tenant = @tenant and {dialect.IsOneOf("source_hash", "@hashes")}");
        _keys = new($"select subject, wrapped from subject_key where tenant = @tenant and {dialect.IsOneOfIds("subject", "@subjects")}");
    }

    /// <inheritdoc/>
    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        _sessions.ReadAsync(tenant, (session, token) => _load.ComplaintAsync(session, tenant, id, command, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Only a new block of numbers needs the write lock: one intake in many.
        return query.Numbers == 0
            ? _sessions.ReadAsync(query.Tenant, (session, token) => _load.IntakeAsync(session, query, token), cancellationToken)
            : _sessions.WriteAsync(query.Tenant, session => _load.IntakeAsync(session, query, CancellationToken.None), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var outcome = await _writer.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        if (outcome == CommitOutcome.Committed && !commit.Outbox.IsEmpty)
            MessagesWritten();
        return outcome;
    }

    /// <inheritdoc/>
    public virtual bool PrefersGapFreeNumbers => false;

    /// <inheritdoc/>
    /// <exception cref="StoreException">A complaint's id, number or key is taken; nothing of the batch was written.</exception>
    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        return commits.Count == 0 ? new(0) : _writer.ImportAsync(commits, cancellationToken);
    }

    /// <inheritdoc/>
    public virtual Task Next => Bell.Next;

    /// <summary>Tells whoever waits for messages; called when they are durable.</summary>
    private protected virtual void MessagesWritten() => Bell.Ring();

    private protected Bell Bell { get; } = new();

    /// <summary>The selects before a command, for the same statements elsewhere, such as inside a host's transaction.</summary>
    private protected LoadSql Load => _load;

    /// <summary>The statements about timers, also for those who claim.</summary>
    private protected TimerSql Timers => _timers;
}
