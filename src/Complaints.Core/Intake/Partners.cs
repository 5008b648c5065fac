using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>Whom of those who take part a command means.</summary>
internal static class Partners
{
    public static readonly Refusal NotFound = new(
        "participant.not_found",
        "There is no participant {value}; there are: {known}.",
        "没有参与人 {value}，现有：{known}。");

    public static readonly Refusal Nobody = new(
        "participant.none",
        "Nobody takes part in this case besides the customer; add a participant first.",
        "除客户外，本投诉尚无参与人，请先添加参与人。");

    public static readonly Label WithWhom = new("With (the customer, if nobody is chosen)", "沟通对象（不选则为客户）");

    /// <summary>The participant of a number, and whether a contact with it is one with the customer; none is the customer.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="number">The number.</param>
    /// <param name="context">When it is decided, and by which rules.</param>
    /// <param name="partner">Who it is.</param>
    public static ComplaintError? Find(
        Complaint complaint, int? number, DecisionContext context, out InteractionPartner? partner) =>
        Find(complaint, number, isTold: false, context, out partner);

    /// <summary>The same of somebody to whom something is told.</summary>
    public static ComplaintError? FindTold(
        Complaint complaint, int? number, DecisionContext context, out InteractionPartner? partner) =>
        Find(complaint, number, isTold: true, context, out partner);

    /// <summary>The same of somebody who hears and speaks for the customer.</summary>
    public static ComplaintError? FindForCustomer(
        Complaint complaint, int? number, DecisionContext context, out InteractionPartner? partner) =>
        FindTold(complaint, number, context, out partner)
        ?? (partner is { SpeaksForCustomer: false }
            ? Representation.NotCustomer.With(("role", context.Rules.ParticipantRoles.Named(partner.Role)))
            : null);

    /// <summary>The same of somebody who is named only for what they said, and nothing was.</summary>
    public static ComplaintError? FindForCustomer(
        Complaint complaint, int? number, bool isSaid, DecisionContext context, out InteractionPartner? partner)
    {
        partner = null;
        return isSaid || number is null
            ? FindForCustomer(complaint, number, context, out partner)
            : Representation.NothingSaid.Plain;
    }

    /// <summary>What speaks against somebody who acts for the customer.</summary>
    public static ImmutableArray<Refusal> ForCustomer { get; } =
        [NotFound, Nobody, Representation.NoAuthority, Representation.NotCustomer];

    /// <summary>With whom of them something was exchanged, for people.</summary>
    public static Detail Told(InteractionPartner? with, Rulebook rules) =>
        new(Labels.With, with is null ? null : rules.ParticipantRoles.Named(with.Role));

    /// <summary>What is said of a number that nobody has.</summary>
    public static ComplaintError Missing(Complaint complaint, object number) =>
        NotFound.With(("value", number), ("known", complaint.Participants.Select(participant => participant.Number)));

    private static ComplaintError? Find(
        Complaint complaint, int? number, bool isTold, DecisionContext context, out InteractionPartner? partner)
    {
        partner = null;
        if (number is not { } wanted)
            return null;
        if (complaint.Participants.IsEmpty)
            return Nobody.Plain;
        if (complaint.Participants.FirstOrDefault(participant => participant.Number == wanted) is not { } found)
            return Missing(complaint, wanted);
        var hindered = Representation.Check(found, context);
        partner = new(wanted, found.Role, found.Person, found.SpeaksForCustomer && hindered is null);
        return isTold ? hindered : null;
    }
}
