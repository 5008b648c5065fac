namespace Complaints.Tests.Shared;

/// <summary>A migration's text, cut into its statements.</summary>
internal static class SqlFile
{
    public static List<string> Statements(string sql) =>
        [.. string.Join('\n', sql.Split('\n').Select(line => line.Split("--")[0])).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
