using Complaints.Core;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>One command id, one effect.</summary>
/// <inheritdoc/>
public abstract class IdempotencyLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>Who repeats a command after "outcome unknown" needs the first answer, byte for byte.</summary>
    [Fact]
    public async Task A_commands_row_is_loaded_with_the_complaint()
    {
        var commit = await CommittedAsync(Samples.New());

        var earlier = (await LoadAsync(commit, commit.Command!.Id)).Earlier;
        Assert.NotNull(earlier);
        Assert.Equal((commit.Command.Id, commit.Command.Hash, commit.Command.RecordedAt), (earlier.Id, earlier.Hash, earlier.RecordedAt));
        Same(commit.Command.Answer, earlier.Answer);
    }

    /// <summary>A repeated registration carries a new complaint's id, so that only the command's id tells.</summary>
    [Fact]
    public async Task A_commands_row_is_loaded_at_intake()
    {
        var commit = await CommittedAsync(Samples.New());

        var loaded = await Store.LoadIntakeAsync(new IntakeQuery(Tenant, commit.Command!.Id, [], 2026, 0), None);
        Assert.Equal(commit.Command.Hash, loaded.Earlier?.Hash);
    }

    /// <summary>Ids are of the tenant, whatever complaint the command was about.</summary>
    [Fact]
    public async Task A_commands_row_is_found_whatever_complaint_is_loaded()
    {
        var commit = await CommittedAsync(Samples.New());

        Assert.NotNull((await LoadAsync(Samples.New(), commit.Command!.Id)).Earlier);
    }

    /// <summary>Another command's row is no answer to this one.</summary>
    [Fact]
    public async Task Another_commands_row_is_not_loaded()
    {
        var commit = await CommittedAsync(Samples.New());

        Assert.Null((await LoadAsync(commit, new CommandId(Samples.NewId()))).Earlier);
    }

    /// <summary>Two requests with one id may both find nothing and both commit: the second must not take effect.</summary>
    [Fact]
    public async Task A_command_id_that_was_used_is_a_conflict_on_the_same_complaint()
    {
        var first = await CommittedAsync(Samples.New());

        await RefusedAsync(Samples.After(first) with { Command = first.Command });
        Assert.Equal(1, (await StoredAsync(first)).Version);
    }

    /// <summary>The same for two registrations.</summary>
    [Fact]
    public async Task A_command_id_that_was_used_is_a_conflict_on_a_new_complaint()
    {
        var first = await CommittedAsync(Samples.New());
        var second = Samples.New() with { Command = first.Command };

        await RefusedAsync(second);
        Assert.Null((await LoadAsync(second)).Complaint);
        Assert.Equal(1, (await CountsAsync()).Complaints);
    }

    /// <summary>Every command of a complaint stays known, not only the newest.</summary>
    [Fact]
    public async Task Older_commands_stay_known()
    {
        var first = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.After(first));

        Assert.NotNull((await LoadAsync(first, first.Command!.Id)).Earlier);
    }

    /// <summary>An answer is bytes of the desk; a store that touches them answers something else.</summary>
    [Fact]
    public async Task An_answer_may_hold_any_byte_or_none()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var one = await CommittedAsync(Samples.New() with { Command = Samples.Command() with { Answer = bytes } });
        var other = await CommittedAsync(Samples.New() with { Command = Samples.Command() with { Answer = Array.Empty<byte>() } });

        Same(bytes, (await LoadAsync(one, one.Command!.Id)).Earlier!.Answer);
        Same(Array.Empty<byte>(), (await LoadAsync(other, other.Command!.Id)).Earlier!.Answer);
    }

    /// <summary>The node that is asked again need not be the one that answered.</summary>
    [Fact]
    public async Task R02_another_instance_knows_the_commands_row()
    {
        var commit = await CommittedAsync(Samples.New());

        var other = await OpenAgainAsync();
        Assert.Equal(commit.Command!.Hash, (await other.Store.LoadAsync(Tenant, commit.Id, commit.Command.Id, None)).Earlier?.Hash);
        Assert.Equal(CommitOutcome.Conflict, await other.Store.CommitAsync(Samples.New() with { Command = commit.Command }, None));
    }
}
