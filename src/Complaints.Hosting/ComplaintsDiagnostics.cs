using System.Diagnostics;
using System.Diagnostics.Metrics;
using Complaints.Core;

namespace Complaints.Hosting;

/// <summary>What the background work measures, under the names that dashboards use. Tags are channels and results, never ids.</summary>
public sealed class ComplaintsDiagnostics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Complaints";

    private readonly Counter<long> _sent;
    private readonly Counter<long> _fired;
    private readonly Gauge<long> _refused;
    private readonly Gauge<long> _drifted;
    private readonly Histogram<double> _sending;
    private readonly Gauge<double> _oldestMessage;
    private readonly Gauge<double> _oldestTimer;
    private readonly Gauge<long> _dead;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">The host's factory; <c>null</c> for a meter of the process.</param>
    public ComplaintsDiagnostics(IMeterFactory? meters)
    {
        var meter = meters?.Create(Name) ?? new Meter(Name);
        _sent = meter.CreateCounter<long>("complaints.outbox.attempts", "{message}", "Attempts to send, by channel and result");
        _fired = meter.CreateCounter<long>("complaints.timers.fired", "{complaint}", "Complaints that a sweep changed");
        _refused = meter.CreateGauge<long>("complaints.timers.refused", "{complaint}", "Complaints with due timers that the last sweep could do nothing about");
        _drifted = meter.CreateGauge<long>("complaints.timers.drifted", "{timer}", "Timers that were not what their complaints ask for");
        _sending = meter.CreateHistogram<double>("complaints.outbox.attempt.duration", "s", "How long an attempt took, by channel");
        _oldestMessage = meter.CreateGauge<double>("complaints.outbox.oldest_due", "s", "How long the oldest message that is due has waited");
        _oldestTimer = meter.CreateGauge<double>("complaints.timers.oldest_due", "s", "How long the oldest timer that is due has waited");
        _dead = meter.CreateGauge<long>("complaints.outbox.dead", "{message}", "Messages that were given up");
    }

    internal static ActivitySource Source { get; } = new(Name);

    internal void Sent(string channel, string result, TimeSpan took)
    {
        _sent.Add(1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("result", result));
        _sending.Record(took.TotalSeconds, new KeyValuePair<string, object?>("channel", channel));
    }

    internal void Swept(SweepResult result)
    {
        _fired.Add(result.Changed);
        _refused.Record(result.RefusedCount);
    }

    internal void Drifted(int timers) => _drifted.Record(timers);

    internal void Ages(Core.Storage.QueueAges ages)
    {
        _oldestMessage.Record(ages.OldestDueMessage.TotalSeconds);
        _oldestTimer.Record(ages.OldestDueTimer.TotalSeconds);
        _dead.Record(ages.Dead);
    }
}
