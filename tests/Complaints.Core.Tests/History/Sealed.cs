using System.Collections.Immutable;
using System.Text;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core.Tests.History;

/// <summary>Turns decisions into stored events, as the desk does.</summary>
internal static class Sealed
{
    /// <summary>The tenant's keys.</summary>
    public static TenantKeys Tenant { get; } = new(new SubjectKey(SubjectId.Tenant, SHA256Of("tenant")));

    public static SubjectKey KeyOf(Complaint complaint) => new(complaint.Receipt.Person, SHA256Of("a person's key"));

    /// <summary>The same key for everybody who takes part: a complaint's own golden bytes do not depend on who else there is.</summary>
    public static KeyRing KeysOf(Complaint complaint, Decision? decision = null) => complaint.Persons.Aggregate(
        new KeyRing(Tenant),
        (ring, person) => ring.With(new SubjectKey(person, SHA256Of("a person's key")),
            decision?.Events.Any(happened => happened.Joins == person) == true ? new WrappedKey(person, default) : null));

    public static byte[] SHA256Of(string text) => System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The commits of a situation, chained.</summary>
    public static List<ComplaintCommit> Commits(Situation situation)
    {
        var commits = new List<ComplaintCommit>();
        LoadedComplaint? loaded = null;
        ImmutableArray<TimerRow> timers = [];
        var ids = 0;
        foreach (var decision in situation.Decisions)
        {
            var command = new CommandId(new Guid(++ids, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            var commit = CommitBuilder.Build(decision, loaded, command, KeysOf(decision.Complaint, decision), situation.Rules);
            commits.Add(commit);
            timers = [.. timers.Where(timer => !commit.TimersToRemove.Concat(commit.TimersToSet).Any(timer.IsSame)), .. commit.TimersToSet];
            loaded = new LoadedComplaint(new StoredComplaint(commit.Id, commit.Version, commit.Schema, commit.State, commit.Head,
                decision.Complaint.Receipt.Person), timers, [], null);
        }
        return commits;
    }

    public static IEnumerable<RecordedEvent> Events(IEnumerable<ComplaintCommit> commits) =>
        commits.SelectMany(commit => commit.Events).Select(stored => EventCodec.Read(stored.Body.Span));

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
