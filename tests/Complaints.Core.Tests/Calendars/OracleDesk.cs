using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Xml;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

/// <summary>
/// Acts a peer's scenario out: its events become our commands at their instants, its targets a policy of ours, and our clocks say what is due. How a source words things is
/// read as its README states it (../shared/oracles): which target is which objective of ours, and which contact it means.
/// </summary>
internal sealed class OracleDesk
{
    private readonly OracleVector _vector;
    private readonly bool _exact;
    private readonly Rulebook _rules;
    private Complaint? _complaint;
    private string? _waiting;
    private Instant _now = Instant.FromUtc(1990, 1, 1, 0, 0);

    /// <param name="vector">The scenario.</param>
    /// <param name="exact">False to cut the edges of pauses to whole minutes, as one peer does.</param>
    public OracleDesk(OracleVector vector, bool exact = true)
    {
        (_vector, _exact) = (vector, exact);
        _rules = Rulebook.From([
            Published(SharedDefinitions.Calendars.Name, "default",
                OracleCalendars.Definition(vector.Json.GetProperty("calendar")).ToJson()),
            Published(SlaDefinitions.Policies.Name, "call-centre", Policy(1_000, null, Former)),
            Published(SlaDefinitions.Policies.Name, "urgent",
                Policy(100, """{"priorities":["p1"]}""", target => Cleared ? null : Wanted(target))),
        ]);
    }

    public Complaint Complaint => _complaint!;

    /// <summary>What stood after each event: which clocks run, wait or have ended.</summary>
    public List<string> Sequence { get; } = [];

    public OracleDesk Act()
    {
        // Where a scenario asks about a span of its own, that begins with a contact which the source sets directly.
        var spans = Targets.Any(target => target.Name == "span") ? [(OracleVectors.At(_vector.Json.GetProperty("clock").GetProperty("span").GetProperty("start")), "customer_reply", default(JsonElement))] : Array.Empty<(Instant At, string Kind, JsonElement Json)>();
        foreach (var (at, kind, json) in _vector.Json.GetProperty("events").EnumerateArray().Select(json => (At: OracleVectors.At(json.GetProperty("at")), Kind: json.GetProperty("event").GetString()!, Json: json)).Concat(spans).OrderBy(happened => happened.At))
        {
            Happen(kind, at, json);
            Note();
        }
        return this;
    }

    /// <summary>The last clock of a target; <c>null</c> when it never started.</summary>
    public Clock? ClockOf(string target) => Clocks.Project(_complaint!, _rules).LastOrDefault(clock => clock.Objective == Named(target));

    public IEnumerable<Clock> All => Clocks.Project(_complaint!, _rules);

    public TimeLimit LimitOf(string target) => TimeLimit.TryParse(Wanted(target), out var limit) ? limit : throw new InvalidOperationException(target);

    private void Happen(string kind, Instant at, JsonElement json)
    {
        switch (kind)
        {
            case "created":
                Do(new Register(Situation.Draft), at);
                // A message of the customer's opened it, where the source says so.
                if (Text(json, "by") == "customer" && Source is "rt_sla" or "zammad")
                    Do(new RecordInteraction(Direction.Inbound, "email"), at);
                if (Text(json, "state") == "pending")
                    Hold("parts", at);
                break;
            case "agent_reply":
                Do(new RecordInteraction(Direction.Outbound, "email"), at);
                break;
            // A contact that moves the update clock of the legacy source and is no first response.
            case "agent_contact":
            case "customer_reply":
                Do(new RecordInteraction(Direction.Inbound, "email"), at);
                break;
            case "paused":
                Hold(Text(json, "ignored_for") is null ? "parts" : "third-party", Cut(at));
                break;
            case "resumed":
                Resume(Cut(at));
                break;
            case "resolved":
                Resume(at);
                Do(new Resolve("solved"), at);
                break;
            case "policy_attached":
                Do(new Acknowledge(), at);
                break;
            case "urgency_changed" or "priority_changed" or "policy_changed":
                Do(new Classify(Severity: "critical", Urgency: "urgent"), at);
                break;
            case "evaluated":
                Do(new FireClocks(), at, Actor.System, lenient: true);
                break;
            // The receipt cannot be moved here, a reopened ticket was not closed, and the calendar is read as it is at the end.
            case "ticket_date_changed" or "opened" or "calendar_changed":
                break;
            default:
                throw new InvalidOperationException($"{_vector.Id}: {kind}");
        }
    }

    private void Hold(string reason, Instant at)
    {
        _waiting = reason;
        Do(new PlaceOnHold(reason), at);
    }

    private void Resume(Instant at)
    {
        if (_waiting is { } reason)
            Do(new ReleaseHold(reason), at);
        _waiting = null;
    }

