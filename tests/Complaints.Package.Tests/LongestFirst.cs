using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Complaints.Package.Tests.LongestFirst))]

namespace Complaints.Package.Tests;

/// <summary>What is trimmed and compiled ahead of time begins at once: begun last, it would go on alone when all others are done.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(TrimmingTests), nameof(NativeTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => !Longest.Any(collection.TestCollectionDisplayName.Contains))];
}
