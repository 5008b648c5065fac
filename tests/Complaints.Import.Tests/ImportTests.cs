using System.Text;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Import.Mapping;
using FluentValidation;
using NodaTime;

namespace Complaints.Import.Tests;

public sealed class ImportTests
{
    [Fact]
    public async Task X17_a_Chinese_ledger_in_GB18030_keeps_every_word()
    {
        await using var workshop = new Workshop();
        var text = "编号;受理时间;渠道;内容;姓名;电话;影响;紧急;状态\n"
            + "T-1;2026年1月2日 3:04;　热线 ;\"空调不制冷;漏水\";张三;138 0013 8000;大;急;已办结\n"
            + "T-2;2026-01-05;网站;𠮷野家;无;无;小;急;处理中\n";
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
        var file = workshop.Write("台账.csv", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text));
        var mapping = Workshop.Read("""
            {
              "source": "热线台账", "encoding": "gb18030", "delimiter": ";", "zone": "Asia/Shanghai", "missing": ["无"],
              "datePatterns": ["uuuu年M月d日 H:mm", "uuuu-MM-dd"], "id": "编号",
              "fields": {
                "channel": { "column": "渠道", "map": { "热线": "phone", "网站": "web" }, "unmapped": "error" },
                "title": "内容", "customerName": "姓名", "phone": "电话",
                "priority": { "columns": ["影响", "紧急"], "separator": "×", "map": { "大×急": "p1" }, "unmapped": "default", "default": "p3" },
                "team": { "constant": "客服中心" },
              },
              "ledger": { "received": "受理时间", "status": { "column": "状态", "states": { "已办结": "Closed", "处理中": "Investigating" } } },
            }
            """);

        var result = await workshop.Import.RunAsync(file, mapping, workshop.Options());

