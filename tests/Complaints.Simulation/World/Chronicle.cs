using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>What really happened, and what must hold at every step (PROMISES). The first thing that does not ends the run.</summary>
internal sealed class Chronicle(Scheduler scheduler)
{
    private readonly Dictionary<ComplaintId, int> _versions = [];
    private readonly Dictionary<ComplaintId, int> _sent = [];
    private readonly Dictionary<Guid, Letter> _letters = [];
    private readonly Dictionary<Guid, string> _holders = [];

    public string? Violation { get; private set; }

    public IReadOnlyDictionary<ComplaintId, int> Versions => _versions;

    /// <summary>Every message that was committed.</summary>
    public IEnumerable<Letter> Letters => _letters.Values.Distinct();

    public Letter? LetterOf(Guid message) => _letters.GetValueOrDefault(message);

    public void Require(bool holds, string promise, object? about)
    {
        if (!holds)
            Violation ??= $"{promise}: {about}";
    }

    public void Committed(ComplaintCommit commit)
    {
        Require(commit.Version == _versions.GetValueOrDefault(commit.Id) + 1, "every commit makes the next version", $"{commit.Summary.Number} v{commit.Version} after v{_versions.GetValueOrDefault(commit.Id)}");
        _versions[commit.Id] = commit.Version;
        foreach (var message in commit.Outbox)
        {
            Require(!_letters.ContainsKey(message.Id), "a message's id is its own", message.Id);
            var place = _sent[commit.Id] = _sent.GetValueOrDefault(commit.Id) + 1;
            _letters[message.Id] = new Letter(message, commit.Id, place);
        }
        foreach (var happened in commit.Events.Select(stored => EventCodec.Read(stored.Body.Span).Event).OfType<ClockBreached>())
            Require(happened.Due < scheduler.Now, "nothing fires before its due instant", $"{commit.Summary.Number} {happened.Clock} due {happened.Due} at {scheduler.Now}");
    }

    public void Claimed(OutboxClaim claim)
    {
        foreach (var message in claim.Messages)
        {
            Require(LetterOf(message.Id) is not null, "nothing is sent for what was not committed", message.Id);
            _holders[message.Id] = claim.Token;
            if (LetterOf(message.Id) is { } letter)
                letter.ClaimedAt.TryAdd(message.Id, scheduler.Now);
        }
    }

    public void Settled(string token, IReadOnlyList<MessageFate> fates, int settled)
    {
        Require(settled <= fates.Count(fate => _holders.GetValueOrDefault(fate.Id) == token), "who lost its lease settles nothing", $"{settled} of {fates.Count} settled, {fates[0].GetType().Name}");
        foreach (var divided in fates.OfType<MessageFate.Divided>())
        {
            foreach (var (part, _) in divided.Parts)
                _letters[part] = _letters[divided.Id];
        }
    }
}

/// <summary>A message that was committed, under whatever ids its parts for the channels have.</summary>
/// <param name="message">As it was written.</param>
/// <param name="complaint">Which complaint it is about.</param>
/// <param name="place">1, 2, ... in the order in which the complaint's messages were committed.</param>
internal sealed class Letter(OutboxMessage message, ComplaintId complaint, int place)
{
    public OutboxMessage Message => message;

    public ComplaintId Complaint => complaint;

    public int Place => place;

    /// <summary>When each part was handed out first.</summary>
    public Dictionary<Guid, Instant> ClaimedAt { get; } = [];
}
