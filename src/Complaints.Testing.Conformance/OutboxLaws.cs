using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Messages are written with the change that they tell of.</summary>
/// <inheritdoc/>
public abstract class OutboxLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>A message that is not stored is never sent, and nobody notices.</summary>
    [Fact]
    public async Task Every_message_of_a_commit_waits_to_be_sent()
    {
        var first = await CommittedAsync(Samples.New() with { Outbox = [Samples.Message(), Samples.Message("complaints.resolved.v1")] });
        await CommittedAsync(Samples.After(first) with { Outbox = [Samples.Message("complaints.closed.v1")] });

        Assert.Equal(3, (await CountsAsync()).Outbox);
    }

    /// <summary>The receiver recognizes a message by its id: an id that is there already belongs to another one.</summary>
    [Fact]
    public async Task A_message_id_that_is_taken_is_a_conflict()
    {
        var message = Samples.Message();
        await CommittedAsync(Samples.New() with { Outbox = [message] });
        var second = Samples.New();
        await RefusedAsync(second with { Outbox = [message] });

        Assert.Null((await LoadAsync(second)).Complaint);
        Assert.Equal(1, (await CountsAsync()).Outbox);
    }

    /// <summary>What was committed by another instance waits as well.</summary>
    [Fact]
    public async Task Messages_of_another_instance_wait_too()
    {
        var other = await OpenAgainAsync();
        await other.Store.CommitAsync(Samples.New() with { Outbox = [Samples.Message()] }, None);

        Assert.Equal(1, (await CountsAsync()).Outbox);
    }

    /// <summary>A message's id is unique for the tenant; two tenants know nothing of each other.</summary>
    [Fact]
    public async Task Two_tenants_may_have_messages_of_one_id()
    {
        var message = Samples.Message();
        await CommittedAsync(Samples.New() with { Outbox = [message] });
        await CommittedAsync(Samples.New(owner: Stranger) with { Outbox = [message] });

        Assert.Equal(1, (await CountsAsync()).Outbox);
        Assert.Equal(1, (await Reader.CountAsync(Stranger, None)).Outbox);
    }
}
