using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Queues, names and scans.</summary>
/// <inheritdoc/>
public abstract partial class ListingLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>What is due first is worked on first; what is due at no time can wait.</summary>
    [Fact]
    public async Task A_queue_shows_the_earliest_due_first_and_those_without_at_the_end()
    {
        var never = await DueAsync(null);
        var late = await DueAsync(9);
        var early = await DueAsync(1);

        Assert.Equal([early, late, never], await NumbersAsync(new()));
    }

    /// <summary>A page must not show one complaint twice and another never, so ties are broken for good.</summary>
    [Fact]
    public async Task Ties_are_broken_by_id()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
            numbers.Add(await DueAsync(1));

        Assert.Equal(numbers, await NumbersAsync(new()));
    }

    /// <summary>Newest is the reverse of oldest, ties included.</summary>
    [Fact]
    public async Task Newest_is_the_reverse_of_oldest()
    {
        var same = SampleCommits.Start;
        for (var i = 0; i < 4; i++)
            await CommittedAsync(Samples.New(summary => summary with { ReceivedAt = same + Duration.FromHours(i / 2) }));

        var oldest = await NumbersAsync(new() { Order = ComplaintOrder.Oldest });
        Assert.Equal(oldest.Order(), oldest);
        Assert.Equal(oldest.AsEnumerable().Reverse(), await NumbersAsync(new() { Order = ComplaintOrder.Newest }));
    }

    /// <summary>Everything that is given must hold.</summary>
    [Fact]
    public async Task Every_condition_narrows_the_queue()
    {
        var due = SampleCommits.Start + Duration.FromHours(1);
        var wanted = await CommittedAsync(Samples.New(summary => summary with
        {
            State = ComplaintState.Executing, Owner = "amy", Team = "north", Category = "delivery", Priority = "p1", Channel = "email", DueAt = due,
            Area = "n", Subcategory = "late", ItemKind = "order", ItemModel = "m", ReceivedAt = due,
        }) with { Lookups = [SampleCommits.Phone("a")] });
        await CommittedAsync(Samples.New(summary => summary with { DueAt = due + Duration.FromHours(1) }));
        var number = wanted.Summary.Number;

        foreach (var query in new ComplaintQuery[]
        {
            new() { States = [ComplaintState.Closed, ComplaintState.Executing] }, new() { Owner = "amy" }, new() { Team = "north" }, new() { Category = "delivery" },
            new() { Priority = "p1" }, new() { Channel = "email" }, new() { NumberStartsWith = number }, new() { Lookup = "a" },
            new() { Area = "n" }, new() { Subcategory = "late" }, new() { ItemKind = "order" }, new() { ItemModel = "m" },
            new() { ReceivedFrom = due },
            new() { DueBefore = due + Duration.FromMilliseconds(1) },
            new() { Owner = "amy", Team = "north", Category = "delivery", Priority = "p1", Channel = "email", Lookup = "a", NumberStartsWith = "2026-" },
        })
        {
            Assert.Equal([number], await NumbersAsync(query));
        }
        Assert.Empty(await NumbersAsync(new() { Owner = "amy", Team = "south" }));
        Assert.Empty(await NumbersAsync(new() { Area = "s" }));
    }

    /// <summary>"Before" does not include the instant itself: intervals are half-open.</summary>
    [Fact]
    public async Task Due_before_an_instant_leaves_that_instant_out()
    {
        await DueAsync(1);

        Assert.Empty(await NumbersAsync(new() { DueBefore = SampleCommits.Start + Duration.FromHours(1) }));
    }

    /// <summary>What a person types is text: no character of it is a pattern.</summary>
    [Fact]
    public async Task The_beginning_of_a_number_is_no_pattern()
    {
        var odd = await CommittedAsync(Samples.New(summary => summary with { Number = "100%_x" }));
        await CommittedAsync(Samples.New(summary => summary with { Number = "100 yx" }));

        Assert.Equal([odd.Summary.Number], await NumbersAsync(new() { NumberStartsWith = "100%" }));
        Assert.Empty(await NumbersAsync(new() { NumberStartsWith = "%" }));
        Assert.Empty(await NumbersAsync(new() { NumberStartsWith = "' or 1=1 --" }));
    }

    /// <summary>A complaint is asked for by its number on the phone, and by its source's id in a feed.</summary>
    [Fact]
    public async Task A_complaint_is_found_by_number_and_by_source()
    {
        var commit = await CommittedAsync(Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));

        Assert.Equal(commit.Id, await Reader.FindAsync(Tenant, new(Number: commit.Summary.Number), None));
        Assert.Equal(commit.Id, await Reader.FindAsync(Tenant, new(SourceHash: "weibo/1"), None));
        Assert.Null(await Reader.FindAsync(Tenant, new(Number: "2026-9"), None));
        Assert.Null(await Reader.FindAsync(Tenant, new(SourceHash: "1/weibo"), None));
    }

    /// <summary>A report that leaves a complaint out is wrong, and so is one that counts it twice.</summary>
    [Fact]
    public async Task A_scan_yields_every_complaint_once_in_the_order_of_receipt()
    {
        for (var i = 0; i < 12; i++)
            await CommittedAsync(Samples.New(summary => summary with { ReceivedAt = SampleCommits.Start - Duration.FromHours(i % 4) }));

        var scanned = await AllAsync(Reader.ScanAsync(Tenant, None));
        Assert.Equal(12, scanned.Select(summary => summary.Id).Distinct().Count());
        Assert.Equal(scanned.OrderBy(summary => summary.ReceivedAt).ThenBy(summary => summary.Id.Value).Select(summary => summary.Number), scanned.Select(summary => summary.Number));
    }

    /// <summary>A reader that stops early must not hold the store up.</summary>
    [Fact]
    public async Task A_scan_may_be_left_half_way()
    {
        for (var i = 0; i < 3; i++)
            await CommittedAsync(Samples.New());
        await foreach (var _ in Reader.ScanAsync(Tenant, None))
            break;

        await CommittedAsync(Samples.New());
        Assert.Equal(4, (await AllAsync(Reader.ScanAsync(Tenant, None))).Count);
    }

    /// <summary>Work that was handed over is in one queue, not in two.</summary>
    [Fact]
    public async Task A_complaint_that_changed_hands_leaves_the_queue()
    {
        var first = await CommittedAsync(Samples.New(summary => summary with { Owner = "amy" }));
        await CommittedAsync(Samples.After(first, summary => summary with { Owner = "ben" }));

        Assert.Empty(await NumbersAsync(new() { Owner = "amy" }));
        Assert.Equal([first.Summary.Number], await NumbersAsync(new() { Owner = "ben" }));
    }

    /// <summary>Two look-ups of one customer are one complaint in the list, and one in the count.</summary>
    [Fact]
    public async Task A_customers_queue_counts_a_complaint_once()
    {
        var first = await CommittedAsync(Samples.New() with { Lookups = [SampleCommits.Phone("a"), SampleCommits.Phone("b")] });
        await CommittedAsync(Samples.After(first) with { Lookups = [SampleCommits.Phone("a")] });

        Assert.Equal([first.Summary.Number], await NumbersAsync(new() { Lookup = "a" }));
        Assert.Equal(new MatchCount(1, false), await Reader.CountAsync(Tenant, new() { Lookup = "a" }, None));
    }

    /// <summary>A name says one thing.</summary>
    [Fact]
    public async Task A_name_with_nothing_or_with_two_things_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Reader.FindAsync(Tenant, new(), None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Reader.FindAsync(Tenant, new("2026-1", "weibo/1"), None));
    }

    private async Task<string> DueAsync(int? hours) =>
        (await CommittedAsync(Samples.New(summary => summary with { DueAt = hours is { } after ? SampleCommits.Start + Duration.FromHours(after) : null }))).Summary.Number;

    private async Task<List<string>> NumbersAsync(ComplaintQuery query) => [.. (await Reader.ListAsync(Tenant, query, None)).Items.Select(summary => summary.Number)];
}
