using System.Diagnostics;
using System.Xml.Linq;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>An empty project of a new user in a folder of its own, which restores our packages from the feed.</summary>
internal sealed class ConsumerProject(PackageFeed feed) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-consumer-");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    public string At(params string[] path) => Path.Combine([Folder, .. path]);

    /// <summary>A reference to a package of this build.</summary>
    public static string Ours(string package) => $"<PackageReference Include=\"{package}\" Version=\"0.1.0\" />";

    /// <summary>A reference to somebody else's package in the version that our own build has.</summary>
    public static string Pinned(string package)
    {
        var pins = XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion");
        var version = (string?)pins.Single(pin => (string?)pin.Attribute("Include") == package).Attribute("Version");
        return $"<PackageReference Include=\"{package}\" Version=\"{version}\" />";
    }

    /// <summary>A program of one file.</summary>
    /// <param name="references">What its project references.</param>
    /// <param name="program">Its text.</param>
    /// <param name="properties">More of its settings.</param>
    public void Write(string references, string program, string properties = "")
    {
        Configure();
        File.WriteAllText(At("Program.cs"), program);
        File.WriteAllText(At("Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestorePackagesPath>{feed.Packages}</RestorePackagesPath>{properties}
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The feed beside whatever this machine restores from; what was packed a minute ago must not come from a cache.</summary>
    public void Configure() => File.WriteAllText(At("nuget.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{feed.Packages}" /></config>
          <packageSources><add key="built" value="{feed.Folder}" /></packageSources>
          <packageSourceMapping><clear /></packageSourceMapping>
        </configuration>
        """);

    /// <summary>Types the commands of a page and its program in this empty folder, and answers what it prints when it is run.</summary>
    public string Type(IEnumerable<string> commands, string program)
    {
        Configure();
        foreach (var command in commands)
            Run(command.Split(' ')[1..]);
        File.WriteAllText(At("Program.cs"), program);
        return Run("run");
    }

    /// <summary>Runs <c>dotnet</c> in this folder; a failure throws with what it printed.</summary>
    public string Run(params string[] arguments) => PackageFeed.Run(Folder, arguments);

    /// <summary>Runs a program of this folder to its end.</summary>
    public string Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, printed);
        return printed;
    }
}
