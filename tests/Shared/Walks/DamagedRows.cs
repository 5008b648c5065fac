using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>R35: somebody damages one value of one row, again and again. Whatever it is, it is stepped over, and everything else can be
/// worked on.</summary>
/// <param name="database">The database.</param>
/// <param name="shape">What a control makes of its store.</param>
internal sealed class DamagedRows(IRawDatabase database, Func<StorePorts, StorePorts>? shape = null)
{
    private const int Complaints = 6;
    private readonly FakeClock _clock = new();
    private readonly List<ComplaintId> _ids = [];
    private ImprovementId _improvement;

    /// <summary>What was seen.</summary>
    public sealed record Figures(int Values, int Columns, int Named, int Healed, IReadOnlyList<string> Failures)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Values} damaged values in {Columns} columns, {Named} named at once, {Healed} put right by "
            + $"the next command, {Failures.Count} in the way of others";
    }

    /// <summary>Damages so many values, each in a database that is whole otherwise.</summary>
    public async Task<Figures> WalkAsync(int size, int seed)
    {
        await FillAsync();
        await database.KeepAsync();
        var random = new Random(seed);
        var columns = await RawColumn.AllAsync(database);
        int values = 0, named = 0, healed = 0;
        var failures = new List<string>();
        for (var i = 0; values < size; i++)
        {
            // Every column in its turn, so that none is left out by chance.
            await database.RestoreAsync();
            if (await DamagedValue.PutAsync(database, columns[i % columns.Count], random) is not { } damage)
                continue;
            values++;
            try
            {
                var (isNamed, isHealed) = await WorkAsync(damage);
                named += isNamed ? 1 : 0;
                healed += isHealed ? 1 : 0;
            }
            catch (Exception e)
            {
                failures.Add($"{damage}: {e}");
            }
            await database.CloseAsync();
        }
        return new(values, columns.Count, named, healed, failures);
    }

    private async Task FillAsync()
    {
        var harness = await HarnessAsync();
        await harness.Definitions.PublishAsync(
            TenantId.Default, "repeats", "default", """{"windowDays":14}""", DeskHarness.Administrator, default);
        for (var i = 0; i < Complaints; i++)
            _ids.Add(await harness.FileAsync(Drafts.English(i) with { ExternalRef = new("legacy", $"s{i}") }));
        foreach (var id in _ids)
        {
            (await harness.Desk.ExecuteAsync(id, new AddParticipant("guardian", "Lee"))).IsSuccess.ShouldBeTrue();
            if (id != _ids[0])
                (await harness.Desk.ExecuteAsync(id, new Link(_ids[0], LinkKind.SameMatter))).Refusal.ShouldBeNull();
            (await harness.Desk.ExecuteAsync(
                id, new MakeCommitment("Call back", _clock.GetCurrentInstant() + Duration.FromDays(1)))).IsSuccess.ShouldBeTrue();
        }
        var quality = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        var issue = new OpenImprovement("systemic-issue", "Late parcels", Complaints: [_ids[0]]);
        _improvement = (await quality.OpenAsync(issue)).Value.Improvement;
        (await VerifyAsync()).Findings.ShouldBeEmpty();
        await database.CloseAsync();
    }

    /// <summary>Everything that people and background work do, on the damaged database.</summary>
    private async Task<(bool IsNamed, bool IsHealed)> WorkAsync(DamagedValue damage)
    {
        var harness = await HarnessAsync();
        var desk = harness.Desk;
        if (damage.IsTenantKey)
        {
            // Nothing could be found or proved without that one: it is said, and nothing takes its place.
            var wrong = await Should.ThrowAsync<Exception>(async () => await desk.RegisterAsync(Drafts.English(99)));
            (wrong is MasterKeyException or StoreException).ShouldBeTrue(wrong.ToString());
            return (true, false);
        }
        await ListAsync(desk, damage);
        await WaitingAsync(harness, damage);
        foreach (var id in _ids)
        {
            var isOther = id != damage.Of && damage.Of is not null;
            var view = await ViewAsync(desk, id);
            if (isOther)
                (await desk.RevealAsync(view.ShouldNotBeNull(), Purpose.CaseWork)).Of(view.Complaint.Receipt.Title).ShouldNotBeNull();
            var result = await desk.ExecuteAsync(id, new AddNote("still there"));
            if (isOther)
                result.Refusal.ShouldBeNull();
            else if (damage.Table == "definition")
                (result.Refusal?.Code ?? "definition.version_missing")
                    .ShouldBe("definition.version_missing", "those that are pinned to it are told");
        }
        _clock.Advance(Duration.FromDays(2));
        var sweep = await desk.SweepAsync();
        (damage.Table == "definition" ? sweep.Changed + sweep.RefusedCount : sweep.Changed).ShouldBeGreaterThan(0);
        var claim = new OutboxQuery("host", 100, Duration.FromSeconds(30), Now: _clock.GetCurrentInstant());
        await harness.Ports.Outbox.ClaimAsync(TenantId.Default, claim, default);
        await harness.Desk.Improvements.ListAsync(new ImprovementQuery());
        try
        {
            await harness.Desk.Improvements.ViewAsync(_improvement);
        }
        catch (UnreadableException)
        {
            damage.Table.ShouldBeOneOf("aggregate", "event");
        }
        (await desk.RegisterAsync(Drafts.English(200))).Refusal.ShouldBeNull();
        var report = await VerifyAsync();
        return (harness.Damage.Known.Length > 0, damage.Table == "complaint_state" && report.IsIntact);
    }

    private async Task ListAsync(ComplaintDesk desk, DamagedValue damage)
    {
        var seen = new HashSet<ComplaintId>();
        var pages = 0;
        ComplaintPosition? after = null;
        do
        {
            var page = await desk.ListAsync(new ComplaintQuery { Take = 2, After = after });
            await desk.RevealAsync(page, Purpose.Search);
            seen.UnionWith(page.Items.Select(item => item.Id));
            after = page.Next;
            (++pages).ShouldBeLessThan(20, "the pages never end");
        }
        while (after is not null);
        var mayMiss = damage.Table == "complaint" && damage.Of is null ? 1 : 0;
        _ids.Where(id => id != damage.Of).Except(seen).Count().ShouldBeLessThanOrEqualTo(mayMiss, "others are listed");
        var queue = await desk.QueueAsync(new QueueQuery());
        _ids.Where(id => id != damage.Of).Except(queue.Items.Select(item => item.Complaint.Id)).Count()
            .ShouldBeLessThanOrEqualTo(mayMiss, "others are in the queue");
        await foreach (var item in desk.ScanAsync())
            (item.Id == damage.Of || item.Unreadable.IsEmpty || item.Unreadable.Contains("id")).ShouldBeTrue();
    }

    /// <summary>What waits for people, what is tied to what, and what is stuck.</summary>
    private async Task WaitingAsync(DeskHarness harness, DamagedValue damage)
    {
        var desk = harness.Desk;
        var seen = new HashSet<ComplaintId>();
        WorkPosition? after = null;
        var pages = 0;
        do
        {
            var page = await desk.WorkAsync(new WorkQuery { MyRoles = true, Take = 3, After = after });
            seen.UnionWith(page.Items.Select(item => new ComplaintId(item.Of.Value)));
            after = page.Next;
            (++pages).ShouldBeLessThan(40, "the pages never end");
        }
        while (after is not null);
        var mayMiss = damage.Table is "work" or "complaint" && damage.Of is null ? 1 : 0;
        _ids.Where(id => id != damage.Of).Except(seen).Count().ShouldBeLessThanOrEqualTo(mayMiss, "the work of others is listed");
        await desk.WorkCountsAsync(new WorkQuery { MyRoles = true });
        foreach (var id in _ids)
            await desk.LinksAsync(AggregateId.Of(id));
        await foreach (var stuck in desk.StuckAsync())
            stuck.Of.Value.ShouldNotBe(Guid.Empty);
        var reconciliation = new WorkReconciliation(desk, harness.Ports.Work, harness.Ports.Links, harness.Ports.Chains);
        await foreach (var drift in reconciliation.FindAsync())
            (damage.Table is "work" or "link" or "taking_part" or "complaint" or "complaint_state" or "aggregate")
                .ShouldBeTrue(damage.ToString());
    }

    private static async Task<ComplaintView?> ViewAsync(ComplaintDesk desk, ComplaintId id)
    {
        try
        {
            return await desk.ViewAsync(id);
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    private async Task<DeskHarness> HarnessAsync()
    {
        var ports = await database.OpenAsync();
        return new(shape?.Invoke(ports) ?? ports, _clock, new UuidV7Generator());
    }

    private async Task<VerificationReport> VerifyAsync()
    {
        var harness = await HarnessAsync();
        return await new HistoryAudit(harness.Ports.Chains, harness.Keys, _clock).VerifyAsync(TenantId.Default);
    }

    /// <summary>As stores read before: the first value that cannot be read ends everything.</summary>
    public static StorePorts Strict(StorePorts good) => good with { Reader = new StrictReader(good.Reader) };

    private sealed class StrictReader(IComplaintReader good) : IComplaintReader
    {
        public async ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
        {
            var page = await good.ListAsync(tenant, query, cancellationToken);
            return page with { Items = [.. page.Items.Select(Whole)] };
        }

        public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken) =>
            good.CountAsync(tenant, query, cancellationToken);

        public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken) =>
            good.FindAsync(tenant, name, cancellationToken);

        public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
            good.HistoryAsync(tenant, id, cancellationToken);

        public async IAsyncEnumerable<ComplaintSummary> ScanAsync(
            TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var item in good.ScanAsync(tenant, cancellationToken))
                yield return Whole(item);
        }

        public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
            good.CountAsync(tenant, cancellationToken);

        private static ComplaintSummary Whole(ComplaintSummary item) => item.Unreadable.IsEmpty
            ? item
            : throw new StoreException($"{string.Join(", ", item.Unreadable)} of {item.Id} cannot be read.");
    }
}
