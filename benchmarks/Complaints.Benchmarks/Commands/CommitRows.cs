using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;

namespace Complaints.Benchmarks.Commands;

/// <summary>A row of a table.</summary>
internal readonly record struct Row(string Table, IReadOnlyList<string> Columns, object?[] Values);

/// <summary>The rows that a new complaint has in the tables, for arms that insert them by hand.</summary>
internal static class CommitRows
{
    private static readonly string[] Complaint = ["tenant", .. ComplaintRow.Columns.Select(column => column.Name)];
    private static readonly string[] State = ["tenant", "complaint", .. StateRow.Columns.Select(column => column.Name)];
    private static readonly string[] Command = ["tenant", "id", "hash", "answer", "recorded_at"];
    private static readonly string[] Event = ["tenant", "complaint", "version", "idx", "hash", "body"];
    private static readonly string[] Timer = ["tenant", "complaint", "clock", "purpose", "due_at"];
    private static readonly string[] Work =
    [
        "tenant", "aggregate", "noun", "subject", "work", "person", "team", "duty", "amount", "not_for", "area", "due_at", "since",
    ];

    private static readonly string[] Link = ["tenant", "complaint", "other", "noun", "kind"];
    private static readonly string[] Message = ["tenant", "id", "complaint", "topic", "payload", "created_at", "due_at"];
    private static readonly string[] Lookup = ["tenant", "hash", "complaint", "person", "kind", "form"];
    private static readonly string[] Party = ["tenant", "complaint", "party", "received_at"];
    private static readonly string[] Key = ["tenant", "subject", "wrapped"];

    public static IEnumerable<Row> Of(ComplaintCommit commit)
    {
        var tenant = commit.Tenant.Value;
        var id = commit.Id.Value;
        yield return new("complaint", Complaint, ComplaintRow.InsertValues(commit));
        yield return new("complaint_state", State, StateRow.Values(commit));
        if (commit.Command is { } command)
            yield return new("command", Command, [tenant, command.Id.Value, command.Hash, Values.Of(command.Answer), Values.Of(command.RecordedAt)]);
        foreach (var happened in commit.Events)
            yield return new("event", Event, [tenant, id, (long)happened.Version, (long)happened.Index, Values.Of(happened.Hash), Values.Of(happened.Body)]);
        foreach (var timer in commit.TimersToSet)
            yield return new("timer", Timer, [tenant, id, timer.Clock, timer.Purpose, Values.Of(timer.Due)]);
        foreach (var waiting in commit.WorkToSet)
            yield return new("work", Work, [tenant, .. WorkSql.ValuesOf(AggregateId.Of(commit.Id), waiting)]);
        foreach (var link in commit.LinksToSet)
            yield return new("link", Link, [tenant, id, link.Other.Value, link.Other.Noun, link.Kind]);
        foreach (var party in commit.PartiesToSet)
            yield return new("taking_part", Party, [tenant, id, party, Values.Of(commit.Summary.ReceivedAt)]);
        foreach (var message in commit.Outbox)
            yield return new("outbox", Message, [tenant, message.Id, id, message.Topic, Values.Of(message.Payload), Values.Of(message.CreatedAt), Values.Of(message.DueAt)]);
        foreach (var lookup in commit.Lookups)
            yield return new("lookup", Lookup, [tenant, lookup.Hash, id, commit.Summary.Person.Value, lookup.Kind, (long)lookup.Form]);
        if (commit.NewKeys is [var key, ..])
            yield return new("subject_key", Key, [tenant, key.Subject.Value, Values.Of(key.Wrapped)]);
    }
}
