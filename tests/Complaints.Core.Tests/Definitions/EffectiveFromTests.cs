using System.Globalization;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Definitions;

/// <summary>What is published for later holds from then on, and decides nothing before.</summary>
public sealed class EffectiveFromTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _clock = new();
    private readonly SequentialIds _ids = new();
    private readonly DeskHarness _harness;

    public EffectiveFromTests() => _harness = Node();

    private Instant NextMonth => _clock.GetCurrentInstant() + Duration.FromDays(30);

    [Fact]
    public async Task X13_A_policy_from_next_month_is_for_what_is_received_then()
    {
        var from = NextMonth;
        await PublishAsync("policy", "fast", Policy(10));
        (await PublishAsync("policy", "fast", Policy(5), from)).Refusal.ShouldBeNull();
        (await PublishAsync("policy", "new", Policies.Json("""{"objective":"resolution","limit":"2 hours"}""", order: 1), from))
            .Refusal.ShouldBeNull();

        var early = await _harness.FileAsync();
        (await PinOfAsync(early)).ShouldBe("fast v1");
        _clock.Set(from - Duration.FromTicks(10));
        (await PinOfAsync(await _harness.FileAsync(Drafts.English(1)))).ShouldBe("fast v1");
        _clock.Set(from);
        (await PinOfAsync(await _harness.FileAsync(Drafts.English(2)))).ShouldBe("new v1");

        var late = Drafts.English(3) with { ReceivedAt = from - Duration.FromMinutes(1) };
        (await PinOfAsync(await _harness.FileAsync(late))).ShouldBe("fast v1", "received before, registered after");
        (await _harness.Desk.ExecuteAsync(early, new AddNote("still on its own"))).Refusal.ShouldBeNull();
        (await PinOfAsync(early)).ShouldBe("fast v1");
        (await _harness.Desk.For(new Actor("mei", Role.Manager)).ExecuteAsync(early, new Core.Sla.Recalculate("rules-changed")))
            .Refusal!.Code
            .ShouldBe("recalculate.unchanged", "it is not for what was received before");
    }

    [Fact]
    public async Task X13_A_rulebook_that_is_kept_changes_when_the_instant_passes_and_back_with_the_clock()
    {
        var counting = new CountingDefinitions(_store);
        var library = new DefinitionLibrary(counting, _clock, []);
        var from = _clock.GetCurrentInstant() + Duration.FromSeconds(20);
        (await library.PublishAsync(TenantId.Default, "repeats", "default", """{"windowDays":3}""", DeskHarness.Administrator, from,
            default))
            .Refusal.ShouldBeNull();
        var before = await library.RulesAsync(TenantId.Default, default);
        before.Repeats.Value.WindowDays.ShouldNotBe(3);
        counting.Reset();

        _clock.Set(from - Duration.FromTicks(1));
        (await library.RulesAsync(TenantId.Default, default)).ShouldBeSameAs(before);
        _clock.Set(from);
        var after = await library.RulesAsync(TenantId.Default, default);
        after.Repeats.Value.WindowDays.ShouldBe(3);
        (await library.RulesAsync(TenantId.Default, default)).ShouldBeSameAs(after);
        counting.Statements.ShouldBe(0, "nobody was asked");

        _clock.Advance(-Duration.FromSeconds(1));
        (await library.RulesAsync(TenantId.Default, default)).Repeats.Value.WindowDays.ShouldNotBe(3);
    }

    [Fact]
    public async Task X13_What_is_published_at_once_meanwhile_gives_way_to_what_was_published_for_later()
    {
        var from = NextMonth;
        await PublishAsync("repeats", "default", Days(3), from);
        await PublishAsync("repeats", "default", Days(4));
        (await DaysAsync()).ShouldBe(4);
        _clock.Set(from);
        (await DaysAsync()).ShouldBe(3);
        await PublishAsync("repeats", "default", Days(5));
        (await DaysAsync()).ShouldBe(5, "what is published afterwards");
    }

    [Fact]
    public async Task X13_What_was_published_for_later_is_taken_back_by_another_for_the_same_instant()
    {
        var from = NextMonth;
        var original = await DaysAsync();
        await PublishAsync("repeats", "default", Days(3), from);
        await PublishAsync("repeats", "default", Days(original), from);
        _clock.Set(from);

        (await DaysAsync()).ShouldBe(original);
        DefinitionTimeline.Of((await _store.ListAsync(TenantId.Default, default)).Where(definition => definition.Kind == "repeats"))
            .Select(span => (span.Definition.Version, span.Until is null)).ShouldBe([(1, false), (3, true)]);
    }

    [Fact]
    public async Task X13_The_same_content_from_another_instant_on_is_another_version()
    {
        var from = NextMonth;
        (await PublishAsync("repeats", "default", Days(3), from)).Published!.Version.ShouldBe(2);
        (await PublishAsync("repeats", "default", Days(3), from)).Published!.Version.ShouldBe(2);
        (await PublishAsync("repeats", "default", Days(3), from + Duration.FromDays(1))).Published!.Version.ShouldBe(3);
        (await PublishAsync("repeats", "default", Days(3))).Published!.Version.ShouldBe(4);
    }

    [Theory]
    [InlineData(-61, "definition.effective_past", "请指定更晚的时间")]
    [InlineData(5 * 366 * 86_400, "definition.effective_far", "最多可提前 5 年")]
    public async Task X13_An_instant_that_is_past_or_years_ahead_is_refused_in_both_languages(long seconds, string code, string chinese)
    {
        var refusal = (await PublishAsync("repeats", "default", Days(3), _clock.GetCurrentInstant() + Duration.FromSeconds(seconds)))
            .Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldContain("It would hold from");
        refusal.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain(chinese);
        (await PublishAsync("repeats", "default", Days(3), _clock.GetCurrentInstant() - Duration.FromSeconds(59))).Refusal.ShouldBeNull();
        (await DaysAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task X13_What_is_published_for_later_may_refer_to_what_is_published_for_later()
    {
        const string West = """{ "code": "west", "label": { "en": "West", "zh": "西区" } }""";
        const string East = """{ "code": "east", "label": { "en": "East", "zh": "东区" } }""";
        const string Routing = """{ "rows": [ { "team": "east" } ] }""";
        var from = NextMonth;
        (await PublishAsync("organisation", "default", $$"""{ "teams": [ {{West}} ] }""")).Refusal.ShouldBeNull();
        (await PublishAsync("organisation", "default", $$"""{ "teams": [ {{West}}, {{East}} ] }""", from)).Refusal.ShouldBeNull();
        (await PublishAsync("routing", "default", Routing)).Refusal.ShouldNotBeNull().Message.ShouldContain("east");
        (await PublishAsync("routing", "default", Routing, from)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task X13_A_host_brings_along_what_holds_now_and_what_holds_later_once()
    {
        var from = NextMonth;
        DefinitionSeed[] seeds =
        [
            new(TenantId.Default, "repeats", "default", Days(3)), new(TenantId.Default, "repeats", "default", Days(4), from),
        ];
        for (var i = 0; i < 3; i++)
            await new DefinitionLibrary(_store, _clock, seeds).PlantSeedsAsync(default);
        (await _store.ListAsync(TenantId.Default, default)).Count(definition => definition.Kind == "repeats").ShouldBe(3);
        (await DaysAsync()).ShouldBe(3);
        _clock.Set(from + Duration.FromDays(1));
        await new DefinitionLibrary(_store, _clock, seeds).PlantSeedsAsync(default);
        (await DaysAsync()).ShouldBe(4);

        var first = new DefinitionLibrary(new InMemoryComplaintStore(), _clock, seeds);
        (await first.RulesAsync(TenantId.Default, default)).Repeats.Value.WindowDays.ShouldBe(4,
            "a date that is past is no mistake of a host");
    }

    /// <summary>Everything that a tenant may publish for later, published: each decision of today is what it is without.</summary>
    [Theory]
    [InlineData("tenant", "default", """{"permissions":{"acknowledge":[],"add-note":[],"place-on-hold":[]},"numberPrefix":"X"}""")]
    [InlineData("channels", "default", """{"items":[{"code":"pigeon","label":{"en":"Pigeon","zh":"信鸽"}}]}""")]
    [InlineData("kinds", "default", """{"items":[{"code":"other","label":{"en":"Other","zh":"其他"}}]}""")]
    [InlineData("routing", "default", """{"rows":[{"team":"later"}]}""")]
    [InlineData("hold-reasons", "default", """{"items":[{"code":"moon","label":{"en":"Moon","zh":"月亮"}}]}""")]
    [InlineData("calendar", "default", """{"zone":"Asia/Shanghai","week":{"sunday":["01:00-02:00"]}}""")]
    [InlineData("policy", "call-centre",
        """{"label":{"en":"A","zh":"甲"},"order":500,"objectives":[{"objective":"resolution","limit":"1 hour"}]}""")]
    [InlineData("policy", "another",
        """{"label":{"en":"A","zh":"甲"},"order":1,"objectives":[{"objective":"resolution","limit":"1 hour"}]}""")]
    [InlineData("reasons", "default", """{"commands":{"recalculate":[{"code":"other","label":{"en":"Other","zh":"其他"}}]}}""")]
    public async Task X13_Nothing_that_is_published_for_later_changes_a_decision_of_today(string kind, string id, string json)
    {
        var without = await ScriptAsync(new DeskHarness());
        var with = new DeskHarness();
        if (json.Contains("later", StringComparison.Ordinal))
        {
            (await with.Definitions.PublishAsync(TenantId.Default, "organisation", "default",
                """{"teams":[{"code":"later","label":{"en":"Later","zh":"以后"}}]}""", DeskHarness.Administrator, Later(with), default))
                    .Refusal.ShouldBeNull();
        }
        (await with.Definitions.PublishAsync(TenantId.Default, kind, id, json, DeskHarness.Administrator, Later(with), default))
            .Refusal.ShouldBeNull();
        (await ScriptAsync(with)).ShouldBe(without);

        static Instant Later(DeskHarness harness) => harness.Clock.GetCurrentInstant() + Duration.FromDays(9);
    }

    private static async Task<string> ScriptAsync(DeskHarness harness)
    {
        var said = new List<string>();
        foreach (var draft in new[] { Drafts.English(), Drafts.Chinese(1), Drafts.English(2) with { Channel = "pigeon" } })
        {
            var registered = await harness.Desk.RegisterAsync(draft);
            said.Add(registered.Refusal?.ToString() ?? registered.Value.Number);
            if (registered.Refusal is not null)
                continue;
            foreach (ComplaintCommand command in new ComplaintCommand[]
            {
                new Acknowledge(), new AddNote("seen"), new Core.Lifecycle.PlaceOnHold("customer-no-answer", null),
                new Core.Lifecycle.ReleaseHold("customer-no-answer"),
            })
            {
                harness.Clock.Advance(Duration.FromHours(1));
                var result = await harness.Desk.ExecuteAsync(registered.Value.Complaint, command);
                said.Add(result.Refusal?.ToString() ?? result.Value.State.ToString());
            }
            var view = (await harness.Desk.ViewAsync(registered.Value.Complaint))!;
            said.AddRange(view.Clocks.Select(clock => $"{clock.Id} {clock.Due}"));
            said.Add($"{view.Complaint.Clocks.Policy} {string.Join(", ", view.Complaint.Clocks.Policies[^1].Calendars)}");
            said.Add(string.Join(", ", view.Commands.Select(permitted => $"{permitted.Name} {permitted.Refusal}")));
        }
        return string.Join('\n', said);
    }

    private DeskHarness Node() => new(StorePorts.Of(_store), _clock, _ids);

    private Task<(Definition? Published, ComplaintError? Refusal)> PublishAsync(string kind, string id, string json,
        Instant? from = null) =>
        _harness.Definitions.PublishAsync(TenantId.Default, kind, id, json, DeskHarness.Administrator, from, default);

    private async Task<string> PinOfAsync(ComplaintId id) => (await _harness.Desk.ViewAsync(id))!.Complaint.Clocks.Policy.ToString()!;

    private async Task<int> DaysAsync()
    {
        _clock.Advance(Duration.FromTicks(10));
        return (await new DefinitionLibrary(_store, _clock, []).RulesAsync(TenantId.Default, default)).Repeats.Value.WindowDays;
    }

    private static string Policy(int hours) => Policies.Json($$"""{"objective":"resolution","limit":"{{hours}} hours"}""");

    private static string Days(int days) => $$"""{"windowDays":{{days}}}""";
}
