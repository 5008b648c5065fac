using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Complaints.Core.Tests.Toy;
using Complaints.Testing;

namespace Complaints.Core.Tests.Evolution;

/// <summary>
/// Two programs on one store while a new version is rolled out: the newer one has a room more, a newer version of an event, another shape
/// of
/// the stored state, another kind of definition and a member more in a known one. Neither may lose or misread what the other wrote.
/// </summary>
public sealed class RollingUpgradeTests
{
    private readonly InMemoryComplaintStore _store;
    private readonly FakeClock _clock = new();
    private readonly SequentialIds _ids = new();
    private readonly PersonKeys _keys;
    private readonly ComplaintDesk _older;
    private readonly ComplaintDesk _newer;
    private readonly DefinitionLibrary _newerDefinitions;
    private readonly List<string> _log = [];

    public RollingUpgradeTests()
    {
        _store = new InMemoryComplaintStore(clock: _clock);
        _keys = new PersonKeys(_store, new FileKeyProtector(new byte[32]), _clock);
        _newerDefinitions = new DefinitionLibrary(_store, _clock, [], kinds: [Greetings]);
        _older = Desk(new OtherShape(_store, 1), new(new([.. ComplaintRooms.Current.Catalogue.Rooms, OlderToy])),
            new DefinitionLibrary(_store, _clock, [], new ListLogger(_log)));
        _newer = Desk(new OtherShape(_store, 2), ToyRoom.WithCore, _newerDefinitions);
    }

