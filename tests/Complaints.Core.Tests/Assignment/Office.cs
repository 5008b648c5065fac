using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>A desk of a tenant with teams, people and a routing.</summary>
internal sealed class Office
{
    public const string Teams =
        """
        { "departments": [ { "code": "service", "label": { "en": "Service", "zh": "客服部" } } ],
          "teams": [ { "code": "first", "label": { "en": "First line", "zh": "一线" }, "department": "service" },
                     { "code": "north", "label": { "en": "North", "zh": "北区" }, "area": "north" } ],
          "areas": [ { "code": "north", "label": { "en": "North", "zh": "北片区" } },
                     { "code": "south", "label": { "en": "South", "zh": "南片区" } } ],
          "roles": [] }
        """;

    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    private Office(DeskHarness harness) => Harness = harness;

    public DeskHarness Harness { get; }

    public static async Task<Office> OpenAsync(
        string? rows = null, string? people = null, IStaffDirectory? directory = null, IAssignmentStrategy? strategy = null,
        string strategyCode = "least-loaded", StorePorts? ports = null, IIdGenerator? ids = null,
        TimeProvider? time = null)
    {
        var clock = new FakeClock();
        ports ??= StorePorts.Of(new InMemoryComplaintStore(clock: clock));
        var plain = new DeskHarness(ports, clock, ids);
        var office = directory is null && strategy is null ? null
            : new AssignmentOffice(
                directory ?? new DefinedStaff(plain.Definitions), strategy is null ? [] : [strategy], time ?? new HurriedTime());
        var opened = new Office(office is null ? plain : new DeskHarness(ports, clock, ids, assignment: office));
        await opened.PublishAsync("organisation", Teams);
        if (people is not null)
            await opened.PublishAsync("staff", $$"""{ "people": [ {{people}} ] }""");
        if (rows is not null)
            await opened.PublishAsync("routing", $$"""{ "rows": [ {{rows}} ], "strategy": "{{strategyCode}}" }""");
        return opened;
    }

    public async Task PublishAsync(string kind, string json)
    {
        var (_, refusal) = await Harness.Definitions.PublishAsync(
            TenantId.Default, kind, "default", json, DeskHarness.Administrator, default);
        refusal.ShouldBeNull();
    }

    public async Task<Complaint> RegisterAsync(Func<IntakeDraft, IntakeDraft>? shape = null)
    {
        var result = await Harness.Desk.RegisterAsync(shape?.Invoke(Situation.Draft) ?? Situation.Draft);
        result.Refusal.ShouldBeNull();
        return (await Harness.Desk.ViewAsync(result.Value.Complaint))!.Complaint;
    }

    /// <summary>What the history says of the assignment, label and value.</summary>
    public async Task<Dictionary<string, string>> SaidAsync(Complaint complaint, CultureInfo culture)
    {
        var view = (await Harness.Desk.ViewAsync(complaint.Id))!;
        var rules = await Harness.Definitions.RulesAsync(TenantId.Default, default);
        var words = new Wording(culture, NameOf: id => $"<{id}>");
        var entry = view.History.Single(recorded => recorded.Type == "handed-over");
        return entry.Details(words, rules, ClearWords.None).ToDictionary(text => text.Label ?? "", text => text.Text);
    }
}

/// <summary>A directory that does to every call what a test says.</summary>
internal sealed class HostStaff(Func<string, CancellationToken, ValueTask<StaffCard?>> find) : IStaffDirectory
{
    public ValueTask<StaffCard?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken) => find(id, cancellationToken);

    public async ValueTask<IReadOnlyList<StaffCard>> FindManyAsync(
        TenantId tenant, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<StaffCard>();
        foreach (var id in ids)
        {
            if (await find(id, cancellationToken) is { } card)
                found.Add(card);
        }
        return found.ToImmutable();
    }

    public async ValueTask<IReadOnlyList<StaffCard>?> MembersAsync(TenantId tenant, string team, CancellationToken cancellationToken) =>
        await find(team, cancellationToken) is { } card ? [card] : null;

    public ValueTask<IReadOnlyList<StaffCard>> HoldersAsync(TenantId tenant, string role, CancellationToken cancellationToken) => new([]);
}

/// <summary>A strategy that does what a test says.</summary>
internal sealed class HostStrategy(Func<AssignmentRequest, CancellationToken, ValueTask<string?>> choose) : IAssignmentStrategy
{
    public string Code => "own";

    public ValueTask<string?> ChooseAsync(AssignmentRequest request, CancellationToken cancellationToken) =>
        choose(request, cancellationToken);
}

/// <summary>Time in which two seconds take a tenth of one, and half a minute is over when a test says so.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly ConcurrentQueue<(TimerCallback Callback, object? State)> _late = new();

    public void PassHalfAMinute()
    {
        while (_late.TryDequeue(out var timer))
            timer.Callback(timer.State);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Long)
            return base.CreateTimer(callback, state, dueTime / 20, period);
        _late.Enqueue((callback, state));
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
    }
}
