using System.Collections.Immutable;
using System.Text;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing.Conformance;

/// <summary>Commits that obey every rule of the ports and carry bytes of no meaning: a store looks at no other value.</summary>
internal sealed class SampleCommits(TenantId tenant)
{
    private readonly SequentialIds _ids = new();
    private int _count;

    public static Instant Start { get; } = Instant.FromUtc(2026, 9, 1, 1, 0);

    public Guid NewId() => _ids.NewId(Start);

    /// <summary>A new complaint; each is received a minute after the one before.</summary>
    public ComplaintCommit New(Func<ComplaintSummary, ComplaintSummary>? shape = null, TenantId? owner = null)
    {
        var number = Interlocked.Increment(ref _count);
        var received = Start + Duration.FromMinutes(number);
        var summary = new ComplaintSummary
        {
            Id = new(NewId()),
            Number = $"2026-{number:D6}",
            Version = 1,
            Kind = "complaint",
            State = ComplaintState.Registered,
            Channel = "phone",
            Person = new(NewId()),
            Priority = "p3",
            ReceivedAt = received,
            UpdatedAt = received,
        };
        return Of(owner ?? tenant, shape?.Invoke(summary) ?? summary, HashChain.Origin);
    }

    /// <summary>The next version of a complaint.</summary>
    public ComplaintCommit After(ComplaintCommit before, Func<ComplaintSummary, ComplaintSummary>? shape = null)
    {
        var summary = before.Summary with { Version = before.Version + 1, UpdatedAt = before.Summary.UpdatedAt + Duration.FromMinutes(1) };
        return Of(before.Tenant, shape?.Invoke(summary) ?? summary, before.Head);
    }

    public CommandRow Command(string hash = "hash") => new(new CommandId(NewId()), hash, Bytes("answer " + hash), Start);

    public OutboxMessage Message(string topic = "complaints.registered.v1") => new(NewId(), topic, Bytes("{}"), Start);

    public WrappedKey Key(SubjectId subject, string wrapped = "wrapped") => new(subject, Bytes(wrapped));

    /// <summary>A look-up that many persons may share.</summary>
    public static Lookup Phone(string hash) => new(Lookup.Phone, hash);

    /// <summary>A look-up that one person has.</summary>
    public static Lookup Reference(string hash) => new(Lookup.Reference, hash);

    /// <summary>The bytes of a text.</summary>
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Chains the events of all samples.</summary>
    internal static ChainKey Chain { get; } = new TenantKeys(new SubjectKey(SubjectId.Tenant, new byte[32])).Chain;

    private ComplaintCommit Of(TenantId owner, ComplaintSummary summary, ReadOnlyMemory<byte> head)
    {
        var events = ImmutableArray.CreateBuilder<StoredEvent>(2);
        for (var index = 0; index < 2; index++)
        {
            var body = Bytes($$"""{"complaint":"{{summary.Id}}","version":{{summary.Version}},"index":{{index}}}""");
            head = Chain.Next(head.Span, body.Span);
            events.Add(new StoredEvent(summary.Version, index, body, head));
        }
        return new ComplaintCommit
        {
            Tenant = owner,
            Id = summary.Id,
            ExpectedVersion = summary.Version - 1,
            Schema = 1,
            State = Bytes($"state of {summary.Number} in version {summary.Version}"),
            Head = head,
            Summary = summary,
            Events = events.MoveToImmutable(),
            Command = Command(),
        };
    }
}
