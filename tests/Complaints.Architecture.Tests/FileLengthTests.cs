namespace Complaints.Architecture.Tests;

public sealed class FileLengthTests(ITestOutputHelper output)
{
    private const int Limit = 300;
    private const int Aim = 150;

    /// <summary>Files that may be longer, each with its reason. Keep it short.</summary>
    private static readonly Dictionary<string, string> Exceptions = [];

    [Fact]
    public void Rule12_no_source_file_is_longer_than_the_limit()
    {
        var files = Repository.Files("src", ".cs")
            .Select(file => (File: file, Lines: File.ReadLines(Repository.At(file)).Count()))
            .ToList();
        var aboveAim = files.Where(file => file.Lines > Aim).ToList();
        output.WriteLine($"{aboveAim.Count} of {files.Count} files in src have more than {Aim} lines.");

        TooLong(files).ShouldBeEmpty();
    }

    [Fact]
    public void Rule12_exceptions_are_still_needed() =>
        Exceptions.Keys.Where(file => !File.Exists(Repository.At(file)) || File.ReadLines(Repository.At(file)).Count() <= Limit).ShouldBeEmpty();

    [Fact]
    public void Control_a_long_file_is_found() =>
        TooLong([("src/Long.cs", Limit + 1), ("src/Full.cs", Limit)]).ShouldBe([$"src/Long.cs: {Limit + 1} lines"]);

    private static IEnumerable<string> TooLong(IEnumerable<(string File, int Lines)> files) =>
        files.Where(file => file.Lines > Limit && !Exceptions.ContainsKey(file.File)).Select(file => $"{file.File}: {file.Lines} lines");
}
