namespace Complaints.Tests.Shared;

/// <summary>What each package may depend on: its project file, its assembly and its nuspec are all held to this table.</summary>
public static class PackageTable
{
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Complaints.Core"] =
        [
            "FluentValidation", "libphonenumber-csharp", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "NodaTime",
        ],
        ["Complaints.Storage.Relational"] = ["Complaints.Core"],
        // The bundle is named so that consumers get the native SQLite that we test with.
        ["Complaints.Storage.Sqlite"] =
            ["Complaints.Storage.Relational", "Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3"],
        ["Complaints.Storage.PostgreSql"] = ["Complaints.Storage.Relational", "Npgsql"],
        ["Complaints.Hosting"] = ["Complaints.Core", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions", "Microsoft.Extensions.Hosting.Abstractions"],
        ["Complaints.Reporting"] = ["Complaints.Core"],
        ["Complaints.Import"] = ["Complaints.Core", "CsvHelper"],
        ["Complaints.Notifications.Webhooks"] = ["Complaints.Core", "Microsoft.Extensions.Http.Resilience"],
        ["Complaints.Notifications.Templates"] = ["Complaints.Core", "Fluid.Core"],
        ["Complaints.Notifications.Email"] = ["Complaints.Core", "Complaints.Notifications.Templates", "MailKit"],
        ["Complaints.Lifecycle.Stateless"] = ["Complaints.Core", "Stateless"],
        // No test framework: it must load beside whichever runner its user has.
        ["Complaints.Testing"] = ["Complaints.Core", "NodaTime.Testing"],
        ["Complaints.Testing.Conformance"] = ["Complaints.Testing", "xunit.v3.assert", "xunit.v3.extensibility.core"],
        ["Complaints.Cli"] =
        [
            "Complaints.Core", "Complaints.Import", "Complaints.Reporting", "Complaints.Storage.PostgreSql", "Complaints.Storage.Sqlite",
            "Microsoft.Extensions.DependencyInjection", "Spectre.Console", "System.CommandLine",
        ],
    };

    /// <summary>Tools carry what they need inside, so their nuspec names nothing.</summary>
    public static IReadOnlySet<string> Tools { get; } = new HashSet<string> { "Complaints.Cli" };

    /// <summary>The packages that an assembly may use: its own row and the rows below the packages it names.</summary>
    public static IReadOnlySet<string> Closure(string package)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([package]);
        while (open.TryPop(out var next))
        {
            foreach (var name in Allowed.GetValueOrDefault(next, []).Where(seen.Add))
            {
                open.Push(name);
            }
        }

        return seen;
    }
}
