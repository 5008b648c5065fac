using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Storage.Tests.Scripts;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>
/// Types a canary into every text of every command, as the catalogues name them, so that a new command plays along: on complaints by
/// random scripts, and by hand what no script comes to.
/// </summary>
internal sealed class CanaryWalk(RelationalStore store)
{
    private const string TenHours = """
        {"label":{"en":"Test","zh":"测试"},"order":1000,
         "objectives":[{"objective":"resolution","limit":"10 hours","extensions":{"max":1,"longest":"20 hours"}}]}
        """;

    private static readonly Actor Manager = new("mei", Role.Manager);
    private static readonly Actor Technician = new("tao", Role.Department) { Teams = ["technical"] };

    private readonly ConcurrentDictionary<string, int> _sent = new();
    private readonly List<DeskHarness> _harnesses = [];

    public static CanaryBird Bird { get; } = new("KANARIENVOGEL", "金丝雀");

    /// <summary>Commands with texts that were not accepted with the canary in them.</summary>
    public IEnumerable<string> Missing => WithWords.Except(_sent.Keys);

    private static IEnumerable<string> WithWords => CommandCatalogue.All.Cast<CommandInfo>().Concat(CommandCatalogue.Improvements)
        .Where(command => command.Fields.Any(one => one.Kind == FieldKind.Text)).Select(command => command.Name.Value);

    /// <summary>Sends everything: so many scripts, and those of the others that bring a command which none before them brought.</summary>
    /// <returns>How much it was.</returns>
    public async Task<string> PlayAsync(int scripts)
    {
        await ImportAsync();
        await MoveDeadlinesAsync();
        await InquireAsync();
        await ImproveAsync();
        var seeds = await SeedsAsync(scripts);
        foreach (var seed in seeds)
        {
            var ports = StorePorts.Of(new TenantView(store, new TenantId($"canary-{seed}")));
            _harnesses.Add((await new Script(seed, _sent, Dressed, Dressed).PlayAsync(ports)).Harness);
        }
        return $"{seeds.Count} scripts, {_sent.Values.Sum()} commands with the canary, {_sent.Count} kinds of commands";
    }

    /// <summary>Erases everybody, and the words of improvements.</summary>
    /// <returns>How many keys were destroyed.</returns>
    public async Task<int> EraseAsync()
    {
        var erased = 0;
        foreach (var harness in _harnesses)
        {
            var desk = harness.Desk.For(DeskHarness.Administrator);
            var improvements = (await desk.Improvements.ListAsync(new())).Items.Select(item => new SubjectId(item.Id.Value));
            var subjects = improvements.ToHashSet();
            await foreach (var complaint in desk.ScanAsync())
            {
                var view = (await harness.Desk.For(Manager).ViewAsync(complaint.Id))!;
                subjects.UnionWith([complaint.Person, .. view.Complaint.Participants.Select(participant => participant.Person)
                    .Concat(view.Liabilities.Select(liability => liability.Person)).OfType<SubjectId>()]);
            }
            foreach (var subject in subjects)
                erased += await harness.Keys.DestroyAsync(TenantId.Default, subject, default) ? 1 : 0;
        }
        return erased;
    }

    /// <summary>The command with the canary in each of its texts.</summary>
    public static ComplaintCommand Dressed(ComplaintCommand command)
    {
        var known = CommandCatalogue.Of(command);
        return known.Read(Dressed(known, known.Write(command))).Command!;
    }

    private static string Dressed(CommandInfo known, string json)
    {
        var fields = JsonNode.Parse(json)!.AsObject();
        foreach (var field in known.Fields.Where(field => field.Kind == FieldKind.Text && IsAsked(fields, field.Name)))
            fields[field.Name] = field.Name switch { "email" => Bird.Mail, "phone" => Bird.Phone, _ => Bird.Word };
        return fields.ToJsonString();
    }

    /// <summary>Some texts belong to another field: a brief to whom a call is passed on to, an answer to its question.</summary>
    private static bool IsAsked(JsonObject fields, string name) => name switch
    {
        "brief" => fields["to"] is not null,
        "answer" => fields["question"] is not null,
        _ => true,
    };

    private static IntakeDraft Dressed(IntakeDraft draft) => draft with
    {
        Title = Bird.Word,
        Complainant = new Complainant(
            Bird.Word, draft.Complainant.CustomerRef is null ? null : Bird.Word + draft.Complainant.CustomerRef,
            [
                .. draft.Complainant.Contacts, new ContactPoint(ContactPoint.Email, Bird.Mail),
                new ContactPoint(ContactPoint.Phone, Bird.Phone),
            ],
            Bird.Word) { AddressAs = Bird.Word },
        Points = [new DraftPoint(Bird.Word)],
        Statement = new Core.Intake.Statement(Bird.Word, Bird.Word, Bird.Word, Bird.Word),
        Item = new Item("product", Bird.Word, Bird.Word) { Serial = Bird.Word },
        ExternalRef = new ExternalRef("forum", $"{Bird.Word}-{Guid.NewGuid()}"),
    };

    /// <summary>Which scripts to play: found in memory, where a script takes no time.</summary>
    private async Task<List<int>> SeedsAsync(int scripts)
    {
        var (seeds, brought) = (Enumerable.Range(1, scripts).ToList(), new ConcurrentDictionary<string, int>(_sent));
        for (var seed = 1; seed <= 1_000 && WithWords.Except(brought.Keys).Any(); seed++)
        {
            var before = brought.Count;
            await new Script(seed, brought, Dressed, Dressed).PlayAsync(StorePorts.Of(new InMemoryComplaintStore()));
            if (brought.Count > before && seed > scripts)
                seeds.Add(seed);
        }
        return seeds;
    }

