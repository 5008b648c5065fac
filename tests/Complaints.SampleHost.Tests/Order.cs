using Complaints.Tests.Shared;

[assembly: TestCollectionOrderer(typeof(Complaints.SampleHost.Tests.Order))]

namespace Complaints.SampleHost.Tests;

/// <summary>Pages that are read one after the other come before those of which there are few.</summary>
public sealed class Order() : LongestFirst(nameof(WordsTests), nameof(HostTests), nameof(WorkPageTests), nameof(ImprovementPageTests));
