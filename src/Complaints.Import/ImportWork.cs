using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Import.Reading;
using Complaints.Import.Shaping;

namespace Complaints.Import;

/// <summary>
/// Writes complaints in batches: one batch is decided while the one before it is written, where the numbers let it. Ids are remembered in a sorter, not in memory, so that an id that stands
/// twice in one file is found in a file of any size.
/// </summary>
internal sealed class ImportWork(ImportRun run, HistoryShaper shaper, BadRowFile bad, ExternalSorter ids) : IAsyncDisposable
{
    private readonly SortedDictionary<string, long> _contradictions = new(StringComparer.Ordinal);
    private List<ShapedCase> _waiting = [];
    private Task<int> _writing = Task.FromResult(0);
    private bool _mayOverlap = true;
    private long _ready;
    private long _written;
    private long _known;
    private long _repeated;

    public int Waiting => _waiting.Count;

    public long Imported => _written;

    /// <summary>Those that were known when they were decided, those that somebody wrote meanwhile, less those that this very file holds twice.</summary>
    public long Skipped => Math.Max(0, _known + (_ready - _written) - _repeated);

    public IEnumerable<KeyValuePair<string, long>> Contradictions => _contradictions;

    public void Take(ShapedCase shaped)
    {
        if (shaped.Item is not null)
            _waiting.Add(shaped);
        else
            Refuse(shaped, shaped.Fault!);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var batch = _waiting;
        _waiting = [];
        if (!_mayOverlap)
            await SettleAsync().ConfigureAwait(false);
        var prepared = await run.PrepareAsync([.. batch.Select(shaped => shaped.Item!)], cancellationToken).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
            Record(batch[i], prepared.Answers[i]);
        _mayOverlap = prepared.MayOverlap;
        _writing = Task.Run(() => run.CommitAsync(prepared, CancellationToken.None), CancellationToken.None);
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync().ConfigureAwait(false);
        SortedRow? first = null;
        foreach (var row in ids.Drain())
        {
            if (first is { } earlier && earlier.Key == row.Key)
            {
                bad.Add(row.Order, shaper.Names.ElementAtOrDefault(shaper.Blame("externalRef.id")) ?? "", row.Key, new ComplaintError("import.duplicate_id", ("value", earlier.Order)));
                _repeated++;
            }
            else
            {
                first = row;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A batch on its way is finished, so that no half of a run stays in the air; its failure was thrown already, or is being replaced by a greater one.
        await Task.WhenAny(_writing).ConfigureAwait(false);
        ids.Dispose();
    }

    private async Task SettleAsync()
    {
        _written += await _writing.ConfigureAwait(false);
        _writing = Task.FromResult(0);
    }

    private void Record(ShapedCase shaped, ImportAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            Refuse(shaped, new RowFault(shaper.Blame(refusal.Data.GetValueOrDefault("field", "")), refusal));
            return;
        }
        ids.Add(shaped.Id!, shaped.Lines[0], []);
        if (answer.Standing == ImportStanding.Known)
            _known++;
        else
            _ready++;
        foreach (var contradiction in answer.Contradictions)
            _contradictions[contradiction] = _contradictions.GetValueOrDefault(contradiction) + 1;
    }

    /// <summary>Lists the row; the other rows of its case cannot be used either and are listed with it.</summary>
    private void Refuse(ShapedCase shaped, RowFault fault)
    {
        for (var i = 0; i < shaped.Lines.Count; i++)
        {
            var whole = i == 0 || fault.Error.Code == "import.case_refused";
            bad.Add(shaped.Lines[i], whole ? shaped.Values : [], whole ? fault : new RowFault(-1, new ComplaintError("import.case_refused", ("value", shaped.Lines[0]))));
        }
    }
}
