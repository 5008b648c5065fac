using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;
using Complaints.Testing.Conformance;

namespace Complaints.PostgreSql.Tests.Laws;

/// <summary>PostgreSQL on a real server in an empty schema that nobody else has meanwhile.</summary>
public sealed class PostgreSqlFixture : IStoreFixture
{
    private readonly TestSchema _schema = new() { Name = EmptySchemas.Take(typeof(PostgreSqlFixture)) };

    public async ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken) => StorePorts.Of(await _schema.OpenAsync());

    public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _schema.DisposeAsync();
        await EmptySchemas.GiveBackAsync(typeof(PostgreSqlFixture), _schema.Name);
    }
}

// Every class of laws; the last one fails when a class is missing.

public sealed class PostgreSqlCommitLaws : CommitLaws<PostgreSqlFixture>;

public sealed class PostgreSqlConflictLaws : ConflictLaws<PostgreSqlFixture>;

public sealed class PostgreSqlIdempotencyLaws : IdempotencyLaws<PostgreSqlFixture>;

public sealed class PostgreSqlIntakeLaws : IntakeLaws<PostgreSqlFixture>;

public sealed class PostgreSqlNumberLaws : NumberLaws<PostgreSqlFixture>;

public sealed class PostgreSqlTimerLaws : TimerLaws<PostgreSqlFixture>;

public sealed class PostgreSqlWorkLaws : WorkLaws<PostgreSqlFixture>;

public sealed class PostgreSqlLinkLaws : LinkLaws<PostgreSqlFixture>;

public sealed class PostgreSqlPartyLaws : PartyLaws<PostgreSqlFixture>;

public sealed class PostgreSqlSweepLaws : SweepLaws<PostgreSqlFixture>;

public sealed class PostgreSqlOutboxLaws : OutboxLaws<PostgreSqlFixture>;

public sealed class PostgreSqlQueueLaws : QueueLaws<PostgreSqlFixture>;

public sealed class PostgreSqlListingLaws : ListingLaws<PostgreSqlFixture>;

public sealed class PostgreSqlHistoryLaws : HistoryLaws<PostgreSqlFixture>;

public sealed class PostgreSqlDefinitionLaws : DefinitionLaws<PostgreSqlFixture>;

public sealed class PostgreSqlAggregateLaws : AggregateLaws<PostgreSqlFixture>;

public sealed class PostgreSqlParticipantLaws : ParticipantLaws<PostgreSqlFixture>;

public sealed class PostgreSqlKeyLaws : KeyLaws<PostgreSqlFixture>;

public sealed class PostgreSqlChainLaws : ChainLaws<PostgreSqlFixture>;

public sealed class PostgreSqlImportLaws : ImportLaws<PostgreSqlFixture>;

public sealed class PostgreSqlTenantLaws : TenantLaws<PostgreSqlFixture>;

public sealed class PostgreSqlFidelityLaws : FidelityLaws<PostgreSqlFixture>;

public sealed class PostgreSqlConcurrencyLaws : ConcurrencyLaws<PostgreSqlFixture>;

public sealed class PostgreSqlCompliance : StoreCompliance<PostgreSqlFixture>;