    private async Task ImportAsync()
    {
        var (harness, view) = Open("canary-import");
        var services = new DeskServices(
            view, view, harness.Keys, harness.Definitions, harness.Clock, new SequentialIds(), new NumberOptions(), view, harness.Clock);
        var run = new ImportDesk(services, view).Begin();
        var draft = Dressed(Drafts.English()) with { ReceivedAt = harness.Clock.GetCurrentInstant() };
        var prepared = await run.PrepareAsync([new ImportItem(new ImportComplaint(draft, []), Bird.Word, HasRepeatText: true)]);
        (await run.CommitAsync(prepared)).ShouldBe(1);
        _sent["import"] = 1;
    }

    /// <summary>Extensions need a policy that allows them, a recalculation a newer one, and a backdated command something to say.</summary>
    private async Task MoveDeadlinesAsync()
    {
        var (harness, _) = Open("canary-deadlines");
        await PublishAsync(TenHours);
        var id = await harness.FileAsync(Dressed(Drafts.English()));
        harness.Clock.Advance(Duration.FromHours(1));
        var until = harness.Clock.GetCurrentInstant() + Duration.FromHours(12);
        await SendAsync(DeskHarness.Agent, new RequestExtension("resolution/1", until, "other"));
        await SendAsync(DeskHarness.Director, new DecideExtension(1, Grant: false, Reason: "other"));
        await PublishAsync(TenHours.Replace("10 hours", "11 hours", StringComparison.Ordinal));
        await SendAsync(DeskHarness.Administrator, new Recalculate("other"));
        await SendAsync(DeskHarness.Agent, new AddNote("x"), Late(harness));

        async Task SendAsync(Actor actor, ComplaintCommand command, CommandOptions? options = null)
        {
            var result = await harness.Desk.For(actor).ExecuteAsync(id, Dressed(command), options);
            result.Refusal.ShouldBeNull(command.ToString());
            _sent[CommandCatalogue.Of(command).Name.Value] = 1;
        }

        async Task PublishAsync(string policy)
        {
            var (_, refusal) = await harness.Definitions.PublishAsync(
                TenantId.Default, SlaDefinitions.Policies.Name, "call-centre", policy, DeskHarness.Administrator, default);
            refusal.ShouldBeNull();
            harness.Clock.Advance(Duration.FromSeconds(31));
        }
    }

    /// <summary>What is told only under a guide, only where a call is passed on, and only by a manager.</summary>
    private async Task InquireAsync()
    {
        var (harness, _) = Open("canary-inquiry");
        var draft = Dressed(Drafts.Chinese()) with
        {
            Category = "product", Subcategory = "safety",
            Answers = [new("smell", "no"), new("injured", "yes"), new("injury", Bird.Word)],
        };
        var id = await harness.FileAsync(draft);
        ComplaintCommand[] commands =
        [
            new RecordInteraction(Direction.Inbound, "phone", Kind: "transfer", Live: true, To: "ben", Brief: "x"),
            new RecordFinding("x", "us", ["communication"]), new RecordLiability(1, "us", "x", Staff: "lee"),
            new SendTask("technical", "technical", "x"), new SignTask(1), new AnswerTask(1, TaskResult.Done, "x", "x"),
            new VerifyTask(1, Passed: false, "incomplete", "x"), new RequestWaiver("archive", "x"),
        ];
        foreach (var command in commands)
        {
            var sender = command is SignTask or AnswerTask ? Technician : Manager;
            var result = await harness.Desk.For(sender).ExecuteAsync(id, Dressed(command));
            result.Refusal.ShouldBeNull(command.ToString());
            _sent[CommandCatalogue.Of(command).Name.Value] = 1;
        }
    }

    private async Task ImproveAsync()
    {
        var (harness, _) = Open("canary-improvements");
        var desk = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        harness.Clock.Advance(Duration.FromHours(1));
        var open = (OpenImprovement)Worn("open-improvement", new OpenImprovement("systemic-issue", "x"));
        var id = (await desk.OpenAsync(open, Late(harness))).Value.Improvement;
        await SendAsync("amend-improvement", new AmendImprovement("problem", "x"));
        await SendAsync("amend-improvement", new AmendImprovement("cause", "x"));
        await SendAsync("plan-action", new PlanAction("corrective", "x", harness.Clock.GetCurrentInstant() + Duration.FromHours(9), "dan"));
        await SendAsync("publish-improvement", new PublishImprovement("departments", "x"));
        await SendAsync("finish-action", new FinishAction(1, "x"));
        await SendAsync("close-improvement", new CloseImprovement("effective"));

        async Task SendAsync(string name, ImprovementCommand command)
        {
            var result = await desk.ExecuteAsync(id, Worn(name, command));
            result.Refusal.ShouldBeNull(name);
        }

        ImprovementCommand Worn(string name, ImprovementCommand command)
        {
            _sent[name] = 1;
            var known = CommandCatalogue.FindImprovement(new CommandName(name))!;
            return known.Read(Dressed(known, known.Write(command))).Command!;
        }
    }

    private (DeskHarness Harness, TenantView View) Open(string tenant)
    {
        var view = new TenantView(store, new TenantId(tenant));
        var harness = new DeskHarness(StorePorts.Of(view));
        _harnesses.Add(harness);
        return (harness, view);
    }

    private static CommandOptions Late(DeskHarness harness) => new()
    {
        OccurredAt = harness.Clock.GetCurrentInstant() - Duration.FromMinutes(1), BackdateReason = Bird.Word,
    };
}
