using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Import.Mapping;
using NodaTime;

namespace Complaints.Import.Tests;

public sealed class EventLogTests
{
    private static ImportMapping Log => Workshop.Read("""
        {
          "source": "crm", "zone": "UTC", "datePatterns": "uuuu-MM-dd HH:mm", "id": "case",
          "fields": { "channel": { "column": "channel", "from": "first" }, "title": { "column": "title", "from": "first" }, "owner": "owner", "category": { "column": "type", "default": "other" } },
          "repeatKey": { "columns": ["title"], "foldCase": true, "from": "first" },
          "eventLog": {
            "state": { "column": "activity", "fold": true, "states": { "received": "Registered", "In  work": "Investigating", "solved": "Resolved", "closed": "Closed" } },
            "at": "at"
          }
        }
        """);

    [Fact]
    public async Task Rows_of_a_case_may_be_far_apart_and_out_of_order()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("log.csv", """
            case,activity,at,channel,title,owner,type
            A,Received,2026-01-02 08:00,phone,Broken,ann,
            B,Received,2026-01-02 09:00,web,Late,bob,x
            A,closed,2026-01-05 08:00,,,cyd,
            B,in work,2026-01-03 09:00,,,dan,y
            A,IN WORK,2026-01-03 08:00,,,eve,

            """);

        var result = await workshop.Import.RunAsync(file, Log, workshop.Options());

        (result.Rows, result.Imported, result.Bad).ShouldBe((5, 2, 0));
        var a = await workshop.FindAsync("crm", "A");
        (a.State, a.Channel, a.Owner, a.Category).ShouldBe((ComplaintState.Closed, "phone", "eve", "other"));
        (a.ReceivedAt, a.ClosedAt).ShouldBe((Instant.FromUtc(2026, 1, 2, 8, 0), Instant.FromUtc(2026, 1, 5, 8, 0)));
        var view = await workshop.Desk.ViewAsync(a.Id);
        view!.History.Select(recorded => recorded.Event).OfType<ImportedTransition>().Select(step => (step.SourceState, step.State, step.Irregular))
            .ShouldBe([("Received", ComplaintState.Registered, false), ("IN WORK", ComplaintState.Investigating, false), ("closed", ComplaintState.Closed, true)]);
        (await workshop.FindAsync("crm", "B")).State.ShouldBe(ComplaintState.Investigating);
        (await workshop.Import.RunAsync(file, Log, workshop.Options())).Skipped.ShouldBe(2);
    }

    [Fact]
    public async Task A_case_with_a_bad_row_is_refused_whole_and_every_row_of_it_named()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("log.csv", """
            case,activity,at,channel,title,owner,type
            A,received,2026-01-02 08:00,phone,Broken,ann,
            B,received,2026-01-02 09:00,web,Late,bob,x
            A,closed,yesterday,,,cyd,
            C,received,2026-01-02 09:00,web,Cut,bob,x
            C,closed,2026-01-02

            """);

        var result = await workshop.Import.RunAsync(file, Log, workshop.Options());

        (result.Imported, result.Bad).ShouldBe((1, 4));
        workshop.BadRows().Skip(1).Select(row => row.Split(',')).Select(row => (row[0], row[1], row[3])).ShouldBe(
            [("6", "", "import.last_row_cut"), ("4", "at", "import.instant"), ("2", "", "import.case_refused"), ("5", "", "import.case_refused")]);
    }

    [Fact]
    public async Task A_log_larger_than_memory_is_sorted_on_disk_with_the_same_result()
    {
        await using var workshop = new Workshop();
        const int cases = 1_000;
        var rows = Enumerable.Range(0, 8 * cases).Select(i =>
            $"{i % cases},{(i < cases ? "received" : i < 7 * cases ? "in work" : "closed")},{new LocalDateTime(2026, 1, 1, 0, 0).PlusMinutes(i):uuuu-MM-dd HH:mm},web,Title {i % 7} with some length to it,o{i},t");
        var file = workshop.Write("log.csv", "case,activity,at,channel,title,owner,type\n" + string.Join('\n', rows) + "\n");

        var result = await workshop.Import.RunAsync(file, Log, workshop.Options() with { SortMemory = 64 * 1024 });

        (result.Rows, result.Imported, result.Bad).ShouldBe((8 * cases, cases, 0));
        var counts = await workshop.Store.CountAsync(TenantId.Default, default);
        (counts.Complaints, counts.Events).ShouldBe((cases, 9 * cases));
        (await workshop.FindAsync("crm", "17")).Owner.ShouldBe("o7017");
    }
}
