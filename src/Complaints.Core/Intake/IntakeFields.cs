using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>
/// The fields of a draft, each with its name, its label and its bound. Forms and documentation are made from them, and the rules of
/// registration and import check by them. A name is the one that errors carry: <c>complainant.name</c>.
/// </summary>
internal static class IntakeFields
{
    public static readonly Field Channel = Code("channel", Labels.Channel, rules => rules.Channels.Items) with { IsRequired = true };
    public static readonly Field EntryPoint = Code("entryPoint", Labels.EntryPoint, rules => rules.EntryPoints.Items);
    public static readonly Field Kind = Code("kind", Labels.Kind, rules => rules.Kinds.Items) with { IsRequired = true };
    public static readonly Field Title = Words("title", Labels.Title, Text.Title) with { IsRequired = true, IsPersonal = true };

    public static readonly Field Name = Personal("complainant.name", new("Name", "姓名"), Text.Id);
    public static readonly Field CustomerRef = Personal("complainant.customerRef", new("Customer reference", "客户编号"), Text.Id);
    public static readonly Field Address = Personal("complainant.address", new("Address", "地址"), Text.Short);
    public static readonly Field AddressAs = Personal("complainant.addressAs", new("Form of address", "称呼"), Text.Id);
    public static readonly Field ContactKind =
        Code("contact.kind", new("Kind of contact", "联系方式类型"), _ => []) with { IsRequired = true, IsOpenList = true };
    public static readonly Field ContactValue =
        Personal("contact.value", new("Number or address", "号码或地址"), Text.Title) with { IsRequired = true };
    public static readonly Field Contacts =
        Group("complainant.contacts", new("Ways to reach", "联系方式"), ContactKind, ContactValue) with { Highest = 20 };
    public static readonly Field Complainant =
        Group("complainant", new("Complainant", "投诉人"), Name, AddressAs, CustomerRef, Contacts, Address);

    public static readonly Field Narrative = Personal("narrative", new("What happened", "事情经过"), Text.Narrative);
    public static readonly Field DesiredOutcome = Personal("desiredOutcome", new("What the customer wants", "客户诉求"), Text.Long);
    public static readonly Field IncidentPlace = Personal("incidentPlace", new("Where it happened", "发生地点"), Text.Short);
    public static readonly Field IncidentTime = Personal("incidentTime", new("When it happened", "发生时间"), Text.Id);
    public static readonly Field IncidentFrom = Moment("incidentFrom", Labels.IncidentFrom);
    public static readonly Field IncidentTo = Moment("incidentTo", Labels.IncidentTo);
    public static readonly Field Goals = new("goals", Labels.Goals, FieldKind.Codes)
    {
        MaxLength = Text.Id, Highest = 10, IsOpenList = true, Choices = rules => rules.Goals.Items,
    };
    public static readonly Field Statement =
        Group("statement", new("What the customer says", "投诉内容"), Narrative, DesiredOutcome, IncidentPlace, IncidentTime);

    public static readonly Field ItemKind =
        Code("item.kind", new("Kind of item", "产品类型"), rules => rules.Items.Items) with { IsRequired = true };
    public static readonly Field ItemRef = Personal("item.ref", new("Reference of the item", "产品编号"), Text.Title);
    public static readonly Field ItemModel = Personal("item.model", new("Model", "型号"), Text.Title);
    public static readonly Field Serial = Personal("item.serial", new("Serial number", "序列号"), Text.Title);
    public static readonly Field PurchasedOn = new("item.purchasedOn", Labels.PurchasedOn, FieldKind.Date);
    public static readonly Field Item = Group("item", Labels.Item, ItemKind, ItemRef, ItemModel, Serial, PurchasedOn);

    public static readonly Field Accused = new("accused", new("Members of the staff it is about", "被投诉员工"), FieldKind.Codes)
    {
        MaxLength = Text.Id, Highest = Accusation.Most, IsOpenList = true, Choices = _ => [],
    };

    public static readonly Field Category =
        Code("category", Labels.Category, rules => rules.Categories.Value.Categories) with { MaxLength = Text.Title };
    public static readonly Field Subcategory =
        Code("subcategory", Labels.Subcategory, rules => rules.Categories.Value.Categories.SelectMany(category => category.Subcategories))
            with { MaxLength = Text.Title };
    public static readonly Field PointText = Personal("points.text", new("What is wrong", "诉求内容"), Text.Long) with { IsRequired = true };
    public static readonly Field Points =
        Group("points", new("Further points", "其他诉求点"), PointText, Category, Subcategory) with { Highest = PointRules.Most - 1 };

    public static readonly Field Question =
        Code("answers.question", Labels.Question, rules => rules.Guides.Questions) with { IsRequired = true, IsOpenList = true };
    public static readonly Field Answer =
        Personal("answers.value", Labels.Answer, Text.Short) with { IsRequired = true };
    public static readonly Field Answers = Group("answers", new("Answers", "指引回答"), Question, Answer) with { Highest = Guide.Most };

    public static readonly Field Severity = Code("severity", Labels.Severity, rules => rules.Priorities.Value.Severity.Items);
    public static readonly Field Urgency = Code("urgency", Labels.Urgency, rules => rules.Priorities.Value.Urgency.Items);
    public static readonly Field Impact = Code("impact", Labels.Impact, rules => rules.Priorities.Value.Impact.Items);
    public static readonly Field Risks = new("risks", Labels.Risks, FieldKind.Codes)
    {
        MaxLength = Text.Id, Highest = 20, IsOpenList = true, Choices = _ => Vocabulary.Risks,
    };

