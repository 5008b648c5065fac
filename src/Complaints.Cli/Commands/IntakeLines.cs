using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;

namespace Complaints.Cli.Commands;

/// <summary>What was told when a complaint came in, line by line; nothing of what nobody said.</summary>
internal static class IntakeLines
{
    public static IEnumerable<(string Label, string Told)> Of(ComplaintView view, Rulebook rules, Wording words, ClearWords clear)
    {
        var receipt = view.Complaint.Receipt;
        var comma = words.IsChinese ? "、" : ", ";
        if (clear.Of(receipt.Complainant)?.AddressAs is { Length: > 0 } address)
            yield return (words.Say(new Label("Address as", "称呼")), address);
        if (view.ItemOf(clear) is { } item)
        {
            var kind = words.Say(rules.Items.Named(item.Kind).Label);
            var model = rules.Items.Find(item.Kind)?.Models.FirstOrDefault(known => known.Code == item.Model) is { } named
                ? words.Say(named.Label) : item.Model;
            var parts = new[] { kind, model, item.Ref, item.Serial, item.PurchasedOn is { } day ? $"{day:yyyy-MM-dd}" : null };
            yield return (words.Say(new Label("Item", "产品")), string.Join(" · ", parts.Where(part => !string.IsNullOrWhiteSpace(part))));
        }
        if (receipt.IncidentFrom is { } from)
        {
            var until = receipt.IncidentTo is { } to ? $" - {words.Say(to)}" : "";
            yield return (words.Say(new Label("Happened", "发生时间")), $"{words.Say(from)}{until}");
        }
        if (view.IncidentPlaceOf(clear) is { } place)
            yield return (words.Say(new Label("Where", "发生地点")), place);
        if (!receipt.Goals.IsEmpty)
        {
            yield return (words.Say(new Label("Wants", "客户目的")),
                string.Join(comma, receipt.Goals.Select(goal => words.Say(rules.Goals.Named(goal).Label))));
        }
        if (!receipt.MissingFields.IsEmpty)
        {
            yield return (words.Say(new Label("Still missing", "待补全")),
                string.Join(comma, GuideFields.MissingIn(rules, receipt).Select(words.Say)));
        }
    }
}
