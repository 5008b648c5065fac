using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;

namespace Complaints.Import;

/// <summary>How an import is carried out.</summary>
public sealed record ImportOptions
{
    /// <summary>Where rows that cannot be used are listed; <c>null</c> for the input's path with <c>.bad.csv</c> behind it. Only made when there are any.</summary>
    public string? BadRowsPath { get; init; }

    /// <summary>Complaints a transaction, 1 to 10,000. Default 500: larger ones are hardly faster and hold more in memory.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Where sorted runs of very large files are kept meanwhile; <c>null</c> for the system's temporary folder. They hold the file's rows in the clear.</summary>
    public string? TempFolder { get; init; }

    /// <summary>By which policy of the tenant's our own clocks judge each complaint, beside the source's verdict; <c>null</c> for none. A missing one refuses the import (<c>definition.missing</c>).</summary>
    public OwnClocks? OwnClocks { get; init; }

    /// <summary>How many bytes of rows are sorted in memory at once, at least 64 KB. Default 48 MB.</summary>
    public long SortMemory { get; init; } = 48 * 1024 * 1024;
}

/// <summary>How far an import has come.</summary>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Imported">Complaints that were written.</param>
/// <param name="Skipped">Complaints that were there already.</param>
/// <param name="Bad">Rows that cannot be used.</param>
/// <param name="BytesRead">Bytes of the file that were read, as they lie on the disk.</param>
/// <param name="BytesTotal">The file's size: with <paramref name="BytesRead"/> and a clock, what remains.</param>
/// <param name="Phase">What is going on.</param>
public readonly record struct ImportProgress(long Rows, long Imported, long Skipped, long Bad, long BytesRead, long BytesTotal, ImportPhase Phase);

/// <summary>The phases of an import.</summary>
public enum ImportPhase
{
    /// <summary>Rows of a ledger are read and written, or rows of an event log are read and sorted by case.</summary>
    Reading,

    /// <summary>The cases of an event log are put together and written.</summary>
    Joining,

    /// <summary>Everything is written.</summary>
    Done,
}

/// <summary>What came of an import.</summary>
public sealed record ImportResult
{
    /// <summary>Why nothing was imported at all: the file lacks columns of the mapping.</summary>
    public ComplaintError? Refusal { get; init; }

    /// <summary>Rows of the file, bad ones included.</summary>
    public long Rows { get; init; }

    /// <summary>Complaints that were added.</summary>
    public long Imported { get; init; }

    /// <summary>Complaints that were there already, from an earlier run.</summary>
    public long Skipped { get; init; }

    /// <summary>Rows that cannot be used.</summary>
    public long Bad { get; init; }

    /// <summary>So many bad rows are listed: 100,000. Further ones are counted only.</summary>
    public const int MostBadRowsListed = 100_000;

    /// <summary>Where they are listed, the first <see cref="MostBadRowsListed"/> of them; <c>null</c> when there are none.</summary>
    public string? BadRowsPath { get; init; }

    /// <summary>Bad rows by reason code.</summary>
    public ImmutableSortedDictionary<string, long> BadByReason { get; init; } = Empty;

    /// <summary>Complaints that were added although their source contradicts itself, by what it says.</summary>
    public ImmutableSortedDictionary<string, long> Contradictions { get; init; } = Empty;

    /// <summary>Local times that occur twice (the end of summer time), by column; the earlier instant was taken.</summary>
    public ImmutableSortedDictionary<string, long> AmbiguousTimes { get; init; } = Empty;

    /// <summary>Local times that a clock change skipped, by column; the end of the gap was taken.</summary>
    public ImmutableSortedDictionary<string, long> SkippedTimes { get; init; } = Empty;

    internal static ImmutableSortedDictionary<string, long> Empty { get; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
}
