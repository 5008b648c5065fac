using System.Collections.Immutable;
using System.Security.Cryptography;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What is read is what was written: characters, instants, sizes.</summary>
/// <inheritdoc/>
public abstract class FidelityLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>Customers write in every script, and with emoji.</summary>
    [Theory]
    [InlineData("客诉处理　全角")]
    [InlineData("Ünïcödé ﬁ é vs é")]
    [InlineData("שלום, 👩‍👩‍👧 𠮷野家 \u200d\ufeff")]
    [InlineData("'; drop table complaint; -- \" \\ % _ {0} @tenant ?1 $x")]
    [InlineData(" leading, trailing \t\r\n ")]
    public async Task Texts_come_back_character_for_character(string text)
    {
        var commit = await CommittedAsync(Samples.New(
            summary => summary with { Category = text, Owner = text, Source = text, SourceHash = text, Outcome = text }) with { Lookups =
            [SampleCommits.Phone(text)] });

        var read = await SummaryAsync(commit);
        Assert.Equal((text, text, text, text, text), (read.Category, read.Owner, read.Source, read.SourceHash, read.Outcome));
        Assert.Single((await Reader.ListAsync(Tenant, new() { Owner = text, Category = text, Lookup = text }, None)).Items);
    }

    /// <summary>Whole microseconds, far back and far ahead.</summary>
    [Fact]
    public async Task Instants_come_back_to_the_microsecond()
    {
        foreach (var instant in new[]
        {
            Instant.FromUnixTimeTicks(17_567_700_001_234_560), Instant.FromUnixTimeTicks(-10), Instant.FromUtc(1900, 1, 1, 0, 0), Instant.FromUtc(9998, 12, 31, 23, 59),
        })
        {
            var commit = await CommittedAsync(Samples.New(summary => summary with { ReceivedAt = instant, UpdatedAt = instant, DueAt = instant, TargetAt = instant, AcknowledgedAt = instant, ResolvedAt = instant, ClosedAt = instant }) with
            {
                TimersToSet = [new("resolution/1", "breach", instant)],
                Command = Samples.Command() with { RecordedAt = instant },
            });

            var read = await SummaryAsync(commit);
            Assert.All([read.ReceivedAt, read.UpdatedAt, read.DueAt!.Value, read.TargetAt!.Value, read.AcknowledgedAt!.Value, read.ResolvedAt!.Value, read.ClosedAt!.Value],
                column => Assert.Equal(instant, column));
            var loaded = await LoadAsync(commit, commit.Command!.Id);
            Assert.Equal((instant, instant), (Assert.Single(loaded.Timers).Due, loaded.Earlier!.RecordedAt));
        }
    }

    /// <summary>Reports count columns: every one of them must be the one that was written.</summary>
    [Fact]
    public async Task Every_column_comes_back()
    {
        var earlier = await CommittedAsync(Samples.New());
        var at = SampleCommits.Start;
        var facts = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("state", "上海"), KeyValuePair.Create("Ünit \"x\"", "</script>"), KeyValuePair.Create("", "")]);
        var commit = await CommittedAsync(Samples.New(summary => summary with
        {
            Kind = "inquiry", Round = 3, Priority = "p1", Category = "a", Subcategory = "b", Channel = "c", EntryPoint = "d", Area = "o",
            Owner = "e", Team = "f",
            Title = Personal.Sealed(new Envelope(Envelope.Bound, summary.Person, new byte[12], RandomNumberGenerator.GetBytes(40),
                RandomNumberGenerator.GetBytes(16)), ComplaintSummary.PlaceOfTitle(Tenant, summary.Id)),
            AcknowledgedAt = at, DueAt = at + Duration.FromHours(1), TargetAt = at + Duration.FromHours(2), ResolvedAt = at + Duration.FromHours(3), ClosedAt = at + Duration.FromHours(4),
            Outcome = "g", SourceInTime = false, OwnInTime = true, OwnDueAt = SampleCommits.Start + Duration.FromDays(5), Source = "h",
                SourceHash = "h/i", Imported = true, Contradictions = ["due-before-received", "二"], ItemKind = "k", ItemModel = "l",
                CustomerHash = "m", ItemHash = "n", RepeatHash = "j", RepeatOf = earlier.Id,
            Attributes = facts,
        }));

        var read = await SummaryAsync(commit);
        Assert.Equal(commit.Summary.Contradictions.AsEnumerable(), read.Contradictions.AsEnumerable());
        Assert.Equal(facts, read.Attributes);
        Assert.Equal(commit.Summary, read with { Contradictions = commit.Summary.Contradictions, Attributes = commit.Summary.Attributes });
        Assert.Equal(read with { Contradictions = [] }, (await AllAsync(Reader.ScanAsync(Tenant, None)))[1] with { Contradictions = [], Attributes = read.Attributes });
    }

    /// <summary>A title opens only where it was sealed for: whoever reads it says where it stands.</summary>
    [Fact]
    public async Task A_title_opens_wherever_it_is_read()
    {
        var commit = Samples.New();
        var (id, key) = (commit.Id, SubjectKey.New(commit.Summary.Person));
        var place = ComplaintSummary.PlaceOfTitle(Tenant, id);
        var title = Personal.Sealed(key.Seal("\"Fridge\""u8, place), place);
        await CommittedAsync(commit with { Summary = commit.Summary with { Title = title } });

        ComplaintSummary[] read =
        [
            (await Reader.ListAsync(Tenant, new ComplaintQuery(), None)).Items.Single(),
            (await AllAsync(Reader.ScanAsync(Tenant, None))).Single(),
        ];
        foreach (var summary in read)
        {
            Assert.True(summary.Title!.TryReveal(key, out var words));
            Assert.Equal("Fridge", words);
        }
    }

    /// <summary>What was never said is not empty and not false.</summary>
    [Fact]
    public async Task What_is_missing_comes_back_missing()
    {
        var commit = await CommittedAsync(Samples.New());

        var read = await SummaryAsync(commit);
        Assert.Equal(commit.Summary with { Attributes = read.Attributes }, read);
        Assert.Empty(read.Attributes);
        Assert.Empty(read.Contradictions);
        Assert.Null(read.SourceInTime);
    }

    /// <summary>A long history makes a large state; it is one value all the same.</summary>
    [Fact]
    public async Task Large_payloads_come_back_whole()
    {
        var large = RandomNumberGenerator.GetBytes(3_000_000);
        var commit = Samples.New();
        commit = await CommittedAsync(commit with { State = large, Events = [commit.Events[0] with { Body = large }, commit.Events[1]] });

        Same(SHA256.HashData(large), SHA256.HashData((await StoredAsync(commit)).State.Span));
        Same(SHA256.HashData(large), SHA256.HashData((await Reader.HistoryAsync(Tenant, commit.Id, None))[0].Body.Span));
    }

    /// <summary>Texts differ by case and by composition: nothing is folded behind the caller's back.</summary>
    [Fact]
    public async Task Texts_are_compared_exactly()
    {
        await CommittedAsync(Samples.New(summary => summary with { Owner = "Amy", Source = "s", SourceHash = "s/a" }));
        await CommittedAsync(Samples.New(summary => summary with { Owner = "amy", Source = "s", SourceHash = "s/A" }));

        Assert.Single((await Reader.ListAsync(Tenant, new() { Owner = "amy" }, None)).Items);
        Assert.Empty((await Reader.ListAsync(Tenant, new() { Owner = "AMY" }, None)).Items);
    }

    /// <summary>Ids sort by their bytes as they are written, whatever a database or a platform thinks of their parts.</summary>
    [Fact]
    public async Task Ids_sort_by_their_bytes_in_big_endian_order()
    {
        var ids = new[]
        {
            "00000000-0000-7000-8000-0000000000ff", "00000000-0000-7000-8100-000000000000", "00000000-0100-7000-8000-000000000000",
            "01000000-0000-7000-8000-000000000000", "80000000-0000-7000-8000-000000000000", "ff000000-0000-7000-8000-000000000000",
        }.Select(Guid.Parse).ToList();
        foreach (var id in ids.AsEnumerable().Reverse())
            await CommittedAsync(Samples.New(summary => summary with { Id = new(id) }));

        Assert.Equal(ids, (await AllAsync(Ports.Chains.HeadsAsync(Tenant, None))).Select(head => head.Of.Value));
    }
}
