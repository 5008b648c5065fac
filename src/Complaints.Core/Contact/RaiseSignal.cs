using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Contact;

/// <summary>Notes something about a case from which more may follow, by the tenant's rules: the customer cannot wait, wants to speak with a
/// director, goes to the press.</summary>
/// <param name="Code">A signal of the tenant's. Errors: <c>code.unknown</c>, <c>signal.standing</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters.</param>
public sealed record RaiseSignal(string Code, string? Remark = null) : ComplaintCommand, ICapability<RaiseSignal, Complaint>
{
    private static readonly Refusal Standing = new(
        "signal.standing",
        "“{value}” stands already in this round; nothing new would follow.",
        "本轮次已有预警“{value}”，无需重复。");

    static Capability ICapability<RaiseSignal, Complaint>.Capability { get; } = new("raise-signal", new("Raise a signal", "发出预警"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<RaiseSignal>(f =>
        [
            f.Code(command => command.Code, Labels.Signal, rules => rules.SignalCodes) with { IsChosen = true },
            f.Text(command => command.Remark, Labels.Remark, Text.Short, required: false),
        ]),
        StaysIn = States.Codes([.. States.InHand, ComplaintState.Resolved]),
        Refusals = [Standing],
        Commutes = true,
    };

    static RaiseSignal ICapability<RaiseSignal, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new("cannot-wait", "Expecting a child in May."),
        1 => new("demands-executive"),
        _ => new("media", "A reporter called."),
    };

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.Contact.Stands(Code, complaint.Progress.Round))
            return Standing.With(("value", context.Rules.SignalCodes.Named(Code)));
        events.Add(new SignalRaised(Code, complaint.Progress.Round, Personal.OfNullable(Why.Given(Remark))));
        return null;
    }
}

/// <summary>Settles what a rule of the signals asks of the owner: it was looked after, or is not needed.</summary>
/// <param name="Rule">The rule. Error: <c>signal.not_open</c>.</param>
/// <param name="Remark">What was done, kept sealed; 1 to 500 characters.</param>
public sealed record SettleSignal(string Rule, string Remark) : ComplaintCommand, ICapability<SettleSignal, Complaint>
{
    private static readonly Refusal NotOpen = new(
        "signal.not_open",
        "Nothing is asked for by {value}; open are: {known}.",
        "“{value}”没有待跟进事项，现有：{known}。");

    private static readonly Refusal NothingOpen = new(
        "signal.none_open",
        "No signal asks for anything now.",
        "目前没有待跟进的预警。");

    static Capability ICapability<SettleSignal, Complaint>.Capability { get; } = new("settle-signal", new("Settle a signal", "跟进完成"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<SettleSignal>(f =>
        [
            f.PartKey(command => command.Rule, Labels.Signal),
            f.Text(command => command.Remark, Labels.Remark, Text.Short),
        ]),
        StaysIn = States.Codes([.. States.InHand, ComplaintState.Resolved]),
        Refusals = [NotOpen, NothingOpen],
    };

    /// <inheritdoc/>
    public override Subject? About => new("signal", Rule);

    static SettleSignal ICapability<SettleSignal, Complaint>.Example(Occasion occasion) =>
        new(occasion.About?.Key ?? "demands-executive", "The director calls on Friday.");

    static ImmutableArray<Subject> ICapability<SettleSignal, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Contact.OpenIn(complaint).Select(mark => mark.Subject)];

    static ComplaintError? ICapability<SettleSignal, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        var isAny = false;
        foreach (var mark in complaint.Contact.Followed)
        {
            if (!mark.IsOpen(complaint))
                continue;
            if (subject is null || mark.Subject == subject)
                return null;
            isAny = true;
        }
        return !isAny ? NothingOpen.Plain : NotOpen.With(("value", CodeText.Shown(subject?.Key)),
            ("known", complaint.Contact.OpenIn(complaint).Select(mark => context.Rules.SignalRuleNamed(mark.Rule))));
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new SignalSettled(Rule, Personal.Of(Remark)));
        return null;
    }
}

/// <summary>A signal was raised, by a person or by a rule.</summary>
/// <param name="Code">The signal.</param>
/// <param name="Round">The round in which it stands.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="Rule">The rule that raised it; <c>null</c> for a person.</param>
public sealed record SignalRaised(string Code, int Round, Personal<string>? Remark = null, string? Rule = null)
    : ComplaintEvent, IHappening<SignalRaised, Complaint>
{
    static EventType IHappening<SignalRaised, Complaint>.EventType { get; } = new("signal-raised", 1, new("Signal raised", "已发出预警"))
    {
        Leaves = Leaving.With<SignalRaised>(static (writer, raised) => writer.WriteString("signal"u8, raised.Code)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Signal, rules.SignalCodes.Named(Code)), new(Labels.Remark, Remark),
            new(Labels.By, Rule is null ? null : rules.SignalRuleNamed(Rule))];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Signal + Code, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Contact = complaint.Contact.Raised(new(Code, Round)) };
}

/// <summary>A rule of the signals held, and something follows.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Round">The round.</param>
/// <param name="Count">How high its counter was.</param>
/// <param name="Priority">The priority after it; <c>null</c> where it did not rise.</param>
/// <param name="Asks">What it asks of the owner.</param>
public sealed record SignalFollowed(string Rule, int Round, int Count, string? Priority = null, SignalAsk? Asks = null)
    : ComplaintEvent, IHappening<SignalFollowed, Complaint>
{
    static EventType IHappening<SignalFollowed, Complaint>.EventType { get; } = new("signal-followed", 1,
        new("A signal has consequences", "预警已触发"))
    {
        Leaves = Leaving.With<SignalFollowed>(static (writer, followed) => writer.WriteString("rule"u8, followed.Rule)),
    };

    private static readonly Label Handing = new("hand the case over", "建议移交");
    private static readonly Label Looking = new("look after it", "需要跟进");

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(null, rules.SignalRuleNamed(Rule)),
        new(Labels.Priority, Priority is null ? null : rules.Priorities.Value.Priority.Named(Priority)),
        new(Labels.Asked, Words(Asks)),
    ];

    /// <summary>What is asked of the owner, in words.</summary>
    internal static Label? Words(SignalAsk? asks) => asks switch { SignalAsk.HandOver => Handing, SignalAsk.Work => Looking, _ => null };

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Contact = complaint.Contact.Held(new(Rule, Round, Count, Asks,
            Asks == SignalAsk.HandOver ? complaint.Responsibility.HandOvers : null)),
        Judgement = Priority is null ? complaint.Judgement : complaint.Judgement with { Priority = Priority },
    };
}

/// <summary>What a rule of the signals asked for is settled.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Remark">What was done.</param>
public sealed record SignalSettled(string Rule, Personal<string> Remark) : ComplaintEvent, IHappening<SignalSettled, Complaint>
{
    static EventType IHappening<SignalSettled, Complaint>.EventType { get; } = new("signal-settled", 1, new("Signal settled", "预警已跟进"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, rules.SignalRuleNamed(Rule)), new(Labels.Remark, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Contact = complaint.Contact.Followed.FirstOrDefault(mark => mark.Rule == Rule) is { } mark
            ? complaint.Contact.Held(mark with { Asks = null, HandOvers = null })
            : complaint.Contact,
    };
}
