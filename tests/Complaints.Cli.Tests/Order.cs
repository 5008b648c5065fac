[assembly: TestCollectionOrderer(typeof(Complaints.Cli.Tests.Order))]

namespace Complaints.Cli.Tests;

/// <summary>What starts processes takes as long as all that does not.</summary>
public sealed class Order() : LongestFirst(nameof(KilledRotationTests), nameof(ProcessTests));
