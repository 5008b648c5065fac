using Complaints.Tests.Shared;

[assembly: TestCollectionOrderer(typeof(Complaints.Package.Tests.Order))]

namespace Complaints.Package.Tests;

/// <summary>What is trimmed and compiled ahead of time takes as long as all the rest.</summary>
public sealed class Order() : LongestFirst(nameof(TrimmingTests), nameof(NativeTests));
