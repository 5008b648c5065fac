using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Messages are handed out to one sender at a time and settled by whoever holds them.</summary>
/// <inheritdoc/>
public abstract class QueueLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private static readonly Duration Lease = Duration.FromSeconds(30);
    private int _claims;

    private static Instant At(double seconds) => SampleCommits.Start + Duration.FromSeconds(seconds);

    private async Task<OutboxClaim> ClaimAsync(double seconds = 0, int max = 10, string channel = "", bool isOrdered = false, StorePorts? ports = null) =>
        await (ports ?? Ports).Outbox.ClaimAsync(Tenant, new OutboxQuery($"claim-{++_claims}", max, Lease, channel, isOrdered, At(seconds)), None);

    private async Task<int> SettleAsync(OutboxClaim claim, MessageFate fate, double seconds = 1) => await Ports.Outbox.SettleAsync(Tenant, claim.Token, [fate], At(seconds), None);

    private async Task<OutboxMessage> WaitingAsync(string topic = "complaints.registered.v1", Instant? notBefore = null)
    {
        var message = Samples.Message(topic) with { NotBefore = notBefore };
        await CommittedAsync(Samples.New() with { Outbox = [message] });
        return message;
    }

    /// <summary>What a sender needs: the id that travels, the bytes, what it is about.</summary>
    [Fact]
    public async Task A_claim_gives_the_message_as_it_was_written()
    {
        var message = Samples.Message() with { Payload = System.Text.Encoding.UTF8.GetBytes("""{"number":"2026-000001","name":"投诉"}""") };
        var commit = await CommittedAsync(Samples.New() with { Outbox = [message] });
        var claimed = Assert.Single((await ClaimAsync()).Messages);

        Assert.Equal((message.Id, commit.Id, message.Topic, message.CreatedAt, 1), (claimed.Id, claimed.Complaint, claimed.Topic, claimed.CreatedAt, claimed.Attempt));
        Same(message.Payload, claimed.Payload);
    }

    /// <summary>A message that a sender has is nobody else's.</summary>
    [Fact]
    public async Task What_was_claimed_is_not_claimed_again_before_the_lease_is_over()
    {
        await WaitingAsync();
        Assert.Single((await ClaimAsync()).Messages);
        Assert.Empty((await ClaimAsync(29)).Messages);
        Assert.Equal(2, Assert.Single((await ClaimAsync(30)).Messages).Attempt);
    }

    /// <summary>A message that waits for the receiver's hours stays where it is.</summary>
    [Fact]
    public async Task T22_A_message_is_not_handed_out_before_its_time()
    {
        await WaitingAsync(notBefore: At(100));
        Assert.Empty((await ClaimAsync(99)).Messages);
        Assert.Single((await ClaimAsync(100)).Messages);
    }

    /// <summary>Delivered is delivered.</summary>
    [Fact]
    public async Task What_was_delivered_never_comes_again()
    {
        var message = await WaitingAsync();
        Assert.Equal(1, await SettleAsync(await ClaimAsync(), new MessageFate.Delivered(message.Id)));
        Assert.Empty((await ClaimAsync(1_000_000)).Messages);
        Assert.Equal(0, (await CountsAsync()).Outbox);
    }

    /// <summary>A node that stood still beyond its lease says nothing any more.</summary>
    [Fact]
    public async Task R08_Who_lost_its_lease_to_another_settles_nothing()
    {
        var message = await WaitingAsync();
        var slow = await ClaimAsync();
        var next = await ClaimAsync(31);
        Assert.Equal(0, await SettleAsync(slow, new MessageFate.Delivered(message.Id), 32));
        Assert.Equal(0, await SettleAsync(slow, new MessageFate.GivenUp(message.Id, "late"), 32));
        Assert.Equal(0, await SettleAsync(slow, new MessageFate.Retried(message.Id, At(33)), 32));
        Assert.Equal(1, await SettleAsync(next, new MessageFate.Delivered(message.Id), 33));
    }

    /// <summary>A sender that was only slow may still say that it delivered, as long as nobody else has the message.</summary>
    [Fact]
    public async Task A_lease_that_is_over_and_was_not_taken_by_another_can_still_be_settled()
    {
        var message = await WaitingAsync();
        Assert.Equal(1, await SettleAsync(await ClaimAsync(), new MessageFate.Delivered(message.Id), 100));
    }

    /// <summary>Settling twice is what a sender does that did not hear the first answer.</summary>
    [Fact]
    public async Task A_message_is_settled_once()
    {
        var message = await WaitingAsync();
        var claim = await ClaimAsync();
        Assert.Equal(1, await SettleAsync(claim, new MessageFate.Delivered(message.Id)));
        Assert.Equal(0, await SettleAsync(claim, new MessageFate.Delivered(message.Id)));
    }

    /// <summary>A receiver that asked for a pause gets one, and the attempts are counted.</summary>
    [Fact]
    public async Task What_is_to_be_retried_comes_again_at_its_instant_with_the_next_attempt()
    {
        var message = await WaitingAsync();
        Assert.Equal(1, await SettleAsync(await ClaimAsync(), new MessageFate.Retried(message.Id, At(60))));
        Assert.Empty((await ClaimAsync(59)).Messages);
        var again = Assert.Single((await ClaimAsync(60)).Messages);
        Assert.Equal((message.Id, 2), (again.Id, again.Attempt));
    }

    /// <summary>What was claimed and not tried is nobody's failure: it is not given up for having waited.</summary>
    [Fact]
    public async Task What_was_released_comes_again_and_its_claim_was_no_attempt()
    {
        var message = await WaitingAsync();
        var claim = await ClaimAsync();
        Assert.Equal(1, await SettleAsync(claim, new MessageFate.Released(message.Id, At(5))));
        Assert.Equal(0, await SettleAsync(claim, new MessageFate.Released(message.Id, At(5))));
        Assert.Empty((await ClaimAsync(4)).Messages);
        var again = Assert.Single((await ClaimAsync(5)).Messages);
        Assert.Equal((message.Id, 1), (again.Id, again.Attempt));
    }

    /// <summary>A message that cannot be delivered is kept with the reason, and out of the way of the others.</summary>
    [Fact]
    public async Task R11_What_was_given_up_is_listed_with_its_reason_and_does_not_come_again()
    {
        var message = await WaitingAsync("complaints.clock-breached.v1");
        Assert.Equal(1, await SettleAsync(await ClaimAsync(), new MessageFate.GivenUp(message.Id, "收件人不存在")));
        Assert.Empty((await ClaimAsync(1_000_000)).Messages);
        var dead = Assert.Single(await Ports.Outbox.DeadAsync(Tenant, 10, None));
        Assert.Equal((message.Id, "complaints.clock-breached.v1", 1, At(1), "收件人不存在"), (dead.Id, dead.Topic, dead.Attempts, dead.GivenUpAt, dead.Reason));
        Assert.Equal(0, (await CountsAsync()).Outbox);
    }

    /// <summary>The newest dead letter is the one that somebody looks for.</summary>
    [Fact]
    public async Task Dead_letters_are_listed_newest_first_and_at_most_as_many_as_asked_for()
    {
        var first = await WaitingAsync();
        var second = await WaitingAsync();
        var claim = await ClaimAsync();
        await SettleAsync(claim, new MessageFate.GivenUp(first.Id, "a"), 1);
        await SettleAsync(claim, new MessageFate.GivenUp(second.Id, "b"), 2);
        Assert.Equal([second.Id, first.Id], (await Ports.Outbox.DeadAsync(Tenant, 10, None)).Select(dead => dead.Id));
        Assert.Single(await Ports.Outbox.DeadAsync(Tenant, 1, None));
    }

    /// <summary>After the cause is gone it goes out.</summary>
    [Fact]
    public async Task R11_A_dead_letter_can_be_replayed_and_begins_anew()
    {
        var message = await WaitingAsync();
        await SettleAsync(await ClaimAsync(), new MessageFate.GivenUp(message.Id, "no route"));
        Assert.Equal(1, await Ports.Outbox.ReplayAsync(Tenant, [message.Id, Guid.NewGuid()], At(50), None));
        Assert.Empty(await Ports.Outbox.DeadAsync(Tenant, 10, None));
        Assert.Equal(1, Assert.Single((await ClaimAsync(50)).Messages).Attempt);
    }

    /// <summary>Only what was given up is replayed: anything else would be sent twice.</summary>
    [Fact]
    public async Task Neither_a_waiting_nor_a_delivered_message_is_replayed()
    {
        var waiting = await WaitingAsync(notBefore: At(500));
        var delivered = await WaitingAsync();
        await SettleAsync(await ClaimAsync(), new MessageFate.Delivered(delivered.Id));
        Assert.Equal(0, await Ports.Outbox.ReplayAsync(Tenant, [waiting.Id, delivered.Id], At(2), None));
    }

    /// <summary>The longest due first, and no more than a sender can carry.</summary>
    [Fact]
    public async Task A_claim_takes_the_longest_due_first_and_at_most_as_many_as_asked_for()
    {
        var late = await WaitingAsync(notBefore: At(20));
        var early = await WaitingAsync(notBefore: At(10));
        Assert.Equal(early.Id, Assert.Single((await ClaimAsync(30, max: 1)).Messages).Id);
        Assert.Equal(late.Id, Assert.Single((await ClaimAsync(30, max: 1)).Messages).Id);
    }

    /// <summary>Some receivers must hear of a complaint's events one after the other.</summary>
    [Fact]
    public async Task In_order_a_message_waits_until_the_earlier_ones_of_its_complaint_are_settled()
    {
        OutboxMessage[] messages = [.. Enumerable.Range(0, 3).Select(i => Samples.Message() with { CreatedAt = At(i) })];
        await CommittedAsync(Samples.New() with { Outbox = [.. messages] });
        var other = await WaitingAsync();
        var first = await ClaimAsync(10, isOrdered: true);
        Assert.Equal(new[] { messages[0].Id, other.Id }.Order(), first.Messages.Select(message => message.Id).Order());
        Assert.Empty((await ClaimAsync(11, isOrdered: true)).Messages);
        await SettleAsync(first, new MessageFate.GivenUp(messages[0].Id, "gone"), 12);
        Assert.Equal(messages[1].Id, Assert.Single((await ClaimAsync(13, isOrdered: true)).Messages).Id);
    }

    /// <summary>Messages are divided by several nodes, and a later one may be divided first.</summary>
    [Fact]
    public async Task In_order_a_message_waits_for_an_earlier_one_that_is_not_divided_yet()
    {
        OutboxMessage[] messages = [.. Enumerable.Range(0, 2).Select(i => Samples.Message() with { CreatedAt = At(i) })];
        await CommittedAsync(Samples.New() with { Outbox = [.. messages] });
        var slow = await ClaimAsync(0);
        var quick = await ClaimAsync(1);
        await SettleAsync(quick, Divided(messages[1], 'b'), 2);
        Assert.Empty((await ClaimAsync(3, channel: "bus", isOrdered: true)).Messages);
        await SettleAsync(slow, Divided(messages[0], 'a'), 4);
        Assert.Equal(messages[0].CreatedAt, Assert.Single((await ClaimAsync(5, channel: "bus", isOrdered: true)).Messages).CreatedAt);
    }

    /// <summary>Who is told of a breach does not wait for the hours of the customer, who is told of something else.</summary>
    [Fact]
    public async Task T22_In_order_a_message_does_not_wait_for_one_whose_time_has_not_come()
    {
        var later = Samples.Message() with { CreatedAt = At(1) };
        await CommittedAsync(Samples.New() with { Outbox = [Samples.Message() with { CreatedAt = At(0), NotBefore = At(100) }, later] });
        await SettleAsync(await ClaimAsync(2), Divided(later, 'b'), 3);
        Assert.Equal(later.CreatedAt, Assert.Single((await ClaimAsync(99, channel: "bus", isOrdered: true)).Messages).CreatedAt);
    }

    private static MessageFate.Divided Divided(OutboxMessage message, char name) => new(message.Id, [(Guid.Parse($"00000000-0000-7000-8000-00000000000{name}"), "bus")]);

    /// <summary>Several channels: one that is down must not hold up the others.</summary>
    [Fact]
    public async Task A_message_is_divided_among_channels_once_however_often_that_is_tried()
    {
        var message = await WaitingAsync();
        ImmutableArray<(Guid, string)> parts = [(Guid.Parse("00000000-0000-7000-8000-00000000000a"), "email"), (Guid.Parse("00000000-0000-7000-8000-00000000000b"), "webhook")];
        var claim = await ClaimAsync();
        Assert.Equal(1, await SettleAsync(claim, new MessageFate.Divided(message.Id, parts)));
        Assert.Equal(0, await SettleAsync(claim, new MessageFate.Divided(message.Id, parts)));
        Assert.Empty((await ClaimAsync(100)).Messages);
        var email = Assert.Single((await ClaimAsync(100, channel: "email")).Messages);
        Assert.Equal((parts[0].Item1, message.Topic), (email.Id, email.Topic));
        Same(message.Payload, email.Payload);
        Assert.Single((await ClaimAsync(100, channel: "webhook")).Messages);
        Assert.Equal(2, (await CountsAsync()).Outbox);
    }

    /// <summary>Two nodes at once share the work and nothing is done twice.</summary>
    [Fact]
    public async Task R06_Claims_at_the_same_time_share_the_messages()
    {
        for (var i = 0; i < 40; i++)
            await WaitingAsync();
        var second = await OpenAgainAsync();
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ClaimAsync(1, max: 5, ports: i % 2 == 0 ? Ports : second))));
        var ids = claims.SelectMany(claim => claim.Messages).Select(message => message.Id).ToList();
        for (var i = 0; i < 8; i++)
            ids.AddRange((await ClaimAsync(1, max: 5)).Messages.Select(message => message.Id));
        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct().Count());
    }

    /// <summary>Nobody sends another tenant's messages, or settles them.</summary>
    [Fact]
    public async Task A_claim_is_the_tenants_own()
    {
        var message = await WaitingAsync();
        Assert.Empty((await Ports.Outbox.ClaimAsync(Stranger, new OutboxQuery("theirs", 10, Lease, Now: At(10)), None)).Messages);
        var claim = await ClaimAsync(10);
        Assert.Equal(0, await Ports.Outbox.SettleAsync(Stranger, claim.Token, [new MessageFate.Delivered(message.Id)], At(11), None));
        Assert.Equal(0, await Ports.Outbox.ReplayAsync(Stranger, [message.Id], At(11), None));
    }

    /// <summary>Health looks at ages, not at counts.</summary>
    [Fact]
    public async Task Ages_are_those_of_what_is_due()
    {
        await WaitingAsync(notBefore: At(10));
        await CommittedAsync(Samples.New() with { TimersToSet = [new("resolution/1", "breach", At(40))] });
        Assert.Equal(new QueueAges(Duration.Zero, Duration.Zero, 0), await Ports.Outbox.AgesAsync(Tenant, At(9), None));
        Assert.Equal(new QueueAges(Duration.FromSeconds(90), Duration.FromSeconds(60), 0), await Ports.Outbox.AgesAsync(Tenant, At(100), None));
        Assert.Equal(new QueueAges(Duration.Zero, Duration.Zero, 0), await Ports.Outbox.AgesAsync(Stranger, At(100), None));
    }

    /// <summary>Housekeeping takes what was delivered long ago and nothing else.</summary>
    [Fact]
    public async Task Only_what_was_delivered_before_an_instant_is_forgotten()
    {
        var old = await WaitingAsync();
        var young = await WaitingAsync();
        var dead = await WaitingAsync();
        await WaitingAsync(notBefore: At(500));
        var claim = await ClaimAsync();
        await SettleAsync(claim, new MessageFate.Delivered(old.Id), 10);
        await SettleAsync(claim, new MessageFate.Delivered(young.Id), 20);
        await SettleAsync(claim, new MessageFate.GivenUp(dead.Id, "no"), 10);
        Assert.Equal(1, await Ports.Outbox.ForgetDeliveredAsync(Tenant, At(20), None));
        Assert.Equal(1, (await CountsAsync()).Outbox);
        Assert.Single(await Ports.Outbox.DeadAsync(Tenant, 10, None));
    }

    /// <summary>Where nobody says what time it is, the database's clock counts.</summary>
    [Fact]
    public async Task R07_Without_an_instant_the_stores_own_clock_counts()
    {
        await CommittedAsync(Samples.New() with { Outbox = [Samples.Message(), Samples.Message() with { NotBefore = Instant.FromUtc(2099, 1, 1, 0, 0) }] });
        Assert.Single((await Ports.Outbox.ClaimAsync(Tenant, new OutboxQuery("now", 10, Lease), None)).Messages);
    }
}
