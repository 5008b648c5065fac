using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Import.Mapping;
using Complaints.Import.Reading;
using Complaints.Import.Shaping;

namespace Complaints.Import;

/// <summary>
/// Imports a ledger or an event log by a mapping. Silent and repeatable: what is there already is left out, so that a run that was stopped is completed by
/// running it again. Rows that cannot be used are listed with line, column, value and reason; the others are imported. Memory does not grow with the file. Thread-safe.
/// </summary>
/// <param name="desk">Where the complaints go; use <see cref="ImportDesk.For"/> for another tenant or actor.</param>
public sealed class ComplaintImport(ImportDesk desk)
{
    /// <summary>Imports one file: CSV or NDJSON, plain or gzip.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="mapping">How its rows become complaints.</param>
    /// <param name="options">Batches, bad rows, temporary files.</param>
    /// <param name="progress">Told after every batch, on the thread that works.</param>
    /// <param name="cancellationToken">Stops between two transactions; what was written stays, and the same call completes it later.</param>
    /// <returns>What came of it; with <see cref="ImportResult.Refusal"/> when the file does not fit the mapping at all (<c>mapping.invalid</c>), or the policy of our own clocks is missing (<c>definition.missing</c>).</returns>
    /// <exception cref="IOException">The file cannot be read, or the list of bad rows cannot be written.</exception>
    /// <exception cref="Core.Storage.StoreUnavailableException">The store cannot be reached; run it again.</exception>
    public async Task<ImportResult> RunAsync(
        string file, ImportMapping mapping, ImportOptions? options = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(mapping);
        options ??= new ImportOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BatchSize, 10_000, nameof(options));
        if (options.OwnClocks is { } own && await desk.CheckAsync(own, cancellationToken).ConfigureAwait(false) is { } unknown)
            return new ImportResult { Refusal = unknown };
        using var rows = RowReader.Open(file, mapping);
        if (rows.Begin() is { } refusal)
            return new ImportResult { Refusal = refusal };
        using var bad = new BadRowFile(options.BadRowsPath ?? file + ".bad.csv", mapping.ColumnNames);
        var oddities = new TimeOddities(mapping.ColumnNames.Length);
        var shaper = new HistoryShaper(mapping, oddities);
        var work = new ImportWork(desk.Begin(options.OwnClocks), shaper, bad, new ExternalSorter(options.TempFolder ?? Path.GetTempPath(), Math.Max(64 * 1024, options.SortMemory / 2)));
        await using (work.ConfigureAwait(false))
        {
            var read = 0L;
            var stream = new CaseStream(rows, mapping, shaper, options);
            stream.OnRow = Tick;
            foreach (var shaped in stream.Cases())
            {
                cancellationToken.ThrowIfCancellationRequested();
                work.Take(shaped);
                if (work.Waiting < options.BatchSize)
                    continue;
                await work.FlushAsync(cancellationToken).ConfigureAwait(false);
                Report(stream.Phase);
            }
            await work.FinishAsync(cancellationToken).ConfigureAwait(false);
            Report(ImportPhase.Done);
            return new ImportResult
            {
                Rows = stream.Rows,
                Imported = work.Imported,
                Skipped = work.Skipped,
                Bad = bad.Count,
                BadRowsPath = bad.Path,
                BadByReason = ImportResult.Empty.AddRange(bad.Reasons),
                Contradictions = ImportResult.Empty.AddRange(work.Contradictions),
                AmbiguousTimes = ByColumn(mapping, oddities.Ambiguous),
                SkippedTimes = ByColumn(mapping, oddities.Skipped),
            };

            void Report(ImportPhase phase) =>
                progress?.Report(new ImportProgress(stream.Rows, work.Imported, work.Skipped, bad.Count, phase == ImportPhase.Done ? rows.BytesTotal : rows.BytesRead, rows.BytesTotal, phase));

            // While an event log is read nothing is written: say at times that it goes on, and let it be stopped.
            void Tick()
            {
                if (++read % 10_000 != 0)
                    return;
                cancellationToken.ThrowIfCancellationRequested();
                Report(ImportPhase.Reading);
            }
        }
    }

    private static ImmutableSortedDictionary<string, long> ByColumn(ImportMapping mapping, long[] counts) =>
        ImportResult.Empty.AddRange(counts.Select((count, column) => KeyValuePair.Create(mapping.ColumnNames[column], count)).Where(entry => entry.Value > 0));
}
