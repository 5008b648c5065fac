using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>Somebody put a trigger of theirs on a table of ours.</summary>
public sealed class ForeignTriggerTests
{
    [Fact]
    public async Task R39_A_foreign_trigger_is_named()
    {
        await using var schema = new TestSchema();
        var store = await schema.OpenAsync();
        await new DeskHarness(StorePorts.Of(store), ids: new Core.UuidV7Generator()).FileAsync();
        (await store.InspectAsync(default)).ShouldBeEmpty("the control");

        await using var command = (await SharedServer.SourceAsync()).CreateCommand(
            $"""
            create function {schema.Name}.nothing() returns trigger language plpgsql as 'begin return null; end';
            create trigger theirs after insert on {schema.Name}.event execute function {schema.Name}.nothing();
            """);
        await command.ExecuteNonQueryAsync();

        var found = (await store.InspectAsync(default)).ShouldHaveSingleItem();
        found.Code.ShouldBe("store.foreign");
        found.Message.ShouldStartWith("The trigger theirs on event is not ours");
    }
}
