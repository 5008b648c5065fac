using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <content>Pages of a queue, and how many complaints it has.</content>
public abstract partial class ListingLaws<TFixture>
{
    /// <summary>Pages put together are the whole queue, ties and those without a due instant included, and the last says that it
    /// is.</summary>
    [Theory]
    [InlineData(ComplaintOrder.Due)]
    [InlineData(ComplaintOrder.Newest)]
    [InlineData(ComplaintOrder.Oldest)]
    public async Task Pages_put_together_are_the_queue(ComplaintOrder order)
    {
        await SevenAsync();

        Assert.Equal(await NumbersAsync(new() { Order = order }), await PagedAsync(new() { Order = order, Take = 3 }));
        Assert.Equal(7, (await PagedAsync(new() { Order = order, Take = 7 })).Count);
    }

    /// <summary>Who goes back sees the same pages in the same order.</summary>
    [Theory]
    [InlineData(ComplaintOrder.Due)]
    [InlineData(ComplaintOrder.Newest)]
    [InlineData(ComplaintOrder.Oldest)]
    public async Task Pages_backwards_are_the_same_queue(ComplaintOrder order)
    {
        await SevenAsync();
        var all = await NumbersAsync(new() { Order = order });

        var last = await Reader.ListAsync(Tenant, new() { Order = order, After = await PlaceAsync(order, 5), Take = 3 }, None);
        Assert.Equal(all[6..], last.Items.Select(summary => summary.Number));
        var middle = await Reader.ListAsync(Tenant, new() { Order = order, Before = last.Previous, Take = 3 }, None);
        Assert.Equal(all[3..6], middle.Items.Select(summary => summary.Number));
        Assert.Equal(all[6..], await NumbersAsync(new() { Order = order, After = middle.Next }));
        var first = await Reader.ListAsync(Tenant, new() { Order = order, Before = middle.Previous, Take = 3 }, None);
        Assert.Equal(all[..3], first.Items.Select(summary => summary.Number));
        Assert.Null(first.Previous);
    }

    /// <summary>Who leaves the queue between two pages takes nobody along, also not when it was the last of a page.</summary>
    [Theory]
    [InlineData(ComplaintOrder.Due)]
    [InlineData(ComplaintOrder.Newest)]
    [InlineData(ComplaintOrder.Oldest)]
    public async Task A_complaint_that_is_closed_between_two_pages_hides_no_other(ComplaintOrder order)
    {
        var commits = await SevenAsync();
        var query = new ComplaintQuery { States = [ComplaintState.Registered, ComplaintState.Investigating], Order = order, Take = 2 };
        var all = await NumbersAsync(query with { Take = 50 });

        var met = await PagedAsync(query, async page =>
        {
            foreach (var gone in page.Items)
            {
                var commit = commits.Single(commit => commit.Id == gone.Id);
                await CommittedAsync(Samples.After(commit, summary => summary with { State = ComplaintState.Closed }));
            }
        });

        Assert.Equal(all, met);
    }

    /// <summary>Who comes between two pages shows no other twice; where it belongs behind the place it is met.</summary>
    [Theory]
    [InlineData(ComplaintOrder.Due, 1)]
    [InlineData(ComplaintOrder.Newest, 0)]
    [InlineData(ComplaintOrder.Oldest, 1)]
    public async Task A_complaint_that_comes_between_two_pages_shows_no_other_twice(ComplaintOrder order, int met)
    {
        await SevenAsync();
        var all = await NumbersAsync(new() { Order = order });
        var come = new List<string>();

        var paged = await PagedAsync(new() { Order = order, Take = 3 }, async _ =>
        {
            // The first of the due and the newest: before every place. Of those due at no time it is the last, and so among the oldest.
            if (come.Count == 0)
                come.AddRange([await DueAsync(0), await DueAsync(null)]);
        });

        Assert.Equal(all, paged.Except(come));
        Assert.Equal(paged.Count, paged.Distinct().Count());
        Assert.Equal(met, paged.Intersect(come.Skip(1)).Count());
    }

    /// <summary>A place stays one when its complaint has moved, and a place that was written down is the same.</summary>
    [Fact]
    public async Task A_place_that_went_through_a_text_is_the_same()
    {
        await SevenAsync();
        var place = await PlaceAsync(ComplaintOrder.Due, 3);

        Assert.True(ComplaintPosition.TryParse(place.ToString(), out var read));
        Assert.Equal(await NumbersAsync(new() { After = place }), await NumbersAsync(new() { After = read }));
    }

