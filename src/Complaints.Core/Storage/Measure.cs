using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// A recorded result of a complaint, for reports: made from its state alone when it changes, so that no figure about the past is computed
/// from where the complaint stands today. Instants are seconds since 1970 in UTC, durations are seconds.
/// </summary>
/// <param name="Name">What it is: see <see cref="Measures"/>.</param>
/// <param name="Subject">Of which part, such as <c>round/1</c>; <c>null</c> for the whole.</param>
/// <param name="Value">The number.</param>
public readonly record struct Measure(string Name, string? Subject, decimal Value);

/// <summary>The names of measures, and how they are made and written.</summary>
public static class Measures
{
    /// <summary>How long it was in a state until it last left it: <c>stage.Investigating</c>.</summary>
    public const string Stage = "stage.";

    /// <summary>How long after the receipt it first came to a state: <c>first.Resolved</c>.</summary>
    public const string First = "first.";

    /// <summary>How long it waited for a reason: <c>held.parts</c>.</summary>
    public const string Held = "held.";

    /// <summary>How long a team had it to work on: <c>team.technical</c>.</summary>
    public const string Team = "team.";

    /// <summary>How long it lay with somebody until it last left them: <c>holder.team.technical</c>, <c>holder.department.logistics</c>,
    /// <c>holder.customer</c>, <c>holder.hold.parts</c>, <c>holder.nobody</c>. Of a case that has ended they add up to its age.</summary>
    public const string Holder = "holder.";

    /// <summary>How many clocks of an objective were met in a round: <c>met.resolution</c> of <c>round/1</c>.</summary>
    public const string Met = "met.";

    /// <summary>How many were late.</summary>
    public const string Breached = "breached.";

    /// <summary>How many ended without a verdict.</summary>
    public const string Cancelled = "cancelled.";

    /// <summary>When the resolution of a round was due that came too late: an instant.</summary>
    public const string LateDue = "late.due";

    /// <summary>Since when the resolution of a round was late where a change, such as a merge, put its due instant into the past: an
    /// instant. Nobody was late before.</summary>
    public const string LateSince = "late.since";

    /// <summary>How much too late the resolution of a round came, once it came.</summary>
    public const string LateBy = "late.by";

    /// <summary>When an earlier round began: the receipt, the reopening or the grant of the review; an instant.</summary>
    public const string RoundOpened = "round.opened";

    /// <summary>When an earlier round was resolved: an instant.</summary>
    public const string RoundResolved = "round.resolved";

    /// <summary>When an earlier round was closed: an instant.</summary>
    public const string RoundClosed = "round.closed";

    /// <summary>When the present round began, if it is not the first: the reopening or the grant of the review; an instant.</summary>
    public const string Opened = "opened";

    /// <summary>From the receipt to the first answer of a person.</summary>
    public const string FirstResponse = "first-response";

    /// <summary>What was agreed in a round and did not fail, in the tenant's currency.</summary>
    public const string Cost = "cost";

    /// <summary>1 where the customer last said that the result of a round is satisfying.</summary>
    public const string Satisfied = "satisfied";

    /// <summary>1 where the customer last said that it is not.</summary>
    public const string Dissatisfied = "dissatisfied";

    /// <summary>How many solutions were put forward, over all rounds.</summary>
    public const string Offers = "offers";

    /// <summary>How often a visit was tried in the present round.</summary>
    public const string Visits = "visits";

    /// <summary>How often the customer asked how far it is.</summary>
    public const string Chasers = "chasers";

    /// <summary>How often departments returned tasks.</summary>
    public const string TaskBounces = "task.bounces";

    /// <summary>How often departments did tasks over, because an answer did not do.</summary>
    public const string TaskRedos = "task.redos";

    /// <summary>How often it was taken up again, reviews left out.</summary>
    public const string Reopens = "reopens";

    /// <summary>How often it was reviewed in the second stage: 1 at most.</summary>
    public const string Reviews = "reviews";

    /// <summary>In which round it was solved for good: the one in which it was closed.</summary>
    public const string SolvedAt = "solved-at";

