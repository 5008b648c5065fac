using System.Text;

namespace Complaints.Import.Reading;

/// <summary>A row in the order of its key.</summary>
internal readonly record struct SortedRow(string Key, long Order, string?[] Values);

/// <summary>
/// Sorts any number of rows by key, then by order, in little memory: sorted runs in temporary files, merged at the end. The files are readable by this user only and
/// vanish when they are closed, even after a crash where the system allows it.
/// </summary>
internal sealed class ExternalSorter(string folder, long budget) : IDisposable
{
    private const int MostRuns = 64;
    private readonly List<SortedRow> _rows = [];
    private readonly List<FileStream> _runs = [];
    private long _size;

    public void Add(string key, long order, string?[] values)
    {
        _rows.Add(new SortedRow(key, order, values));
        _size += 80 + 2 * key.Length;
        foreach (var value in values)
            _size += 8 + (value is null ? 0 : 24 + 2 * value.Length);
        if (_size >= budget)
            Spill();
    }

    /// <summary>Every row in order. To be read once; nothing may be added afterwards.</summary>
    public IEnumerable<SortedRow> Drain()
    {
        _rows.Sort(Order);
        return _runs.Count == 0 ? _rows : Merge([.. _runs.Select(ReadRun), _rows]);
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    private void Spill()
    {
        _rows.Sort(Order);
        var run = Write(_rows);
        _rows.Clear();
        _size = 0;
        _runs.Add(run);
        if (_runs.Count < MostRuns)
            return;
        var merged = Write(Merge([.. _runs.Select(ReadRun)]));
        Dispose();
        _runs.Clear();
        _runs.Add(merged);
    }

    private static int Order(SortedRow a, SortedRow b)
    {
        var byKey = string.CompareOrdinal(a.Key, b.Key);
        return byKey != 0 ? byKey : a.Order.CompareTo(b.Order);
    }

    private static IEnumerable<SortedRow> Merge(IReadOnlyList<IEnumerable<SortedRow>> runs)
    {
        var heads = new PriorityQueue<IEnumerator<SortedRow>, SortedRow>(Comparer<SortedRow>.Create(Order));
        foreach (var run in runs)
            Advance(run.GetEnumerator());
        while (heads.TryDequeue(out var head, out var row))
        {
            yield return row;
            Advance(head);
        }

        void Advance(IEnumerator<SortedRow> run)
        {
            if (run.MoveNext())
                heads.Enqueue(run, run.Current);
            else
                run.Dispose();
        }
    }

    private FileStream Write(IEnumerable<SortedRow> rows)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 128 * 1024 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(folder, $"complaints-import-{Path.GetRandomFileName()}"), options);
        using (var writer = new BinaryWriter(file, Encoding.Unicode, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                writer.Write(true);
                writer.Write(row.Key);
                writer.Write(row.Order);
                writer.Write(row.Values.Length);
                foreach (var value in row.Values)
                {
                    writer.Write(value is not null);
                    if (value is not null)
                        writer.Write(value);
                }
            }
            writer.Write(false);
        }
        return file;
    }

    private static IEnumerable<SortedRow> ReadRun(FileStream file)
    {
        file.Position = 0;
        using var reader = new BinaryReader(file, Encoding.Unicode, leaveOpen: true);
        while (reader.ReadBoolean())
        {
            var key = reader.ReadString();
            var order = reader.ReadInt64();
            var values = new string?[reader.ReadInt32()];
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.ReadBoolean() ? reader.ReadString() : null;
            yield return new SortedRow(key, order, values);
        }
    }
}
