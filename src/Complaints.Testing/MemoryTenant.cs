using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <summary>What the in-memory store keeps of one tenant: the tables of a database as dictionaries.</summary>
internal sealed class MemoryTenant
{
    public Dictionary<ComplaintId, MemoryComplaint> Complaints { get; } = [];

    public Dictionary<Guid, MemoryAggregate> Aggregates { get; } = [];

    public Dictionary<string, ComplaintId> Numbers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ComplaintId> Sources { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<(Guid Complaint, int Version, int Index), StoredEvent> Events { get; } = [];

    public SortedDictionary<(Guid Complaint, string Clock, string Purpose), TimerRow> Timers { get; } = new(TimerOrder.Instance);

    public MemoryWork Work { get; } = new();

    public HashSet<StoredLink> Links { get; } = [];

    public HashSet<StoredParty> Parties { get; } = [];

    /// <summary>Which sweeper has a complaint, and until when it may be silent.</summary>
    public Dictionary<ComplaintId, (object Claim, Instant Until)> Claimed { get; } = [];

    public Dictionary<Guid, MemoryMessage> Outbox { get; } = [];

    public Dictionary<CommandId, CommandRow> Commands { get; } = [];

    public Dictionary<(string Hash, ComplaintId Complaint), (SubjectId Person, string Kind, int Form)> Lookups { get; } = [];

    public Dictionary<int, long> NextNumbers { get; } = [];

    public Dictionary<(string Kind, string Id, int Version), Definition> Definitions { get; } = [];

    public List<Definition> DefinitionsInOrder { get; } = [];

    public Dictionary<SubjectId, WrappedKey> Keys { get; } = [];

    /// <summary>Who takes part in a complaint besides its own person.</summary>
    public Dictionary<ComplaintId, ImmutableArray<SubjectId>> Persons { get; } = [];

    public SortedDictionary<int, CheckpointPart> Checkpoints { get; } = [];

    /// <summary>The number of a case, whatever it is.</summary>
    public string? NumberOf(Guid of) =>
        Complaints.GetValueOrDefault(new(of))?.Summary.Number ?? Aggregates.GetValueOrDefault(of)?.Summary.Number;

    /// <summary>The version of a case, whatever it is; 0 where it is not there.</summary>
    public int VersionOf(Guid of) =>
        Complaints.GetValueOrDefault(new(of))?.Summary.Version ?? Aggregates.GetValueOrDefault(of)?.Summary.Version ?? 0;

    public bool TakesPart(ComplaintId complaint, ImmutableArray<string> parties) =>
        parties.Any(party => Parties.Contains(new(complaint, party)));

    public ImmutableArray<SubjectId> PersonsIn(ComplaintId complaint) => Persons.GetValueOrDefault(complaint, []);

    public long NextNumber(int year) => NextNumbers.GetValueOrDefault(year, 1);

    /// <summary>True when a number is the year's next, or none is taken.</summary>
    public bool HasNext(TakenNumber? number) => number is null || NextNumber(number.Year) == number.Number;

    /// <summary>True when a row of this commit would be there twice, or the version is another.</summary>
    public bool StandsInTheWayOf(ComplaintCommit commit)
    {
        var summary = commit.Summary;
        var found = Complaints.GetValueOrDefault(commit.Id);
        return (found?.Summary.Version ?? 0) != commit.ExpectedVersion
            || (commit.Unchanged is { } seen && Complaints.GetValueOrDefault(seen.Id)?.Summary.Version != seen.Version)
            || (commit.Command is { } command && Commands.ContainsKey(command.Id))
            || (found is null && Numbers.ContainsKey(summary.Number))
            || (found is null && summary.SourceHash is { } source && Sources.ContainsKey(source))
            || commit.NewKeys.Any(key => Keys.ContainsKey(key.Subject))
            || commit.SealedUnder.Any(person => !Keys.ContainsKey(person))
            || commit.Outbox.Any(message => Outbox.ContainsKey(message.Id))
            || commit.Events.Any(happened => Events.ContainsKey((commit.Id.Value, happened.Version, happened.Index)));
    }

    /// <summary>Writes a commit that nothing stands in the way of. Bytes are copied: what a caller does to its arrays later changes nothing here.</summary>
    public void Write(ComplaintCommit commit)
    {
        // The hashes are given once, beside the history, and an erasure clears them: no later version brings them back, and whoever amends
        // them seals under the person's key.
        var summary = Complaints.GetValueOrDefault(commit.Id)?.Summary is { } first
            ? commit.Summary with { CustomerHash = CustomerHashOf(first, commit.Amended),
                ItemHash = ItemHashOf(first, commit.Amended), RepeatHash = first.RepeatHash, SourceHash = first.SourceHash }
            : commit.Summary;
        Complaints[commit.Id] = new MemoryComplaint(summary, commit.Schema, commit.State.ToArray(), commit.Head.ToArray());
        Numbers[summary.Number] = commit.Id;
        if (summary.SourceHash is { } source)
            Sources[source] = commit.Id;
        foreach (var happened in commit.Events)
            Events.Add((commit.Id.Value, happened.Version, happened.Index), Copy(happened));
        foreach (var timer in commit.TimersToRemove)
            Timers.Remove((commit.Id.Value, timer.Clock, timer.Purpose));
        foreach (var timer in commit.TimersToSet)
            Timers[(commit.Id.Value, timer.Clock, timer.Purpose)] = timer;
        Work.Change(AggregateId.Of(commit.Id), commit.WorkToSet, commit.WorkToRemove);
        foreach (var link in commit.LinksToRemove)
            Links.Remove(new(commit.Id, link));
        foreach (var link in commit.LinksToSet)
            Links.Add(new(commit.Id, link));
        foreach (var party in commit.PartiesToRemove)
            Parties.Remove(new(commit.Id, party));
        foreach (var party in commit.PartiesToSet)
            Parties.Add(new(commit.Id, party));
        foreach (var message in commit.Outbox)
            Outbox.Add(message.Id, new MemoryMessage(message with { Payload = message.Payload.ToArray() }, commit.Id));
        if (commit.Command is { } command)
            Commands.Add(command.Id, Copy(command));
        if (commit.Amended?.Lookups is { } amended)
            Replace(commit.Id, summary.Person, amended);
        foreach (var lookup in commit.Lookups)
            Lookups.TryAdd((lookup.Hash, commit.Id), (summary.Person, lookup.Kind, lookup.Form));
        if (commit.Number is { } taken)
            NextNumbers[taken.Year] = taken.Number + 1;
        foreach (var key in commit.NewKeys)
            Keys.Add(key.Subject, Copy(key));
        if (!commit.NewPersons.IsEmpty)
            Persons[commit.Id] = [.. PersonsIn(commit.Id), .. commit.NewPersons];
    }

    /// <returns>False when the person has no key, or the complaint another version.</returns>
    public bool Renew(RenewedLookups renewed)
    {
        if (!Keys.ContainsKey(renewed.Person) || VersionOf(renewed.Complaint.Value) != renewed.Version)
            return false;
        var (id, person) = (renewed.Complaint, renewed.Person);
        Replace(id, person, renewed.Lookups);
        if (Complaints.GetValueOrDefault(id) is { Summary: { CustomerHash: not null } summary } row && summary.Person == person)
            Complaints[id] = row with { Summary = summary with { CustomerHash = renewed.CustomerHash } };
        return true;
    }

    private static string? ItemHashOf(ComplaintSummary first, AmendedIntake? amended) =>
        amended?.ItemHash is { } given ? given == AmendedIntake.NoItem ? null : given : first.ItemHash;

    private void Replace(ComplaintId id, SubjectId person, ImmutableArray<Lookup> lookups)
    {
        foreach (var known in Lookups.Where(known => known.Key.Complaint == id && known.Value.Person == person).ToList())
            Lookups.Remove(known.Key);
        foreach (var lookup in lookups)
            Lookups[(lookup.Hash, id)] = (person, lookup.Kind, lookup.Form);
    }

    /// <summary>An imported complaint that has none gets none.</summary>
    private static string? CustomerHashOf(ComplaintSummary first, AmendedIntake? amended) =>
        amended?.Lookups is null || first is { Imported: true, CustomerHash: null } ? first.CustomerHash : amended.CustomerHash;

    /// <returns>False when the person had no key.</returns>
    public bool Erase(SubjectId person)
    {
        foreach (var lookup in Lookups.Where(lookup => lookup.Value.Person == person).Select(lookup => lookup.Key).ToList())
            Lookups.Remove(lookup);
        foreach (var complaint in Complaints.Values.Where(complaint => complaint.Summary.Person == person).ToList())
            Complaints[complaint.Summary.Id] = complaint with { Summary = complaint.Summary with { CustomerHash = null, ItemHash = null,
                RepeatHash = null } };
        return Keys.Remove(person);
    }

    public static StoredEvent Copy(StoredEvent happened) => happened with { Body = happened.Body.ToArray(), Hash = happened.Hash.ToArray() };

    public bool Replace(KeyReplacement replacement)
    {
        if (!Keys.TryGetValue(replacement.Subject, out var kept) || !kept.Wrapped.Span.SequenceEqual(replacement.Seen.Span))
            return false;
        Keys[replacement.Subject] = Copy(new WrappedKey(replacement.Subject, replacement.Wrapped));
        return true;
    }

    public static WrappedKey Copy(WrappedKey key) => key with { Wrapped = key.Wrapped.ToArray() };

    public static CommandRow Copy(CommandRow row) => row with { Answer = row.Answer.ToArray() };

    private sealed class TimerOrder : IComparer<(Guid Complaint, string Clock, string Purpose)>
    {
        public static TimerOrder Instance { get; } = new();

        public int Compare((Guid Complaint, string Clock, string Purpose) x, (Guid Complaint, string Clock, string Purpose) y)
        {
            var complaint = x.Complaint.CompareTo(y.Complaint);
            var clock = complaint != 0 ? complaint : string.CompareOrdinal(x.Clock, y.Clock);
            return clock != 0 ? clock : string.CompareOrdinal(x.Purpose, y.Purpose);
        }
    }
}

/// <summary>A complaint in memory.</summary>
internal sealed record MemoryComplaint(ComplaintSummary Summary, int Schema, byte[] State, byte[] Head)
{
    public StoredComplaint Stored => new(Summary.Id, Summary.Version, Schema, State.ToArray(), Head.ToArray(), Summary.Person);
}

/// <summary>A small aggregate in memory.</summary>
internal sealed record MemoryAggregate(AggregateSummary Summary, TakenNumber Number, int Schema, byte[] State, byte[] Head)
{
    public StoredAggregate Stored => new(Summary.Id, Summary.Version, Schema, State.ToArray(), Head.ToArray(), Summary.Subject);
}
