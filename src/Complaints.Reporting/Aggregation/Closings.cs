using System.Runtime.InteropServices;

namespace Complaints.Reporting.Aggregation;

/// <summary>How long closed complaints took: 24 bytes each.</summary>
internal sealed class Closings
{
    private readonly List<long> _elapsed = [];
    private readonly List<long> _wall = [];
    private readonly List<int> _categories = [];
    private readonly List<int> _channels = [];

    public void Add(long elapsed, long wall, int category, int channel)
    {
        _elapsed.Add(elapsed);
        _wall.Add(wall);
        _categories.Add(category);
        _channels.Add(channel);
    }

    public IEnumerable<(string Id, FigureValue Value)> Figures(CodeIndex categories, CodeIndex channels)
    {
        foreach (var (prefix, values) in new[] { ("", _elapsed), ("wall_clock.", _wall) })
        {
            yield return ($"{prefix}time_to_close_by_category", ByGroup(values, _categories, categories));
            yield return ($"{prefix}time_to_close_by_channel", ByGroup(values, _channels, channels));
            // Last, because it sorts them in place.
            yield return ($"{prefix}time_to_close", Durations.Spread(CollectionsMarshal.AsSpan(values)));
        }
    }

    private static Breakdown ByGroup(List<long> values, List<int> groups, CodeIndex names) =>
        Durations.Spreads(CollectionsMarshal.AsSpan(values), CollectionsMarshal.AsSpan(groups), names.Codes);
}
