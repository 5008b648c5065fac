using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests;

/// <summary>Messages that one host writes wake up another that waits for them; without it they are only later.</summary>
public sealed class WakeUpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_message_of_one_host_wakes_up_another_also_after_its_listener_was_cut()
    {
        await using var schema = new TestSchema();
        var writer = new DeskHarness(StorePorts.Of(await schema.OpenAloneAsync()), ids: new UuidV7Generator());
        var name = $"listener of {schema.Name}";
        var waiting = await schema.OpenAloneAsync(more: $";Application Name={name}");
        await waiting.MigrateAsync(default);

        await WokenAsync(waiting, writer);
        await using var source = Npgsql.NpgsqlDataSource.Create((await SharedServer.GetAsync()).ConnectionString());
        await using var cut = source.CreateCommand($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{name}'");
        ((long)(await cut.ExecuteScalarAsync())!).ShouldBeGreaterThan(0);
        await WokenAsync(waiting, writer);
    }

    [Fact]
    public async Task Control_a_host_without_it_is_woken_by_its_own_messages_only()
    {
        await using var schema = new TestSchema();
        var without = await schema.OpenAloneAsync(options => options with { WakeUp = false });
        var writer = new DeskHarness(StorePorts.Of(await schema.OpenAloneAsync()), ids: new UuidV7Generator());
        var listening = await schema.OpenAloneAsync();
        await without.MigrateAsync(default);
        var hint = without.Next;
        await WokenAsync(listening, writer);
        hint.IsCompleted.ShouldBeFalse("another host was woken by the same message");

        var own = new DeskHarness(StorePorts.Of(without), ids: new UuidV7Generator());
        var id = await own.FileAsync();
        hint.IsCompleted.ShouldBeTrue();
        hint = without.Next;
        (await own.Desk.ExecuteAsync(id, new AddNote("A note sends no message."))).IsSuccess.ShouldBeTrue();
        hint.IsCompleted.ShouldBeFalse();
    }

    /// <summary>Files until the hint arrives: the listener may not listen yet, or not again.</summary>
    private static async Task WokenAsync(PostgreSqlStore waiting, DeskHarness writer)
    {
        var hint = waiting.Next;
        using var patience = new CancellationTokenSource(Patience);
        for (var i = 0; !hint.IsCompleted; i++)
        {
            patience.Token.ThrowIfCancellationRequested();
            await writer.FileAsync(Drafts.English(i));
            await Task.WhenAny(hint, Task.Delay(100));
        }
    }
}
