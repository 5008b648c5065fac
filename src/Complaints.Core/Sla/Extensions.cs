using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>An extension (延期) that was asked for.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="Clock">The clock's id.</param>
/// <param name="Was">The deadline when it was asked for.</param>
/// <param name="Proposed">The deadline that was asked for.</param>
/// <param name="RequestedBy">Who asked; somebody else decides.</param>
/// <param name="Status">What was decided.</param>
/// <param name="Granted">The deadline that was given, which may be another than the one asked for.</param>
public sealed record Extension(int Number, string Clock, Instant Was, Instant Proposed, string RequestedBy, ExtensionStatus Status = ExtensionStatus.Pending, Instant? Granted = null);

/// <summary>What was decided about an extension.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ExtensionStatus>))]
public enum ExtensionStatus
{
    /// <summary>Nothing yet.</summary>
    Pending,

    /// <summary>It was granted, to the date that was asked for or to another.</summary>
    Granted,

    /// <summary>It was denied; the deadline stays.</summary>
    Denied,
}

/// <summary>Asks for a later deadline of one clock, before it expires.</summary>
/// <param name="Clock">The clock's id. Errors: <c>clock.not_found</c>, <c>clock.paused</c>.</param>
/// <param name="Until">The deadline that is asked for. Errors: <c>extension.not_later</c>, <c>extension.too_long</c>.</param>
/// <param name="Reason">Why, as the customer will be told; 1 to 500 characters, nothing personal.</param>
/// <remarks>Further errors: <c>extension.not_allowed</c>, <c>extension.expired</c>, <c>extension.used_up</c>, <c>extension.pending</c>.</remarks>
public sealed record RequestExtension(string Clock, Instant Until, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RequestExtension;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("reason", Reason, Text.Short) is { } bad)
            return bad;
        var open = Clocks.Project(complaint, context.Rules).Where(clock => clock is { IsOpen: true, Terms: not null }).ToList();
        if (open.Find(clock => clock.Id == Clock) is not { } wanted)
            return new("clock.not_found", ("value", Clock), ("known", string.Join(", ", open.Select(clock => clock.Id))));
        if (wanted.Due is not { } due)
            return new("clock.paused", ("value", Clock));
        if (wanted.Terms!.Extensions is not { } rule)
            return new("extension.not_allowed", ("value", Clock));
        if (context.Now > due)
            return new("extension.expired", ("value", Clock), ("bound", due));
        var earlier = complaint.Clocks.Extensions.Where(extension => extension.Clock == Clock).ToList();
        if (earlier.Exists(extension => extension.Status == ExtensionStatus.Pending))
            return new("extension.pending", ("value", Clock));
        if (earlier.Count(extension => extension.Status == ExtensionStatus.Granted) >= rule.Max)
            return new("extension.used_up", ("value", Clock), ("bound", rule.Max));
        if (ExtensionRules.Check(wanted, Until, context) is { } wrong)
            return wrong;
        events.Add(new ExtensionRequested(complaint.Clocks.Extensions.Length + 1, Clock, due, Until, Reason));
        return null;
    }
}

/// <summary>Grants an extension, to the date that was asked for or to another, or denies it. Who asked cannot decide.</summary>
/// <param name="Extension">The request's number. Errors: <c>extension.not_found</c>, <c>approval.own_request</c>, <c>clock.not_found</c>.</param>
/// <param name="Grant">True to grant. Error, once the breach was recorded: <c>extension.expired</c>.</param>
/// <param name="Until">Another date than the one asked for; <c>null</c> for that one. Errors: <c>extension.not_later</c>, <c>extension.too_long</c>.</param>
/// <param name="Reason">Why; needed to deny, at most 500 characters, nothing personal.</param>
public sealed record DecideExtension(int Extension, bool Grant, Instant? Until = null, string? Reason = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.DecideExtension;

    internal static ComplaintError? Precondition(Complaint complaint) =>
        complaint.Clocks.Extensions.Any(extension => extension.Status == ExtensionStatus.Pending) ? null : new("extension.none_pending");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var pending = complaint.Clocks.Extensions.Where(extension => extension.Status == ExtensionStatus.Pending).ToList();
        if (pending.Find(extension => extension.Number == Extension) is not { } request)
            return new("extension.not_found", ("value", Extension), ("known", string.Join(", ", pending.Select(extension => extension.Number))));
        if (request.RequestedBy == context.Actor.Id)
            return new("approval.own_request", ("value", context.Actor.Id));
        if (Text.Check("reason", Reason, Text.Short, required: !Grant) is { } bad)
            return bad;
        if (!Grant)
        {
            events.Add(new ExtensionDecided(request.Number, request.Clock, Granted: null, Reason));
            return null;
        }
        if (Clocks.Project(complaint, context.Rules).FirstOrDefault(clock => clock.Id == request.Clock && clock.IsOpen) is not { } wanted)
            return new("clock.not_found", ("value", request.Clock), ("known", ""));
        if (complaint.Clocks.ResultOf(request.Clock) is { Verdict: ClockVerdict.Breached })
            return new("extension.expired", ("value", request.Clock), ("bound", request.Was));
        var until = Until ?? request.Proposed;
        if (ExtensionRules.Check(wanted, until, context) is { } wrong)
            return wrong;
        events.Add(new ExtensionDecided(request.Number, request.Clock, until, Reason));
        return null;
    }
}

/// <summary>An extension was asked for.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Clock">The clock's id.</param>
/// <param name="Was">The deadline then.</param>
/// <param name="Until">The deadline that is asked for.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtensionRequested(int Number, string Clock, Instant Was, Instant Until, string Reason) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Extensions = complaint.Clocks.Extensions.Add(new Extension(Number, Clock, Was, Until, moment.Actor.Id)) },
    };
}

/// <summary>An extension was granted or denied.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Clock">The clock's id.</param>
/// <param name="Granted">The new deadline; <c>null</c> when it was denied.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtensionDecided(int Number, string Clock, Instant? Granted, string? Reason) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Extensions =
            [
                .. complaint.Clocks.Extensions.Select(extension => extension.Number == Number
                    ? extension with { Status = Granted is null ? ExtensionStatus.Denied : ExtensionStatus.Granted, Granted = Granted }
                    : extension),
            ],
        },
    };
}

internal static class ExtensionRules
{
    /// <summary>Later than the deadline and not further than the policy allows, measured as the objective's own limit is.</summary>
    public static ComplaintError? Check(Clock clock, Instant until, DecisionContext context)
    {
        if (clock.Due is not { } due)
            return new("clock.paused", ("value", clock.Id));
        if (until <= due)
            return new("extension.not_later", ("value", until), ("bound", due));
        if (clock.Terms!.Extensions?.Bound is not { } longest)
            return null;
        var bound = longest.DueFrom(due, clock.Pin!.CalendarOf(clock.Terms, context.Rules), []);
        return until > bound ? new("extension.too_long", ("value", until), ("bound", bound)) : null;
    }
}
