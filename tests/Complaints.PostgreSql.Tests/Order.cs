using Complaints.PostgreSql.Tests.Schema;
using Complaints.PostgreSql.Tests.Wiring;

[assembly: TestCollectionOrderer(typeof(Complaints.PostgreSql.Tests.Order))]

namespace Complaints.PostgreSql.Tests;

/// <summary>A ledger of 58,251 rows is imported twice, and every law is held three times.</summary>
public sealed class Order() : LongestFirst(nameof(LedgerTests), nameof(OldAndNewTests));
