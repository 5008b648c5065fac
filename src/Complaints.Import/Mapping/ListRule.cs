using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Import.Shaping;

namespace Complaints.Import.Mapping;

/// <summary>How several values are made from a row: a column each, or columns in which they stand one after the other. Missing ones are
/// left out, and none comes twice.</summary>
internal sealed class ListRule
{
    public required int[] Columns { get; init; }

    /// <summary>What stands between the values of a column; <c>null</c> where it holds one.</summary>
    public string? Split { get; init; }

    public required HashSet<string> Missing { get; init; }

    /// <summary>A word that means nothing is left out.</summary>
    public ValueMap<string?>? Map { get; init; }

    public bool UnmappedIsFault { get; init; }

    /// <summary>In an event log: taken from the case's first row, not from its last.</summary>
    public bool FromFirst { get; init; }

    /// <summary>The column to name when a value is bad.</summary>
    public int Blame => Columns.Length > 0 ? Columns[0] : -1;

    public ImmutableArray<string> Read(string?[] values, string[] names, ref RowFault? fault)
    {
        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var column in Columns)
        {
            string[] parts = values[column] is not { } whole ? [] : Split is null ? [whole] : whole.Split(Split);
            foreach (var part in parts)
            {
                if (TextRule.Present(part, Missing) is not { } value || Mapped(value, column, names, ref fault) is not { } meant
                    || read.Contains(meant))
                    continue;
                read.Add(meant);
            }
        }
        return read.ToImmutable();
    }

    private string? Mapped(string value, int column, string[] names, ref RowFault? fault)
    {
        if (Map is null)
            return value;
        if (Map.TryGet(value, out var mapped))
            return mapped;
        if (!UnmappedIsFault)
            return value;
        fault ??= new RowFault(column, new ComplaintError("import.unmapped", ("field", names[column]), ("known", Map.Known())));
        return null;
    }
}
