using System.Runtime.CompilerServices;

namespace Complaints.Import.Tests.Ledgers;

/// <summary>A test on the real ledgers. They lie outside the repository: in the folder that COMPLAINTS_SHARED names, or in ../shared beside it.</summary>
public sealed class LedgerFactAttribute : FactAttribute
{
    public LedgerFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (LedgerFiles.Folder is null)
            Skip = "The ledgers are not here: set COMPLAINTS_SHARED to the folder that holds data/.";
    }
}

public static class LedgerFiles
{
    public static string? Folder { get; } =
        new[] { Environment.GetEnvironmentVariable("COMPLAINTS_SHARED"), Path.Combine(Repository.Root, "..", "shared") }
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.GetFullPath(Path.Combine(folder!, "data")))
            .FirstOrDefault(Directory.Exists);

    public static string Of(string name) => Path.Combine(Folder!, name);
}
