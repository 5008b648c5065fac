using System.Text.Json;
using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary>Questions about time, without a database and with one.</summary>
public sealed class TimeTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task T7_A_due_instant_is_answered_without_a_database_from_a_preset()
    {
        var answer = (await _tool.DoAsync("time", "due", "--start", "2026-09-05T10:00", "--limit", "3 working days, close of business", "--calendar", "cn", "--json")).Json;
        answer.GetProperty("due").GetString().ShouldBe("2026-09-09T10:00:00Z");
        answer.GetProperty("local").GetString().ShouldBe("2026-09-09T18:00:00+08:00");
        File.Exists(_tool.Db).ShouldBeFalse();
        (await _tool.DoAsync("time", "due", "--start", "2026-04-02T10:00", "--policy", "uk-disp", "--objective", "summary-resolution", "--calendar", "gb-eng")).Output.ShouldContain("2026-04-09T17:00:00+01:00");
    }

    [Fact]
    public async Task T5_A_due_instant_beyond_the_known_holidays_is_flagged()
    {
        (await _tool.DoAsync("time", "due", "--start", "2026-12-30T10:00", "--limit", "3 working days", "--calendar", "cn", "--json")).Json.GetProperty("beyondHolidayData").GetBoolean().ShouldBeTrue();
        (await _tool.DoAsync("time", "due", "--start", "2026-12-01T10:00", "--limit", "3 working days", "--calendar", "cn", "--json")).Json.GetProperty("beyondHolidayData").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task T3_T24_Between_and_explain_take_a_calendar_from_a_file_and_pauses()
    {
        var file = _tool.Write("office.json", """{"zone":"Europe/London","week":{"monday":["09:00-12:00","13:00-17:00"]}}""");
        (await _tool.DoAsync("time", "between", "--start", "2026-09-07T08:00Z", "--end", "2026-09-07T12:30Z", "--calendar", file)).Output.ShouldStartWith("3:30:00");
        var explained = await _tool.DoAsync("time", "explain", "--start", "2026-09-07T09:00", "--limit", "4 working hours", "--calendar", file, "--pause", "2026-09-07T10:00/2026-09-07T11:00/parts");
        explained.Output.ShouldContain("paused (parts)");
        explained.Output.ShouldContain("counted 4:00:00, closed 1:00:00, paused 1:00:00");
    }

    [Fact]
    public async Task X13_An_unverified_policy_is_not_used_unless_the_caller_says_so()
    {
        var refused = await _tool.RunAsync("time", "due", "--start", "2026-09-05T10:00", "--policy", "in-rbi");
        refused.ExitCode.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldStartWith("policy.unverified: in-rbi");
        (await _tool.DoAsync("time", "due", "--start", "2026-09-05T10:00", "--policy", "in-rbi", "--accept-unverified")).Output.ShouldContain("2026-10-05T23:59:59");
    }

    [Fact]
    public async Task Many_questions_are_answered_in_order_and_bad_lines_with_an_error()
    {
        var file = _tool.Write("questions.ndjson", """
            {"id":1,"start":"2026-09-05T10:00","limit":"3 working days","calendar":"cn"}
            {"id":"b","ask":"between","start":"2026-09-05T10:00","end":"2026-09-08T10:00","calendar":{"zone":"UTC","week":{"monday":["09:00-17:00"]}}}

            nonsense
            {"id":3,"start":"soon","limit":"3 days"}
            {"id":4,"start":"2026-09-05","limit":"3 fortnights"}
            {"id":5,"start":"2026-09-05","limit":"3 days","hours":9}
            {"id":6,"start":"2026-09-05","limit":"3 working days","calendar":{"zone":"UTC","week":{}}}
            {"id":7,"start":"2100-09-05","limit":"900 weeks"}
            {"id":8,"start":"2026-09-07T09:00","limit":"2 working hours","ask":"explain","pauses":[["2026-09-07T10:00","2026-09-07T11:00","parts"]]}
            """);
        // A stream of answers goes to the process's own output.
        var answered = await _tool.RunAsProcessAsync("en", "time", "due", "--from", file);
        answered.ExitCode.ShouldBe(ExitCode.BadRows);
        var lines = answered.Output.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(9);
        lines[0].GetProperty("due").GetString().ShouldBe("2026-09-09T10:00:00Z");
        lines[1].GetProperty("seconds").GetDecimal().ShouldBe(8 * 3_600);
        lines[2..8].Select(line => line.GetProperty("error").GetProperty("code").GetString()).ShouldBe(
            ["question.syntax", "question.instant", "limit.unit", "question.field", "definition.invalid", "calendar.out_of_range"]);
        lines[2].GetProperty("line").GetInt32().ShouldBe(4);
        lines[5].GetProperty("id").GetInt32().ShouldBe(5);
        lines[8].GetProperty("segments").GetArrayLength().ShouldBe(3);
        answered.Error.ShouldContain("6 of 10 lines");
    }

    [Fact]
    public async Task X13_Presets_are_listed_exported_and_published()
    {
        (await _tool.DoAsync("definitions", "preset", "list")).Output.ShouldContain("unverified 2021-11-12");
        (await _tool.DoAsync("definitions", "preset", "export", "policy", "uk-disp")).Json.GetProperty("source").GetProperty("verified").GetBoolean().ShouldBeTrue();
        await _tool.DoAsync("init");
        (await _tool.DoAsync("definitions", "preset", "publish", "calendar", "gb-eng", "--as", "default")).Output.ShouldContain("calendar/default v2");
        (await _tool.DoAsync("definitions", "preset", "publish", "policy", "uk-disp")).Output.ShouldContain("policy/uk-disp v1");
        var refused = await _tool.RunAsync("definitions", "preset", "publish", "policy", "us-cfpb");
        refused.ExitCode.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldContain("source.accepted");
        refused.Error.ShouldContain("policy.", Case.Sensitive);
        (await _tool.RunAsync("definitions", "preset", "publish", "policy", "nowhere")).ExitCode.ShouldBe(ExitCode.Usage);
        // Now a published calendar answers, and a published policy counts in it.
        (await _tool.DoAsync("time", "due", "--start", "2026-04-02T10:00", "--policy", "uk-disp", "--objective", "summary-resolution")).Output.ShouldContain("2026-04-09T17:00:00+01:00");
    }

    [Fact]
    public async Task T23_A_preview_names_each_clock_before_and_after_and_an_import_may_be_judged_by_a_policy_of_ours()
    {
        _tool.Write("map.json", """
            {"source":"old","zone":"Asia/Shanghai","datePatterns":["uuuu-MM-dd HH:mm"],"id":"no","fields":{"channel":"how","title":"what","category":"kind"},"inTime":{"column":"ok","map":{"Y":true}},
             "ledger":{"received":"in","closed":"out","status":{"column":"state","states":{"open":"Investigating","done":"Closed"}}}}
            """);
        _tool.Write("rows.csv", "no,how,what,kind,in,out,state,ok\n1,phone,门坏了,product,2026-01-05 09:00,,open,Y\n2,phone,门坏了,product,2026-01-05 09:00,2026-02-05 09:00,done,Y\n");
        (await _tool.RunAsync("import", _tool["rows.csv"], "--map", _tool["map.json"], "--policy", "nowhere")).Error.ShouldStartWith("definition.missing");
        await _tool.DoAsync("import", _tool["rows.csv"], "--map", _tool["map.json"], "--policy", "call-centre");
        (await _tool.DoAsync("show", "old:2")).Output.ShouldContain("source's verdict in time, ours by call-centre v1 resolution: late");
        (await _tool.DoAsync("report")).Output.ShouldContain("Verdicts that differ");
        await _tool.DoAsync("adopt", "old:1", "--from-receipt");
        (await _tool.DoAsync("time", "preview")).Output.ShouldContain("0 complaints would change");
        var policy = (await _tool.DoAsync("definitions", "show", "policy", "call-centre")).Output.Replace("10 working days", "9 working days", StringComparison.Ordinal);
        await _tool.DoAsync("definitions", "publish", "policy", "call-centre", _tool.Write("policy.json", policy));
        var line = (await _tool.DoAsync("time", "preview", "--json")).Json;
        line.GetProperty("clocks")[0].GetProperty("before").GetString().ShouldBe("2026-01-19T10:00:00Z");
        line.GetProperty("clocks")[0].GetProperty("after").GetString().ShouldBe("2026-01-16T10:00:00Z");
        (await _tool.DoAsync("time", "preview")).Output.ShouldContain("1 complaints would change");
        (await _tool.DoAsync("time", "recalculate", "--reason", "mistake", "--remark", "The limit was wrong.")).Output.ShouldContain(
            "1 complaints recalculated");
        (await _tool.DoAsync("time", "preview")).Output.ShouldContain("0 complaints would change");
    }

    [Fact]
    public async Task X14_Show_draws_each_clock_as_a_bar_in_both_languages()
    {
        _tool.Write("map.json", """
            {"source":"old","zone":"Asia/Shanghai","datePatterns":["uuuu-MM-dd HH:mm"],"id":"no","fields":{"channel":"how","title":"what","category":"kind"},
             "ledger":{"received":"in","status":{"column":"state","states":{"open":"Investigating"}}}}
            """);
        _tool.Write("rows.csv", "no,how,what,kind,in,state\n1,phone,门坏了,product,2026-01-05 09:00,open\n");
        await _tool.DoAsync("import", _tool["rows.csv"], "--map", _tool["map.json"]);
        await _tool.DoAsync("adopt", "old:1", "--from-receipt");
        var shown = (await _tool.DoAsync("show", "old:1")).Output;
        shown.ShouldContain("█ counted");
        shown.ShouldMatch(@"resolution/1 +[█·▒─!]{40}  due 2026-01-19 18:00:00  breached");
        (await _tool.DoAsync("time", "explain", "--complaint", "old:1", "--clock", "resolution/1")).Output.ShouldContain("limit 10 working days");
        var unknown = await _tool.RunAsync("time", "explain", "--complaint", "old:1", "--clock", "victory/1");
        unknown.ExitCode.ShouldBe(ExitCode.Usage);
        unknown.Error.ShouldContain("resolution/1");
        var chinese = (await _tool.RunInAsync("zh", "show", "old:1")).Output;
        chinese.ShouldMatch(@"解决 +[█·▒─!]{40}  到期 2026-01-19 18:00:00  已超时");
        chinese.ShouldNotContain("resolution/1");
    }
}
