using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>Queues in the order of points: which cases, in which order, for whom, and how many.</summary>
public sealed class QueueTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<ImmutableArray<string>> OrderAsync(QueueQuery? query = null) =>
        [.. (await Desk.QueueAsync(query ?? new())).Items.Select(item => $"{item.Complaint.Number[^1]} {item.Score.Points}")];

    [Fact]
    public async Task X46_What_is_urgent_or_waits_comes_first_and_says_why()
    {
        await _harness.FileAsync();
        var waits = await _harness.FileAsync(Drafts.English(2));
        await _harness.FileAsync(Drafts.English(3) with { Severity = "critical", Urgency = "urgent" });
        await _harness.DoAsync(waits,
            [new RecordInteraction(Direction.Inbound, "email"), new RecordInteraction(Direction.Inbound, "email", Kind: "chaser")]);

        var queue = await Desk.QueueAsync(new());
        queue.Items.Select(item => item.Complaint.Number[^1]).ShouldBe(['3', '2', '1']);
        (queue.Total, queue.IsCut).ShouldBe((3, false));
        queue.Items[0].Score.Parts.Select(part => (part.Label.En, part.Points)).ShouldBe([("Priority: P1 at once", 40)]);
        queue.Items[1].Score.Parts.Select(part => (part.Label.En, part.Points)).ShouldBe(
            [("The customer wrote and waits for an answer", 15), ("The customer asked how far it is", 10)]);
        queue.Items[2].Score.ShouldBe(new QueueScore(0, []));
    }

    [Fact]
    public async Task X46_Points_grow_by_themselves_with_working_days_and_nothing_is_written()
    {
        await PublishAsync("""{ "days": [ { "since": "received", "points": 2, "maxDays": 30 } ] }""");
        // A Tuesday.
        await _harness.FileAsync();
        var version = (await Desk.QueueAsync(new())).Items[0].Complaint.Version;
        (await OrderAsync()).ShouldBe(["1 0"]);
        foreach (var (days, points) in new[] { (3, 6), (1, 6), (1, 6), (1, 8) })
        {
            _harness.Clock.Advance(Duration.FromDays(days));
            (await OrderAsync()).ShouldBe([$"1 {points}"]);
        }
        (await Desk.QueueAsync(new())).Items[0].Complaint.Version.ShouldBe(version);
    }

    [Fact]
    public async Task X46_What_is_published_today_orders_todays_queue()
    {
        await _harness.FileAsync();
        await _harness.FileAsync(Drafts.Chinese());
        await PublishAsync("""{ "rows": [ { "attribute": "channel", "values": ["phone"], "points": 5 } ] }""");
        (await OrderAsync()).ShouldBe(["2 5", "1 0"]);
        await PublishAsync("""{ "rows": [ { "attribute": "channel", "values": ["phone"], "points": -5 } ] }""");
        (await OrderAsync()).ShouldBe(["1 0", "2 -5"]);
    }

    [Fact]
    public async Task X46_A_queue_is_of_what_is_open_or_on_hold_in_its_scope()
    {
        var ids = new List<ComplaintId>();
        for (var i = 0; i < 5; i++)
            ids.Add(await _harness.FileAsync(Drafts.English(i)));
        await _harness.DoAsync(ids[0], [new HandOver("ben", "north", "expertise")]);
        await _harness.DoAsync(ids[1], [new HandOver("amy", "north", "expertise")]);
        await _harness.DoAsync(ids[2], [new HandOver("amy", "south", "expertise"), new PlaceOnHold("legal", Note: "Waits.")]);
        await _harness.DoAsync(
            ids[3], [new HandOver("amy", "south", "expertise"), new Resolve("explained", "Told.", ConfirmedInCall: true)]);

        (await NumbersAsync(new())).ShouldBe("1235");
        (await NumbersAsync(new() { Owner = "amy" })).ShouldBe("23");
        (await NumbersAsync(new() { Team = "north" })).ShouldBe("12");
        (await NumbersAsync(new() { Team = "north", Owner = "amy" })).ShouldBe("2");
        (await NumbersAsync(new() { States = [ComplaintState.Resolved] })).ShouldBe("4");

        async Task<string> NumbersAsync(ComplaintQuery of) =>
            string.Concat((await Desk.QueueAsync(new() { Of = of })).Items.Select(item => item.Complaint.Number[^1]).Order());
    }

    [Theory]
    [InlineData(true, Role.Agent)]
    [InlineData(true, Role.Administrator)]
    [InlineData(false, Role.Department)]
    [InlineData(false, Role.Customer)]
    [InlineData(false, "clerk")]
    [InlineData(false)]
    public async Task X46_R26_Whoever_may_do_nothing_finds_an_empty_queue(bool sees, params string[] roles)
    {
        await _harness.FileAsync();
        var queue = await _harness.Desk.For(new Actor("zoe", roles)).QueueAsync(new());
        (queue.Items.Length, queue.Total, queue.IsCut).ShouldBe((sees ? 1 : 0, sees ? 1 : 0, false));
    }

    [Fact]
    public async Task X46_Of_equal_points_the_earliest_due_comes_first_then_the_oldest_then_the_lowest_number()
    {
        var at = _harness.Clock.GetCurrentInstant();
        ImmutableArray<ComplaintSummary> rows =
        [
            Row(6) with { DueAt = null }, Row(5), Row(4), Row(3) with { ReceivedAt = at - Duration.FromMinutes(1) },
            Row(2) with { DueAt = at + Duration.FromHours(1) }, Row(1) with { Priority = "p1", DueAt = null },
        ];
        var queue = await DeskOver(new Rows(rows)).QueueAsync(new());
        queue.Items.Select(item => item.Complaint.Number).ShouldBe(["1", "2", "3", "4", "5", "6"]);
    }

    [Theory]
    [InlineData(1_999, 1_999, false)]
    [InlineData(2_000, 2_000, false)]
    [InlineData(2_001, 2_000, true)]
    [InlineData(5_000, 2_000, true)]
    public async Task X46_Two_thousand_cases_are_put_in_order_and_it_is_said_when_there_are_more(int cases, int total, bool isCut)
    {
        var due = _harness.Clock.GetCurrentInstant();
        // The last of them has the most points, and is due last.
        var reader = new Rows([.. Enumerable.Range(1, cases).Select(i => Row(i) with
        {
            DueAt = due + Duration.FromMinutes(i), Priority = i == cases ? "p1" : "p3",
        })]);
        var queue = await DeskOver(reader).QueueAsync(new() { Take = 2 });
        (queue.Total, queue.IsCut).ShouldBe((total, isCut));
        queue.Items[0].Complaint.Number.ShouldBe(isCut ? "1" : $"{cases}");
        reader.Pages.ShouldBe(4);

        var last = await DeskOver(reader).QueueAsync(new() { Skip = total - 1, Take = 2 });
        last.Items.ShouldHaveSingleItem();
        (await DeskOver(reader).QueueAsync(new() { Skip = 2_000 })).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task X46_A_case_that_is_met_twice_stands_in_the_queue_once()
    {
        var due = _harness.Clock.GetCurrentInstant();
        var rows = Enumerable.Range(1, 600).Select(i => Row(i) with { DueAt = due + Duration.FromMinutes(i) }).ToList();
        // While the pages are read, the first case gets a later time limit.
        var reader = new Rows([.. rows, rows[0] with { DueAt = due + Duration.FromDays(9) }]);
        var queue = await DeskOver(reader).QueueAsync(new());
        queue.Total.ShouldBe(600);
    }

    [Fact]
    public async Task X46_R35_A_damaged_row_is_told_counts_what_can_be_read_and_stops_nobody()
    {
        var reader = new Rows([Row(1) with { Unreadable = ["priority"], Priority = "", UnansweredSince = Row(1).ReceivedAt },
            Row(2) with { Priority = "p2" }, Row(0) with { Unreadable = ["id", "number"], Id = default }, Row(3)]);
        var queue = await DeskOver(reader).QueueAsync(new());
        queue.Items.Select(item => (item.Complaint.Number, item.Score.Points, item.Score.IsIncomplete)).ShouldBe(
            [("2", 20, false), ("1", 15, true), ("0", 0, false), ("3", 0, false)]);
        _harness.Damage.Known.Length.ShouldBe(2);
    }

    [Fact]
    public async Task X46_R40_A_query_is_bounded_and_says_what_is_wrong()
    {
        QueueQuery[] wrong =
        [
            new() { Take = 0 }, new() { Take = 501 }, new() { Skip = -1 }, new() { Skip = 2_001 }, new() { Of = null! },
            new() { Of = new() { Take = 0 } }, new() { Of = new() { Owner = new string('x', 101) } }, new() { Of = new() { Team = "" } },
            new() { Of = new() { Area = "a\u0000b" } }, new() { Of = new() { Lookup = new string('x', 5_000_000) } },
        ];
        foreach (var query in wrong)
            (await Should.ThrowAsync<ArgumentException>(async () => await Desk.QueueAsync(query))).Message.Length.ShouldBeLessThan(400);
        await Should.ThrowAsync<ArgumentNullException>(async () => await Desk.QueueAsync(null!));
        (await Desk.QueueAsync(new() { Skip = 2_000, Take = 500 })).Total.ShouldBe(0);
    }

    [Fact]
    public async Task X46_R40_With_a_clock_beyond_2100_the_queue_is_shown()
    {
        await _harness.FileAsync();
        _harness.Clock.Set(Instant.FromUtc(9000, 1, 1, 0, 0));
        (await Desk.QueueAsync(new())).Items.ShouldHaveSingleItem();
    }

    private async Task PublishAsync(string json)
    {
        (await _harness.Definitions.PublishAsync(TenantId.Default, "queue-score", "default", json, DeskHarness.Administrator, default))
            .Refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
    }

    private ComplaintSummary Row(int number) => new()
    {
        Id = new(new Guid(number, 0, 0, new byte[8])), Number = $"{number}", Version = 1, Kind = "complaint",
        State = ComplaintState.Registered, Priority = "p3", Channel = "phone", Person = new(Guid.Empty),
        ReceivedAt = _harness.Clock.GetCurrentInstant(), UpdatedAt = _harness.Clock.GetCurrentInstant(),
        DueAt = _harness.Clock.GetCurrentInstant() + Duration.FromDays(1),
    };

    private ComplaintDesk DeskOver(IComplaintReader reader)
    {
        var ports = _harness.Ports;
        return new ComplaintDesk(new DeskServices(
            ports.Store, reader, _harness.Keys, _harness.Definitions, _harness.Clock, new UuidV7Generator(), timers: ports.Timers,
            deadlines: _harness.Clock, damage: _harness.Damage)).For(DeskHarness.Agent);
    }

    /// <summary>A reader of rows that a test made, in pages as every store makes them.</summary>
    private sealed class Rows(ImmutableArray<ComplaintSummary> rows) : IComplaintReader
    {
        public int Pages { get; private set; }

        public ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
        {
            Pages++;
            query.ThrowIfUnusable();
            query.Order.ShouldBe(ComplaintOrder.Due);
            var found = rows.OrderBy(Key).Where(row => query.After is not { } after
                || Comparer<(Instant, Guid)>.Default.Compare(Key(row), (after.At ?? Instant.MaxValue, after.Complaint.Value)) > 0);
            return new(ComplaintPage.Of(query, [.. found.Take(query.Take + 1)]));
        }

        private static (Instant, Guid) Key(ComplaintSummary row) => (row.DueAt ?? Instant.MaxValue, row.Id.Value);

        public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
