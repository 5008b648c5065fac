using Complaints.Core.Intake;

namespace Complaints.Testing;

/// <summary>Drafts of complaints that the built-in definitions accept, in Chinese and English. Change what matters to a test with <c>with</c>.</summary>
public static class Drafts
{
    /// <summary>A refrigerator of the wrong model, by phone, in Chinese.</summary>
    public static IntakeDraft Chinese(int customer = 1) => new()
    {
        Channel = "phone",
        EntryPoint = "hotline",
        Title = "冰箱送错型号",
        Category = "delivery",
        Subcategory = "wrong-item",
        Language = "zh-CN",
        Complainant = new Complainant("王小明", Contacts: [new ContactPoint(ContactPoint.Phone, $"138{customer:D8}")], Address: "上海市静安区"),
        Statement = new Statement("订的是双门冰箱，送来的是单门。", "换成双门的"),
        Item = new Item("product", "SKU-2041", "BCD-520"),
    };

    /// <summary>A late parcel, by e-mail, in English.</summary>
    public static IntakeDraft English(int customer = 1) => new()
    {
        Channel = "email",
        Title = "Parcel a week late",
        Category = "delivery",
        Subcategory = "late",
        Language = "en",
        Complainant = new Complainant("Ann Smith", CustomerRef: $"C-{customer:D6}", Contacts: [new ContactPoint(ContactPoint.Email, $"ann.smith.{customer}@example.org")]),
        Statement = new Statement("The parcel was promised for Monday and came on the Monday after.", "A refund of the postage"),
        Item = new Item("order", $"O-{customer:D8}"),
    };

    /// <summary>An inquiry by chat that can be solved on the spot.</summary>
    public static IntakeDraft Inquiry(int customer = 1) => English(customer) with
    {
        Kind = "inquiry",
        Channel = "chat",
        Title = "Where is my parcel?",
        Category = null,
        Subcategory = null,
    };
}
