using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Who may be told anything of a case besides the customer (代理): the one test before words go to somebody who takes part. Nothing
/// is told unless it is known that it may be.</summary>
public static class Representation
{
    private static readonly Label Expired = new("letter of authority expired", "授权书已过期");
    private static readonly Label Left = new("does not take part any more", "已退出");

    internal static readonly Refusal NoAuthority = new(
        "party.no_authority",
        "Participant {value} may not be told anything: {known}. Record the letter of authority first.",
        "不得向参与人 {value} 透露任何内容：{known}。请先登记授权书。");

    internal static readonly Refusal NotCustomer = new(
        "party.not_customer",
        "{role} does not speak for the customer; name somebody who does, or leave it empty for the customer.",
        "“{role}”不代表客户，请选择客户的代表，或留空表示客户本人。");

    internal static readonly Refusal NothingSaid = new(
        "party.nothing_said",
        "A participant is named for what was said on the customer's behalf, and nothing was; leave it empty.",
        "仅在代表客户表态时填写参与人，此处没有表态，请留空。");

    /// <summary>Whether anything may be told to a participant at an instant: a letter of authority is in and holds where one is needed, and
    /// the participant had not left.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="at">When it would be told.</param>
    public static bool MayBeTold(this Participant participant, Rulebook rules, Instant at) => Hindrance(participant, rules, at) is null;

    /// <summary>Why nothing may be told to a participant at an instant; <c>null</c> where it may.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="at">When it would be told.</param>
    public static Label? Hindrance(this Participant participant, Rulebook rules, Instant at)
    {
        ArgumentNullException.ThrowIfNull(participant);
        ArgumentNullException.ThrowIfNull(rules);
        if (participant.LeftAt <= at)
            return Left;
        // Who was added before letters were asked for has shown none.
        var authority = participant.Authority
            ?? (rules.ParticipantRoles.Find(participant.Role) is { NeedsAuthority: true } ? ParticipantAuthority.Awaited : null);
        return authority switch
        {
            null => null,
            { Status: ParticipantAuthority.Received, Since: { } since } when since <= at =>
                authority.Until < at.InZone(DateTimeZoneProviders.Tzdb[rules.Settings.Zone]).Date ? Expired : null,
            { Status: ParticipantAuthority.Received } => Named(ParticipantAuthority.Required),
            _ => Named(authority.Status),
        };
    }

    /// <summary>Whether a letter of authority is to be asked of a participant: one is needed, and none is in that holds.</summary>
    internal static bool OwesLetter(this Participant participant, Rulebook rules, Instant at) =>
        Hindrance(participant, rules, at) is { } why && why != Left;

    /// <summary>How a participant's authority stands, in words; <c>null</c> where there is nothing to say.</summary>
    /// <param name="participant">The participant.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="at">When.</param>
    public static Label? Standing(this Participant participant, Rulebook rules, Instant at) =>
        Hindrance(participant, rules, at) ?? (participant.Authority is { } authority ? Named(authority.Status) : null);

    /// <summary>What speaks against telling something to a participant at the time of a decision.</summary>
    internal static ComplaintError? Check(Participant participant, DecisionContext<Complaint> context) =>
        Hindrance(participant, context.Rules, context.EffectiveAt) is { } why
            ? NoAuthority.With(("value", participant.Number), ("known", why))
            : null;

    /// <summary>The same of the participant that a command is about; nothing where it is about nobody, or about somebody who is not
    /// there.</summary>
    internal static ComplaintError? Check(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (subject is null)
            return null;
        foreach (var participant in complaint.Participants)
        {
            if (participant.Subject == subject)
                return Check(participant, context);
        }
        return null;
    }

    private static Label Named(string status) => ParticipantAuthority.All.Named(status).Label;
}
