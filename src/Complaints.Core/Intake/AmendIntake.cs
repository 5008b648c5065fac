using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Corrects or completes what was told when the complaint came in. A field left out keeps its value. Who is who stays: the
/// customer's reference cannot be changed.</summary>
public sealed record AmendIntake : ComplaintCommand, ICapability<AmendIntake, Complaint>
{
    private static readonly Refusal Unchanged = new(
        "intake.unchanged",
        "Nothing of it is different from what is known.",
        "内容与已有信息相同，没有变化。");

    private static readonly Refusal Locked = new(
        "intake.locked",
        "The case is archived; what was told stays as it is.",
        "投诉已归档，登记信息不能再修改。");

    private static readonly Refusal Erased = new(
        "intake.erased",
        "The customer was erased: no words about them are taken any more. Language, tier, area, times, goals and codes can be changed.",
        "客户的个人信息已删除，不能再记录其文字信息；语言、会员等级、片区、时间、目的及代码仍可修改。");

    private static readonly Refusal Nobody = new(
        "intake.nobody",
        "The source of the import named nobody, and others that named nobody would be erased with whoever is named here: "
            + "register a case of its own for this customer.",
        "导入来源未提供投诉人，此处补填会与其他未提供投诉人的案件共用密钥，请为该客户另行登记。");

    /// <summary>What the complainant is called; at most 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>How the complainant wants to be addressed; at most 100 characters.</summary>
    public string? AddressAs { get; init; }

    /// <summary>The telephone number in the place of all that are known; at most 200 characters. Error: <c>text.format</c>.</summary>
    public string? Phone { get; init; }

    /// <summary>The mail address in the place of all that are known; at most 200 characters. Error: <c>text.format</c>.</summary>
    public string? Email { get; init; }

    /// <summary>Where the service was due; at most 500 characters.</summary>
    public string? Address { get; init; }

    /// <summary>The kind of product or service: a code of the tenant's items. Error: <c>code.unknown</c>.</summary>
    public string? ItemKind { get; init; }

    /// <summary>The host's reference of the item; at most 200 characters.</summary>
    public string? ItemRef { get; init; }

    /// <summary>The model: a code of the kind's models, or any text of at most 200 characters.</summary>
    public string? ItemModel { get; init; }

    /// <summary>The item's serial number; at most 200 characters.</summary>
    public string? ItemSerial { get; init; }

    /// <summary>When the item was bought. Error: <c>time.in_future</c>.</summary>
    public LocalDate? PurchasedOn { get; init; }

    /// <summary>When it happened. Errors: <c>time.in_future</c>, <c>incident.ended_before_it_began</c>.</summary>
    public Instant? IncidentFrom { get; init; }

    /// <summary>When it was over. Errors: <c>time.in_future</c>, <c>incident.ended_before_it_began</c>.</summary>
    public Instant? IncidentTo { get; init; }

    /// <summary>Where it happened; at most 500 characters.</summary>
    public string? IncidentPlace { get; init; }

    /// <summary>What the customer is after, whole: codes of the tenant's goals, at most 10; <c>null</c> keeps them. Errors:
    /// <c>code.unknown</c>, <c>list.too_long</c>.</summary>
    public ImmutableArray<string>? Goals { get; init; }

    /// <summary>The language to answer in, a tag such as <c>zh-CN</c>. Error: <c>text.format</c>.</summary>
    public string? Language { get; init; }

    /// <summary>The membership tier: a code of the tenant's tiers. Error: <c>code.unknown</c>.</summary>
    public string? Tier { get; init; }

    /// <summary>Where it is to be handled: a code of the organisation's areas, where it names any. Error: <c>code.unknown</c>.</summary>
    public string? Area { get; init; }

    /// <summary>A question of the intake's guide that is not answered yet, with <see cref="Answer"/>. Error: <c>code.unknown</c>.</summary>
    public string? Question { get; init; }

    /// <summary>The answer to it: a code or what it is called, a number, a date, or a text of at most 500 characters.
    /// Errors: <c>guide.stop</c>, and those of the question's type.</summary>
    public string? Answer { get; init; }

