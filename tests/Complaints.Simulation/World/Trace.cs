using NodaTime;
using NodaTime.Text;

namespace Complaints.Simulation.World;

/// <summary>What happened, in order: equal for equal seeds.</summary>
internal sealed class Trace(Scheduler scheduler)
{
    private readonly List<(Instant At, string Who, string What, object? About)> _lines = [];

    public void Add(string who, string what, object? about = null) => _lines.Add((scheduler.Now, who, what, about));

    public IEnumerable<string> Lines => _lines.Select(line => $"{InstantPattern.ExtendedIso.Format(line.At)[11..]} {line.Who,-9} {line.What} {line.About}");

    /// <summary>The end of it, which is what a reader of a failure needs first.</summary>
    public string Tail(int count) => string.Join('\n', Lines.TakeLast(count));
}