        (result.Imported, result.Bad).ShouldBe((2, 0));
        var (first, second) = (await workshop.FindAsync("热线台账", "T-1"), await workshop.FindAsync("热线台账", "T-2"));
        (first.Channel, first.Priority, first.State, first.Team).ShouldBe(("phone", "p1", ComplaintState.Closed, "客服中心"));
        first.ReceivedAt.ShouldBe(Instant.FromUtc(2026, 1, 1, 19, 4));
        (second.Channel, second.Priority, second.ReceivedAt).ShouldBe(("web", "p3", Instant.FromUtc(2026, 1, 4, 16, 0)));
        (await workshop.TitleAsync(first)).ShouldBe("空调不制冷;漏水");
        (await workshop.TitleAsync(second)).ShouldBe("𠮷野家");
        // Who is named has a key of their own; the phone is found again by its keyed hash.
        first.Person.ShouldNotBe(second.Person);
        var lookup = await workshop.Desk.PhoneLookupAsync("＋８６ １３８００１３８０００");
        (await workshop.Store.ListAsync(TenantId.Default, new ComplaintQuery { Lookup = lookup }, default)).Items.ShouldHaveSingleItem().Id.ShouldBe(first.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_in_many_batches_beside_callers_leave_no_gap_where_that_is_asked_for(bool gapFree)
    {
        await using var workshop = new Workshop(gapFree);
        // Ten rows twice and one that is refused: none of them may cost a number.
        var rows = Enumerable.Range(1, 40).Concat(Enumerable.Range(1, 10)).Select(id => $"{id},2026-01-02,title {id}").Append("x,never,bad");
        var file = workshop.Write("x.csv", "id,at,title\n" + string.Join('\n', rows) + "\n");
        var calling = Task.Run(async () =>
        {
            for (var caller = 0; caller < 12; caller++)
                (await workshop.Desk.RegisterAsync(new IntakeDraft { Channel = "phone", Title = $"Caller {caller}", Category = "delivery", Complainant = new Complainant("Ann") })).IsSuccess.ShouldBeTrue();
        });

        (await workshop.Import.RunAsync(file, Simple(), workshop.Options(batch: 7))).Imported.ShouldBe(40);
        await calling;
        var numbers = new List<int>();
        await foreach (var complaint in workshop.Store.ScanAsync(TenantId.Default, default))
            numbers.Add(int.Parse(complaint.Number.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture));
        numbers.Order().SequenceEqual(Enumerable.Range(1, 52)).ShouldBe(gapFree, "the control: blocks leave gaps");
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_named_not_swallowed()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("x.csv", [.. "id,at,title\n1,2026-01-02,ok\n2,2026-01-02,"u8, 0xcd, 0xb6, 0xcb, 0xdf, (byte)'\n']);

        var result = await workshop.Import.RunAsync(file, Simple(), workshop.Options());

        (result.Imported, result.Bad).ShouldBe((1, 1));
        workshop.BadRows()[1].ShouldStartWith("3,title,");
        workshop.BadRows()[1].ShouldContain("import.encoding");
    }

    [Fact]
    public async Task Local_times_that_do_not_exist_or_exist_twice_are_decided_and_counted()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("x.csv", "id,at,title\n1,2011-11-06 01:30,twice\n2,2011-03-13 02:30,never\n3,2011-07-01,midnight\n");

        var result = await workshop.Import.RunAsync(file, Simple("America/New_York"), workshop.Options());

        (await workshop.FindAsync("s", "1")).ReceivedAt.ShouldBe(Instant.FromUtc(2011, 11, 6, 5, 30));
        (await workshop.FindAsync("s", "2")).ReceivedAt.ShouldBe(Instant.FromUtc(2011, 3, 13, 7, 0));
        (await workshop.FindAsync("s", "3")).ReceivedAt.ShouldBe(Instant.FromUtc(2011, 7, 1, 4, 0));
        result.AmbiguousTimes.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("at", 1L));
        result.SkippedTimes.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("at", 1L));
    }

    [Fact]
    public async Task An_import_that_was_stopped_is_completed_by_running_it_again()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("x.csv", "id,at,title\n" + string.Concat(Enumerable.Range(1, 2_000).Select(i => $"{i % 1_990},2026-01-02,t\n")));
        using var stop = new CancellationTokenSource();
        var progress = new Stop(stop, after: 500);

        await Should.ThrowAsync<OperationCanceledException>(workshop.Import.RunAsync(file, Simple(), workshop.Options(batch: 100), progress, stop.Token));
        var before = (await workshop.Store.CountAsync(TenantId.Default, default)).Complaints;
        var result = await workshop.Import.RunAsync(file, Simple(), workshop.Options(batch: 100));

        before.ShouldBeInRange(400, 1_900);
        (result.Imported, result.Skipped, result.Bad).ShouldBe((1_990 - before, before, 10));
        result.BadByReason["import.duplicate_id"].ShouldBe(10);
        (await workshop.Store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(1_990);
        (await workshop.Import.RunAsync(file, Simple(), workshop.Options(batch: 100))).Imported.ShouldBe(0);
    }

    [Fact]
    public async Task Complaints_that_name_nobody_share_one_key_of_the_run()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("x.csv", "id,at,title\n1,2026-01-02,a\n2,2026-01-02,b\n");
        await workshop.Import.RunAsync(file, Simple(), workshop.Options());
        (await workshop.FindAsync("s", "1")).Person.ShouldBe((await workshop.FindAsync("s", "2")).Person);

        var own = workshop.Write("y.csv", "id,at,title\n3,2026-01-02,a\n4,2026-01-02,b\n");
        await workshop.Import.RunAsync(own, Simple(more: "\"keyPerComplaint\": true,"), workshop.Options());
        (await workshop.FindAsync("s", "3")).Person.ShouldNotBe((await workshop.FindAsync("s", "4")).Person);
    }

    [Fact]
    public async Task A_row_that_the_hosts_own_rules_refuse_is_listed_with_its_column_and_why()
    {
        await using var workshop = new Workshop(validators: [new NoTests()]);
        var file = workshop.Write("x.csv", "id,at,title\n1,2026-01-02,a\n2,2026-01-02,test entry\n3,2026-01-02,b\n");

        var result = await workshop.Import.RunAsync(file, Simple(), workshop.Options());

        (result.Imported, result.Bad).ShouldBe((2, 1));
        result.BadByReason["host.test_entry"].ShouldBe(1);
        workshop.BadRows()[1].ShouldBe("3,title,test entry,host.test_entry,'title': A test entry of the old system.");
    }

    [Fact]
    public async Task A_row_with_a_text_too_long_is_listed_with_its_column_by_the_rules_of_registration()
    {
        await using var workshop = new Workshop();
        var mapping = Workshop.Read("""
            { "source": "s", "zone": "UTC", "datePatterns": ["uuuu-MM-dd"], "id": "id",
              "fields": { "channel": { "constant": "web" }, "title": "title", "phone": "tel", "language": "lang" },
              "ledger": { "received": "at" } }
            """);
        var rows = $"1,2026-01-02,a,{new string('1', 201)},en\n2,2026-01-02,b,1,{new string('e', 36)}\n3,2026-01-02,c,no number,en\n";
        var file = workshop.Write("x.csv", "id,at,title,tel,lang\n" + rows);

        (await workshop.Import.RunAsync(file, mapping, workshop.Options())).Imported.ShouldBe(1);
        workshop.BadRows()[1].ShouldStartWith("2,tel,");
        workshop.BadRows()[2].ShouldStartWith("3,lang,");
    }

    private sealed class NoTests : AbstractValidator<IntakeDraft>
    {
        public NoTests() => RuleFor(draft => draft.Title).Must(title => !title.StartsWith("test", StringComparison.Ordinal))
            .WithErrorCode("test_entry").WithMessage("A test entry of the old system.");
    }

    private static ImportMapping Simple(string zone = "UTC", string more = "") => Workshop.Read($$"""
        { "source": "s", "zone": "{{zone}}", "datePatterns": ["uuuu-MM-dd", "uuuu-MM-dd HH:mm"], "id": "id", {{more}}
          "fields": { "channel": { "constant": "web" }, "title": "title" }, "ledger": { "received": "at" } }
        """);

    private sealed class Stop(CancellationTokenSource source, long after) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Rows >= after)
                source.Cancel();
        }
    }
}
