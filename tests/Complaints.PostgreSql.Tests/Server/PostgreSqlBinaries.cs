using System.Globalization;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>Where the server's programs lie, the newest first.</summary>
internal static class PostgreSqlBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    public static string Folder { get; } = Find() ?? throw new InvalidOperationException(
        "PostgreSQL's initdb and pg_ctl are needed: install postgresql-15 or newer, or name their folder in COMPLAINTS_PG_BIN.");

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("COMPLAINTS_PG_BIN") is { Length: > 0 } named)
            return named;
        var packaged = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return packaged.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}
