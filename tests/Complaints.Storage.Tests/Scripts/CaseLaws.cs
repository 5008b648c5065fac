using System.Text;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>
/// What holds of every case whatever was done, read from what a store gives back: points' validity and state agree, nothing is told before
/// authority, a replay leads to the state. Who may be told something is worked out from the events alone, and not from the state.
/// </summary>
internal static class CaseLaws
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    /// <summary>What is broken in the cases that a script left in a store.</summary>
    public static async Task<List<string>> BreachesAsync(DeskHarness harness, IEnumerable<ComplaintId> ids)
    {
        var found = new List<string>();
        foreach (var id in ids)
        {
            var stored = (await harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default)).Complaint!;
            var history = await HistoryAsync(harness, id);
            found.AddRange(Points(history).Concat(Told(history)));
            if (!ReplayEquals(history, stored.State))
                found.Add($"{id}: a replay leads to another state");
        }
        return found;
    }

    /// <summary>A case's history as a store gives it.</summary>
    public static async Task<List<RecordedEvent>> HistoryAsync(DeskHarness harness, ComplaintId id) =>
        [.. (await harness.Ports.Reader.HistoryAsync(TenantId.Default, id, default)).Select(stored => EventCodec.Read(stored.Body.Span))];

    /// <summary>Where points and state disagree, after each command.</summary>
    public static IEnumerable<string> Points(List<RecordedEvent> history)
    {
        foreach (var version in history.Select(recorded => recorded.Version).Distinct())
        {
            var complaint = StateCodec.Fold(TenantId.Default, history.Where(recorded => recorded.Version <= version)).State!;
            var open = complaint.Points.Where(point => point.IsOpen).ToList();
            if (open.Count == 0)
                yield return $"{version}: no point is left";
            if (!complaint.Points.Select(point => point.Number).SequenceEqual(Enumerable.Range(1, complaint.Points.Length)))
                yield return $"{version}: the points' numbers have gaps";
            foreach (var point in complaint.Points)
            {
                if (!point.IsOpen && point.Validity is not null)
                    yield return $"{version}: dropped point {point.Number} is judged";
                if (point.IsOpen && point is { Validity: PointValidity.Established, Department: null })
                    yield return $"{version}: point {point.Number} is established and comes from nowhere";
                if (point.IsOpen && complaint.State == ComplaintState.NotEstablished && point.Validity != PointValidity.Not)
                    yield return $"{version}: the case is not established, and point {point.Number} is {point.Validity ?? "not judged"}";
            }
        }
    }

    /// <summary>What was told to somebody who needed authority and had none, or had left.</summary>
    public static IEnumerable<string> Told(List<RecordedEvent> history)
    {
        var (letters, gone) = (new Dictionary<int, (bool Holds, LocalDate? Until)>(), new Dictionary<int, Instant>());
        foreach (var recorded in history)
        {
            var at = recorded.Moment.OccurredAt;
            if (ToldTo(recorded.Event) is { } number
                && (gone.ContainsKey(number) || letters.TryGetValue(number, out var letter)
                    && !(letter.Holds && !(letter.Until < at.InZone(Zone).Date))))
                yield return $"{recorded.Version}: {recorded.Type} told participant {number} something";
            switch (recorded.Event)
            {
                case ParticipantAdded { Staff: null } added:
                    if (added.Authority is { } brought)
                        letters[added.Number] = (brought.Status == ParticipantAuthority.Received, brought.Until);
                    else if (Needing.Contains(added.Role))
                        letters[added.Number] = default;
                    if (added.LeftAt is { } left)
                        gone[added.Number] = left;
                    break;
                case ParticipantAmended amended:
                    if (amended.Authority is { } authority)
                        letters[amended.Number] = (authority == ParticipantAuthority.Received, amended.Until);
                    if (amended.Left)
                        gone[amended.Number] = at;
                    break;
            }
        }
    }

    /// <summary>Whether the history leads to the state that is stored, byte by byte.</summary>
    public static bool ReplayEquals(IEnumerable<RecordedEvent> history, ReadOnlyMemory<byte> state)
    {
        var (replayed, unknown) = StateCodec.Fold(TenantId.Default, history);
        return unknown is null && StateCodec.Write(replayed!).Span.SequenceEqual(state.Span);
    }

    /// <summary>Whom of those who take part an event tells something. Every event that says with whom it was is one, unless it only
    /// heard, or asked for the letter and said nothing else.</summary>
    public static int? ToldTo(ComplaintEvent? happened) => happened switch
    {
        null or InteractionRecorded { Direction: Direction.Inbound } or ReviewRequested
            or InteractionRecorded { Kind: "letter-request", Summary: null } => null,
        _ => (happened.GetType().GetProperty("With")?.GetValue(happened) as InteractionPartner)?.Number,
    };

    private static readonly string[] Needing = ["representative", "heir", "group-representative"];
}
