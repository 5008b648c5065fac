using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Complaints.Faults.Tests.LongestFirst))]

namespace Complaints.Faults.Tests;

/// <summary>The two hundred kills begin at once: begun last, they would go on alone when all others are done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !collection.TestCollectionDisplayName.Contains(nameof(KilledWorkerTests)))];
}
