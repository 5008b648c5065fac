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

    /// <summary>The participant of a number; none is the customer.</summary>
    public static ComplaintError? Find(Complaint complaint, int? number, out InteractionPartner? partner)
    {
        partner = null;
        if (number is not { } wanted)
            return null;
        if (complaint.Participants.IsEmpty)
            return Nobody.Plain;
        if (complaint.Participants.FirstOrDefault(participant => participant.Number == wanted) is not { } found)
            return NotFound.With(("value", wanted), ("known", complaint.Participants.Select(participant => participant.Number)));
        partner = new(wanted, found.Role, found.Person, found.SpeaksForCustomer);
        return null;
    }
}
