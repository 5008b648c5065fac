using Complaints.Import.Mapping;
using Complaints.Import.Reading;
using Complaints.Import.Shaping;

namespace Complaints.Import;

/// <summary>Makes complaints out of rows, one after the other: a ledger as it is read, an event log after its rows were sorted by case.</summary>
internal sealed class CaseStream(RowReader rows, ImportMapping mapping, HistoryShaper shaper, ImportOptions options)
{
    public long Rows { get; private set; }

    public ImportPhase Phase { get; private set; }

    /// <summary>Called while an event log is being read and nothing comes out yet.</summary>
    public Action OnRow { get; set; } = () => { };

    public IEnumerable<ShapedCase> Cases() => mapping.IsEventLog ? Log() : Ledger();

    private IEnumerable<ShapedCase> Ledger()
    {
        foreach (var row in rows.Rows())
        {
            Rows++;
            var fault = row.Fault;
            var item = fault is null ? shaper.Ledger(row.Values, ref fault) : null;
            yield return new ShapedCase(item?.Command.Draft.ExternalRef!.Id, [row.Line], row.Values, item, fault);
        }
    }

    private IEnumerable<ShapedCase> Log()
    {
        using var sorter = new ExternalSorter(options.TempFolder ?? Path.GetTempPath(), Math.Max(64 * 1024, options.SortMemory));
        foreach (var row in rows.Rows())
        {
            Rows++;
            OnRow();
            var fault = row.Fault;
            // A row that is broken as a whole may still say to which case it belongs: that case is then refused, not imported without it.
            RowFault? idFault = null;
            var id = shaper.Id(row.Values, ref idFault);
            fault ??= idFault;
            if (fault is not null)
                yield return new ShapedCase(null, [row.Line], row.Values, null, fault);
            if (idFault is null)
                sorter.Add(id!, row.Line, fault is null ? row.Values : []);
        }
        Phase = ImportPhase.Joining;
        var lines = new List<long>();
        var values = new List<string?[]>();
        string? current = null;
        foreach (var row in sorter.Drain())
        {
            if (current is not null && row.Key != current)
                yield return Join(current, lines, values);
            if (row.Key != current)
            {
                current = row.Key;
                lines = [];
                values = [];
            }
            lines.Add(row.Order);
            values.Add(row.Values);
        }
        if (current is not null)
            yield return Join(current, lines, values);
    }

    private ShapedCase Join(string id, List<long> lines, List<string?[]> values)
    {
        var broken = values.FindIndex(row => row.Length == 0);
        if (broken >= 0)
        {
            // The broken row was listed when it was read.
            var (others, line) = (lines.Where((_, index) => values[index].Length > 0).ToList(), lines[broken]);
            return new ShapedCase(id, others, [], null, new RowFault(-1, new("import.case_refused", ("value", line))));
        }
        RowFault? fault = null;
        var item = shaper.Case(id, values, out var at, ref fault);
        if (fault is not null)
            lines = [lines[at], .. lines.Where((_, index) => index != at)];
        return new ShapedCase(id, lines, values[at], item, fault);
    }
}
