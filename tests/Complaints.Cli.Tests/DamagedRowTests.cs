using Complaints.Cli;
using Microsoft.Data.Sqlite;

namespace Complaints.Cli.Tests;

/// <summary>Rows that somebody damaged: each command ends with an exit code and says which row, and tells of all the others.</summary>
public sealed class DamagedRowTests(ImportedLedger ledger) : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task R35_A_damaged_row_is_named_by_every_command_and_the_others_are_told()
    {
        ledger.CopyTo(_tool);
        (await _tool.DoAsync("list")).Error.ShouldBeEmpty("the control");
        var number = Damage("update complaint set attributes = '{' where id = @id");

        string[][] commands =
            [["list", "--order", "Oldest"], ["list", "--json"], ["report"], ["report", "--json"], ["doctor"], ["verify", "--read-only"]];
        foreach (var (command, answer) in commands.Zip(await Task.WhenAll(commands.Select(command => _tool.RunAsync(command)))))
        {
            var said = answer.Output + answer.Error;
            answer.ExitCode.ShouldBe(ExitCode.Refused, said);
            said.ShouldContain(number, Case.Sensitive, command[0]);
            said.ShouldNotContain("   at ");
        }
        (await _tool.RunInAsync("zh", "list")).Error.ShouldContain($"{number} 的记录无法读取");
    }

    [Fact]
    public async Task R35_A_damaged_title_is_not_told_as_an_erased_one()
    {
        ledger.CopyTo(_tool);
        var number = Damage("update complaint set title = x'00' where id = @id");
        foreach (var command in new[] { new[] { "list", "--order", "Oldest" }, ["queue"] })
        {
            var line = (await _tool.RunAsync(command)).Output;
            line.ShouldContain(number, Case.Sensitive, command[0]);
            line.ShouldContain("(damaged)", Case.Sensitive, command[0]);
            line.ShouldNotContain("(erased)", Case.Sensitive, command[0]);
        }
    }

    [Theory]
    [InlineData("update complaint_state set body = x'00' where complaint = @id; update event set body = x'7b' where complaint = @id")]
    [InlineData("update complaint set head = x'0102' where id = @id")]
    [InlineData("update complaint set version = 77 where id = @id")]
    public async Task R35_A_complaint_of_which_nothing_can_be_read_ends_no_command_in_a_stack_trace(string statement)
    {
        ledger.CopyTo(_tool);
        var number = Damage(statement);
        string[][] commands = [["show", number], ["reconcile"], ["verify", "--read-only"], ["doctor"], ["sweep"]];
        foreach (var (command, answer) in commands.Zip(await Task.WhenAll(commands.Select(command => _tool.RunAsync(command)))))
        {
            var said = answer.Output + answer.Error;
            said.ShouldNotContain("   at ", Case.Sensitive, command[0]);
            answer.ExitCode.ShouldBeOneOf(ExitCode.Done, ExitCode.Refused, ExitCode.StoreFailed);
            if (command[0] is "show" or "verify")
                answer.ExitCode.ShouldNotBe(ExitCode.Done, command[0]);
            if (command[0] is "verify")
                said.ShouldContain(number);
        }
        (await _tool.DoAsync("definitions", "list")).Output.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task R39_A_foreign_trigger_is_named_by_verify()
    {
        ledger.CopyTo(_tool);
        Execute("create trigger t after insert on event begin delete from outbox; end", []);
        var answer = await _tool.RunAsync("verify", "--read-only");
        answer.ExitCode.ShouldBe(ExitCode.Refused);
        answer.Output.ShouldContain("store.foreign: The trigger t is not ours");
    }

    [Fact]
    public async Task R39_A_damaged_page_is_found()
    {
        ledger.CopyTo(_tool);
        // Behind the first pages, which hold the schema.
        await using (var file = new FileStream(_tool.Db, FileMode.Open, FileAccess.Write))
        {
            // A whole page: what stands in its free part would be nobody's.
            file.Position = file.Length / 2 / 4_096 * 4_096;
            file.Write(new byte[4_096]);
        }
        var answer = await _tool.RunAsync("verify", "--read-only");
        answer.ExitCode.ShouldBeOneOf(ExitCode.Refused, ExitCode.StoreFailed);
        (answer.Output + answer.Error).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task R35_A_damaged_definition_is_named_and_the_one_before_it_holds()
    {
        ledger.CopyTo(_tool);
        Execute("update definition set content = '{' where kind = 'priorities'", []).ShouldBeGreaterThan(0);

        var answer = await _tool.RunAsync("list");

        answer.ExitCode.ShouldBe(ExitCode.Refused);
        answer.Error.ShouldContain("definition.unreadable");
        answer.Error.ShouldContain("priorities/default");
        answer.Output.ShouldNotBeEmpty();
    }

    private string Damage(string statement)
    {
        byte[] id;
        string number;
        using (var connection = Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select id, number from complaint order by received_at limit 1 offset 1";
            using var row = command.ExecuteReader();
            row.Read().ShouldBeTrue();
            (id, number) = (row.GetFieldValue<byte[]>(0), row.GetString(1));
        }
        Execute(statement, id).ShouldBeGreaterThan(0);
        return number;
    }

    private int Execute(string statement, byte[] id)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddWithValue("@id", id);
        return command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_tool.Db};Pooling=False");
        connection.Open();
        return connection;
    }
}
