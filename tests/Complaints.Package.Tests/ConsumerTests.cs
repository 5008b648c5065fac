using System.Text.RegularExpressions;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>What a new user does: an empty console project, the package from a feed, the README's snippet, a trimmed program, a native one; and the tool.</summary>
public sealed class ConsumerTests(PackageFeed feed, TypedPages pages) : IClassFixture<TypedPages>, IDisposable
{
    private readonly ConsumerProject _project = new(feed);

    public void Dispose() => _project.Dispose();

    public static TheoryData<string, string, string> Snippets => new()
    {
        { "README.md", "first complaint", "-000001 is Closed." },
        { "README.zh-CN.md", "first complaint", "-000001 is Closed." },
        { "README.md", "database", "-000001 is Resolved." },
        { "README.zh-CN.md", "database", "-000001 is Resolved." },
    };

    /// <summary>Only what the page prints: the commands above a snippet are typed in an empty folder, the snippet is pasted, and it runs.</summary>
    [Theory]
    [MemberData(nameof(Snippets))]
    public void Snippet_of_the_README_compiles_and_runs_after_the_commands_above_it(string readme, string snippet, string printed)
    {
        var (commands, code) = Printed(File.ReadAllText(Path.Combine(Repository.Root, readme)), snippet);
        commands.ShouldNotBeEmpty();
        var (project, output) = pages.Of(commands, code);
        output.ShouldContain(printed);
        File.Exists(project.At("complaints.db")).ShouldBe(snippet == "database");
        Directory.GetFiles(project.Folder, "*.key").Length.ShouldBe(snippet == "database" ? 1 : 0);
    }

    [Fact]
    public void Control_a_package_that_the_page_does_not_name_is_missed()
    {
        var (commands, code) = Printed(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), "database");
        var fewer = commands.Where(command => !command.EndsWith(".DependencyInjection", StringComparison.Ordinal));
        Should.Throw<InvalidOperationException>(() => _project.Type(fewer, code)).Message.ShouldContain("BuildServiceProvider");
    }

    [Fact]
    public void Snippets_are_short_and_the_one_of_the_pure_core_is_the_sample()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Printed(readme, "first complaint").Code.Trim().ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "samples", "01-FirstComplaint", "Program.cs")).Trim());
        Printed(readme, "database").Code.Trim().Split('\n').Length.ShouldBeLessThanOrEqualTo(24);
        Regex.Matches(readme, "```csharp").Count.ShouldBe(2, "every snippet is named above");
    }

    [Fact]
    public void The_tool_is_installed_and_makes_a_database()
    {
        _project.Configure();
        _project.Run("tool", "install", "Complaints.Cli", "--version", "0.1.0", "--tool-path", "tools");
        var tool = _project.At("tools", OperatingSystem.IsWindows() ? "complaints.exe" : "complaints");
        _project.Start(tool, "init", "--db", "tool.db").ShouldContain("tool.db");
        File.Exists(_project.At("tool.db")).ShouldBeTrue();
    }

    /// <summary>The commands of the section in which a snippet stands, and the snippet.</summary>
    private static (List<string> Commands, string Code) Printed(string readme, string snippet)
    {
        var section = readme.ReplaceLineEndings("\n").Split("\n## ").Single(section => section.Contains($"<!-- snippet: {snippet} -->", StringComparison.Ordinal));
        var code = Regex.Match(section, @"```csharp\n(?<code>.*?)```", RegexOptions.Singleline).Groups["code"].Value;
        return ([.. section.Split('\n').Where(line => line.StartsWith("    dotnet ", StringComparison.Ordinal)).Select(line => line.Trim())], code);
    }
}

/// <summary>A trimmed program of the packages, and what a library says when all of it is trimmed.</summary>
public sealed class TrimmingTests(PackageFeed feed) : IDisposable
{
    internal static readonly string OnSqlite =
        ConsumerProject.Ours("Complaints.Storage.Sqlite") + ConsumerProject.Pinned("Microsoft.Extensions.DependencyInjection");

