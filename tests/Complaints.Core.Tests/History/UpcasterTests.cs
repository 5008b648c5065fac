using System.Text;
using System.Text.Json.Nodes;
using Complaints.Core.Assignment;
using Complaints.Core.History;

namespace Complaints.Core.Tests.History;

public sealed class UpcasterTests
{
    private const string Old = """{"complaint":"00000001-0000-7000-8000-000000000001","tenant":"default","version":2,"index":0,"type":"handed-over","schema":1,"occurred":"2026-09-01T01:00:00Z","recorded":"2026-09-01T01:00:00Z","actor":{"id":"amy","roles":["agent"]},"command":"00000001-0000-0000-0000-000000000000","data":{"to":"ben","why":"Holiday."}}""";

    private static readonly EventCatalog Later = new([new EventType("handed-over", HistoryJson.Default.HandedOver,
        old => new JsonObject { ["owner"] = old["to"]?.DeepClone(), ["reason"] = old["why"]?.DeepClone() })]);

    [Fact]
    public void An_old_event_is_lifted_on_read()
    {
        var read = EventCodec.Read(Encoding.UTF8.GetBytes(Old), Later);
        read.Schema.ShouldBe(1);
        read.Event.ShouldBe(new HandedOver("ben", null, "Holiday."));
    }

    [Theory]
    [InlineData("\"type\":\"handed-over\"", "\"type\":\"teleported\"")]
    [InlineData("\"schema\":1", "\"schema\":9")]
    public void An_event_of_a_newer_program_reads_as_unknown(string from, string to)
    {
        var read = EventCodec.Read(Encoding.UTF8.GetBytes(Old.Replace(from, to, StringComparison.Ordinal)), Later);
        read.Event.ShouldBeNull();
        var (state, unknown) = StateCodec.Fold(TenantId.Default, [read]);
        unknown.ShouldNotBeNull();
        state!.Version.ShouldBe(2);
    }

    [Fact]
    public void Bytes_that_are_no_event_are_said_to_be_none() =>
        Should.Throw<InvalidDataException>(() => EventCodec.Read("{\"type\":1}"u8));
}
