using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

public sealed class DeskTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    [Fact]
    public async Task R02_The_same_command_id_gets_the_same_answer_and_happens_once()
    {
        var id = new CommandOptions { CommandId = new(Guid.Parse("01980000-0000-7000-8000-000000000001")) };
        var first = await Desk.RegisterAsync(Situation.Draft, id);
        var again = await Desk.RegisterAsync(Situation.Draft, id);
        again.Answer.ShouldBe(first.Answer);
        again.Repeated.ShouldBeTrue();
        (await Desk.RegisterAsync(Situation.Draft with { Title = "另一件事" }, id)).Refusal!.Code.ShouldBe("command.id_reused");
        (await _harness.Ports.Reader.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(1);
    }

    [Fact]
    public async Task A_form_that_showed_an_older_version_is_told_the_current_one()
    {
        var id = await _harness.FileAsync();
        await Desk.ExecuteAsync(id, new Acknowledge());
        var conflict = await Should.ThrowAsync<ConflictException>(Desk.ExecuteAsync(id, new StartInvestigation("late"), new CommandOptions { ExpectedVersion = 1 }));
        (conflict.ExpectedVersion, conflict.CurrentVersion).ShouldBe((1, 2));
        conflict.Error.Code.ShouldBe("complaint.changed");
    }

    [Fact]
    public async Task A_note_and_a_contact_conflict_with_nobody()
    {
        var id = await _harness.FileAsync();
        await Desk.ExecuteAsync(id, new Acknowledge());
        var late = new CommandOptions { ExpectedVersion = 1 };
        (await Desk.ExecuteAsync(id, new AddNote("late"), late)).Value.Version.ShouldBe(3);
        (await Desk.ExecuteAsync(id, new RecordInteraction(Direction.Inbound, "phone"), late)).Value.Version.ShouldBe(4);
        (await Desk.ExecuteAsync(id, new Sequence(new AddNote("one"), new AddNote("two")), late)).Value.Version.ShouldBe(5);
        await Should.ThrowAsync<ConflictException>(Desk.ExecuteAsync(id, new Sequence(new AddNote("one"), new StartInvestigation()), late));
    }

    [Fact]
    public async Task An_unknown_complaint_and_another_tenants_are_not_found()
    {
        var id = await _harness.FileAsync();
        var other = Desk.For(Situation.Agent, new TenantId("other"));
        (await other.ExecuteAsync(id, new Acknowledge())).Refusal!.Code.ShouldBe("complaint.not_found");
        (await other.ViewAsync(id)).ShouldBeNull();
    }

    [Fact]
    public async Task S124_Repeats_and_duplicates_are_found_at_intake_over_all_forms_of_the_phone_number()
    {
        var first = await Desk.RegisterAsync(Situation.Draft);
        var again = await Desk.RegisterAsync(Situation.Draft with { Complainant = new("王先生", Contacts: [new("phone", "+86 138-0013-8000")]) });
        again.Similar.ShouldHaveSingleItem().ShouldBe(new SimilarComplaint(first.Value.Complaint, first.Value.Number, Likeness.Duplicate));
        again.Complaint!.Receipt.RepeatOf.ShouldBe(first.Value.Complaint);
        again.Complaint.Receipt.Person.ShouldNotBe(first.Complaint!.Receipt.Person, "a number is no person");
    }

    [Fact]
    public async Task Numbers_run_per_tenant_and_year_of_the_tenants_zone()
    {
        _harness.Clock.Set(Instant.FromUtc(2026, 12, 31, 15, 59));
        (await Desk.RegisterAsync(Situation.Draft)).Value.Number.ShouldBe("2026-000001");
        _harness.Clock.Set(Instant.FromUtc(2026, 12, 31, 16, 0));
        (await Desk.RegisterAsync(Situation.Draft)).Value.Number.ShouldBe("2027-000001", "it is 2027 in Shanghai");
        (await Desk.For(Situation.Agent, new TenantId("other")).RegisterAsync(Situation.Draft)).Value.Number.ShouldBe("2027-000001");
        (await Desk.RegisterAsync(Situation.Draft)).Value.Number.ShouldBe("2027-000002");
    }

    [Fact]
    public async Task Rule4_A_complaint_with_an_event_of_a_newer_program_is_view_only()
    {
        var id = await _harness.FileAsync();
        var loaded = await _harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default);
        var body = System.Text.Encoding.UTF8.GetBytes($$$"""{"complaint":"{{{id}}}","tenant":"default","version":2,"index":0,"type":"teleported","schema":1,"occurred":"2026-09-01T01:00:00Z","recorded":"2026-09-01T01:00:00Z","actor":{"id":"amy","roles":["agent"]},"command":"00000001-0000-0000-0000-000000000000","data":{}}""");
        var chain = (await _harness.Keys.TenantKeysAsync(TenantId.Default, default)).Chain;
        var summary = (await _harness.Ports.Reader.ListAsync(TenantId.Default, new ComplaintQuery(), default)).Items.Single();
        await _harness.Ports.Store.CommitAsync(new ComplaintCommit
        {
            Tenant = TenantId.Default,
            Id = id,
            ExpectedVersion = 1,
            Schema = StateCodec.Schema + 1,
            State = "{}"u8.ToArray(),
            Head = chain.Next(loaded.Complaint!.Head.Span, body),
            Summary = summary with { Version = 2 },
            Events = [new StoredEvent(2, 0, body, chain.Next(loaded.Complaint.Head.Span, body))],
        }, default);
        (await Desk.ExecuteAsync(id, new Acknowledge())).Refusal!.Code.ShouldBe("history.newer");
        var view = (await Desk.ViewAsync(id))!;
        view.Commands.ShouldBeEmpty();
        view.Complaint.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Rule4_A_state_of_another_schema_is_rebuilt_from_the_events()
    {
        var id = await _harness.FileAsync();
        await Desk.ExecuteAsync(id, new Acknowledge());
        var loaded = await _harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default);
        var state = (await Desk.ViewAsync(id))!.Complaint;
        var started = Complaint.Decide(state, new Core.Investigation.StartInvestigation(), new DecisionContext { Now = _harness.Clock.GetCurrentInstant(), Actor = Situation.Agent });
        var keys = new KeyRing(await _harness.Keys.TenantKeysAsync(TenantId.Default, default));
        var commit = CommitBuilder.Build(started, loaded, new CommandId(Guid.NewGuid()), keys, Rulebook.BuiltIn);
        await _harness.Ports.Store.CommitAsync(commit with { Schema = StateCodec.Schema - 1, State = "{\"old\":true}"u8.ToArray() }, default);
        var result = await Desk.ExecuteAsync(id, new Propose(["exchange"]));
        result.Value.State.ShouldBe(ComplaintState.Proposing);
        result.Value.Version.ShouldBe(4);
    }

    [Fact]
    public async Task Erasing_a_person_leaves_the_case_and_not_the_person()
    {
        var id = await _harness.FileAsync();
        var person = (await Desk.ViewAsync(id))!.Complaint.Receipt.Person;
        (await _harness.Keys.DestroyAsync(TenantId.Default, person, default)).ShouldBeTrue();
        var view = (await Desk.ViewAsync(id))!;
        (await Desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Title).ShouldBeNull();
        (await Desk.ExecuteAsync(id, new Classify(Severity: "major"))).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task S003_What_waits_at_a_source_is_taken_in_once_and_the_source_is_told()
    {
        var source = new Mailbox(
            Situation.Draft with { Channel = "social", ExternalRef = new("weibo", "1") },
            Situation.Draft with { Channel = "social", ExternalRef = new("weibo", "1") },
            Situation.Draft with { Channel = "social", ExternalRef = new("weibo", "2"), Title = "" },
            Situation.Draft);
        (await Desk.TakeInAsync(source)).ShouldBe(1);
        source.Answers.ShouldBe([null, "complaint.exists", "validation.failed", "text.required"]);
    }

    [Fact]
    public async Task A_seed_is_published_once_and_a_wrong_one_stops_the_start()
    {
        var store = new InMemoryComplaintStore();
        for (var start = 0; start < 2; start++)
        {
            var library = new DefinitionLibrary(store, _harness.Clock, [new DefinitionSeed(TenantId.Default, "repeats", "default", """{"windowDays":14}""")]);
            (await library.RulesAsync(TenantId.Default, default)).Repeats.Value.WindowDays.ShouldBe(14);
        }
        var repeats = (await ((IDefinitionStore)store).ListAsync(TenantId.Default, default)).Where(definition => definition.Kind == "repeats").ToList();
        repeats.Select(definition => definition.PublishedBy).ShouldBe(["built-in", "seed"], "the built-in first, then the host's own, each once");
        var wrong = new DefinitionLibrary(store, _harness.Clock, [new DefinitionSeed(TenantId.Default, "repeats", "default", """{"windowDays":0}""")]);
        (await Should.ThrowAsync<ArgumentException>(async () => await wrong.RulesAsync(TenantId.Default, default))).Message.ShouldContain("windowDays");
    }

    [Fact]
    public async Task What_people_published_survives_a_restart_with_the_old_seed()
    {
        var store = new InMemoryComplaintStore();
        DefinitionLibrary Start() => new(store, _harness.Clock, [new DefinitionSeed(TenantId.Default, "repeats", "default", """{"windowDays":14}""")]);
        await Start().RulesAsync(TenantId.Default, default);
        await Start().PublishAsync(TenantId.Default, "repeats", "default", """{"windowDays":60}""", Situation.Administrator, default);
        (await Start().RulesAsync(TenantId.Default, default)).Repeats.Value.WindowDays.ShouldBe(60);
    }

    [Fact]
    public async Task T23_A_running_complaint_keeps_its_policy_version_when_a_newer_one_is_published()
    {
        var id = await _harness.FileAsync();
        var due = (await Desk.ViewAsync(id))!.Clocks;
        var policy = BuiltIns.All.Single(definition => definition.Kind == "policy" && definition.Id == "call-centre").Json;
        var (published, refusal) = await _harness.Definitions.PublishAsync(TenantId.Default, "policy", "call-centre", policy.Replace("3 working days", "9 working days", StringComparison.Ordinal), Situation.Administrator, default);
        refusal.ShouldBeNull();
        published!.Version.ShouldBe(2);
        (await Desk.ViewAsync(id))!.Clocks.ShouldBe(due);
        var later = await _harness.FileAsync();
        (await Desk.ViewAsync(later))!.Complaint.Clocks.Policy!.Value.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Only_an_administrator_publishes() =>
        (await _harness.Definitions.PublishAsync(TenantId.Default, "repeats", "default", "{}", Situation.Agent, default)).Refusal!.Code.ShouldBe("authority.role");

    private sealed class Mailbox(params IntakeDraft[] drafts) : IIntakeSource
    {
        public List<string?> Answers { get; } = [];

        public async IAsyncEnumerable<IntakeDraft> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var draft in drafts)
            {
                await Task.Yield();
                yield return draft;
            }
        }

        public Task AnswerAsync(IntakeDraft draft, CommandResult result, CancellationToken cancellationToken)
        {
            Answers.Add(result.Refusal?.Code);
            return Task.CompletedTask;
        }
    }
}
