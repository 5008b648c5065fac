using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Tests.Shared;

/// <summary>Reads a complaint's title wherever a store keeps it: one envelope, which opens in its place only.</summary>
internal static class TitleWalk
{
    /// <summary>A complaint of a person who may have more of them.</summary>
    public static IntakeDraft Draft(string title) => Drafts.English() with
    {
        Title = title,
        Complainant = Drafts.English().Complainant with { CustomerRef = "C-1" },
    };

    /// <returns>The title of every complaint, oldest first, by what was read; <c>null</c> where it did not open.</returns>
    public static async Task<Dictionary<string, List<string?>>> ReadAsync(StorePorts ports)
    {
        // A desk of its own: nothing that another one has in memory is read.
        var harness = new DeskHarness(ports);
        var (desk, tenant) = (harness.Desk, TenantId.Default);
        var page = await desk.ListAsync(new ComplaintQuery { Order = ComplaintOrder.Newest });
        var words = await desk.RevealAsync(page, Purpose.Search);
        var read = new Dictionary<string, List<string?>>
        {
            ["list"] = [.. page.Items.Reverse().Select(item => words.Of(item.Title))],
            ["scan"] = [], ["state"] = [], ["event"] = [], ["fold"] = [], ["head"] = [],
        };
        await foreach (var summary in ports.Reader.ScanAsync(tenant, default))
        {
            read["scan"].Add(words.Of(summary.Title));
            var view = (await desk.ViewAsync(summary.Id))!;
            read["state"].Add(words.Of(view.Complaint.Receipt.Title));
            read["event"].Add(words.Of(view.History.Select(recorded => recorded.Event).OfType<ComplaintRegistered>().Single().Entry.Title));
            read["fold"].Add(words.Of(StateCodec.Fold(tenant, view.History).State!.Receipt.Title));
            read["head"].Add(words.Of((await ports.Chains.HeadAsync(tenant, summary.Id, default))!.Row!.Summary.Title));
        }
        return read;
    }
}
