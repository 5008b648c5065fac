[assembly: AssemblyFixture(typeof(Complaints.Cli.Tests.ImportedLedger))]

namespace Complaints.Cli.Tests;

/// <summary>A database into which a ledger was imported and whose history is intact, made once for all.</summary>
public sealed class ImportedLedger : IAsyncLifetime
{
    private readonly Tool _tool = new();

    /// <summary>The number of the complaint that the ledger calls 1.</summary>
    public string FirstNumber { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await ImportAsync(_tool);
        (await _tool.DoAsync("verify")).Output.ShouldContain("intact");
        FirstNumber = (await _tool.DoAsync("show", "old:1", "--json")).Json.GetProperty("number").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _tool.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Imports the ledger into a test's own database.</summary>
    public static async Task ImportAsync(Tool tool)
    {
        tool.Write("map.json", CommandTests.Mapping);
        tool.Write("rows.csv", CommandTests.Rows);
        (await tool.DoAsync("import", tool["rows.csv"], "--map", tool["map.json"])).Output.ShouldContain("3 imported");
    }

    /// <summary>Gives a test the database, its key and the ledger, to do with as it likes.</summary>
    public void CopyTo(Tool tool)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_tool.Db)!))
            File.Copy(file, tool[Path.GetFileName(file)]);
    }
}
