using System.Data.Common;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>Writes a complaint row by row in one transaction: for a database in the same process, where a statement costs next to nothing.</summary>
internal sealed class RowWriter(ITransactions transactions, ISqlDialect dialect) : ICommitWriter
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

    private static readonly SqlText SetWork = new(WorkSql.Set("values (@tenant, @aggregate, @noun, @subject, @work, @person, @team, @duty, "
        + "@amount, @not_for, @area, @due_at, @since)"));

    private static readonly SqlText RemoveWork = new(
        "delete from work where tenant = @tenant and aggregate = @aggregate and subject = @subject and work = @work");

    private static readonly SqlText SetLink = new(
        "insert into link (tenant, complaint, other, noun, kind) values (@tenant, @complaint, @other, @noun, @kind) on conflict do nothing");

    private static readonly SqlText RemoveLink = new(
        "delete from link where tenant = @tenant and complaint = @complaint and other = @other and kind = @kind");

    private static readonly SqlText SetParty = new(
        "insert into taking_part (tenant, complaint, party, received_at) values (@tenant, @complaint, @party, @received_at) "
        + "on conflict do nothing");

    private static readonly SqlText RemoveParty = new(
        "delete from taking_part where tenant = @tenant and complaint = @complaint and party = @party");

    private static readonly SqlText InsertMessage = new(
        "insert into outbox (tenant, id, complaint, topic, payload, created_at, due_at) values (@tenant, @id, @complaint, @topic, @payload, @created_at, @due_at)");

    private static readonly SqlText InsertLookup = new(
        """
        insert into lookup (tenant, hash, complaint, person, kind, form) values (@tenant, @hash, @complaint, @person, @kind, @form)
        on conflict do nothing
        """);

    private static readonly SqlText InsertKey = new(
        "insert into subject_key (tenant, subject, wrapped) values (@tenant, @subject, @wrapped)");

    private static readonly SqlText InsertPerson = new(
        "insert into participant (tenant, complaint, person) values (@tenant, @complaint, @person)");

    private static readonly SqlText FindSeen = new("select 1 from complaint where tenant = @tenant and id = @id and version = @version");

    private static readonly SqlText FindKey = new("select 1 from subject_key where tenant = @tenant and subject = @subject");

    private static readonly SqlText TakeNumber = new(LoadSql.TakeNumbers("@tenant", "@year", "@next", "@first"));

    private static readonly SqlText FindSource = new(LoadSql.Existing);

    public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        transactions.WriteAsync(async session =>
        {
            var written = await TryWriteAsync(session, commit).ConfigureAwait(false);
            return new Written<CommitOutcome>(written ? CommitOutcome.Committed : CommitOutcome.Conflict, Keep: written);
        }, cancellationToken);

    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) =>
        transactions.WriteAsync(async session =>
        {
            var written = 0;
            foreach (var commit in commits)
            {
                // Asked first, because a refused row cannot be told from another taken key, and a savepoint a row would cost more than the look-up.
                var isKnown = commit.Summary.SourceHash is { } source
                    && await IsThereAsync(session, FindSource, commit.Tenant.Value, source).ConfigureAwait(false);
                if (isKnown && commit.Number is null)
                    continue;
                var isWritten = !isKnown && await TryWriteAsync(session, commit).ConfigureAwait(false);
                if (!isWritten && commit.Number is not null)
                    return new Written<int>(0, Keep: false);
                if (!isWritten)
                    throw new StoreException($"Complaint {commit.Id} with number {commit.Summary.Number} cannot be imported: its id, its number or its key is taken.");
                written++;
            }
            return new Written<int>(written, Keep: true);
        }, cancellationToken);

    /// <summary>Writes a commit into the transaction at hand; false when the version, another complaint's version, the command id, the
    /// number, the source's id or a destroyed key stands in the way.</summary>
    public async ValueTask<bool> TryWriteAsync(SqlSession session, ComplaintCommit commit)
    {
        if (commit.Unchanged is { } seen && !await IsThereAsync(session, FindSeen, commit.Tenant.Value, seen.Id.Value, (long)seen.Version).ConfigureAwait(false))
            return false;
        foreach (var person in commit.SealedUnder)
        {
            if (!await IsThereAsync(session, FindKey, commit.Tenant.Value, person.Value).ConfigureAwait(false))
                return false;
        }
        try
        {
            if (commit.Number is { } taken && await session.RunAsync(TakeNumber, commit.Tenant.Value, (long)taken.Year, taken.Number + 1, taken.Number).ConfigureAwait(false) == 0)
                return false;
            var complaint = commit.ExpectedVersion == 0
                ? session.RunAsync(ComplaintRow.Insert, ComplaintRow.InsertValues(commit))
                : commit.StaysInPlace ? session.RunAsync(ComplaintRow.UpdateInPlace, ComplaintRow.InPlaceValues(commit))
                : session.RunAsync(ComplaintRow.Update, ComplaintRow.UpdateValues(commit));
            if (await complaint.ConfigureAwait(false) == 0)
                return false;
            await session.RunAsync(StateRow.Write, StateRow.Values(commit)).ConfigureAwait(false);
            await WritePartsAsync(session, commit).ConfigureAwait(false);
            return true;
        }
        catch (DbException e) when (dialect.IsDuplicate(e))
        {
            return false;
        }
    }

    private static async ValueTask WritePartsAsync(SqlSession session, ComplaintCommit commit)
    {
        var tenant = commit.Tenant.Value;
        var id = commit.Id.Value;
        if (commit.Command is { } command)
            await session.RunAsync(InsertCommand, tenant, command.Id.Value, command.Hash, Values.Of(command.Answer), Values.Of(command.RecordedAt)).ConfigureAwait(false);
        foreach (var happened in commit.Events)
            await session.RunAsync(InsertEvent, tenant, id, (long)happened.Version, (long)happened.Index, Values.Of(happened.Hash), Values.Of(happened.Body)).ConfigureAwait(false);
        foreach (var timer in commit.TimersToRemove)
            await session.RunAsync(RemoveTimer, tenant, id, timer.Clock, timer.Purpose).ConfigureAwait(false);
        foreach (var timer in commit.TimersToSet)
            await session.RunAsync(SetTimer, tenant, id, timer.Clock, timer.Purpose, Values.Of(timer.Due)).ConfigureAwait(false);
        foreach (var done in commit.WorkToRemove)
            await session.RunAsync(RemoveWork, tenant, id, WorkSql.Name(done.Subject), done.Work).ConfigureAwait(false);
        foreach (var waiting in commit.WorkToSet)
            await session.RunAsync(SetWork, [tenant, .. WorkSql.ValuesOf(AggregateId.Of(commit.Id), waiting)]).ConfigureAwait(false);
        foreach (var link in commit.LinksToRemove)
            await session.RunAsync(RemoveLink, tenant, id, link.Other.Value, link.Kind).ConfigureAwait(false);
        foreach (var link in commit.LinksToSet)
            await session.RunAsync(SetLink, tenant, id, link.Other.Value, link.Other.Noun, link.Kind).ConfigureAwait(false);
        foreach (var party in commit.PartiesToRemove)
            await session.RunAsync(RemoveParty, tenant, id, party).ConfigureAwait(false);
        foreach (var party in commit.PartiesToSet)
            await session.RunAsync(SetParty, tenant, id, party, Values.Of(commit.Summary.ReceivedAt)).ConfigureAwait(false);
        foreach (var message in commit.Outbox)
            await session.RunAsync(InsertMessage, tenant, message.Id, id, message.Topic, Values.Of(message.Payload), Values.Of(message.CreatedAt), Values.Of(message.DueAt)).ConfigureAwait(false);
        if (commit.Amended is { } amended)
            await AmendSql.WriteAsync(session, commit, amended).ConfigureAwait(false);
        foreach (var lookup in commit.Amended?.Lookups ?? commit.Lookups)
        {
            var person = commit.Summary.Person.Value;
            await session.RunAsync(InsertLookup, tenant, lookup.Hash, id, person, lookup.Kind, (long)lookup.Form).ConfigureAwait(false);
        }
        foreach (var key in commit.NewKeys)
            await session.RunAsync(InsertKey, tenant, key.Subject.Value, Values.Of(key.Wrapped)).ConfigureAwait(false);
        foreach (var person in commit.NewPersons)
            await session.RunAsync(InsertPerson, tenant, id, person.Value).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsThereAsync(SqlSession session, SqlText find, params object?[] values)
    {
        var row = await session.QueryAsync(find, CancellationToken.None, values).ConfigureAwait(false);
        await using var _ = row.ConfigureAwait(false);
        return await row.ReadAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