    static Capability ICapability<AmendIntake, Complaint>.Capability { get; } = new("amend-intake",
        new("Correct what was registered", "更正登记信息"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<AmendIntake>(f =>
        [
            f.Text(command => command.Name, IntakeFields.Name.Label, Text.Id, required: false),
            f.Text(command => command.AddressAs, IntakeFields.AddressAs.Label, Text.Id, required: false),
            f.Text(command => command.Phone, Labels.Phone, Text.Title, required: false),
            f.Text(command => command.Email, Labels.Email, Text.Title, required: false),
            f.Text(command => command.Address, IntakeFields.Address.Label, Text.Short, required: false),
            f.Code(command => command.ItemKind, IntakeFields.ItemKind.Label, rules => rules.Items, required: false),
            f.Text(command => command.ItemRef, IntakeFields.ItemRef.Label, Text.Title, required: false),
            f.Text(command => command.ItemModel, IntakeFields.ItemModel.Label, Text.Title, required: false),
            f.Text(command => command.ItemSerial, IntakeFields.Serial.Label, Text.Title, required: false),
            f.Date(command => command.PurchasedOn, Labels.PurchasedOn),
            f.Moment(command => command.IncidentFrom, Labels.IncidentFrom, required: false),
            f.Moment(command => command.IncidentTo, Labels.IncidentTo, required: false),
            f.Text(command => command.IncidentPlace, IntakeFields.IncidentPlace.Label, Text.Short, required: false),
            f.OpenCodes(command => command.Goals, Labels.Goals, rules => rules.Goals.Items),
            f.CodeOfRule(command => command.Language, IntakeFields.Language.Label, rules => IntakeFields.Language.ChoicesIn(rules),
                IntakeFields.Language.MaxLength!.Value) with { IsOpenList = true },
            f.Code(command => command.Tier, IntakeFields.Tier.Label, rules => rules.Tiers, required: false),
            f.CodeWhereListed(command => command.Area, Labels.Area, rules => rules.Organisation.Areas),
            f.CodeOfRule(command => command.Question, Labels.Question, rules => rules.Guides.Questions, Text.Id),
            f.Text(command => command.Answer, Labels.Answer, Text.Short, required: false),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [Unchanged, Locked, Erased, Nobody, IntakeTimes.EndedEarly, GuideBook.Stop],
    };

    static AmendIntake ICapability<AmendIntake, Complaint>.Example(Occasion occasion) => (occasion.Variant % 3) switch
    {
        0 => new() { Phone = $"1390013{9000 + occasion.Variant % 1000}", AddressAs = "王女士" },
        1 => new() { ItemKind = "product", ItemSerial = $"SN-{occasion.Variant}", Goals = ["repair", "respect"] },
        _ => new() { Area = $"area-{occasion.Variant}", IncidentPlace = "楼下车库" },
    };

    static ComplaintError? ICapability<AmendIntake, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Progress.ArchivedAt is null ? null : Locked.Plain;

    internal override bool ReadsComplainant => true;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var rules = context.Rules;
        var receipt = complaint.Receipt;
        var told = receipt.Complainant?.TryReveal(null, out var clear) == true ? clear : context.Complainant;
        var person = Merged(told ?? new());
        var item = ItemTold(receipt);
        if (Wrong(receipt, person, item, context) is { } wrong)
            return wrong;
        var amended = new IntakeAmended
        {
            Complainant = Same(person, told ?? new()) ? null : Personal.Of(person),
            ItemKind = item?.Kind,
            ItemModel = item is null ? null : rules.Items.Find(item.Kind)?.ModelOf(item)?.Code,
            Item = null,
            SerialKnown = Why.Given(ItemSerial) is null ? null : true,
            PurchasedOn = Changed(PurchasedOn, receipt.PurchasedOn),
            IncidentFrom = Changed(IncidentFrom, receipt.IncidentFrom),
            IncidentTo = Changed(IncidentTo, receipt.IncidentTo),
            IncidentPlace = Personal.OfNullable(IncidentPlace),
            Goals = Goals is { } goals && !Given.Of(goals).AsSpan().SequenceEqual(receipt.Goals.AsSpan()) ? Given.Of(goals) : null,
            Language = Changed(Language, receipt.Language),
            Tier = Changed(Tier, receipt.Tier),
            Area = Changed(Area, receipt.Area),
        };
        if (item is not null)
            amended = amended with { Item = item.ToSeal(amended.ItemModel) };
        var (answered, bad) = Answered(receipt, rules);
        if (bad is not null)
            return bad;
        var isSame = amended.SaysNothing(receipt);
        if (isSame && answered is null)
            return Unchanged.Plain;
        if (context.IsErased && (amended.HasWords || answered is { Told.IsEmpty: false }))
            return Erased.Plain;
        if (amended.Complainant is not null && complaint.Imported is not null && receipt.Complainant is null)
            return Nobody.Plain;
        if (!isSame)
        {
            var still = GuideFields.MissingAfter(this, receipt.MissingFields);
            events.Add(still.Length == receipt.MissingFields.Length ? amended : amended with { Missing = still });
        }
        if (answered is not null)
            events.Add(answered with { Missing = answered.MissingIn(events.State.Receipt, rules) });
        if (States.NotEnded.Contains(complaint.State))
            PolicySelection.Append(events, rules);
        return null;
    }

    /// <summary>The complainant as known from now on.</summary>
    private Complainant Merged(Complainant told) => told with
    {
        Name = Why.Given(Name) ?? told.Name,
        AddressAs = Why.Given(AddressAs) ?? told.AddressAs,
        Address = Why.Given(Address) ?? told.Address,
        Contacts = With(With(told.Contacts, ContactPoint.Phone, Phone), ContactPoint.Email, Email),
    };

    /// <summary>One way to reach somebody in the place of all others of its kind.</summary>
    private static ImmutableArray<ContactPoint> With(ImmutableArray<ContactPoint> known, string kind, string? value) =>
        Why.Given(value) is null ? known : [.. known.Where(contact => contact.Kind != kind), new(kind, value!)];

    private static bool Same(Complainant one, Complainant other) =>
        (one.Name, one.AddressAs, one.Address) == (other.Name, other.AddressAs, other.Address)
        && one.Contacts.AsSpan().SequenceEqual(other.Contacts.AsSpan());

    /// <summary>What is said of the item; <c>null</c> where nothing is.</summary>
    private Item? ItemTold(Receipt receipt)
    {
        var (kind, reference, model, serial) = (Why.Given(ItemKind), Why.Given(ItemRef), Why.Given(ItemModel), Why.Given(ItemSerial));
        if (reference is null && serial is null && PurchasedOn is null && model is null && (kind is null || kind == receipt.ItemKind))
            return null;
        // Of the same kind it stays the model that it was.
        var isSameKind = kind is null || kind == receipt.ItemKind;
        return new(kind ?? receipt.ItemKind ?? "", reference, model ?? (isSameKind ? receipt.ItemModel : null))
        {
            Serial = serial, PurchasedOn = PurchasedOn,
        };
    }

    /// <summary>The question that is answered now.</summary>
    private (GuideFollowed? Answered, ComplaintError? Wrong) Answered(Receipt receipt, Rulebook rules)
    {
        if (Why.Given(Question) is not { } code)
            return Why.Given(Answer) is null ? default : (null, new("text.required", ("field", IntakeFields.Question)));
        var guide = rules.GuideOf(receipt.Guide);
        var open = guide?.Questions.Where(known => receipt.MissingFields.Contains(GuideFields.OfQuestion(known.Code))).ToList() ?? [];
        if (open.Find(known => known.Code == code) is not { } question)
            return (null, new("code.unknown", ("field", IntakeFields.Question), ("value", CodeText.Shown(code)), ("known", open)));
        var answer = new GuideAnswer(code, question.CodeOf(Answer ?? ""));
        return (GuideBook.Wrong(question, answer.Value) ?? GuideBook.StoppedBy(guide, [answer])) is { } wrong ? (null, wrong)
            : (GuideFollowed.Of(receipt.Guide, guide, [answer], []), null);
    }

    private ComplaintError? Wrong(Receipt receipt, Complainant person, Item? item, DecisionContext context)
    {
        var (from, to) = (IncidentFrom ?? receipt.IncidentFrom, IncidentTo ?? receipt.IncidentTo);
        return Malformed(ContactPoint.Phone, Phone) ?? Malformed(ContactPoint.Email, Email)
            ?? (person.Contacts.Length > IntakeFields.Contacts.Highest ? TooLong(IntakeFields.Contacts, person.Contacts.Length) : null)
            ?? (item is { Kind: "" } ? new ComplaintError("text.required", ("field", IntakeFields.ItemKind)) : null)
            ?? IntakeTimes.Order(from, to)
            ?? IntakeTimes.Early(IncidentFrom, IncidentTo, PurchasedOn, context.Now, context.Rules.Settings.Zone).FirstOrDefault()
            ?? (Goals is { } goals && Given.Of(goals).Length > IntakeFields.Goals.Highest
                ? TooLong(IntakeFields.Goals, Given.Of(goals).Length) : null)
            ?? Given.Of(Goals ?? []).Select(goal => context.Rules.Goals.Check(IntakeFields.Goals, goal))
                .FirstOrDefault(bad => bad is not null)
            ?? IntakeRules.Tag(Language);
    }

    private static ComplaintError TooLong(Field field, int length) =>
        new("list.too_long", ("field", field), ("length", length), ("bound", field.Highest));

    private static ComplaintError? Malformed(string kind, string? value) =>
        Why.Given(value) is null ? null : IntakeValidator.Format(new(kind, value!), kind);

    private static string? Changed(string? given, string? known) => Why.Given(given) is { } said && said != known ? said : null;

    private static T? Changed<T>(T? given, T? known) where T : struct, IEquatable<T> =>
        given is { } said && !said.Equals(known) ? said : null;
}
