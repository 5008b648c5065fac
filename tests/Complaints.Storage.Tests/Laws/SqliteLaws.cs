using Complaints.Testing.Conformance;

namespace Complaints.Storage.Tests.Laws;

// Every class of laws on one store; the last one fails when a class is missing.

public sealed class SqliteCommitLaws : CommitLaws<SqliteFixture>;

public sealed class SqliteConflictLaws : ConflictLaws<SqliteFixture>;

public sealed class SqliteIdempotencyLaws : IdempotencyLaws<SqliteFixture>;

public sealed class SqliteIntakeLaws : IntakeLaws<SqliteFixture>;

public sealed class SqliteNumberLaws : NumberLaws<SqliteFixture>;

public sealed class SqliteTimerLaws : TimerLaws<SqliteFixture>;

public sealed class SqliteWorkLaws : WorkLaws<SqliteFixture>;

public sealed class SqliteLinkLaws : LinkLaws<SqliteFixture>;

public sealed class SqlitePartyLaws : PartyLaws<SqliteFixture>;

public sealed class SqliteSweepLaws : SweepLaws<SqliteFixture>;

public sealed class SqliteOutboxLaws : OutboxLaws<SqliteFixture>;

public sealed class SqliteQueueLaws : QueueLaws<SqliteFixture>;

public sealed class SqliteListingLaws : ListingLaws<SqliteFixture>;

public sealed class SqliteHistoryLaws : HistoryLaws<SqliteFixture>;

public sealed class SqliteDefinitionLaws : DefinitionLaws<SqliteFixture>;

public sealed class SqliteAggregateLaws : AggregateLaws<SqliteFixture>;

public sealed class SqliteParticipantLaws : ParticipantLaws<SqliteFixture>;

public sealed class SqliteKeyLaws : KeyLaws<SqliteFixture>;

public sealed class SqliteChainLaws : ChainLaws<SqliteFixture>;

public sealed class SqliteImportLaws : ImportLaws<SqliteFixture>;

public sealed class SqliteTenantLaws : TenantLaws<SqliteFixture>;

public sealed class SqliteFidelityLaws : FidelityLaws<SqliteFixture>;

public sealed class SqliteConcurrencyLaws : ConcurrencyLaws<SqliteFixture>;

public sealed class SqliteCompliance : StoreCompliance<SqliteFixture>;