    [Fact]
    public async Task Each_goes_on_where_the_other_stopped_and_both_see_one_state()
    {
        var id = (await _older.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        ComplaintCommand[] way =
        [
            new Core.Intake.Acknowledge(
                ), new Core.Investigation.StartInvestigation("Ask the courier."), new Core.Lifecycle.PlaceOnHold("customer-information"),
            new Core.Intake.AddNote(
                "写给新版本"), new Core.Lifecycle.ReleaseHold("customer-information"), new Core.Resolution.Propose(["exchange"]),
        ];
        for (var i = 0; i < way.Length; i++)
            (await (i % 2 == 0 ? _newer : _older).ExecuteAsync(id, way[i])).Value.Version.ShouldBe(i + 2, way[i].ToString());

        var (old, young) = ((await _older.ViewAsync(id))!, (await _newer.ViewAsync(id))!);
        Sealed(old.Complaint).ShouldBe(Sealed(young.Complaint));
        old.History.Select(recorded => recorded.Event).ShouldAllBe(happened => happened != null);
    }

    [Fact]
    public async Task What_only_the_newer_one_knows_is_seen_and_kept_by_the_older_one_which_then_refuses_to_decide()
    {
        var id = (await _older.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        (await _newer.ExecuteAsync(id, new RingBell("front", "开饭了！", 2))).Value.Version.ShouldBe(2);

        var view = (await _older.ViewAsync(id))!;
        view.Complaint.Version.ShouldBe(2);
        view.History[^1].ShouldSatisfyAllConditions(recorded => recorded.Type.ShouldBe("bell-rung"),
            recorded => recorded.Schema.ShouldBe(2), recorded => recorded.Event.ShouldBeNull());
        view.Commands.ShouldBeEmpty();
        (await _older.ExecuteAsync(id, new Core.Intake.Acknowledge())).Refusal!.Code.ShouldBe("history.newer");
        (await _older.SweepAsync()).Refused.ShouldBeEmpty("nothing is due");
        (await _newer.ExecuteAsync(id, new Core.Intake.Acknowledge())).Value.Version.ShouldBe(3);
        (await _newer.ViewAsync(id))!.History.Single(recorded => recorded.Type == "bell-rung").Event.ShouldBeOfType<BellRung>()
            .Times.ShouldBe(2);
    }

    [Fact]
    public async Task What_the_older_one_wrote_is_lifted_by_the_newer_one()
    {
        var id = (await _older.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        (await _older.ExecuteAsync(id, new RingOldBell("back"))).Value.Version.ShouldBe(2);

        var view = (await _newer.ViewAsync(id))!;
        view.History[^1].Event.ShouldBe(new BellRung("back", null, 1));
        view.Commands.ShouldNotBeEmpty();
        (await _newer.ExecuteAsync(id, new Core.Intake.Acknowledge())).Value.Version.ShouldBe(3);
        (await _older.ExecuteAsync(id, new RingOldBell("back"))).Value.Version.ShouldBe(4, "its own event it still knows");
    }

    [Fact]
    public async Task What_the_newer_one_publishes_is_passed_over_by_the_older_one_which_says_so()
    {
        var settings = DeskHarness.BlockSettings.TrimEnd().TrimEnd('}') + ",\n \"moodOfTheDay\": \"calm\", \"reopenWindowDays\": 44 }";
        await _store.TryAddAsync(new Definition(TenantId.Default, "tenant", "default", 7, settings, default, "newer"), default);
        var id = (await _newer.RegisterAsync(Drafts.Chinese())).Value.Complaint;
        await _newerDefinitions.PublishAsync(TenantId.Default, "greetings", "default", """{"words":"您好"}""", DeskHarness.Administrator,
            default);

        (await _newerDefinitions.RulesAsync(TenantId.Default, default)).Get(Greetings).Words.ShouldBe("您好");
        (await _older.ExecuteAsync(id, new Core.Intake.Acknowledge())).Value.Version.ShouldBe(2);
        _log.ShouldContain(line => line.Contains("moodOfTheDay", StringComparison.Ordinal)
            && line.Contains("tenant/default v7", StringComparison.Ordinal));
        _log.ShouldContain(line => line.Contains("the kind 'greetings'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_of_a_package_that_is_not_loaded_is_refused_in_both_languages_and_nothing_changes()
    {
        var older = new DefinitionLibrary(_store, _clock, []);
        await older.RulesAsync(TenantId.Default, default);
        var before = (await _store.ListAsync(TenantId.Default, default)).Length;
        var (published, refusal) = await older.PublishAsync(TenantId.Default, "greetings", "default", """{"words":"hi"}""",
            DeskHarness.Administrator, default);

        published.ShouldBeNull();
        refusal!.Code.ShouldBe("definition.kind_unknown");
        refusal.In(new("en")).ShouldContain("greetings");
        refusal.In(new("zh-CN")).ShouldContain("没有定义类型“greetings”");
        (await _store.ListAsync(TenantId.Default, default)).Length.ShouldBe(before);
    }

    [Fact]
    public async Task A_kind_of_another_package_has_its_built_in_its_checks_and_its_schema()
    {
        (await _newerDefinitions.RulesAsync(TenantId.Default, default)).Get(Greetings).Words.ShouldBe("Hello");
        (await _store.ListAsync(TenantId.Default, default))
            .ShouldContain(definition => definition.Kind == "greetings" && definition.PublishedBy == "built-in");
        foreach (var wrong in new[] { """{"words":""}""", """{"word":"hi"}""", """{}""", "no JSON" })
            (await _newerDefinitions.PublishAsync(TenantId.Default, "greetings", "default", wrong, DeskHarness.Administrator, default))
                .Refusal!.Code.ShouldBe("definition.invalid", wrong);
        Greetings.Schema["properties"]!["words"]!["type"]!.ToString().ShouldBe("string");
        Greetings.Schema["required"]!.AsArray().Select(name => name!.ToString()).ShouldBe(["words"]);
        Should.Throw<ArgumentException>(() => new DefinitionLibrary(_store, _clock, [],
            kinds: [Greetings, Unchecked("tenant", "{}")])).Message.ShouldContain("tenant");
        Should.Throw<InvalidOperationException>(() => Rulebook.BuiltIn.Get(Unchecked("many-greetings", builtIn: null))).Message.ShouldContain("many-greetings");
    }

    private static DefinitionKind<Greeting> Unchecked(string name, string? builtIn) =>
        new(name, RollingJson.Default, builtIn) { Check = static (_, _, _) => [] };

    private static DefinitionKind<Greeting> Greetings { get; } = new("greetings", RollingJson.Default, """{"words":"Hello"}""")
    {
        Check = static (greeting, _, _) => Text.Check("words", greeting.Words, 50) is { } bad ? [bad] : [],
    };

    private ComplaintDesk Desk(IComplaintStore store, ComplaintRooms rooms, DefinitionLibrary definitions) =>
        new ComplaintDesk(new DeskServices(store, _store, _keys, definitions, _clock, _ids, timers: _store,
            deadlines: _clock) { Rooms = rooms }).For(DeskHarness.Supervisor with { Roles = [Role.Supervisor, Role.Agent] });

    private static string Sealed(Complaint complaint) => System.Text.Encoding.UTF8.GetString(StateCodec.Write(complaint).Span);

    private static RoomCatalogue<Complaint> OlderToy { get; } = new RoomCatalogue<Complaint>("Toy", RollingJson.Default)
        .Command<RingOldBell>().Event<OldBellRung>();

    /// <summary>A store as a program sees it whose states have a shape of their own: it knows its own schema number and no
    /// other's.</summary>
    private sealed class OtherShape(InMemoryComplaintStore store, int program) : IComplaintStore
    {
        public async ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command,
            CancellationToken cancellationToken)
        {
            var loaded = await store.LoadAsync(tenant, id, command, cancellationToken);
            return loaded.Complaint is not { } stored ? loaded
                : loaded with { Complaint = stored with { Schema = stored.Schema == program ? StateCodec.Schema : StateCodec.Schema + 1,
                    State = stored.Schema == program ? stored.State : "{}"u8.ToArray() } };
        }

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
            store.LoadIntakeAsync(query, cancellationToken);

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
            store.CommitAsync(commit with { Schema = program }, cancellationToken);
    }

    private sealed class ListLogger(List<string> lines) : Microsoft.Extensions.Logging.ILogger<DefinitionLibrary>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state,
            Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}

/// <summary>What another package lets a host change.</summary>
internal sealed record Greeting(string Words);

/// <summary>The toy room's command as an older program has it.</summary>
internal sealed record RingOldBell(string Which) : ComplaintCommand, ICapability<RingOldBell, Complaint>
{
    static Capability ICapability<RingOldBell, Complaint>.Capability { get; } = new("ring-bell", new("Ring a bell", "打铃"))
    {
        Roles = [Role.Agent],
        Fields = Field.Of<RingOldBell>(f => [f.PartKey(command => command.Which, new("Bell", "铃"), max: 20)]),
        StaysIn = Core.Lifecycle.States.Codes(Core.Lifecycle.States.NotEnded),
    };

    static RingOldBell ICapability<RingOldBell, Complaint>.Example(Occasion occasion) => new("front");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink<Complaint> events)
    {
        events.Add(new OldBellRung(Which));
        return null;
    }
}

/// <summary>The event in its first version.</summary>
internal sealed record OldBellRung(string Which) : ComplaintEvent, IHappening<OldBellRung, Complaint>
{
    static EventType IHappening<OldBellRung, Complaint>.EventType { get; } = new("bell-rung", 1, new("Bell rung", "已打铃"));

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RingOldBell))]
[JsonSerializable(typeof(OldBellRung))]
[JsonSerializable(typeof(Greeting))]
internal sealed partial class RollingJson : JsonSerializerContext;
