using System.Collections.Immutable;
using System.Text;
using Complaints.Core.History;
using Complaints.Core.Tests.History;

namespace Complaints.Core.Tests;

public sealed class ActorTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("amy\u0000")]
    public void Actor_without_a_usable_id_is_refused(string? id)
    {
        Should.Throw<ArgumentException>(() => new Actor(id!, Role.Agent)).ParamName.ShouldBe("id");
        Should.Throw<ArgumentException>(() => new Actor(id!, ImmutableArray.Create(Role.Agent)));
        Should.Throw<ArgumentException>(() => new Actor("amy", Role.Agent) with { Id = id! });
    }

    [Fact]
    public void Actor_id_has_up_to_a_hundred_characters()
    {
        new Actor(new string('a', 100)).Id.Length.ShouldBe(100);
        Should.Throw<ArgumentException>(() => new Actor(new string('a', 101))).Message.ShouldContain("100");
    }

    [Fact]
    public void Actor_without_roles_is_nobody_in_particular()
    {
        new Actor("amy", default(ImmutableArray<string>)).Is(Role.Agent).ShouldBeFalse();
        new Actor("amy").ShouldBe(new Actor("amy", default(ImmutableArray<string>)));
    }

    /// <summary>Older programs let such ids pass, and other hands may write them: their histories are read, and read as they are.</summary>
    [Theory]
    [InlineData("""{"id":"","roles":["agent"]}""", "", "agent")]
    [InlineData("""{"id":"  ","roles":[]}""", "  ", "")]
    [InlineData("""{"roles":["agent"]}""", "", "agent")]
    [InlineData("null", "", "")]
    public void Event_by_an_actor_whom_today_would_refuse_is_read(string actor, string id, string roles)
    {
        var written = Encoding.UTF8.GetString(File.ReadAllBytes(GoldenEventTests.PathOf("note-added.v1.json")));
        var from = written.IndexOf("\"actor\":", StringComparison.Ordinal) + "\"actor\":".Length;
        var to = written.IndexOf('}', from) + 1;

        var read = EventCodec.Read(Encoding.UTF8.GetBytes(written[..from] + actor + written[to..]));
        read.Moment.Actor.Id.ShouldBe(id);
        string.Join(' ', read.Moment.Actor.Roles).ShouldBe(roles);
        if (actor.StartsWith("{\"id\"", StringComparison.Ordinal))
            Encoding.UTF8.GetString(EventCodec.Write(TenantOf(written), read).Span).ShouldContain($"\"actor\":{actor}", Case.Sensitive, "the same bytes again");
    }

    private static TenantId TenantOf(string written) =>
        new(System.Text.Json.JsonDocument.Parse(written).RootElement.GetProperty("tenant").GetString()!);
}
