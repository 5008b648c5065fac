using System.Diagnostics;
using System.Reflection;
using Complaints.Tests.Shared;

[assembly: AssemblyFixture(typeof(Complaints.Package.Tests.PackageFeed))]

namespace Complaints.Package.Tests;

/// <summary>Packs what this build made, once, into a folder that serves as a NuGet feed; the folder goes when the tests end.</summary>
public sealed class PackageFeed : IDisposable
{
    /// <summary>Tests of one collection run one after the other: packing writes into the projects' folders.</summary>
    public const string Collection = "packages";

    public PackageFeed()
    {
        Folder = Directory.CreateTempSubdirectory("complaints-feed-").FullName;
        Pack(Folder);
    }

    public string Folder { get; }

    /// <summary>Where consumers unpack what they restore: one folder for all of this run, as on a user's machine.</summary>
    public string Packages { get; } = Directory.CreateTempSubdirectory("complaints-packages-").FullName;

    /// <summary>Packs what was built, with properties that a release would pass.</summary>
    public static void Pack(string folder, params string[] properties) =>
        Run(Repository.Root, ["pack", "Complaints.Core.sln", "--no-build", "-c", Configuration, "-o", folder, "-v", "quiet", "-nologo", .. properties]);

    // The other configuration may be stale or missing.
    private static string Configuration =>
        typeof(PackageFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public string FileOf(string package) => FileIn(Folder, package);

    public static string FileIn(string folder, string package) => Directory.GetFiles(folder, package + ".*.nupkg").Single(file => IsVersionOf(package, file));

    /// <summary>Runs <c>dotnet</c> and answers what it printed; a failure throws with the whole output.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test host's own MSBuild settings would send the child to the wrong SDK files.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // A build server that outlives the command would keep our pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.Delete(Packages, recursive: true);
    }

    // Complaints.Core.0.1.0.nupkg, but not Complaints.Core.Something.0.1.0.nupkg.
    private static bool IsVersionOf(string package, string file) => char.IsAsciiDigit(Path.GetFileName(file)[package.Length + 1]);
}

[CollectionDefinition(PackageFeed.Collection)]
public sealed class PackageCollection;
