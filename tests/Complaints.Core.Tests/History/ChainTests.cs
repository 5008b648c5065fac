using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.History;

public sealed class ChainTests
{
    private static readonly TenantKeys Keys = Sealed.Tenant;

    [Fact]
    public async Task X11_An_untouched_history_is_intact()
    {
        var ledger = await Ledger.WithCheckpointAsync();
        var report = await ledger.VerifyAsync();
        report.IsIntact.ShouldBeTrue();
        report.Complaints.ShouldBe(3);
        report.Unproven.ShouldHaveSingleItem().En.ShouldContain("due_at");
    }

    [Fact]
    public async Task R28_Ten_thousand_random_mutations_are_all_found_and_the_first_bad_event_is_named()
    {
        var random = new Random(20260901);
        for (var i = 0; i < 10_000; i++)
        {
            var ledger = await Ledger.WithCheckpointAsync();
            var what = ledger.Mutate(random);
            var report = await ledger.VerifyAsync();
            report.IsIntact.ShouldBeFalse($"mutation {i} of seed 20260901 was not found: {what}");
            var finding = report.Findings[0];
            finding.Of?.Value.ShouldBe(what.Of, $"{i}: {what} -> {finding.Message}");
            if (what.Version > 0)
                (finding.Version, finding.Index).ShouldBe((what.Version, what.Index), $"{i}: {what} -> {finding.Message}");
        }
    }

