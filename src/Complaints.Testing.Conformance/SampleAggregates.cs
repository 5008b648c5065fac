using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing.Conformance;

/// <summary>Commits of what is small beside complaints, with bytes of no meaning.</summary>
internal sealed class SampleAggregates(TenantId tenant, SampleCommits samples)
{
    public AggregateCommit New(int number = 1, string kind = "systemic-issue", Instant? lookAt = null)
    {
        var start = SampleCommits.Start;
        var id = new AggregateId(AggregateId.Improvement, samples.NewId());
        var subject = new SubjectId(id.Value);
        var summary = new AggregateSummary
        {
            Id = id, Number = $"I-2026-{number:D4}", Version = 1, Kind = kind, Status = "Open", Owner = "amy", Team = "物流",
            Subject = subject, OpenedAt = start, UpdatedAt = start + Duration.FromTicks(10), DueAt = start + Duration.FromDays(1),
            LookAt = lookAt,
        };
        return Of(summary, HashChain.Origin) with { Number = new(2026, number), NewKey = samples.Key(subject) };
    }

    public AggregateCommit After(AggregateCommit before) => Of(before.Summary with { Version = before.Version + 1 }, before.Head);

    private AggregateCommit Of(AggregateSummary summary, ReadOnlyMemory<byte> head)
    {
        var events = ImmutableArray.CreateBuilder<StoredEvent>(2);
        for (var index = 0; index < 2; index++)
        {
            // What a command wrote is unlike what another one on the same version would have written.
            var body = SampleCommits.Bytes(
                $$"""{"improvement":"{{summary.Id.Value}}","version":{{summary.Version}},"index":{{index}},"by":"{{samples.NewId()}}"}""");
            head = SampleCommits.Chain.Next(head.Span, body.Span);
            events.Add(new StoredEvent(summary.Version, index, body, head));
        }
        return new AggregateCommit
        {
            Tenant = tenant, ExpectedVersion = summary.Version - 1, Schema = 1, State = SampleCommits.Bytes($"state {summary.Version}"),
            Head = head, Summary = summary, Events = events.MoveToImmutable(),
            Outbox = [samples.Message("complaints.improvement-opened.v1")], Command = samples.Command(),
        };
    }
}