    public static readonly Field InteractionKind =
        Code("interactionKind", Labels.InteractionKind, rules => rules.InteractionKinds.Items);
    public static readonly Field CallId = Personal("call.id", new("Id of the call", "通话编号"), Text.Title);
    public static readonly Field CallFrom = Personal("call.from", new("From number", "主叫号码"), Text.Title);
    public static readonly Field CallTo = Personal("call.to", new("To number", "被叫号码"), Text.Title);
    public static readonly Field CallQueue = Personal("call.queue", new("Queue", "呼入队列"), Text.Id);
    public static readonly Field CallAnswered = Moment("call.answered", Labels.AnsweredAt);
    public static readonly Field CallEnded = Moment("call.ended", new("Ended", "通话结束时间"));
    public static readonly Field Call =
        Group("call", Labels.Call, CallId, CallFrom, CallTo, CallQueue, CallAnswered, CallEnded);

    /// <summary>What a call consists of.</summary>
    public static ImmutableArray<Field> OfCall => Call.Parts;

    public static readonly Field SamePersonAs =
        new("samePersonAs", new("The same person as in", "与此投诉为同一投诉人"), FieldKind.Complaint);
    public static readonly Field ReceivedAt = new("receivedAt", Labels.ReceivedAt, FieldKind.Moment);
    public static readonly Field Language =
        Code("language", new("Language", "语言"), rules => rules.Settings.Languages.Select(LanguageOf))
            with { MaxLength = 35, IsOpenList = true };
    public static readonly Field Tier = Code("tier", new("Membership tier", "会员等级"), rules => rules.Tiers.Items);
    public static readonly Field Area =
        Code("area", Labels.Area, rules => rules.Organisation.Areas) with { IsOpenList = true };
    public static readonly Field Contact = Group("contact", Labels.ContactWishes);

    public static readonly Field Source =
        Code("externalRef.source", Labels.Source, _ => []) with { IsRequired = true, IsOpenList = true };
    public static readonly Field SourceId =
        Personal("externalRef.id", Labels.SourceId, Text.Title) with { IsRequired = true };
    public static readonly Field ExternalRef = Group("externalRef", new("Known elsewhere as", "外部编号"), Source, SourceId);

    public static readonly Field AttributeName =
        Words("attributes", new("Name of the fact", "附加信息名称"), Text.Id) with { IsRequired = true };
    public static readonly Field AttributeValue = Words("attributes.value", new("Fact", "附加信息"), Text.Short);
    public static readonly Field Attributes = Group("attributes", new("Further facts", "附加信息")) with { Highest = 50 };

    /// <summary>What a draft consists of, in the order in which a form asks for it.</summary>
    public static ImmutableArray<Field> OfDraft { get; } =
    [
        Channel, EntryPoint, Kind, Title, Complainant, SamePersonAs, Statement, IncidentFrom, IncidentTo, Goals, Item, Accused, Category,
        Subcategory, Points, Answers, Severity, Urgency, Impact, Risks, ReceivedAt, InteractionKind, Call, Language, Tier, Area,
        Contact, ExternalRef, Attributes,
    ];

    private static readonly FrozenDictionary<string, Field> ByName = new[]
        {
            Name, AddressAs, CustomerRef, Address, Narrative, DesiredOutcome, IncidentPlace, IncidentTime,
            ItemKind, ItemRef, ItemModel, Serial, PurchasedOn, PointText, Question,
            Answer, Source, SourceId, CallId, CallFrom, CallTo, CallQueue,
        }
        .Concat(OfDraft).ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>A language for people; one whose name we do not know is told by its tag.</summary>
    public static ICodeItem LanguageOf(string tag) => new CodeItem(tag, tag.Split('-')[0] switch
    {
        "zh" => new("Chinese", "中文"),
        "en" => new("English", "英文"),
        _ => new(tag, tag),
    });

    /// <summary>The field of a name that errors carry; <c>null</c> if there is none.</summary>
    public static Field? Find(string name) => ByName.GetValueOrDefault(name);

    private static Field Words(string name, Label label, int max) => new(name, label, FieldKind.Text) { MaxLength = max };

    private static Field Moment(string name, Label label) => new(name, label, FieldKind.Moment);

    private static Field Personal(string name, Label label, int max) => Words(name, label, max) with { IsPersonal = true };

    /// <summary>A code of the tenant's; an imported complaint may have its source's instead.</summary>
    private static Field Code(string name, Label label, Func<Rulebook, IEnumerable<ICodeItem>> choices) =>
        new(name, label, FieldKind.Code) { MaxLength = Text.Id, Choices = choices };

    /// <summary>Fields that belong together; in the group each goes by its own name.</summary>
    private static Field Group(string name, Label label, params ReadOnlySpan<Field> parts)
    {
        var own = ImmutableArray.CreateBuilder<Field>(parts.Length);
        foreach (var part in parts)
            own.Add(part with { Name = part.Name[(part.Name.LastIndexOf('.') + 1)..] });
        return new(name, label, FieldKind.Group) { Parts = own.MoveToImmutable() };
    }
}