    [Fact]
    public async Task R28_Without_a_key_the_verifier_says_what_it_cannot_prove()
    {
        var ledger = await Ledger.WithCheckpointAsync();
        var without = (await ledger.VerifyAsync(withKey: false)).Unproven;
        without.Length.ShouldBe(3);
        without.Take(2).ShouldAllBe(sentence => sentence.En.Contains("no key", StringComparison.Ordinal));
        (await new Ledger().VerifyAsync()).Unproven
            .ShouldContain(sentence => sentence.En.Contains("no checkpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R39_An_event_that_was_written_without_the_key_after_the_last_checkpoint_is_found()
    {
        var ledger = await Ledger.WithCheckpointAsync();
        ledger.Add(0, Keys.Chain.Next);
        var honest = await ledger.VerifyAsync();
        honest.Findings.ShouldBeEmpty("the control: with the key it is one more event");
        honest.Unproven.ShouldContain(sentence => sentence.En.StartsWith("1 events are newer", StringComparison.Ordinal));

        ledger = await Ledger.WithCheckpointAsync();
        ledger.Add(0, Forged);
        var finding = (await ledger.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Of).ShouldBe(("event.altered", ledger.Heads[0].Of));
    }

    /// <summary>What somebody without the key can compute.</summary>
    private static byte[] Forged(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body) =>
        System.Security.Cryptography.SHA256.HashData([.. previous, .. body]);

    [Fact]
    public async Task A_deleted_or_forged_checkpoint_is_found()
    {
        var ledger = await Ledger.WithCheckpointAsync();
        ledger.Parts[0] = ledger.Parts[0] with { Body = ledger.Parts[0].Body.ToArray()[..^10] };
        (await ledger.VerifyAsync()).Findings[0].Code.ShouldBe("checkpoint.forged");
        ledger = await Ledger.WithCheckpointAsync();
        ledger.Heads[0] = ledger.Heads[0] with { Version = ledger.Heads[0].Version + 1 };
        await ledger.TakeAsync();
        ledger.Parts.Count.ShouldBe(2);
        ledger.Parts.RemoveAt(0);
        (await ledger.VerifyAsync()).Findings[0].Code.ShouldBe("checkpoint.forged");
    }

    [Theory]
    [InlineData(+1, "chain.replaced")]
    [InlineData(-1, "event.missing")]
    public async Task R28_A_checkpoint_that_is_taken_without_a_proof_does_not_make_a_changed_chain_good(int moved, string code)
    {
        var ledger = await Ledger.WithCheckpointAsync();
        ledger.Replace(1, moved);
        await ledger.TakeAsync();
        ledger.Parts.Count.ShouldBe(2);
        var finding = (await ledger.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Of).ShouldBe((code, ledger.Heads[1].Of));
    }

    [Fact]
    public async Task A_checkpoint_with_nothing_new_adds_no_part()
    {
        var ledger = await Ledger.WithCheckpointAsync();
        await ledger.TakeAsync();
        ledger.Parts.Count.ShouldBe(1);
    }

    private delegate byte[] Next(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body);

    private sealed record Mutation(string Kind, Guid Of, int Version, int Index);

    /// <summary>Three complaints whose rows can be tampered with.</summary>
    private sealed class Ledger : IChainStore
    {
        private static readonly ImmutableArray<ComplaintCommit> Written = [.. new[] { ComplaintState.Closed, ComplaintState.Executing, ComplaintState.OnHold }.SelectMany(Numbered)];

        public List<ChainHead> Heads { get; } = [.. Written.GroupBy(commit => commit.Id).Select(group => group.Last()).Select(
            last => new ChainHead(AggregateId.Of(last.Id), last.Summary.Number, last.Version, last.Head))];

        public List<(Guid Of, StoredEvent Event)> Events { get; } =
            [.. Written.SelectMany(commit => commit.Events.Select(stored => (commit.Id.Value, stored)))];

        public List<CheckpointPart> Parts { get; } = [];

        public static async Task<Ledger> WithCheckpointAsync()
        {
            var ledger = new Ledger();
            await ledger.TakeAsync();
            return ledger;
        }

        public Task TakeAsync() => Checkpoints.TakeAsync(this, TenantId.Default, Keys.Checkpoints, Situation.Morning, default);

        public Task<VerificationReport> VerifyAsync(bool withKey = true) =>
            ChainVerifier.VerifyAsync(this, TenantId.Default, withKey ? Keys : null, default);

        public Mutation Mutate(Random random)
        {
            var at = random.Next(Events.Count);
            var (complaint, stored) = Events[at];
            var head = Heads.FindIndex(head => head.Of.Value == complaint);
            switch (random.Next(8))
            {
                case 0:
                    Events[at] = (complaint, stored with { Body = Flip(stored.Body, random) });
                    return new("flip a byte of an event", complaint, stored.Version, stored.Index);
                case 1:
                    Events[at] = (complaint, stored with { Hash = Flip(stored.Hash, random) });
                    return new("flip a byte of a hash", complaint, stored.Version, stored.Index);
                case 2:
                    Events.RemoveAt(at);
                    return new("delete an event", complaint, 0, 0);
                case 3:
                    var mine = Enumerable.Range(0, Events.Count).Where(i => Events[i].Of == complaint).ToList();
                    var other = mine.First(i => i != at);
                    var (a, b) = (Math.Min(at, other), Math.Max(at, other));
                    (Events[a], Events[b]) = ((complaint, Events[b].Event with { Version = Events[a].Event.Version, Index = Events[a].Event.Index }), (complaint, Events[a].Event with { Version = Events[b].Event.Version, Index = Events[b].Event.Index }));
                    return new("swap two events", complaint, Events[a].Event.Version, Events[a].Event.Index);
                case 4:
                    Heads[head] = Heads[head] with { Head = Flip(Heads[head].Head, random) };
                    return new("flip a byte of the head", complaint, 0, 0);
                case 5:
                    Heads.RemoveAt(head);
                    Events.RemoveAll(entry => entry.Of == complaint);
                    return new("delete a complaint with its history", complaint, 0, 0);
                case 6:
                    var last = Events.Where(entry => entry.Of == complaint).Max(entry => entry.Event.Version);
                    Events.RemoveAll(entry => entry.Of == complaint && entry.Event.Version == last);
                    Heads[head] = Heads[head] with { Version = last - 1, Head = Events.Last(entry => entry.Of == complaint).Event.Hash };
                    return new("delete the last version and put the head back", complaint, last, 0);
                default:
                    Rewrite(complaint, random, Forged);
                    Heads[head] = Heads[head] with { Head = Events.Last(entry => entry.Of == complaint).Event.Hash };
                    return new("compute the whole chain anew", complaint, 0, 0);
            }
        }

        /// <summary>Takes the last version away, or computes the chain anew with a version more; the head fits in both cases.</summary>
        public void Replace(int head, int moved)
        {
            var complaint = Heads[head].Of.Value;
            var last = Events.FindLastIndex(entry => entry.Of == complaint);
            var version = Heads[head].Version + moved;
            if (moved < 0)
                Events.RemoveAll(entry => entry.Of == complaint && entry.Event.Version > version);
            else
                Events.Insert(last + 1, (complaint, Renumbered(Events[last].Event, version)));
            if (moved > 0)
                Rewrite(complaint, new Random(1), Keys.Chain.Next);
            Heads[head] = Heads[head] with { Version = version, Head = Events.Last(entry => entry.Of == complaint).Event.Hash };
        }

        /// <summary>One more event at the end, with a head that fits.</summary>
        public void Add(int head, Next next)
        {
            var complaint = Heads[head].Of.Value;
            var last = Events.FindLastIndex(entry => entry.Of == complaint);
            var more = Renumbered(Events[last].Event, Heads[head].Version + 1);
            more = more with { Hash = next(Events[last].Event.Hash.Span, more.Body.Span) };
            Events.Insert(last + 1, (complaint, more));
            Heads[head] = Heads[head] with { Version = more.Version, Head = more.Hash };
        }

        private static StoredEvent Renumbered(StoredEvent stored, int version) => new(
            version, 0, System.Text.Encoding.UTF8.GetBytes(Sealed.Text(stored.Body).Replace($"\"version\":{stored.Version},\"index\":{stored.Index}", $"\"version\":{version},\"index\":0", StringComparison.Ordinal)), stored.Hash);

        public ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken) => new([TenantId.Default]);

        public IAsyncEnumerable<ChainHead> HeadsAsync(TenantId tenant, CancellationToken cancellationToken) => Stream(Heads, cancellationToken);

        public IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId tenant, CancellationToken cancellationToken) => Stream(
            Events, cancellationToken);

        public IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId tenant, CancellationToken cancellationToken) => Stream(Parts, cancellationToken);

        public ValueTask<StoredChain> ChainAsync(TenantId tenant, Guid complaint, CancellationToken cancellationToken) => new(
            new StoredChain(
            Heads.Find(head => head.Of.Value == complaint), [.. Events.Where(entry => entry.Of == complaint)
                .Select(entry => entry.Event)]));

        public ValueTask SaveCheckpointAsync(TenantId tenant, CheckpointPart part, CancellationToken cancellationToken)
        {
            Parts.Add(part);
            return ValueTask.CompletedTask;
        }

        private void Rewrite(Guid complaint, Random random, Next next)
        {
            ReadOnlyMemory<byte> hash = HashChain.Origin;
            var first = true;
            for (var i = 0; i < Events.Count; i++)
            {
                if (Events[i].Of != complaint)
                    continue;
                var body = Events[i].Event.Body;
                if (first)
                    body = Sealed.Text(body).Replace("\"amy\"", $"\"eve{random.Next(100)}\"", StringComparison.Ordinal) is var changed ? System.Text.Encoding.UTF8.GetBytes(changed) : body;
                first = false;
                hash = next(hash.Span, body.Span);
                Events[i] = (complaint, Events[i].Event with { Body = body, Hash = hash });
            }
        }

        private static List<ComplaintCommit> Numbered(ComplaintState state, int index)
        {
            var situation = Situation.In(state);
            var id = Situation.IdOf(index + 1);
            var renamed = new Situation();
            foreach (var decision in situation.Decisions)
                renamed.Decisions.Add(Complaint.Decide(renamed.Decisions.LastOrDefault()?.Next, Command(decision), renamed.Context(decision.Moment.Actor, index + 1) with { Now = decision.Moment.RecordedAt }));
            renamed.Decisions[^1].Complaint.Id.ShouldBe(id);
            return Sealed.Commits(renamed);
        }

        /// <summary>The command that led to a decision of <see cref="Situation.In"/>, told by its first event.</summary>
        private static ComplaintCommand Command(Decision decision) => decision.Events[0] switch
        {
            Core.Resolution.ComplaintResolved resolved => new Core.Resolution.Resolve(resolved.Outcome, ConfirmedInCall: resolved.ConfirmedInCall),
            Core.Resolution.ComplaintClosed => new Core.Resolution.Close(),
            Core.Resolution.ProposalMade => new Core.Resolution.Propose(["exchange"]),
            Core.Resolution.ProposalPresented => new Core.Resolution.Present(1),
            Core.Resolution.ProposalAccepted => new Core.Resolution.AcceptProposal(1, "phone"),
            HoldPlaced placed => new PlaceOnHold(placed.Reason),
            _ => new Core.Intake.Register(Situation.Draft),
        };

        private static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> bytes, Random random)
        {
            var changed = bytes.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            return changed;
        }

        private static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var item in items)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
            await Task.CompletedTask;
        }
    }
}
