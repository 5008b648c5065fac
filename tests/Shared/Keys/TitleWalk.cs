using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>Reads a complaint's title wherever a store keeps it: one envelope, which opens in its place only.</summary>
internal static class TitleWalk
{
    private static readonly string[] Titles = ["Fridge", "Oven"];

    /// <summary>Files two complaints of one person, under one key.</summary>
    public static async Task FileAsync(DeskHarness harness)
    {
        foreach (var title in Titles)
        {
            await harness.FileAsync(Drafts.English() with
            {
                Title = title,
                Complainant = Drafts.English().Complainant with { CustomerRef = "C-1" },
            });
            harness.Clock.Advance(Duration.FromMinutes(1));
        }
    }

    /// <summary>A statement by which somebody moves the older complaint's title.</summary>
    public static string PutTheFirstTitleIntoEveryRow(string table) =>
        $"update {table} set title = (select title from {table} order by received_at, id limit 1)";

    /// <returns>Where the title was not read as it was filed, with the complaint's place in the order of filing.</returns>
    public static List<string> Shut(Dictionary<string, List<string?>> read) =>
    [
        .. read.SelectMany(place => Titles.Select((title, at) => place.Value[at] == title ? null : $"{place.Key} {at + 1}"))
            .OfType<string>().Order(StringComparer.Ordinal),
    ];

    /// <returns>The title of every complaint, oldest first, by what was read; <c>null</c> where it did not open.</returns>
    public static async Task<Dictionary<string, List<string?>>> ReadAsync(StorePorts ports)
    {
        // A desk of its own: nothing that another one has in memory is read.
        var harness = new DeskHarness(ports);
        var (desk, tenant) = (harness.Desk, TenantId.Default);
        var page = await desk.ListAsync(new ComplaintQuery { Order = ComplaintOrder.Oldest });
        var words = await desk.RevealAsync(page, Purpose.Search);
        var read = new Dictionary<string, List<string?>>
        {
            ["list"] = [.. page.Items.Select(item => words.Of(item.Title))],
            ["scan"] = [], ["state"] = [], ["event"] = [], ["fold"] = [], ["head"] = [],
        };
        await foreach (var summary in ports.Reader.ScanAsync(tenant, default))
        {
            read["scan"].Add(words.Of(summary.Title));
            var view = (await desk.ViewAsync(summary.Id))!;
            read["state"].Add(words.Of(view.Complaint.Receipt.Title));
            read["event"].Add(words.Of(view.History.Select(recorded => recorded.Event).OfType<ComplaintRegistered>().Single().Entry.Title));
            read["fold"].Add(words.Of(StateCodec.Fold(tenant, view.History).State!.Receipt.Title));
            read["head"].Add(words.Of((await ports.Chains.ChainAsync(tenant, summary.Id.Value, default)).Head!.Row!.Summary!.Title));
        }
        return read;
    }
}
