using System.Text;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Tests.Toy;

namespace Complaints.Core.Tests.History;

public sealed class UpcasterTests
{
    private const string Old = """{"complaint":"00000001-0000-7000-8000-000000000001","tenant":"default","version":2,"index":0,"type":"bell-rung","schema":1,"occurred":"2026-09-01T01:00:00Z","recorded":"2026-09-01T01:00:00Z","actor":{"id":"amy","roles":["agent"]},"command":"00000001-0000-0000-0000-000000000000","data":{"which":"front","why":"Holiday."}}""";

    private static readonly Catalogue<Complaint> Later = ToyRoom.WithCore.Catalogue;

    [Fact]
    public void An_old_event_is_lifted_on_read()
    {
        var read = EventCodec.Read(Encoding.UTF8.GetBytes(Old), Later);
        read.Schema.ShouldBe(1);
        read.Event.ShouldBe(new BellRung("front", null, 1));
    }

    [Theory]
    [InlineData("\"type\":\"bell-rung\"", "\"type\":\"teleported\"")]
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
