using System.Text.RegularExpressions;

namespace Complaints.Architecture.Tests;

/// <summary>
/// The tool and the samples are hosts like any other: they read through a desk, by permission, and touch no person's key. Who took a reader
/// or a store of keys out of the container would read past both.
/// </summary>
public sealed partial class PastTheDeskTests
{
    /// <summary>Master keys are changed for all tenants at once, by nobody's permission.</summary>
    private static readonly string[] Allowed = ["src/Complaints.Cli/Commands/KeysCommand.cs: ISubjectKeyStore"];

    [Fact]
    public void R26_The_tool_and_the_samples_read_by_permission_and_touch_no_persons_key()
    {
        var files = Repository.Files("src/Complaints.Cli", ".cs").Concat(Repository.Files("samples", ".cs", ".razor")).ToList();
        files.Count.ShouldBeGreaterThan(50);
        files.SelectMany(file => Named(File.ReadAllText(Repository.At(file))).Select(name => $"{file}: {name}")).ShouldBe(Allowed);
    }

    [Fact]
    public void Control_a_reader_and_a_store_of_keys_are_found()
    {
        const string Source =
            "var all = session.Get<IComplaintReader>().ScanAsync(t, ct); new PersonKeys(s, p, c); (RelationalStore)store;";
        Named(Source).ShouldBe(["IComplaintReader", "PersonKeys", "RelationalStore"]);
        Named("MyPersonKeysView(); services.UseSqlite(file);").ShouldBeEmpty();
    }

    private static IEnumerable<string> Named(string source) => Past().Matches(source).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"\b(IComplaintReader|ISubjectKeyStore|PersonKeys|RelationalStore|InMemoryComplaintStore)\b")]
    private static partial Regex Past();
}
