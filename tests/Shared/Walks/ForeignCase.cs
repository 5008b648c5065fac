using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.FollowUp;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>S061: a department takes part in a case, and in no way in another that is bound to it by everything there is. Every public read
/// of a desk is tried, and says nothing of the other; a new one must be added here.</summary>
internal sealed class ForeignCase : IDisposable
{
    /// <summary>A member of the department that takes part in one case.</summary>
    public static readonly Actor Tao = new("tao", Role.Department) { Teams = ["bench"] };

    private const string Title = "The foreign washing machine";

    private static readonly Actor Manager = new("mei", Role.Manager);

    /// <summary>What a desk offers that tells an actor nothing of a case, and why.</summary>
    private static readonly Dictionary<string, string> NoReads = new(StringComparer.Ordinal)
    {
        ["For(Actor, Nullable`1)"] = "gives another desk",
        ["In(ICommitScope)"] = "gives another desk",
        ["PrepareAsync(CancellationToken)"] = "answers nothing",
        ["SweepAsync(Int32, CancellationToken)"] = "the library's own work, which a host's background does",
        ["TakeInAsync(IIntakeSource, CancellationToken)"] = "registers, and answers how many",
        ["LookupAsync(String, CancellationToken)"] = "hashes what it is given",
        ["PhoneLookupAsync(String, CancellationToken)"] = "hashes what it is given",
        ["SourceHashAsync(ExternalRef, CancellationToken)"] = "hashes what it is given",
        ["NamesAsync(IReadOnlyCollection`1, CancellationToken)"] = "names of the staff",
        ["NamesInAsync(ComplaintView, CancellationToken)"] = "names of the staff",
        ["OpenAsync(OpenImprovement, CommandOptions, CancellationToken)"] = "makes something new",
        ["MaySeeAsync(CancellationToken)"] = "says what the actor is",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-foreign-").FullName;
    private readonly DeskHarness _harness;
    private readonly Dictionary<string, Func<ComplaintDesk, Task<object?>>> _reads;
    private ComplaintId _own;
    private ComplaintId _merged;
    private ComplaintId _foreign;
    private ImprovementId _improvement;
    private string _number = "";
    private ComplaintView _view = null!;
    private ComplaintPage _page = null!;
    private ImprovementView _improving = null!;
    private ImprovementPage _improvements = null!;

    public ForeignCase(StorePorts ports)
    {
        _harness = new DeskHarness(ports, evidence: new FolderEvidenceStore(_folder));
        _reads = new(StringComparer.Ordinal)
        {
            ["AdviseAsync(IntakeDraft, CancellationToken)"] = async desk => await desk.AdviseAsync(Draft(3)),
            ["AddEvidenceAsync(ComplaintId, AddEvidence, Stream, CommandOptions, CancellationToken)"] =
                async desk => (await desk.AddEvidenceAsync(_foreign, Photo(2), new MemoryStream(Bytes(2)))).Complaint,
            ["OpenEvidenceAsync(ComplaintId, Int32, Purpose, CancellationToken)"] =
                async desk => (await desk.OpenEvidenceAsync(_foreign, 1, Purpose.CaseWork))?.Name,
            ["RegisterAsync(IntakeDraft, CommandOptions, CancellationToken)"] = async desk =>
                (await desk.RegisterAsync(Draft(3) with { ExternalRef = new("forum", "foreign") })).Refusal?.Data.Values.ToArray(),
            ["ReadAsync(ComplaintCommandInfo, String, CancellationToken)"] = async desk => (await desk.ReadAsync(
                CommandCatalogue.All.Single(command => command.Name.Value == "link"),
                $$"""{"kind":"same-matter","other":"{{_number}}"}""")).Command,
            ["LinksAsync(AggregateId, CancellationToken)"] = async desk =>
                new[] { await desk.LinksAsync(AggregateId.Of(_own)), await desk.LinksAsync(AggregateId.Of(_foreign)),
                    await desk.LinksAsync(AggregateId.Of(_merged)), await desk.LinksAsync(AggregateId.Of(_improvement)) },
            ["QueueAsync(QueueQuery, CancellationToken)"] = async desk => await desk.QueueAsync(new()),
            ["ListAsync(ComplaintQuery, CancellationToken)"] = async desk => new[]
            {
                await desk.ListAsync(new()), await desk.ListAsync(new() { Order = ComplaintOrder.Newest, NumberStartsWith = _number }),
                await desk.ListAsync(new() { Lookup = await desk.PhoneLookupAsync("138 0000 0007") }),
                await desk.ListAsync(new() { Parties = ["person/amy", "team/bench"] }),
            },
            ["CountAsync(ComplaintQuery, CancellationToken)"] = async desk =>
                (await desk.CountAsync(new() { NumberStartsWith = _number })).Count > 0 ? _number : null,
            ["TotalsAsync(CancellationToken)"] = async desk => await desk.TotalsAsync() == new StoreCounts(0, 0, 0, 0) ? null : _number,
            ["ScanAsync(CancellationToken)"] = async desk => await desk.ScanAsync().ToListAsync(),
            ["FindAsync(String, CancellationToken)"] = async desk =>
                new[] { await desk.FindAsync(_number), await desk.FindAsync(_foreign.ToString()) },
            ["FindAsync(ExternalRef, CancellationToken)"] = async desk => await desk.FindAsync(new ExternalRef("forum", "foreign")),
            ["ViewAsync(ComplaintId, CancellationToken)"] = async desk =>
                new[] { await desk.ViewAsync(_foreign), await desk.ViewAsync(_own), await desk.ViewAsync(_merged) },
            ["RevealAsync(ComplaintView, Purpose, CancellationToken)"] =
                async desk => (await desk.RevealAsync(_view, Purpose.CaseWork)).Of(_view.Complaint.Receipt.Title),
            ["RevealAsync(ComplaintPage, Purpose, CancellationToken)"] = async desk =>
            {
                var words = await desk.RevealAsync(_page, Purpose.Search);
                return _page.Items.Where(item => item.Id == _foreign).Select(item => words.Of(item.Title)).Single();
            },
            ["FindSimilarAsync(IntakeDraft, Nullable`1, CancellationToken)"] =
                async desk => await desk.FindSimilarAsync(Draft(7) with { Area = "north" }),
            ["FindSimilarAsync(ComplaintId, Nullable`1, CancellationToken)"] = async desk =>
                new[] { await desk.FindSimilarAsync(_own), await desk.FindSimilarAsync(_foreign) },
            ["SplitAsync(ComplaintId, Int32, String, CancellationToken)"] = async desk => (await desk.SplitAsync(_foreign, 1)).Complaint,
            ["WorkAsync(WorkQuery, CancellationToken)"] = async desk => new[]
            {
                await desk.WorkAsync(new()), await desk.WorkAsync(new() { Team = "desk" }),
                await desk.WorkAsync(new() { Role = Role.Agent }), await desk.WorkAsync(new() { MyRoles = true }),
            },
            ["StepsAsync(StepQuery, Purpose, CancellationToken)"] = async desk => new[]
            {
                await desk.StepsAsync(new(Tomorrow) { Area = "north" }, Purpose.CaseWork),
                await desk.StepsAsync(new(Tomorrow) { Team = "desk" }, Purpose.CaseWork),
                await desk.StepsAsync(new(Tomorrow), Purpose.CaseWork),
            },
            ["WorkCountsAsync(WorkQuery, CancellationToken)"] = async desk =>
                (await desk.WorkCountsAsync(new() { Team = "desk" })).Total > 0
                    || (await desk.WorkCountsAsync(new() { MyRoles = true })).Total > 0 ? _number : null,
            ["StuckAsync(CancellationToken)"] = async desk => await desk.StuckAsync().ToListAsync(),
            ["MissingAsync(CancellationToken)"] = async desk => await desk.MissingAsync().ToListAsync(),
            ["ExecuteAsync(ComplaintId, ComplaintCommand, CommandOptions, CancellationToken)"] =
                async desk => (await desk.ExecuteAsync(_foreign, new AddNote("Seen."))).Complaint,
            ["PreviewAsync(ComplaintId, ComplaintCommand, CancellationToken)"] =
                async desk => await desk.PreviewAsync(_foreign, new AddNote("Seen.")),
            ["ExecuteAsync(ImprovementId, ImprovementCommand, CommandOptions, CancellationToken)"] = async desk =>
                (await desk.Improvements.ExecuteAsync(_improvement, new LinkComplaints([_foreign]))).Improvement,
            ["ListAsync(ImprovementQuery, CancellationToken)"] = async desk => await desk.Improvements.ListAsync(new()),
            ["FindAsync(String, CancellationToken) of improvements"] = async desk =>
                await desk.Improvements.FindAsync(_improving.Improvement.Number),
            ["ViewAsync(ImprovementId, CancellationToken)"] = async desk => await desk.Improvements.ViewAsync(_improvement),
            ["RevealAsync(ImprovementView, Purpose, CancellationToken)"] = async desk =>
                (await desk.Improvements.RevealAsync(_improving, Purpose.CaseWork)).Of(
                    _improving.History[0].Event is ImprovementOpened opened ? opened.Title : null),
            ["RevealAsync(ImprovementPage, Purpose, CancellationToken)"] = async desk =>
                (await desk.Improvements.RevealAsync(_improvements, Purpose.Search)).Of(_improvements.Items[0].Title),
            ["ReadAsync(ImprovementCommandInfo, String, CancellationToken)"] = async desk => (await desk.Improvements.ReadAsync(
                CommandCatalogue.Improvements.Single(command => command.Name.Value == "link-complaints"),
                $$"""{"complaints":["{{_number}}"]}""")).Command,
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The public methods of the desks that are neither read here nor left out with a reason.</summary>
    public IEnumerable<string> Forgotten() => Methods(typeof(ComplaintDesk)).Concat(Methods(typeof(ImprovementDesk)))
        .Where(method => !NoReads.ContainsKey(method) && !_reads.ContainsKey(method) && !_reads.ContainsKey(method + " of improvements"));

    /// <summary>Which reads say something of the foreign case to somebody.</summary>
    public async Task<IReadOnlyList<string>> TellingAsync(Actor actor)
    {
        var telling = new List<string>();
        foreach (var (name, read) in _reads)
        {
            var text = Text(await read(_harness.Desk.For(actor)));
            if (Canaries().Any(text.Contains))
                telling.Add(name);
        }
        return telling;
    }

    /// <summary>Every read there is.</summary>
    public IEnumerable<string> Reads => _reads.Keys;

    /// <summary>What Tao does see: what he takes part in, told without the other.</summary>
    public async Task OwnAsync()
    {
        var desk = _harness.Desk.For(Tao);
        var listed = (await desk.ListAsync(new())).Items.Select(item => item.Id).ToArray();
        Check(listed.ToHashSet().SetEquals([_own, _merged]), "the list has his cases and no other");
        Check((await desk.CountAsync(new())).Count == 2, "two are counted");
        Check((await desk.ViewAsync(_own))!.Commands.Length > 0, "he sees what he may do");
        var waiting = (await desk.WorkAsync(new())).Items;
        Check(waiting.Any(item => item.Of == AggregateId.Of(_own) && item.Row.Work == "step"), "his step waits");
        var north = await desk.StepsAsync(new(Tomorrow) { Area = "north" }, Purpose.CaseWork);
        Check(north.Items.Length == 1, "it is on the list of its day");
        Check((await desk.StepsAsync(new(Tomorrow), Purpose.CaseWork)).Items.Length == 1, "and on his own");
        Check((await desk.StepsAsync(new(Tomorrow.PlusDays(1)), Purpose.CaseWork)).Items.IsEmpty, "on the next day there is none");
        var view = (await desk.ViewAsync(_own))!;
        var words = await desk.RevealAsync(view, Purpose.CaseWork);
        Check(words.Of(view.Complaint.Receipt.Title) is not null, "he reads the words of his own");
        var unknown = new ComplaintId(Guid.CreateVersion7());
        foreach (var command in new ComplaintCommand[] { new AddNote("Hm."), new FinishStep(1, StepResult.Done), new Acknowledge() })
        {
            var (told, none) = (await desk.ExecuteAsync(_foreign, command, new() { ExpectedVersion = 99 }),
                await desk.ExecuteAsync(unknown, command, new() { ExpectedVersion = 99 }));
            Check(told.Refusal!.Code == "complaint.not_found" && told.Complaint is null
                && told.Refusal.ToString().Replace(_foreign.ToString(), "", StringComparison.Ordinal)
                    == none.Refusal!.ToString().Replace(unknown.ToString(), "", StringComparison.Ordinal),
                $"{command} on a foreign case is answered as on none");
        }
        var merged = await desk.ExecuteAsync(_merged, new AddNote("Hm."));
        Check(merged.Refusal is { } refusal && !Canaries().Any(Text(refusal.Data.Values.ToArray()).Contains), "a merge leads nobody on");
    }

    /// <summary>Two cases of a customer, linked, one merged, an improvement about both, work, evidence and a finding about the
    /// other.</summary>
    public async Task FillAsync()
    {
        await PublishAsync("organisation", """
            {"departments":[{"code":"workshop","label":{"en":"Workshop","zh":"车间"}}],
             "teams":[{"code":"bench","label":{"en":"Bench","zh":"工作台"},"department":"workshop"},
                      {"code":"desk","label":{"en":"Desk","zh":"前台"}}],
             "areas":[{"code":"north","label":{"en":"North","zh":"北区"}}],"roles":[]}
            """);
        await PublishAsync("tenant", """{"zone":"Asia/Shanghai","permissions":{"add-note":["agent","manager","department"]}}""");
        await PublishAsync("guides", """{"for":[{"category":"delivery"}],"required":["tier"]}""");
        var desk = _harness.Desk.For(Manager);
        _foreign = (await desk.RegisterAsync(Draft(7) with { Title = Title, ExternalRef = new("forum", "foreign") })).Value.Complaint;
        _own = (await desk.RegisterAsync(Draft(7))).Value.Complaint;
        _merged = (await desk.RegisterAsync(Draft(7))).Value.Complaint;
        _number = (await desk.ViewAsync(_foreign))!.Complaint.Number;
        _harness.Clock.Advance(Duration.FromMinutes(5));
        await DoAsync(_own, new PlanStep(StepPhase.Investigation, "on-site", Team: "bench", Due: Now + Duration.FromDays(1)));
        await DoAsync(_merged, new PlanStep(StepPhase.Investigation, "records", Team: "bench"));
        await DoAsync(_own, new Link(_foreign, "same-matter"));
        await DoAsync(_foreign, new Link(_own, "duplicate"));
        await DoAsync(_own, new RaisePoint("It smells, too."));
        await DoAsync(_own, new DropPoint(2, PointDrop.SplitOff, Into: _foreign));
        await DoAsync(_foreign, new HandOver(null, "desk", "expertise"));
        await DoAsync(_foreign, new PlanStep(StepPhase.Investigation, "on-site", Team: "desk", Due: Now + Duration.FromDays(1)));
        await DoAsync(_own, new RecordFinding(NotInvestigated: "settled-before", Similar: _foreign));
        await DoAsync(_merged, new Merge(_foreign, "sent-twice"));
        Check((await desk.AddEvidenceAsync(_foreign, Photo(1), new MemoryStream(Bytes(1)))).IsSuccess, "evidence was added");
        var both = new OpenImprovement("systemic-issue", Title, Department: "bench", Complaints: [_own, _foreign]);
        var opened = await desk.Improvements.OpenAsync(both);
        Check(opened.IsSuccess, $"an improvement is open: {opened.Refusal}");
        _improvement = opened.Value.Improvement;
        await DoAsync(_foreign, new HandOver("gone", null, "expertise"));
        await DoAsync(_foreign, new AddNote("For later."));
        await PublishAsync("staff", """
            {"people":[{"id":"amy","name":"Amy","teams":["desk"]},{"id":"gone","name":"G","left":"2020-01-01"}]}
            """);
        (_view, _page) = ((await desk.ViewAsync(_foreign))!, await desk.ListAsync(new()));
        (_improving, _improvements) = ((await desk.Improvements.ViewAsync(_improvement))!, await desk.Improvements.ListAsync(new()));
    }

    private LocalDate Tomorrow => Now.InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date.PlusDays(1);

    private Instant Now => _harness.Clock.GetCurrentInstant();

    private static IntakeDraft Draft(int customer) => Drafts.English(customer) with
    {
        Area = "north",
        Complainant = new Complainant(
            "Ann Smith", CustomerRef: $"C-{customer}", Contacts: [new(ContactPoint.Phone, $"1380000{customer:D4}")]),
    };

    private static byte[] Bytes(byte seed) => [0xFF, 0xD8, 0xFF, 0xE0, seed];

    private static AddEvidence Photo(byte seed) => new("photo", $"{Title}.jpg", Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(Bytes(seed))), Bytes(seed).Length, "image/jpeg");

    private IEnumerable<string> Canaries() =>
        [_foreign.ToString(), _foreign.Value.ToString("N"), _number, Title, _improvement.ToString(), _improving.Improvement.Number];

    private async Task DoAsync(ComplaintId id, ComplaintCommand command)
    {
        _harness.Clock.Advance(Duration.FromMinutes(1));
        var result = await _harness.Desk.For(Manager).ExecuteAsync(id, command);
        Check(result.IsSuccess, $"{command}: {result.Refusal}");
    }

    private async Task PublishAsync(string kind, string json)
    {
        var (_, refusal) = await _harness.Definitions.PublishAsync(
            TenantId.Default, kind, "default", json, DeskHarness.Administrator, default);
        Check(refusal is null, $"{kind}: {refusal}");
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException(what);
    }

    private static IEnumerable<string> Methods(Type desk) => desk
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName)
        .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})");

    /// <summary>Everything that can be read in an answer, also where it prints nothing of it.</summary>
    private static string Text(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int depth)
    {
        if (value is null || depth > 9)
            return;
        if (value is string or IFormattable or Guid or bool or Enum or ComplaintId or ImprovementId or Type)
            text.Append(value).Append(' ');
        else if (value is IEnumerable many)
        {
            foreach (var one in many.Cast<object?>())
                Write(text, one, depth + 1);
        }
        else
        {
            text.Append(value).Append(' ');
            foreach (var property in value.GetType().GetProperties().Where(
                property => property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike))
            {
                try
                {
                    Write(text, property.GetValue(value), depth + 1);
                }
                catch (TargetInvocationException)
                {
                    // What cannot be asked, such as the state of a refused decision, tells nothing.
                }
            }
        }
    }
}
