using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Simulation.World;

/// <summary>Whoever is at the other end of a channel. It remembers what it got, by the id that travels with the message.</summary>
internal sealed class Receiver(string name, bool isOrdered, int concurrency, Func<string, bool> takes, Chronicle chronicle, Trace trace)
{
    private readonly Dictionary<Letter, Guid> _received = [];
    private readonly Dictionary<ComplaintId, Letter> _last = [];

    public string Name => name;

    public bool IsOrdered => isOrdered;

    public int Concurrency => concurrency;

    public bool Takes(string topic) => takes(topic);

    public bool Has(Letter letter) => _received.ContainsKey(letter);

    public void Take(ClaimedMessage message)
    {
        trace.Add(name, "received", $"{message.Topic}, attempt {message.Attempt}");
        if (chronicle.LetterOf(message.Id) is not { } letter)
            return;
        chronicle.Require(_received.GetValueOrDefault(letter, message.Id) == message.Id, "a message has the same id in every attempt", message.Id);
        // One that was on its way for long while another node sent it again is known by its id, whenever it comes.
        if (_received.TryAdd(letter, message.Id) && isOrdered)
            KeepOrder(letter);
    }

    /// <summary>A message that waited for the customer's hours may come after later ones that were handed out before it was due.</summary>
    private void KeepOrder(Letter letter)
    {
        if (_last.TryGetValue(letter.Complaint, out var last) && last.Place > letter.Place)
        {
            chronicle.Require(letter.Message.DueAt > last.ClaimedAt[_received[last]], "an ordered channel gets a complaint's messages in their order",
                $"{letter.Message.Topic} ({letter.Place}) came after {last.Message.Topic} ({last.Place})");
            return;
        }
        _last[letter.Complaint] = letter;
    }
}
