using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Reporting;
using Complaints.Reporting.Rendering;

namespace Complaints.Import.Tests;

/// <summary>Our own clocks beside the source's verdict: measured once, at the import, by a policy that was named.</summary>
public sealed class OwnClockTests : IAsyncLifetime
{
    private const string Mapping = """
        {"source":"old","zone":"Asia/Shanghai","datePatterns":["uuuu-MM-dd HH:mm"],"id":"no","fields":{"channel":"how","title":"what","category":"kind"},
         "inTime":{"column":"ok","map":{"Y":true,"N":false},"missing":[""]},
         "ledger":{"received":"in","due":"due","closed":"out","status":{"column":"state","states":{"open":"Investigating","done":"Closed","off":"Withdrawn"}}}}
        """;

    /// <summary>Ten working days from Monday 5 January: until Monday 19 January, 18:00.</summary>
    private const string Rows = """
        no,how,what,kind,in,due,out,state,ok
        1,phone,a,product,2026-01-05 09:00,2026-01-20 18:00,2026-01-06 10:00,done,Y
        2,phone,b,product,2026-01-05 09:00,2026-01-20 18:00,2026-01-19 18:00,done,N
        3,phone,c,delivery,2026-01-05 09:00,2026-01-20 18:00,2026-01-19 18:01,done,Y
        4,phone,d,delivery,2026-01-05 09:00,2026-01-20 18:00,2026-01-30 10:00,done,N
        5,phone,e,price,2026-01-05 09:00,2026-01-20 18:00,,open,Y
        6,phone,f,price,2026-01-05 09:00,2026-01-20 18:00,,done,
        """;

    private readonly Workshop _workshop = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await _workshop.DisposeAsync();

    [Fact]
    public async Task X17_Both_verdicts_are_reported_and_where_they_differ()
    {
        (await ImportAsync(new OwnClocks("call-centre"))).Imported.ShouldBe(6);
        var figures = JsonDocument.Parse(ReportJson.ToText(await _workshop.ReportAsync("Asia/Shanghai"))).RootElement.GetRawText();
        foreach (var id in new[] { "own_verdict", "verdict_by_own", "verdict_differs", "verdict_differs_by_category" })
            figures.ShouldContain($"\"{id}\"");
        var report = await _workshop.ReportAsync("Asia/Shanghai");
        Parts(report, "own_verdict").ShouldBe(["inTime 2", "late 2", "undecided 2"], ignoreOrder: true);
        Value(report, "verdict_differs").ShouldBe(new Share(2, 4));
        var found = await _workshop.FindAsync("old", "3");
        (found.SourceInTime, found.OwnInTime, found.OwnDueAt).ShouldBe((true, false, NodaTime.Instant.FromUtc(2026, 1, 19, 10, 0)));
    }

    [Fact]
    public async Task An_import_with_our_clocks_is_as_silent_as_one_without_and_its_results_have_the_origin_imported()
    {
        await ImportAsync(new OwnClocks("call-centre"));
        var counts = await _workshop.Store.CountAsync(TenantId.Default, default);
        (counts.Timers, counts.Outbox, counts.Events).ShouldBe((0, 0, 6 + 6));
        var view = (await _workshop.Desk.ViewAsync((await _workshop.FindAsync("old", "2")).Id))!;
        view.Clocks.ShouldBeEmpty();
        var own = view.Complaint.Imported!.Own.ShouldNotBeNull();
        (own.Policy.Id, own.Objective, own.InTime).ShouldBe(("call-centre", Objective.Resolution, true));
        own.Results.ShouldAllBe(result => result.Reason == "imported");
        own.Results.Select(result => result.Clock).ShouldContain("first-response/1");
    }

    [Fact]
    public async Task A_later_version_of_the_policy_changes_no_recorded_verdict()
    {
        await ImportAsync(new OwnClocks("call-centre"));
        var before = Parts(await _workshop.ReportAsync("Asia/Shanghai"), "own_verdict");
        var (_, refusal) = await new Core.DefinitionLibrary(_workshop.Store, NodaTime.SystemClock.Instance, []).PublishAsync(
            TenantId.Default, "policy", "call-centre", """{"label":{"en":"A","zh":"甲"},"order":1000,"objectives":[{"objective":"resolution","limit":"1 working hour"}]}""", new Actor("adam", Role.Administrator), default);
        refusal.ShouldBeNull();
        Parts(await _workshop.ReportAsync("Asia/Shanghai"), "own_verdict").ShouldBe(before);
    }

    [Fact]
    public async Task Without_a_policy_there_is_no_verdict_of_ours_and_a_missing_policy_is_refused()
    {
        (await ImportAsync(new OwnClocks("nowhere"))).Refusal!.Code.ShouldBe("definition.missing");
        (await ImportAsync(new OwnClocks("call-centre", "victory"))).Refusal!.Message.ShouldContain("victory");
        (await ImportAsync(null)).Imported.ShouldBe(6);
        var report = await _workshop.ReportAsync("Asia/Shanghai");
        Parts(report, "own_verdict").ShouldBe(["none 6"]);
        Value(report, "verdict_differs").ShouldBe(new Share(0, 0));
    }

    [Fact]
    public async Task T10_Waiting_and_coming_back_in_a_sources_history_count_as_they_do_here()
    {
        const string log = """
            {"source":"log","zone":"Asia/Shanghai","datePatterns":["uuuu-MM-dd HH:mm"],"id":"no","fields":{"channel":{"constant":"phone"},"title":"what"},
             "eventLog":{"state":{"column":"state","states":{"new":"Registered","wait":"OnHold","work":"Investigating","done":"Resolved"}},"at":"at"}}
            """;
        var rows = _workshop.Write("log.csv", """
            no,what,state,at
            1,a,new,2026-01-05 09:00
            1,a,wait,2026-01-06 09:00
            1,a,work,2026-01-13 09:00
            1,a,done,2026-01-26 17:00
            2,b,new,2026-01-05 09:00
            2,b,done,2026-01-06 09:00
            2,b,work,2026-02-02 09:00
            2,b,done,2026-03-09 09:00
            """);
        await _workshop.Import.RunAsync(rows, Workshop.Read(log), _workshop.Options() with { OwnClocks = new("call-centre") });
        (await _workshop.FindAsync("log", "1")).OwnInTime.ShouldBe(true, "a week of waiting does not count");
        var own = (await _workshop.Desk.ViewAsync((await _workshop.FindAsync("log", "2")).Id))!.Complaint.Imported!.Own!;
        own.Results.Where(result => result.Clock.StartsWith("resolution", StringComparison.Ordinal)).Select(result => (result.Clock, result.Verdict))
            .ShouldBe([("resolution/1", ClockVerdict.Met), ("resolution/2", ClockVerdict.Breached)]);
    }

    private Task<ImportResult> ImportAsync(OwnClocks? own) =>
        _workshop.Import.RunAsync(_workshop.Write("rows.csv", Rows), Workshop.Read(Mapping), _workshop.Options() with { OwnClocks = own });

    private static FigureValue Value(Report report, string id) => report.Figures.Single(figure => figure.Definition.Id == id).Value;

    private static IEnumerable<string> Parts(Report report, string id) =>
        ((Breakdown)Value(report, id)).Parts.Select(part => $"{part.Key} {(part.Value as Amount)?.Value}").Where(part => !part.EndsWith(" 0", StringComparison.Ordinal));
}