    /// <summary>How often it changed its state.</summary>
    public const string Transitions = "transitions";

    /// <summary>How often somebody was urged about a part, such as <c>task/1</c>, or about the case.</summary>
    public const string Urged = "urged";

    /// <summary>When that was last: an instant.</summary>
    public const string UrgedAt = "urged.at";

    /// <summary>How many findings name a cause: <c>cause.communication</c>.</summary>
    public const string Cause = "cause.";

    /// <summary>How many findings say whose fault it is: <c>fault.us</c>.</summary>
    public const string Fault = "fault.";

    /// <summary>How many steps of the present round were taken, or may be, without what their gates ask for.</summary>
    public const string Waived = "waived";

    /// <summary>The subject of a round.</summary>
    public static string Round(int round) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"round/{round}");

    /// <summary>What is recorded of a complaint; what is nothing is left out.</summary>
    internal static ImmutableArray<Measure> Of(Complaint complaint)
    {
        var all = ImmutableArray.CreateBuilder<Measure>();
        foreach (var stage in complaint.Course.Stages)
        {
            Add(Stage + stage.State, null, stage.Seconds);
            if (stage.After is { } after && (after != 0 || stage != complaint.Course.Stages[0]))
                all.Add(new(First + stage.State, null, after));
        }
        foreach (var team in complaint.Course.Teams)
            Add(Team + team.Team, null, team.Seconds);
        foreach (var time in complaint.Course.Holders)
        {
            if (time.Holder.Kind != HolderKind.Ended)
                Add(Holder + time.Holder.Measure, null, time.Seconds);
        }
        foreach (var held in complaint.Clocks.Pauses.Where(pause => pause.To is not null).GroupBy(pause => pause.Reason))
            Add(Held + held.Key, null, held.Sum(pause => Seconds(pause.To!.Value) - Seconds(pause.From)));
        AddRounds(complaint, Add);
        AddVerdicts(complaint, Add);
        if (complaint.Receipt.FirstResponseAt is { } answered)
            all.Add(new(FirstResponse, null, Seconds(answered) - Seconds(complaint.Receipt.ReceivedAt)));
        Add(Offers, null, complaint.Settlement.LastProposal);
        Add(Visits, null, complaint.FollowUp.Attempts);
        Add(Chasers, null, complaint.Talk.Chasers);
        if (!complaint.Settlement.Waivers.IsEmpty)
            Add(Waived, null, complaint.Settlement.Waivers.Count(waiver => waiver.Status == Resolution.ApprovalStatus.Approved));
        Add(TaskBounces, null, Assignment.TaskCounts.Bounces(complaint));
        Add(TaskRedos, null, Assignment.TaskCounts.Redos(complaint));
        Add(Transitions, null, complaint.Course.Transitions);
        foreach (var urging in complaint.Urgings)
        {
            var about = urging.Subject?.ToString();
            Add(Urged, about, urging.Times);
            Add(UrgedAt, about, Seconds(urging.LastAt));
        }
        foreach (var (cause, count) in complaint.Inquiry.Findings.SelectMany(finding => finding.Causes).CountBy(cause => cause))
            Add(Cause + cause, null, count);
        foreach (var (fault, count) in complaint.Inquiry.Findings.Select(finding => finding.Fault).OfType<string>().CountBy(fault => fault))
            Add(Fault + fault, null, count);
        return all.DrainToImmutable();

        void Add(string name, string? subject, decimal value)
        {
            if (value != 0)
                all.Add(new(name, subject, value));
        }
    }

    private static void AddRounds(Complaint complaint, Action<string, string?, decimal> add)
    {
        var progress = complaint.Progress;
        foreach (var ended in progress.Rounds)
        {
            var round = Round(ended.Round);
            add(RoundOpened, round, Seconds(ended.OpenedAt));
            add(RoundResolved, round, Seconds(ended.ResolvedAt));
            add(RoundClosed, round, Seconds(ended.ClosedAt));
            add(Cost, round, ended.Cost);
            if (ended.Satisfied is { } satisfied)
                add(satisfied ? Satisfied : Dissatisfied, round, 1);
        }
        add(Opened, null, Seconds(progress.ReopenedAt));
        add(Cost, Round(progress.Round), complaint.Settlement.AgreedCost);
        if (complaint.Talk.Verdict is { } verdict)
            add(verdict.Satisfied ? Satisfied : Dissatisfied, Round(progress.Round), 1);
        add(Reopens, null, progress.Round - 1 - (progress.Stage > 1 ? 1 : 0));
        add(Reviews, null, progress.Stage - 1);
        if (complaint.State == ComplaintState.Closed)
            add(SolvedAt, null, progress.Round);
    }

    private static void AddVerdicts(Complaint complaint, Action<string, string?, decimal> add)
    {
        var record = complaint.Clocks;
        foreach (var verdicts in record.Verdicts.GroupBy(count => (count.Objective, count.Round)))
        {
            var round = Round(verdicts.Key.Round);
            add(Met + verdicts.Key.Objective, round, verdicts.Sum(count => count.Met));
            add(Breached + verdicts.Key.Objective, round, verdicts.Sum(count => count.Breached));
            add(Cancelled + verdicts.Key.Objective, round, verdicts.Sum(count => count.Cancelled));
        }
        foreach (var (clock, result) in record.Last)
        {
            if (result is not { Verdict: ClockVerdict.Breached, Due: { } due } || clock.Objective != Objective.Resolution)
                continue;
            add(LateDue, Round(clock.Round), Seconds(due));
            if (result is { Reason: not null, At: { } since } && since > due)
                add(LateSince, Round(clock.Round), Seconds(since));
            var resolved = clock.Round == complaint.Progress.Round ? complaint.Settlement.ResolvedAt
                : complaint.Progress.Rounds.FirstOrDefault(ended => ended.Round == clock.Round)?.ResolvedAt;
            if (resolved is { } at)
                add(LateBy, Round(clock.Round), Seconds(at) - Seconds(due));
        }
    }

    /// <summary>How often who owes a part of a complaint was urged, by what is recorded of it; <c>null</c> where nobody was.</summary>
    /// <param name="measures">What is recorded.</param>
    /// <param name="subject">The part; <c>null</c> for the case itself.</param>
    public static Assignment.Urging? UrgingOf(ImmutableArray<Measure> measures, Subject? subject)
    {
        if (measures.IsDefaultOrEmpty)
            return null;
        var name = subject?.ToString();
        decimal times = 0, at = 0;
        foreach (var measure in measures)
        {
            if (measure.Subject != name)
                continue;
            times = measure.Name == Urged ? measure.Value : times;
            at = measure.Name == UrgedAt ? measure.Value : at;
        }
        return times == 0 ? null
            : new(subject, (int)times, NodaConstants.UnixEpoch + Duration.FromTicks((long)(at * NodaConstants.TicksPerSecond)));
    }

    private static decimal Seconds(Instant? instant) =>
        instant is { } at ? (decimal)at.ToUnixTimeTicks() / NodaConstants.TicksPerSecond : 0;

    /// <summary>The text of a store's column; <c>null</c> for none.</summary>
    public static string? Write(ImmutableArray<Measure> measures)
    {
        if (measures.IsDefaultOrEmpty)
            return null;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var measure in measures)
            {
                writer.WriteStringValue(measure.Name);
                if (measure.Subject is not null)
                    writer.WriteStringValue(measure.Subject);
                writer.WriteNumberValue(measure.Value);
            }
            writer.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What a store's column says.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static ImmutableArray<Measure> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
        var all = ImmutableArray.CreateBuilder<Measure>();
        string? name = null, subject = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String when name is null:
                    name = reader.GetString();
                    break;
                case JsonTokenType.String:
                    subject = reader.GetString();
                    break;
                case JsonTokenType.Number when name is not null:
                    all.Add(new(name, subject, reader.GetDecimal()));
                    (name, subject) = (null, null);
                    break;
                case JsonTokenType.StartArray or JsonTokenType.EndArray:
                    break;
                default:
                    throw new JsonException("A list of measures holds names, subjects and numbers.");
            }
        }
        return all.DrainToImmutable();
    }
}
