using Complaints.Core.Capabilities;

namespace Complaints.Core.Intake;

/// <summary>Drafts that are right, for documentation and tests.</summary>
internal static class DraftExamples
{
    public static IntakeDraft Of(Occasion occasion) => new()
    {
        Channel = "phone",
        Title = "冰箱送错型号",
        Category = occasion.Variant % 5 == 4 ? "product" : "delivery",
        Subcategory = occasion.Variant % 5 == 4 ? "safety" : "wrong-item",
        Answers = occasion.Variant % 5 == 4 ? [new("smell", "no"), new("injured", "yes"), new("injury", "手指划伤。")] : [],
        Goals = occasion.Variant % 4 == 3 ? ["respect", "compensation"] : [],
        Points = occasion.Variant % 7 == 6 ? [new("司机态度恶劣。", "service", "attitude")] : [],
        Kind = occasion.Variant % 3 == 2 ? "inquiry" : "complaint",
        Complainant = new Complainant("王小明", Contacts: [new ContactPoint(ContactPoint.Phone, $"1380013{8000 + occasion.Variant % 1000}")]),
        Statement = new Statement("订的是双门冰箱，送来的是单门。"),
    };
}
