namespace Complaints.Package.Tests;

/// <summary>The program that is trimmed elsewhere, as machine code. By itself, because it takes as long as the others together.</summary>
public sealed class NativeTests(PackageFeed feed) : IDisposable
{
    private readonly ConsumerProject _project = new(feed);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Rule10_A_native_program_does_the_same_and_warns_of_nothing()
    {
        var native = TrimmingTests.Trimmed.Replace("PublishTrimmed", "PublishAot", StringComparison.Ordinal);
        _project.Write(TrimmingTests.OnSqlite, TrimmingTests.TrimmedProgram, native);
        _project.Run("publish", "-c", "Release", "-o", "out", "--nologo").ShouldNotContain("warning IL");

        File.Exists(_project.At("out", "Consumer.dll")).ShouldBeFalse("it is machine code");
        var printed = _project.Start(_project.At("out", "Consumer"));
        printed.ShouldContain("-000001 is Resolved.");
        printed.ShouldContain("2.0 ComplaintResolved");
    }
}
