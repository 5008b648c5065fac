using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What was told when the complaint came in was corrected or completed. What is <c>null</c> stayed as it was.</summary>
public sealed record IntakeAmended : ComplaintEvent, IHappening<IntakeAmended, Complaint>, ITellsItem
{
    static EventType IHappening<IntakeAmended, Complaint>.EventType { get; } =
        new("intake-amended", 1, new("Registration corrected", "已更正登记信息")) { Leaves = Leaving.Plain };

    /// <summary>The complainant as known from now on, whole.</summary>
    public Personal<Complainant>? Complainant { get; init; }

    /// <summary>What was told of the item now; what it leaves out stayed.</summary>
    public Personal<Item>? Item { get; init; }

    /// <summary>The item's kind.</summary>
    public string? ItemKind { get; init; }

    /// <summary>The item's model, where it is one of the tenant's list; with <see cref="ItemKind"/>.</summary>
    public string? ItemModel { get; init; }

    /// <summary>True where the serial number was told.</summary>
    public bool? SerialKnown { get; init; }

    /// <summary>When the item was bought.</summary>
    public LocalDate? PurchasedOn { get; init; }

    /// <summary>When it happened.</summary>
    public Instant? IncidentFrom { get; init; }

    /// <summary>When it was over.</summary>
    public Instant? IncidentTo { get; init; }

    /// <summary>Where it happened.</summary>
    public Personal<string>? IncidentPlace { get; init; }

    /// <summary>What the customer is after, whole.</summary>
    public ImmutableArray<string>? Goals { get; init; }

    /// <summary>The language to answer in.</summary>
    public string? Language { get; init; }

    /// <summary>The membership tier.</summary>
    public string? Tier { get; init; }

    /// <summary>Where it is to be handled.</summary>
    public string? Area { get; init; }

    /// <summary>What is still missing; <c>null</c> where that stayed as it was.</summary>
    public ImmutableArray<string>? Missing { get; init; }

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(IntakeFields.Complainant.Label, Complainant),
        new(Labels.Item, rules.Items.NameOf(ItemKind, ItemModel)),
        new(Labels.ItemTold, Item),
        new(Labels.PurchasedOn, PurchasedOn),
        new(Labels.IncidentFrom, IncidentFrom),
        new(Labels.IncidentTo, IncidentTo),
        new(IntakeFields.IncidentPlace.Label, IncidentPlace),
        new(Labels.Goals, Goals is { IsEmpty: false } goals ? goals.Select(rules.Goals.Named) : null),
        new(IntakeFields.Language.Label, Language is null ? null : IntakeFields.LanguageOf(Language)),
        new(IntakeFields.Tier.Label, Tier is null ? null : rules.Tiers.Named(Tier)),
        new(Labels.Area, Area is null ? null : rules.Organisation.AreaNamed(Area)),
    ];

    internal override PersonalField[] PersonalValues =>
        [new("complainant", Complainant), new("item", Item), new("incident-place", IncidentPlace)];

    internal bool HasWords => Complainant is not null || Item is not null || IncidentPlace is not null;

    internal bool SaysNothing(Receipt receipt) => !HasWords
        && (ItemKind is null || (ItemKind, ItemModel) == (receipt.ItemKind, receipt.ItemModel))
        && PurchasedOn is null && IncidentFrom is null && IncidentTo is null && Goals is null && Language is null && Tier is null
        && Area is null;

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var receipt = complaint.Receipt;
        return complaint with
        {
            Receipt = receipt with
            {
                Complainant = Complainant ?? receipt.Complainant,
                ItemKind = ItemKind ?? receipt.ItemKind,
                ItemModel = ItemKind is null ? receipt.ItemModel : ItemModel,
                SerialKnown = SerialKnown ?? receipt.SerialKnown,
                PurchasedOn = PurchasedOn ?? receipt.PurchasedOn,
                IncidentFrom = IncidentFrom ?? receipt.IncidentFrom,
                IncidentTo = IncidentTo ?? receipt.IncidentTo,
                Goals = Goals ?? receipt.Goals,
                Language = Language ?? receipt.Language,
                Tier = Tier ?? receipt.Tier,
                Area = Area ?? receipt.Area,
                MissingFields = Missing ?? receipt.MissingFields,
            },
        };
    }
}

/// <summary>An event that tells of the item, or of a part of it.</summary>
internal interface ITellsItem
{
    /// <summary>What was told; <c>null</c> where the codes say all.</summary>
    Personal<Item>? Item { get; }
}
