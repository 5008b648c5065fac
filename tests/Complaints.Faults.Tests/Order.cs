[assembly: TestCollectionOrderer(typeof(Complaints.Faults.Tests.Order))]

namespace Complaints.Faults.Tests;

/// <summary>The two hundred kills take as long as all the rest.</summary>
public sealed class Order() : LongestFirst(nameof(KilledWorkerTests));
