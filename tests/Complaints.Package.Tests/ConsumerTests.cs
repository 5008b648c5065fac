using System.Text.RegularExpressions;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>What a new user does: an empty console project, the package from a feed, the README's snippet; and the tool.</summary>
public sealed partial class ConsumerTests(PackageFeed feed) : IClassFixture<PackageFeed>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-consumer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void The_snippet_of_the_README_files_a_complaint_in_an_empty_project(string readme)
    {
        var snippet = Snippet().Match(File.ReadAllText(Path.Combine(Repository.Root, readme))).Groups["code"].Value;
        snippet.Trim().ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "samples", "01-FirstComplaint", "Program.cs")).Trim(), "the snippet is the sample");
        Project("""<PackageReference Include="Complaints.Core" Version="0.1.0" />""", snippet);
        PackageFeed.Run(_folder.FullName, "run", "--nologo").ShouldContain("2026-000001 is Closed.");
    }

    [Fact]
    public void Fifteen_lines_with_a_database_work_from_the_packages()
    {
        var snippet = DatabaseSnippet().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Groups["code"].Value;
        snippet.Trim().Split('\n').Length.ShouldBeLessThanOrEqualTo(24);
        Project("""
            <PackageReference Include="Complaints.Storage.Sqlite" Version="0.1.0" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.14" />
            """, snippet);
        PackageFeed.Run(_folder.FullName, "run", "--nologo").ShouldContain("Registered");
        File.Exists(Path.Combine(_folder.FullName, "complaints.db")).ShouldBeTrue();
    }

    [Fact]
    public void The_tool_is_installed_and_makes_a_database()
    {
        Config();
        PackageFeed.Run(_folder.FullName, "tool", "install", "Complaints.Cli", "--version", "0.1.0", "--tool-path", "tools");
        var tool = Path.Combine(_folder.FullName, "tools", OperatingSystem.IsWindows() ? "complaints.exe" : "complaints");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(tool, ["init", "--db", "tool.db"]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd().ShouldContain("tool.db");
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        File.Exists(Path.Combine(_folder.FullName, "tool.db")).ShouldBeTrue();
    }

    private void Project(string references, string program)
    {
        Config();
        File.WriteAllText(Path.Combine(_folder.FullName, "Program.cs"), program);
        File.WriteAllText(Path.Combine(_folder.FullName, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The folder feed beside whatever this machine restores from; what was packed a minute ago must not come from a cache.</summary>
    private void Config() => File.WriteAllText(Path.Combine(_folder.FullName, "nuget.config"), $"""
        <configuration>
          <packageSources><add key="built" value="{feed.Folder}" /></packageSources>
          <packageSourceMapping><clear /></packageSourceMapping>
        </configuration>
        """);

    [GeneratedRegex(@"<!-- snippet: first complaint -->\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"<!-- snippet: database -->\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex DatabaseSnippet();
}