    /// <summary>Behind the last there is nothing, and nothing more to ask for.</summary>
    [Fact]
    public async Task A_page_beyond_the_end_is_empty()
    {
        await CommittedAsync(Samples.New());
        var place = ComplaintPosition.Of(Assert.Single((await Reader.ListAsync(Tenant, new(), None)).Items), ComplaintOrder.Due);

        var page = await Reader.ListAsync(Tenant, new() { After = place }, None);
        Assert.Empty(page.Items);
        Assert.Null(page.Next);
        Assert.Empty((await Reader.ListAsync(Tenant, new() { Before = place }, None)).Items);
    }

    /// <summary>A place of another order, or two at once, would be somebody's mistake and no page.</summary>
    [Fact]
    public async Task A_place_that_does_not_fit_is_refused()
    {
        await CommittedAsync(Samples.New());
        var due = await PlaceAsync(ComplaintOrder.Due, 0);
        var newest = await PlaceAsync(ComplaintOrder.Newest, 0);

        foreach (var query in new ComplaintQuery[]
        {
            new() { After = newest }, new() { Before = newest }, new() { Order = ComplaintOrder.Newest, After = due },
            new() { Order = ComplaintOrder.Newest, After = newest with { At = null } }, new() { After = due, Before = due },
        })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Reader.ListAsync(Tenant, query, None));
        }
    }

    /// <summary>The documented bounds hold: a page of a million would be somebody's mistake.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_page_beyond_its_bounds_is_refused(int take) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Reader.ListAsync(Tenant, new() { Take = take }, None));

    /// <summary>A person wants to know how many there are, not how many fit on the page.</summary>
    [Fact]
    public async Task The_count_is_of_what_is_asked_for_and_not_of_the_page()
    {
        for (var i = 0; i < 5; i++)
            await CommittedAsync(Samples.New(summary => summary with { Owner = i < 3 ? "amy" : "ben" }));
        var query = new ComplaintQuery { Owner = "amy", Take = 2 };

        Assert.Equal(new MatchCount(3, false), await Reader.CountAsync(Tenant, query, None));
        query = query with { After = await PlaceAsync(ComplaintOrder.Due, 1) };
        Assert.Equal(new MatchCount(3, false), await Reader.CountAsync(Tenant, query, None));
    }

    /// <summary>Counting ends where no person would go on: the first thousand are counted, one more is "more".</summary>
    [Fact]
    public async Task Counting_ends_at_a_thousand()
    {
        var thousand = Enumerable.Range(0, MatchCount.Most).Select(_ => Samples.New() with { Command = null }).ToList();
        await Ports.Importer.ImportAsync(thousand, None);

        Assert.Equal(new MatchCount(MatchCount.Most, false), await Reader.CountAsync(Tenant, new(), None));
        await CommittedAsync(Samples.New());
        Assert.Equal(new MatchCount(MatchCount.Most, true), await Reader.CountAsync(Tenant, new(), None));
    }

    /// <summary>Two due at one instant, two at another, three at none; in two states, and received at three instants.</summary>
    private async Task<List<ComplaintCommit>> SevenAsync()
    {
        var commits = new List<ComplaintCommit>();
        for (var i = 0; i < 7; i++)
        {
            commits.Add(await CommittedAsync(Samples.New(summary => summary with
            {
                State = i % 2 == 0 ? ComplaintState.Registered : ComplaintState.Investigating,
                DueAt = i % 3 == 0 ? null : SampleCommits.Start + Duration.FromHours(i % 3),
                ReceivedAt = SampleCommits.Start + Duration.FromSeconds(i / 3),
            })));
        }
        return commits;
    }

    private async Task<ComplaintPosition> PlaceAsync(ComplaintOrder order, int index) =>
        ComplaintPosition.Of((await Reader.ListAsync(Tenant, new() { Order = order }, None)).Items[index], order);

    private async Task<List<string>> PagedAsync(ComplaintQuery query, Func<ComplaintPage, Task>? between = null)
    {
        var numbers = new List<string>();
        for (var pages = 0; ; pages++)
        {
            Assert.True(pages < 20, "The pages have no end.");
            var page = await Reader.ListAsync(Tenant, query, None);
            numbers.AddRange(page.Items.Select(summary => summary.Number));
            if (page.Next is not { } next)
                return numbers;
            Assert.Equal(query.Take, page.Items.Length);
            query = query with { After = next };
            if (between is not null)
                await between(page);
        }
    }
}
