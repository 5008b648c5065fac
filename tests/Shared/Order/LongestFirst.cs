using Xunit.Sdk;
using Xunit.v3;

namespace Complaints.Tests.Shared;

/// <summary>Lets the longest classes of an assembly begin at once: begun last, they would go on alone when all others are done.</summary>
/// <param name="longest">Their names.</param>
public abstract class LongestFirst(params string[] longest) : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !longest.Any(collection.TestCollectionDisplayName.Contains))];
}
