using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core;
using Complaints.Import.Mapping;
using NodaTime;

namespace Complaints.Import.Shaping;

/// <summary>Makes everything of a complaint but its history. In an event log values come from the last or, where the mapping says so, the first row of the case.</summary>
internal sealed class DraftShaper(ImportMapping mapping, TimeOddities oddities)
{
    private static readonly ImmutableSortedDictionary<string, string> NoAttributes = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The command without its history; <c>null</c> after a fault.</summary>
    public ImportComplaint? Shape(string id, Instant received, string?[] first, string?[] last, ref RowFault? fault)
    {
        var title = Required("title", first, last, ref fault);
        var channel = Required("channel", first, last, ref fault);
        var draft = new IntakeDraft
        {
            Channel = channel ?? "",
            Title = title ?? "",
            Kind = Read("kind", first, last, ref fault) ?? "complaint",
            EntryPoint = Read("entryPoint", first, last, ref fault),
            Complainant = Complainant(first, last, ref fault),
            Statement = new Statement(
                Read("narrative", first, last, ref fault), Read("desiredOutcome", first, last, ref fault),
                Read("incidentPlace", first, last, ref fault), Read("incidentTime", first, last, ref fault)),
            Item = Item(first, last, ref fault),
            Category = Read("category", first, last, ref fault),
            Subcategory = Read("subcategory", first, last, ref fault),
            Severity = Read("severity", first, last, ref fault),
            Urgency = Read("urgency", first, last, ref fault),
            Impact = Read("impact", first, last, ref fault),
            ReceivedAt = received,
            Language = Read("language", first, last, ref fault),
            Tier = Read("tier", first, last, ref fault),
            Area = Read("area", first, last, ref fault),
            ExternalRef = new ExternalRef(mapping.Source, id),
            Attributes = Attributes(first, last, ref fault),
            Points = [.. Several(mapping.Points, first, last, ref fault).Select(point => new DraftPoint(point))],
            Goals = Several(mapping.Goals, first, last, ref fault),
            Accused = Several(mapping.Accused, first, last, ref fault),
            IncidentFrom = At(mapping.IncidentFrom, last, ref fault),
            IncidentTo = At(mapping.IncidentTo, last, ref fault),
        };
        var command = new ImportComplaint(draft, [])
        {
            InTime = InTime(last, ref fault),
            Priority = Read("priority", first, last, ref fault),
            Owner = Read("owner", first, last, ref fault),
            Team = Read("team", first, last, ref fault),
            Outcome = Read("outcome", first, last, ref fault),
        };
        return fault is null ? command : null;
    }

    public ImportItem Item(ImportComplaint command, string?[] first, string?[] last) =>
        new(command, RepeatText(first, last), mapping.RepeatKey is not null, mapping.KeyPerComplaint);

    /// <summary>The column to name when the core refuses a field.</summary>
    public int Blame(string coreField)
    {
        if (coreField == "externalRef.id")
            return mapping.Id.Blame;
        if (coreField.StartsWith("attributes.", StringComparison.Ordinal))
            return Array.Find(mapping.Attributes, attribute => attribute.Name == coreField["attributes.".Length..]).Rule?.Blame ?? -1;
        var field = coreField switch
        {
            "complainant.name" => "customerName",
            "complainant.customerRef" => "customerRef",
            "item.kind" => "itemKind",
            "item.ref" => "itemRef",
            "item.model" => "itemModel",
            "item.serial" => "itemSerial",
            "contact.phone" => "phone",
            "contact.email" => "email",
            "complainant.address" => "address",
            _ => coreField,
        };
        return mapping.Fields.GetValueOrDefault(field)?.Blame ?? BlameOfMany(coreField);
    }

    private int BlameOfMany(string coreField) => coreField.Split('.', '[')[0] switch
    {
        "points" => mapping.Points?.Blame ?? -1,
        "goals" => mapping.Goals?.Blame ?? -1,
        "accused" => mapping.Accused?.Blame ?? -1,
        "incidentFrom" => mapping.IncidentFrom?.Column ?? -1,
        "incidentTo" => mapping.IncidentTo?.Column ?? -1,
        "item" when coreField == "item.purchasedOn" => mapping.PurchasedOn?.Column ?? -1,
        _ => -1,
    };

