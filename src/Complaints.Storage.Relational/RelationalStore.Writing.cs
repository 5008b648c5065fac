using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <content>The one write.</content>
public abstract partial class RelationalStore
{
    private static readonly SqlText InsertCommand = new(
        "insert into command (tenant, id, hash, answer, recorded_at) values (@tenant, @id, @hash, @answer, @recorded_at)");

    private static readonly SqlText InsertEvent = new(
        "insert into event (tenant, complaint, version, idx, hash, body) values (@tenant, @complaint, @version, @idx, @hash, @body)");

    private static readonly SqlText SetTimer = new(
        """
        insert into timer (tenant, complaint, clock, purpose, due_at) values (@tenant, @complaint, @clock, @purpose, @due_at)
        on conflict (tenant, complaint, clock, purpose) do update set due_at = excluded.due_at
        """);

    private static readonly SqlText RemoveTimer = new(
        "delete from timer where tenant = @tenant and complaint = @complaint and clock = @clock and purpose = @purpose");

    private static readonly SqlText InsertMessage = new(
        "insert into outbox (tenant, id, complaint, topic, payload, created_at, not_before) values (@tenant, @id, @complaint, @topic, @payload, @created_at, @not_before)");

    private static readonly SqlText InsertLookup = new(
        "insert into lookup (tenant, hash, complaint) values (@tenant, @hash, @complaint) on conflict do nothing");

    private static readonly SqlText InsertKey = new(
        "insert into subject_key (tenant, subject, wrapped) values (@tenant, @subject, @wrapped)");

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return _sessions.WriteAsync(async session =>
        {
            var written = await TryWriteAsync(session, commit).ConfigureAwait(false);
            return new Written<CommitOutcome>(written ? CommitOutcome.Committed : CommitOutcome.Conflict, Keep: written);
        }, cancellationToken);
    }

    /// <summary>Writes a commit into the transaction at hand; false when the version, the command id, the number or the source's id stands in the way.</summary>
    private async ValueTask<bool> TryWriteAsync(SqlSession session, ComplaintCommit commit)
    {
        try
        {
            var complaint = commit.ExpectedVersion == 0 ? ComplaintRow.BindInsert(session, commit) : ComplaintRow.BindUpdate(session, commit);
            if (await RunAsync(complaint).ConfigureAwait(false) == 0)
                return false;
            await WritePartsAsync(session, commit).ConfigureAwait(false);
            return true;
        }
        catch (DbException e) when (_sessions.Dialect.IsDuplicate(e))
        {
            return false;
        }
    }

    private static async ValueTask WritePartsAsync(SqlSession session, ComplaintCommit commit)
    {
        var tenant = commit.Tenant.Value;
        var id = Values.Of(commit.Id.Value);
        if (commit.Command is { } command)
            await RunAsync(session.Bind(InsertCommand, tenant, Values.Of(command.Id.Value), command.Hash, Values.Of(command.Answer), Values.Of(command.RecordedAt))).ConfigureAwait(false);
        foreach (var happened in commit.Events)
            await RunAsync(session.Bind(InsertEvent, tenant, id, (long)happened.Version, (long)happened.Index, Values.Of(happened.Hash), Values.Of(happened.Body))).ConfigureAwait(false);
        foreach (var timer in commit.TimersToRemove)
            await RunAsync(session.Bind(RemoveTimer, tenant, id, timer.Clock, timer.Purpose)).ConfigureAwait(false);
        foreach (var timer in commit.TimersToSet)
            await RunAsync(session.Bind(SetTimer, tenant, id, timer.Clock, timer.Purpose, Values.Of(timer.Due))).ConfigureAwait(false);
        foreach (var message in commit.Outbox)
            await RunAsync(session.Bind(InsertMessage, tenant, Values.Of(message.Id), id, message.Topic, Values.Of(message.Payload), Values.Of(message.CreatedAt), Values.Of(message.NotBefore))).ConfigureAwait(false);
        foreach (var hash in commit.Lookups)
            await RunAsync(session.Bind(InsertLookup, tenant, hash, id)).ConfigureAwait(false);
        if (commit.NewKey is { } key)
            await RunAsync(session.Bind(InsertKey, tenant, Values.Of(key.Subject.Value), Values.Of(key.Wrapped))).ConfigureAwait(false);
    }

    private static Task<int> RunAsync(DbCommand command) => command.ExecuteNonQueryAsync(CancellationToken.None);
}
