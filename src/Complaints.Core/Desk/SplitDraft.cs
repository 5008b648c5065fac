using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core;

/// <summary>The draft of the case that is made of a point: the receipt of the complaint, and the words of the point.</summary>
internal static class SplitDraft
{
    /// <summary>What no registration is made of.</summary>
    public static IntakeDraft Nothing { get; } = new() { Channel = "", Title = "" };

    /// <summary>The draft; <c>null</c> where the words of the point cannot be read any more.</summary>
    /// <param name="view">The complaint.</param>
    /// <param name="number">The point's number.</param>
    /// <param name="kind">What it is; <c>null</c> for what the complaint is.</param>
    /// <param name="words">What was revealed of it.</param>
    public static IntakeDraft? Of(ComplaintView view, int number, string? kind, ClearWords words)
    {
        var (complaint, receipt) = (view.Complaint, view.Complaint.Receipt);
        var complainant = words.Of(receipt.Complainant);
        var point = complaint.Points.FirstOrDefault(known => known.Number == number);
        if (point is null || words.Of(view.TextOf(number)) is not { } text || receipt.Complainant is not null && complainant is null)
            return null;
        var (category, subcategory) = point.Category is null
            ? (complaint.Judgement.Category, complaint.Judgement.Subcategory)
            : (point.Category, point.Subcategory);
        var registered = view.History.Select(entry => entry.Event).OfType<ComplaintRegistered>().FirstOrDefault();
        var narrative = number == 1 ? words.Of(registered?.Statement)?.Narrative : text.Length > Text.Title ? text : null;
        return new IntakeDraft
        {
            Title = Text.Cut(text, Text.Title),
            Statement = new Statement(narrative),
            Kind = string.IsNullOrWhiteSpace(kind) ? receipt.Kind : kind,
            Category = category,
            Subcategory = subcategory,
            Channel = receipt.Channel,
            EntryPoint = receipt.EntryPoint,
            Area = receipt.Area,
            Language = receipt.Language,
            Tier = receipt.Tier,
            Contact = receipt.Contact,
            Attributes = receipt.Attributes,
            Item = view.ItemOf(words),
            Goals = receipt.Goals,
            IncidentFrom = receipt.IncidentFrom,
            IncidentTo = receipt.IncidentTo,
            // Who is complained about keeps out of what is split off, too.
            Accused =
            [
                .. complaint.Participants.Where(part => part is { Role: ParticipantRole.Accused, LeftAt: null, Staff: not null })
                    .Select(part => part.Staff!).Distinct(StringComparer.Ordinal),
            ],
            Complainant = complainant ?? new(),
            SamePersonAs = complainant is null ? null : complaint.Id,
            ReceivedAt = RaisedAt(view, number),
        };
    }

    /// <summary>When the point came in: with the complaint, or when it was raised.</summary>
    private static Instant RaisedAt(ComplaintView view, int number) =>
        view.History.FirstOrDefault(entry => entry.Event is PointRaised raised && raised.Number == number)?.Moment.OccurredAt
        ?? view.Complaint.Receipt.ReceivedAt;
}