    private void Do(ComplaintCommand command, Instant at, Actor? actor = null, bool lenient = false)
    {
        _now = at > _now ? at : _now;
        var decision = Core.Complaint.Decide(_complaint, command, new DecisionContext
        {
            Now = _now,
            OccurredAt = at < _now ? at : null,
            BackdateReason = "Written down late.",
            Actor = actor ?? Situation.Supervisor,
            Rules = _rules,
            Intake = new IntakeTicket(TenantId.Default, Situation.IdOf(1), "1", new SubjectId(Guid.Empty)),
        });
        if (decision.Refusal is null)
            _complaint = decision.Complaint;
        else if (!lenient)
            throw new InvalidOperationException($"{_vector.Id}: {decision.Refusal.Message}");
    }

    private void Note()
    {
        var clocks = All.ToList();
        var said = clocks.Any(clock => clock.IsPaused) ? "Paused"
            : clocks.Any(clock => clock is { IsRunning: true, Objective: Objective.FirstResponse }) ? "First Response Due"
            : clocks.Any(clock => clock is { IsRunning: true, Objective: Objective.Resolution }) ? "Resolution Due"
            : "Fulfilled";
        if (Sequence.LastOrDefault() != said && !(Sequence.LastOrDefault() == "First Response Due" && said == "Resolution Due" && _waiting is null && clocks.TrueForAll(clock => clock.Pauses.IsEmpty)))
            Sequence.Add(said);
    }

    private string Source => _vector.Id.Split('-')[0];

    private IEnumerable<JsonProperty> Targets => _vector.Json.GetProperty("targets").EnumerateObject();

    private bool Cleared => _vector.Json.GetProperty("events").EnumerateArray().Any(json => json.GetProperty("event").GetString() == "priority_changed");

    /// <summary>RT's response and the update of the current Zammad run from the first unanswered message; the legacy one from the latest contact.</summary>
    private string Named(string target) => target switch
    {
        "first_response" when Source == "rt_sla" => Objective.NextResponse,
        "first_response" or "time_to_own" => Objective.FirstResponse,
        "next_response" => Objective.NextResponse,
        "update" => Source == "zammad_legacy" ? Objective.ProgressUpdate : Objective.NextResponse,
        "resolution" or "time_to_resolve" => Objective.Resolution,
        _ => target.Replace('_', '-'),
    };

    private string Policy(int order, string? appliesTo, Func<string, string?> limit)
    {
        var objectives = Targets.Select(target => (target.Name, Limit: limit(target.Name))).Where(target => target.Limit is not null).Select(target => Rule(target.Name, target.Limit!)).DefaultIfEmpty("""{"objective":"follow-up-visit","limit":"3 days"}""");
        return Tests.Sla.Policies.Json(string.Join(",", objectives), appliesTo, order);
    }

    private string Rule(string target, string limit)
    {
        var events = target switch
        {
            "update" when Source == "zammad_legacy" => ""","start":["received","customer-message"],"stop":["customer-message"]""",
            "internal_time_to_own" or "internal_time_to_resolve" => ""","start":["acknowledged"],"stop":["resolved"]""",
            // Closing does not stop a span.
            "span" => ""","start":["customer-message"],"stop":["followed-up"]""",
            _ => "",
        };
        var escalations = _vector.Json.GetProperty("expected").TryGetProperty("escalation_at", out _) ? ""","escalations":[{"at":"1 working hour before","level":1}]""" : "";
        // The time to own does not wait.
        return $$"""{"objective":"{{Named(target)}}","limit":"{{limit}}","pausable":{{(target == "time_to_own" ? "false" : "true")}},"pausedBy":[{{(target == "time_to_own" ? "" : "\"parts\"")}}]{{events}}{{escalations}}}""";
    }

    private string Wanted(string target)
    {
        var text = _vector.Json.GetProperty("targets").GetProperty(target).GetString()!;
        if (!text.EndsWith("D_business", StringComparison.Ordinal))
            return string.Create(CultureInfo.InvariantCulture, $"{(int)XmlConvert.ToTimeSpan(text).TotalMinutes} working minutes");
        var close = _vector.Json.GetProperty("clock").GetProperty(target).TryGetProperty("end_of_working_day", out var end) && end.GetBoolean();
        return $"{text[1..^"D_business".Length]} working days, {(close ? "close of business" : "same time")}, pauses shift the end";
    }

    /// <summary>The limit before the policy was replaced, where that is told.</summary>
    private string? Former(string target)
    {
        var change = _vector.Json.GetProperty("events").EnumerateArray().FirstOrDefault(json => json.GetProperty("event").GetString() is "urgency_changed" or "policy_changed");
        if (change.ValueKind == JsonValueKind.Undefined)
            return Wanted(target);
        var told = Text(change, "from") ?? Text(change, "effect")!.Split(' ').First(word => word.EndsWith('h'));
        return $"{told.TrimEnd('h')} working hours";
    }

    private Instant Cut(Instant instant) => _exact ? instant : Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / 60 * 60);

    private static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Definition Published(string kind, string id, string json) => new(TenantId.Default, kind, id, 2, json, default, "test");
}