    private readonly ConsumerProject _project = new(feed);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Rule10_A_trimmed_program_files_a_complaint_resolves_it_and_reads_its_history()
    {
        _project.Write(OnSqlite, TrimmedProgram, Trimmed);
        _project.Run("publish", "-c", "Release", "-o", "out", "--nologo");

        var printed = _project.Start(_project.At("out", "Consumer"));
        printed.ShouldContain("-000001 is Resolved.");
        printed.ShouldContain("1.0 ComplaintRegistered");
        printed.ShouldContain("2.0 ComplaintResolved");
        var whole = Directory.GetFiles(Path.Combine(feed.Packages, "complaints.core"), "Complaints.Core.dll", SearchOption.AllDirectories).Single();
        new FileInfo(_project.At("out", "Complaints.Core.dll")).Length.ShouldBeLessThan(new FileInfo(whole).Length, "it was trimmed");
    }

    [Fact]
    public void Rule10_No_library_that_claims_to_be_fit_for_trimming_has_a_warning_anywhere()
    {
        var libraries = Libraries(claiming: true).ToList();
        libraries.ShouldContain("Complaints.Core");
        _project.Write(Rooted(libraries), "System.Console.WriteLine(1);", Trimmed);
        _project.Run("publish", "-c", "Release", "-o", "out", "--nologo").ShouldNotContain("warning IL");
    }

    [Fact]
    public void Control_a_library_that_is_not_fit_for_trimming_fails_to_publish()
    {
        Libraries(claiming: false).ShouldContain("Complaints.Testing.Conformance");
        _project.Write(Rooted(["Complaints.Testing.Conformance"]), "System.Console.WriteLine(1);", Trimmed);
        Should.Throw<InvalidOperationException>(() => _project.Run("publish", "-c", "Release", "-o", "out", "--nologo"))
            .Message.ShouldContain("error IL2026: Complaints.Testing.Conformance");
    }

    /// <summary>Every warning by itself, and each an error.</summary>
    internal const string Trimmed = """

            <RuntimeIdentifier>$(NETCoreSdkRuntimeIdentifier)</RuntimeIdentifier>
                <SelfContained>true</SelfContained>
                <PublishTrimmed>true</PublishTrimmed>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        """;

    internal const string TrimmedProgram = """
        using Complaints.Core;
        using Complaints.Core.DependencyInjection;
        using Complaints.Core.Intake;
        using Complaints.Core.Resolution;
        using Complaints.Storage.Sqlite;
        using Microsoft.Extensions.DependencyInjection;

        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite("Data Source=complaints.db");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var filed = await desk.RegisterAsync(new IntakeDraft { Channel = "phone", Title = "Wrong fridge delivered", Category = "delivery", Complainant = new Complainant(Name: "Wang Xiaoming") });
        var solved = await desk.ExecuteAsync(filed.Value.Complaint, new Resolve("replaced", ConfirmedInCall: true));
        Console.WriteLine(solved.Refusal?.Message ?? $"{solved.Value.Number} is {solved.Value.State}.");
        foreach (var recorded in (await desk.ViewAsync(filed.Value.Complaint))!.History)
            Console.WriteLine($"{recorded.Version}.{recorded.Index} {recorded.Event!.GetType().Name}");
        Console.WriteLine($"State schema {Complaints.Core.History.StateCodec.Schema}.");
        """;

    /// <summary>The packages of this build that claim to be fit for trimming, or those that do not.</summary>
    private static IEnumerable<string> Libraries(bool claiming) =>
        from project in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        where File.ReadAllText(project).Contains("<IsAotCompatible>false", StringComparison.Ordinal) != claiming
        select Path.GetFileNameWithoutExtension(project);

    /// <summary>With all of their code, used or not.</summary>
    private static string Rooted(IEnumerable<string> packages) =>
        string.Concat(packages.Select(package => ConsumerProject.Ours(package) + $"<TrimmerRootAssembly Include=\"{package}\" />"));
}