    private string? Read(string field, string?[] first, string?[] last, ref RowFault? fault) =>
        mapping.Fields.TryGetValue(field, out var rule) ? rule.Read(rule.FromFirst ? first : last, mapping.ColumnNames, ref fault) : null;

    private string? Required(string field, string?[] first, string?[] last, ref RowFault? fault)
    {
        var value = Read(field, first, last, ref fault);
        if (value is null)
            fault ??= Faults.Required(field, mapping.Fields[field].Blame, mapping.ColumnNames);
        return value;
    }

    private Complainant Complainant(string?[] first, string?[] last, ref RowFault? fault)
    {
        var contacts = ImmutableArray<ContactPoint>.Empty;
        if (Read("phone", first, last, ref fault) is { } phone)
            contacts = contacts.Add(new ContactPoint(ContactPoint.Phone, phone));
        if (Read("email", first, last, ref fault) is { } email)
            contacts = contacts.Add(new ContactPoint(ContactPoint.Email, email));
        return new Complainant(Read("customerName", first, last, ref fault), Read("customerRef", first, last, ref fault), contacts, Read("address", first, last, ref fault));
    }

    private Item? Item(string?[] first, string?[] last, ref RowFault? fault)
    {
        var reference = Read("itemRef", first, last, ref fault);
        var model = Read("itemModel", first, last, ref fault);
        var kind = Read("itemKind", first, last, ref fault);
        var serial = Read("itemSerial", first, last, ref fault);
        var bought = At(mapping.PurchasedOn, last, ref fault);
        return kind is null && reference is null && model is null && serial is null && bought is null
            ? null
            : new Item(kind ?? "item", reference, model)
            {
                Serial = serial, PurchasedOn = bought?.InZone(mapping.PurchasedOn!.Zone).Date,
            };
    }

    private Instant? At(InstantRule? rule, string?[] values, ref RowFault? fault) =>
        rule?.Read(values, mapping.ColumnNames, oddities, ref fault);

    private ImmutableArray<string> Several(ListRule? rule, string?[] first, string?[] last, ref RowFault? fault)
    {
        if (rule is null)
            return [];
        return rule.Read(rule.FromFirst ? first : last, mapping.ColumnNames, ref fault);
    }

    private ImmutableSortedDictionary<string, string> Attributes(string?[] first, string?[] last, ref RowFault? fault)
    {
        if (mapping.Attributes.Length == 0)
            return NoAttributes;
        var attributes = NoAttributes.ToBuilder();
        foreach (var (name, rule) in mapping.Attributes)
        {
            if (rule.Read(rule.FromFirst ? first : last, mapping.ColumnNames, ref fault) is { } value)
                attributes[name] = value;
        }
        return attributes.ToImmutable();
    }

    private bool? InTime(string?[] values, ref RowFault? fault)
    {
        if (mapping.InTime is not { } rule || TextRule.Present(values[rule.Column], rule.Missing) is not { } word)
            return null;
        if (!rule.Map.TryGet(word, out var inTime) && !rule.UnmappedIsNone)
            fault ??= Faults.Unmapped(rule.Column, mapping.ColumnNames, rule.Map.Known());
        return inTime;
    }

    /// <summary>The columns in one text, blanks collapsed; a blank part means no key, because half a key would join strangers.</summary>
    private string? RepeatText(string?[] first, string?[] last)
    {
        if (mapping.RepeatKey is not { } rule)
            return null;
        var values = rule.FromFirst ? first : last;
        var parts = new string[rule.Columns.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (TextRule.Present(values[rule.Columns[i]], rule.Missing) is not { } part)
                return null;
            parts[i] = rule.FoldCase ? LookupText.Folded(part) : Blanks.Collapse(part);
        }
        return string.Join('\u001f', parts);
    }
}

/// <summary>Faults that several rules share.</summary>
internal static class Faults
{
    public static RowFault Required(string field, int column, string[] names) =>
        new(column, new ComplaintError("import.required", ("field", field), ("column", column < 0 ? "" : names[column])));

    public static RowFault Unmapped(int column, string[] names, string known) =>
        new(column, new ComplaintError("import.unmapped", ("field", names[column]), ("known", known)));
}
