using Complaints.Cli;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Reporting;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Cli.Tests;

public sealed class CommandTests(ImportedLedger ledger) : IDisposable
{
    internal const string Mapping = """
        {"source":"old","zone":"Asia/Shanghai","datePatterns":["uuuu-MM-dd HH:mm"],"id":"no","fields":{"channel":"how","title":"what","category":"kind"},
         "ledger":{"received":"in","due":"due","closed":"out","status":{"column":"state","states":{"open":"Investigating","done":"Closed"}}}}
        """;

    internal const string Rows = """
        no,how,what,kind,in,due,out,state
        1,phone,门坏了,product,2026-01-05 09:00,2026-01-08 18:00,2026-01-06 10:00,done
        2,phone,没送到,delivery,2026-01-06 09:00,2026-01-09 18:00,,open
        3,email,bill wrong,price,2026-01-07 09:00,2026-01-10 18:00,2026-01-20 10:00,done
        """;

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Init_makes_a_database_and_a_key_once()
    {
        (await _tool.DoAsync("init")).Output.ShouldContain("Back it up");
        File.Exists(_tool.Db + ".key").ShouldBeTrue();
        (await _tool.DoAsync("init", "--json")).Json.GetProperty("created").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task X17_A_ledger_is_imported_once_listed_shown_and_reported()
    {
        await ImportedLedger.ImportAsync(_tool);
        (await _tool.DoAsync("import", _tool["rows.csv"], "--map", _tool["map.json"], "--json")).Json.GetProperty("imported").GetInt64().ShouldBe(0);
        var list = (await _tool.DoAsync("list", "--json", "--state", "Investigating")).Json;
        list.GetProperty("total").GetInt32().ShouldBe(1);
        list.GetProperty("isMore").GetBoolean().ShouldBeFalse();
        list.GetProperty("items")[0].GetProperty("title").GetString().ShouldBe("没送到");
        var shown = (await _tool.DoAsync("show", "old:3", "--json")).Json;
        shown.GetProperty("state").GetString().ShouldBe("Closed");
        (await _tool.DoAsync("show", shown.GetProperty("number").GetString()!)).Output.ShouldContain("Timeline");
        var report = (await _tool.DoAsync("report", "--json", "--as-of", "2026-02-01")).Output;
        report.ShouldContain("closed_after_due");
        (await _tool.DoAsync("report")).Output.ShouldContain("Received by month");
    }

    [Fact]
    public async Task S128_Imported_complaints_are_reported_in_the_zone_of_their_mapping()
    {
        await ImportedLedger.ImportAsync(_tool);
        var map = _tool.Write("west.json", (await File.ReadAllTextAsync(_tool["map.json"]))
            .Replace("Asia/Shanghai", "America/New_York", StringComparison.Ordinal));
        (await _tool.DoAsync("report", "--map", map)).Output.Split('\n')[0].ShouldEndWith("America/New_York");
        (await _tool.DoAsync("report", "--map", map, "--zone", "UTC")).Output.Split('\n')[0].ShouldEndWith("UTC");
        (await _tool.DoAsync("report")).Output.Split('\n')[0].ShouldEndWith("Asia/Shanghai");
        (await _tool.RunAsync("report", "--map", _tool.Write("bad.json", "{}"))).Error.ShouldContain("mapping.invalid");
    }

    [Fact]
    public async Task A_report_speaks_in_words_in_both_languages()
    {
        await ImportedLedger.ImportAsync(_tool);
        var chinese = (await _tool.RunInAsync("zh", "report", "--as-of", "2026-02-01")).Output;
        foreach (var definition in FigureCatalog.All)
            chinese.ShouldNotContain($"({definition.Id}");
        string[] codes =
        [
            "inTime", "stillOpen", "noDue", "none", "repeatKey", "openOverdue", "phone", "product", "n/a", "p50", "complaints",
        ];
        foreach (var code in codes)
            chinese.ShouldNotContain(code, Case.Sensitive);
        chinese.ShouldContain("电话");
        (await _tool.DoAsync("report", "--as-of", "2026-02-01")).Output.ShouldNotContain("inTime", Case.Sensitive);
        (await _tool.DoAsync("report", "--json")).Output.ShouldContain("inTime", Case.Sensitive, "programs read the codes");
    }

    [Fact]
    public async Task S128_A_reports_last_day_is_named_with_through_and_said_in_words()
    {
        await ImportedLedger.ImportAsync(_tool);
        var through = (await _tool.DoAsync("report", "--from", "2026-01-01", "--through", "2026-01-31")).Output;
        through.Split('\n')[0].ShouldContain("received from 1 January 2026 to 31 January 2026 inclusive  Asia/Shanghai");
        through.ShouldContain("+08:00");
        (await _tool.DoAsync("report", "--from", "2026-01-01", "--to", "2026-02-01")).Output.ShouldBe(through);
        var both = await _tool.RunAsync("report", "--to", "2026-02-01", "--through", "2026-01-31");
        (both.ExitCode, both.Error.Trim().Split('\n').Length).ShouldBe((ExitCode.Usage, 1));
        both.Error.ShouldContain("--through");
    }

    [Theory]
    [InlineData("report.period_empty", "--from", "2026-09-30", "--through", "2026-09-29")]
    [InlineData("report.period_empty", "--from", "2026-09-30", "--to", "2026-09-30")]
    [InlineData("report.attribute_unknown", "--definition", "bad.json")]
    public async Task S124_A_report_that_cannot_be_is_refused_with_a_code_and_changes_nothing(string code, params string[] arguments)
    {
        ledger.CopyTo(_tool);
        File.WriteAllText(_tool["bad.json"], """{"attributes":["departement"]}""");
        var answer = await _tool.RunAsync(
            ["report", .. arguments.Select(argument => argument == "bad.json" ? _tool["bad.json"] : argument)]);
        (answer.ExitCode, answer.Output).ShouldBe((ExitCode.Refused, ""));
        answer.Error.ShouldStartWith(code);
        (await _tool.RunAsync("verify")).ExitCode.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Adopting_an_imported_complaint_makes_its_timers()
    {
        ledger.CopyTo(_tool);
        (await _tool.RunAsync("doctor")).Output.ShouldContain(" 0 timers, 0 messages");
        await _tool.DoAsync("adopt", "old:2");
        (await _tool.RunAsync("doctor")).Output.ShouldNotContain(" 0 timers");
        (await _tool.RunAsync("adopt", "old:2")).ShouldSatisfyAllConditions(
            again => again.ExitCode.ShouldBe(ExitCode.Refused),
            again => again.Error.ShouldStartWith("import.already_adopted"));
    }

    [Fact]
    public async Task Rule7_Drifted_timers_are_named_and_put_right_when_asked()
    {
        ledger.CopyTo(_tool);
        await _tool.DoAsync("adopt", "old:2");
        (await _tool.DoAsync("reconcile")).Output.ShouldContain("All timers, work, links and parties are what they must be.");
        (await _tool.RunAsync("doctor")).Output.ShouldContain("ok   timers       All timers are what they must be.");
        await using (var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand("update timer set due_at = due_at + 1; insert into timer values ('default', zeroblob(16), 'lost/1', 'breach', 1)", connection);
            await command.ExecuteNonQueryAsync();
        }
        var found = await _tool.RunAsync("reconcile");
        found.ExitCode.ShouldBe(ExitCode.Refused);
        found.Output.ShouldContain("Moved");
        found.Output.ShouldContain("lost/1");
        var drifted = found.Output.Split('\n').Count(line => line.StartsWith("drifted", StringComparison.Ordinal));
        var doctor = await _tool.RunAsync("doctor");
        doctor.ExitCode.ShouldBe(ExitCode.Refused);
        doctor.Output.ShouldContain($"LOOK timers       {drifted} timers are not what they must be: 'complaints reconcile' names them, 'complaints reconcile --repair' puts them right.");
        (await _tool.DoAsync("reconcile", "--repair")).Output.ShouldContain("0 still do");
        (await _tool.RunAsync("doctor")).Output.ShouldContain("ok   timers       All timers are what they must be.");
        (await _tool.DoAsync("reconcile")).Output.ShouldContain("All timers, work, links and parties are what they must be.");
    }

    [Fact]
    public async Task Rule7_The_doctor_tells_a_complaint_that_it_cannot_read_from_one_whose_timers_drifted()
    {
        ledger.CopyTo(_tool);
        await _tool.DoAsync("adopt", "old:2");
        const string It = "where complaint = (select id from complaint where number like '%-000002')";
        Sql($"update complaint_state set body = x'7b' {It}").ShouldBe(1);
        (await _tool.RunAsync("doctor")).Output.ShouldContain("ok   timers", Case.Sensitive, "its history says what it asks for");
        Sql($"update event set body = x'7b' {It} and version > 1").ShouldBeGreaterThan(0);

        (await _tool.RunAsync("doctor")).ShouldSatisfyAllConditions(
            doctor => doctor.ExitCode.ShouldBe(ExitCode.Refused),
            doctor => doctor.Output.ShouldContain("LOOK timers       0 timers are not what they must be, and of 1 complaints this program cannot say"));
    }

    [Theory]
    [InlineData("flipped byte", "update event set body = cast(replace(cast(body as text), 'Closed', 'Klosed') as blob) where complaint = (select id from complaint where number like '%-000001') and idx = 1", "event.altered")]
    [InlineData("deleted middle event",
        "delete from event where complaint = (select id from complaint where number like '%-000001') and idx = 0", "event.missing")]
    [InlineData("deleted last event",
        "delete from event where complaint = (select id from complaint where number like '%-000001') and idx = 1", "head.mismatch")]
    [InlineData("a changed column that reports read", "update complaint set channel = 'chat' where number like '%-000001'", "row.altered")]
    [InlineData("a changed state that commands decide on",
        "update complaint_state set body = cast(replace(cast(body as text), 'product', 'prodact') as blob) where complaint = (select id from complaint where number like '%-000001')", "row.altered")]
    [InlineData(
        "a deleted state", "delete from complaint_state where complaint = (select id from complaint where number like '%-000001')",
        "row.altered")]
    [InlineData("deleted complaint with its history",
        "delete from event where complaint = (select id from complaint where number like '%-000001'); delete from complaint where number like '%-000001'", "complaint.missing")]
    public async Task R28_Verify_names_what_was_tampered_with(string what, string sql, string code)
    {
        ledger.CopyTo(_tool);
        Sql(sql).ShouldBeGreaterThan(0, what);
        var verified = await _tool.RunAsync("verify", "--json");
        verified.ExitCode.ShouldBe(ExitCode.Refused, verified.Output);
        var finding = verified.Json[0].GetProperty("findings")[0];
        finding.GetProperty("code").GetString().ShouldBe(code);
        finding.GetProperty("number").GetString().ShouldBe(ledger.FirstNumber);
    }

    [Theory]
    [InlineData("en", "  not proved: By what repeats of")]
    [InlineData("zh", "件导入投诉的重复识别依据")]
    public async Task R28_Verify_says_which_columns_are_not_proved(string language, string said)
    {
        ledger.CopyTo(_tool);
        var told = (await _tool.RunInAsync(language, "verify")).Output;
        told.ShouldContain(said);
        told.ShouldContain("repeat_hash");
        foreach (var proved in new[] { "item_hash", "source_hash", "command (" })
            told.ShouldNotContain(proved);
    }

    [Fact]
    public async Task An_anchor_shows_that_checkpoints_were_taken_away()
    {
        ledger.CopyTo(_tool);
        await _tool.DoAsync("verify", "--anchor", _tool["anchor"]);
        await _tool.DoAsync("verify", "--anchor", _tool["anchor"]);
        Sql("delete from checkpoint; delete from event where complaint = (select id from complaint where number like '%-000001'); delete from complaint where number like '%-000001'");
        var verified = await _tool.RunAsync("verify", "--anchor", _tool["anchor"]);
        verified.ExitCode.ShouldBe(ExitCode.Refused);
        verified.Output.ShouldContain("anchor.mismatch");
    }

    [Fact]
    public async Task Definitions_are_listed_shown_and_published_and_a_wrong_one_is_refused()
    {
        await _tool.DoAsync("init");
        (await _tool.DoAsync("definitions", "list")).Output.ShouldContain("built-in");
        foreach (var kind in Core.DefinitionKinds.All)
            System.Text.Json.Nodes.JsonNode.Parse((await _tool.RunAsync("definitions", "schema", kind.Name)).Output)!["type"]!.ToString()
                .ShouldBe("object", kind.Name);
        (await _tool.RunAsync("definitions", "schema", "colours"))
            .ShouldSatisfyAllConditions(ran => ran.ExitCode.ShouldBe(2), ran => ran.Error.ShouldContain("categories"));
        var repeats = _tool.Write("repeats.json", """{"windowDays":14}""");
        (await _tool.DoAsync("definitions", "publish", "repeats", "default", repeats)).Output.ShouldContain("v2");
        (await _tool.DoAsync("definitions", "publish", "repeats", "default", repeats)).Output.ShouldContain("v2", Case.Sensitive, "the same content again is the same version");
        (await _tool.DoAsync("definitions", "show", "repeats", "default")).Output.ShouldContain("14");
        var wrong = await _tool.RunAsync("definitions", "publish", "repeats", "default", _tool.Write("wrong.json", """{"windowDay":14}"""));
        wrong.ExitCode.ShouldBe(ExitCode.Refused);
        wrong.Error.ShouldContain("windowDay");
    }

    /// <summary>The setting is the database's: the tool keeps it as every host does.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public async Task R10_numbers_of_imports_and_registrations_have_no_gap_unless_the_tenants_settings_say_so(bool? gapFree)
    {
        await _tool.DoAsync("init");
        var settings = (await _tool.DoAsync("definitions", "show", "tenant", "default", "--as-published")).Output;
        settings.ShouldNotContain("gapFreeNumbers", Case.Sensitive, "the store's way");
        if (gapFree is { } said)
            await _tool.DoAsync("definitions", "publish", "tenant", "default", _tool.Write("tenant.json", settings.Replace("{", $"{{ \"gapFreeNumbers\": {(said ? "true" : "false")},", StringComparison.Ordinal)));
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite(_tool.Db);
        await using (var host = services.BuildServiceProvider())
        {
            await RegisterAsync(host);
            await ImportedLedger.ImportAsync(_tool);
            await RegisterAsync(host);
            _tool.Write("rows.csv", Rows + "\n4,phone,x,price,2026-13-01 09:00,,,open\n5,phone,y,price,2026-01-09 09:00,,,open\n");
            (await _tool.RunAsync("import", _tool["rows.csv"], "--map", _tool["map.json"])).ExitCode.ShouldBe(ExitCode.BadRows);
            await RegisterAsync(host);
        }

        var numbers = (await _tool.DoAsync("list", "--json")).Json.GetProperty("items").EnumerateArray()
            .Select(item => int.Parse(item.GetProperty("number").GetString()!.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
        numbers.Count.ShouldBe(3 + 3 + 1);
        numbers.SequenceEqual(Enumerable.Range(1, numbers.Count)).ShouldBe(gapFree ?? true, $"the control: blocks leave gaps ({string.Join(", ", numbers)})");

        static async Task RegisterAsync(ServiceProvider host) =>
            (await host.GetRequiredService<ComplaintDesk>().RegisterAsync(new IntakeDraft { Channel = "phone", Title = "A caller", Category = "delivery", Complainant = new Complainant("Ann") })).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Bad_rows_are_listed_the_good_ones_imported_and_the_exit_code_says_so()
    {
        _tool.Write("map.json", Mapping);
        _tool.Write("rows.csv", Rows + "\n4,phone,x,price,2026-13-01 09:00,,,open\n5,phone,y,price,2026-01-09 09:00,,,vanished\n");
        var imported = await _tool.RunAsync("import", _tool["rows.csv"], "--map", _tool["map.json"]);
        imported.ExitCode.ShouldBe(ExitCode.BadRows);
        imported.Output.ShouldContain("5 rows: 3 imported, 0 there already, 2 bad");
        var bad = await File.ReadAllTextAsync(_tool["rows.csv.bad.csv"]);
        bad.ShouldContain("2026-13-01 09:00");
        bad.ShouldContain("vanished");
    }

    [Theory]
    [InlineData("show", "2026-999999")]
    [InlineData("list", "--take", "0")]
    [InlineData("report", "--zone", "Mars/Olympus")]
    [InlineData("report", "--from", "yesterday")]
    [InlineData("import", "missing.csv", "--map", "missing.json")]
    public async Task Wrong_usage_is_one_sentence_with_a_remedy(params string[] arguments)
    {
        ledger.CopyTo(_tool);
        var answer = await _tool.RunAsync(arguments);
        answer.ExitCode.ShouldBe(ExitCode.Usage);
        answer.Error.Trim().Split('\n').Length.ShouldBe(1);
        answer.Error.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task A_missing_database_is_not_made_by_reading()
    {
        var answer = await _tool.RunAsync("list");
        answer.ExitCode.ShouldBe(ExitCode.Usage);
        answer.Error.ShouldContain("complaints init");
        File.Exists(_tool.Db).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lost_key_is_said_and_no_new_one_is_made()
    {
        ledger.CopyTo(_tool);
        File.Delete(_tool.Db + ".key");
        var answer = await _tool.RunAsync("list");
        answer.ExitCode.ShouldBe(ExitCode.StoreFailed);
        answer.Error.ShouldContain("backup");
        File.Exists(_tool.Db + ".key").ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_of_a_newer_schema_is_refused_with_a_sentence()
    {
        await _tool.DoAsync("init");
        Sql("insert into schema_migration(number, name, checksum) values (9999, 'future', 'x')");
        var answer = await _tool.RunAsync("list");
        answer.ExitCode.ShouldBe(ExitCode.StoreFailed);
        answer.Error.ShouldContain("9999");
        answer.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_with_a_sentence()
    {
        _tool.Write("test.db", new string('x', 5_000));
        var answer = await _tool.RunAsync("list");
        answer.ExitCode.ShouldBe(ExitCode.StoreFailed);
        answer.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Help_names_every_command_and_the_exit_codes()
    {
        var help = (await _tool.DoAsync("--help")).Output;
        foreach (var command in new[] { "init", "import", "list", "show", "adopt", "report", "verify", "definitions", "doctor", "Exit codes" })
            help.ShouldContain(command);
        (await _tool.RunAsync("nonsense")).ExitCode.ShouldBe(ExitCode.Usage);
    }

    private int Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
