using Complaints.Core;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;

namespace Complaints.PostgreSql.Tests.Connections;

/// <summary>A desk on a store as a host has it, with the clock of this machine.</summary>
internal static class Desks
{
    public static ComplaintDesk On(PostgreSqlStore store, string actor = "amy")
    {
        var clock = SystemClock.Instance;
        var keys = new PersonKeys(store, new FileKeyProtector(new byte[32]), clock);
        return new ComplaintDesk(new DeskServices(store, store, keys, new DefinitionLibrary(store, clock, []), clock,
            new UuidV7Generator(), timers: store, aggregates: store)).For(new Actor(actor, DeskHarness.Supervisor.Roles[0]));
    }

    /// <summary>Registers and carries out commands, several of them at once, and insists on each.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> WorkAsync(PostgreSqlStore store, int writers, int commands)
    {
        var desk = On(store);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var id = (await desk.RegisterAsync(Drafts.English())).Value.Complaint;
            for (var i = 0; i < commands; i++)
                (await desk.ExecuteAsync(id, new Core.Intake.AddNote($"note {i}"))).IsSuccess.ShouldBeTrue();
            (await desk.ViewAsync(id))!.Complaint.Version.ShouldBe(commands + 1);
        })));
        return writers * (commands + 1);
    }
}
