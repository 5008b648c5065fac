using Microsoft.Data.Sqlite;

namespace Complaints.Cli.Tests.Chinese;

/// <summary>Every command of the tool in Chinese: no sentence of it is left in English.</summary>
public sealed class ChineseTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>People and ids of the test's own, and what a ledger calls its columns.</summary>
    private static readonly string[] Typed =
        ["amy", "ben", "dan", "qiu", "cli", "bill", "wrong", "strategy", "team", "rows", "first", "theirs", "limit"];

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Every_command_speaks_Chinese()
    {
        var (complaint, improvement) = await FilledDesk.FillAsync(_tool.Db);
        _tool.Write("map.json", CommandTests.Mapping);
        var rows = _tool.Write("rows.csv", CommandTests.Rows + "\n4,phone,无日期,product,昨天,,,open");
        var routing = _tool.Write("routing.json", """{ "rows": [ { "team": "first" } ] }""");
        string[][] commands =
        [
            ["init"], ["import", rows, "--map", _tool["map.json"]], ["list"], ["list", "--take", "1"],
            ["list", "--phone", "13800138000"], ["show", complaint], ["show", "old:1"], ["adopt", "old:2"],
            ["work", "--role", "supervisor"], ["work", "--mine", "amy", "--take", "1"], ["work", "--team", "nobody-there"],
            ["stuck"], ["missing"],
            ["improvements"], ["improvements", "show", improvement], ["sweep"], ["reconcile"], ["reconcile", "--repair"],
            ["verify"], ["verify", "--anchor", _tool["a.anchor"]], ["doctor"], ["commands"],
            ["keys", "list"], ["keys", "rotate"], ["keys", "retire"], ["keys", "retire", "--at-once"],
            ["definitions", "list"], ["definitions", "publish", "routing", "default", routing],
            ["definitions", "publish", "routing", "default", routing, "--from", "2099-01-01"], ["definitions", "list"],
            ["definitions", "diff", "routing", "default"], ["definitions", "preset", "publish", "calendar", "cn", "--as", "default"],
            ["definitions", "preset", "publish", "policy", "uk-disp"], ["definitions", "preset", "list"],
            ["time", "due", "--start", "2026-09-05T10:00", "--limit", "3 working days"],
            ["time", "between", "--start", "2026-09-05T10:00", "--end", "2026-09-08T10:00"],
            ["time", "explain", "--start", "2026-09-05T10:00", "--limit", "3 working days", "--pause", "2026-09-07T09:00/2026-09-07T12:00"],
            ["time", "explain", "--complaint", complaint], ["time", "preview"], ["time", "recalculate", "--reason", "rules-changed"],
        ];
        await AllAsync(commands);
    }

    [Fact]
    public async Task What_is_wrong_with_a_database_is_said_in_Chinese()
    {
        var (complaint, improvement) = await FilledDesk.FillAsync(_tool.Db);
        await _tool.DoAsync("verify", "--anchor", _tool["a.anchor"]);
        await _tool.SqlAsync(
            """
            update work set person = 'eve' where work = 'assign'; delete from work where work = 'approve';
            delete from timer where clock like 'resolution%'; update timer set due_at = due_at + 1 where clock like 'first%';
            create trigger theirs after insert on outbox begin select 1; end;
            """);
        string[][] found = [["reconcile"], ["doctor"], ["verify"], ["reconcile", "--repair"]];
        await AllAsync(found);
        await _tool.SqlAsync(
            """
            update event set body = x'00' where version = 2; delete from event where version = 3;
            update outbox set payload = x'7b7d'; update command set answer = x'7b7d'; delete from lookup; delete from checkpoint;
            update definition set content = content || ' ' where kind = 'tiers'; update complaint_state set body = x'00';
            """);
        string[][] damaged =
        [
            ["verify", "--anchor", _tool["a.anchor"]], ["doctor"], ["reconcile"], ["list"], ["show", complaint], ["improvements"],
            ["improvements", "show", improvement], ["stuck"], ["sweep"], ["work", "--role", "administrator"],
        ];
        await AllAsync(damaged);
    }

    /// <summary>Not what the serializer, the parser of codes or a mapping's check says: those sentences are theirs.</summary>
    [Fact]
    public async Task What_is_wrong_with_a_command_line_is_said_in_Chinese()
    {
        string[][] before = [["list"], ["show", "1"], ["time", "explain", "--complaint", "1"], ["init", "--script"]];
        await AllAsync(before);
        await _tool.DoAsync("init");
        var anchor = _tool.Write("wrong.anchor", "1");
        var empty = _tool.Write("empty.json", "{}");
        string[][] commands =
        [
            ["list", "--take", "0"], ["list", "--after", "x"], ["show", "2000-000001"], ["show", "00000000-0000-0000-0000-000000000001"],
            ["nonsense-there"], ["list", "--nonsense"], ["show"], ["definitions"],
            ["improvements", "--take", "0"], ["improvements", "show", "I-1999-0001"], ["work"], ["work", "--mine", "amy", "--take", "0"],
            ["work", "--mine", "amy", "--after", "x"], ["sweep", "--max", "0"], ["verify", "--anchor", anchor],
            ["import", _tool["none.csv"], "--map", empty],
            ["import", empty, "--map", _tool["none.json"]],
            ["report", "--zone", "Nowhere"], ["report", "--from", "x"], ["report", "--as-of", "x"],
            ["report", "--to", "2026-01-01", "--through", "2026-01-01"], ["report", "--definition", _tool["none.json"]],
            ["definitions", "show", "routing", "other"], ["definitions", "schema", "nothing"],
            ["definitions", "diff", "routing", "default"],
            ["definitions", "diff", "routing", "default", "--to", "9"], ["definitions", "publish", "routing", "other", empty],
            ["definitions", "publish", "routing", "default", empty, "--from", "x"],
            ["definitions", "preset", "publish", "calendar", "nowhere"], ["definitions", "preset", "publish", "routing", "cn"],
            ["definitions", "preset", "export", "calendar", "cn", "--order", "1"],
            ["time", "due", "--start", "x", "--limit", "3 days"], ["time", "due", "--start", "2026-09-05", "--limit", "x"],
            ["time", "due", "--start", "2026-09-05", "--policy", "nothing"],
            ["time", "due", "--start", "2026-09-05", "--calendar", "nothing"],
            ["time", "due", "--start", "2026-09-05", "--limit", "3 days", "--pause", "x"],
        ];
        await AllAsync(commands);
    }

    [Fact]
    public async Task Control_the_same_commands_in_English_are_found_out()
    {
        await FilledDesk.FillAsync(_tool.Db);
        string[][] commands = [["list"], ["stuck"], ["reconcile"], ["verify"], ["doctor"], ["definitions", "list"], ["show", "1"]];
        foreach (var command in commands)
        {
            var answer = await _tool.RunInAsync("en", command);
            EnglishWords.In(answer.Output + answer.Error, Typed).ShouldNotBeEmpty(string.Join(' ', command));
        }
    }

    [Theory]
    [InlineData("已生效：policy/uk-disp v1 自 2026-09-01T10:00:00Z 起", 0)]
    [InlineData("请用 'complaints init --db a.db' 创建，或加 --key FILE", 0)]
    [InlineData("已生效 nobody knows", 2)]
    [InlineData("Holds：policy/uk-disp", 1)]
    public void Control_words_are_told_from_ids(string said, int words) => EnglishWords.In(said, Typed).Count.ShouldBe(words);

    /// <summary>Runs them all and names every English word of each.</summary>
    private async Task AllAsync(IEnumerable<string[]> commands)
    {
        var wrong = new List<string>();
        foreach (var command in commands)
        {
            var answer = await _tool.RunInAsync("zh", command);
            var said = (answer.Output + answer.Error).Replace(Path.GetDirectoryName(_tool.Db)!, "");
            output.WriteLine($"> {string.Join(' ', command.Select(word => Path.GetFileName(word)))} ({answer.ExitCode})\n{said}");
            said.ShouldNotBeEmpty(string.Join(' ', command));
            if (EnglishWords.In(said, Typed) is { Count: > 0 } words)
                wrong.Add($"{string.Join(' ', command)}: {string.Join(' ', words)}");
        }
        wrong.ShouldBeEmpty();
    }
}
