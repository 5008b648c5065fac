using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>A request for approval to take a step without what its gate asks for (豁免), and what became of it. It holds for the round in
/// which it was asked for.</summary>
/// <param name="Number">1, 2, ... within the complaint, in one row with the requests for approval of proposals.</param>
/// <param name="Before">The command before which the gate stands.</param>
/// <param name="Needs">What was missing when it was asked for: only that is waived.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RequestedBy">Who asked.</param>
public sealed record Waiver(int Number, string Before, ImmutableArray<string> Needs, ApprovalStatus Status, string RequestedBy)
{
    /// <summary>What is waived; never <c>default</c>.</summary>
    public ImmutableArray<string> Needs { get; init; } = Needs.IsDefault ? [] : Needs;

    /// <summary>On whose behalf it was asked for, if on anybody's.</summary>
    public string? RequestedFor { get; init; }

    /// <summary>Who answered it.</summary>
    public string? AnsweredBy { get; init; }

    internal Subject Subject => Subject.Of("approval", Number);

    internal bool IsPending => Status == ApprovalStatus.Pending;

    /// <summary>True for who asked, and whom that was for: they do not answer it.</summary>
    internal bool IsAskedBy(Actor actor) => actor.IsOrActsFor(RequestedBy) || actor.IsOrActsFor(RequestedFor);

    /// <inheritdoc/>
    public bool Equals(Waiver? other) =>
        other is not null && (Number, Before, Status, RequestedBy, RequestedFor, AnsweredBy)
            == (other.Number, other.Before, other.Status, other.RequestedBy, other.RequestedFor, other.AnsweredBy)
        && Needs.AsSpan().SequenceEqual(other.Needs.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Number;

    /// <summary>Before which step, what is waived, and what became of it.</summary>
    internal string Words(Rulebook rules, Wording wording) => string.Join(" · ",
        wording.Say(WaiverRules.Waiver), wording.Say(WaiverRules.NameOf(Before)),
        wording.Say((object)Needs.Select(need => GateNeeds.LabelOf(need, rules))), wording.Say(Vocabulary.Of(Status)));
}

/// <summary>How waivers are found and answered: by whoever may answer the other requests for approval, and not by who asked.</summary>
internal static class WaiverRules
{
    public static readonly Label Waiver = new("Waiver", "豁免");

    public static Waiver? Pending(Complaint complaint, int number) =>
        complaint.Settlement.Waivers.FirstOrDefault(waiver => waiver.Number == number && waiver.IsPending);

    /// <summary>What a command is called; one of a newer program by its name.</summary>
    public static Label NameOf(string command) =>
        ComplaintRooms.Current.Catalogue.FindCommand(command)?.Capability.Label ?? new(command, command);

    /// <summary>The commands that a tenant's gates stand before.</summary>
    public static IEnumerable<CodeItem> Gated(Rulebook rules) =>
        rules.Gates.Rows.Select(row => row.Before).Distinct(StringComparer.Ordinal).Select(before => new CodeItem(before, NameOf(before)));

    public static ComplaintError? Answer(
        Waiver waiver, DecisionContext context, EventSink events, ApprovalStatus status, string? reason, string? remark)
    {
        if (waiver.IsAskedBy(context.Actor))
            return ApprovalRules.OwnRequest.With(("value", new StaffMember(context.Actor.Id)));
        events.Add(new WaiverAnswered(waiver.Number, status, reason, Personal.OfNullable(Why.Given(remark))));
        return null;
    }
}
