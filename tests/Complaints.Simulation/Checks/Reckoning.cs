using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Simulation.Nodes;
using Complaints.Simulation.World;
using NodaTime;

namespace Complaints.Simulation.Checks;

/// <summary>What must hold when all is quiet: the text of the promises, one after the other.</summary>
internal static class Reckoning
{
    public static void Check(Setting world, Desktop desktop)
    {
        var chronicle = world.Chronicle;
        var store = world.Database.Inner;
        var audit = new HistoryAudit(store, new PersonKeys(store, Rules.Protector, SystemClock.Instance), SystemClock.Instance);
        var report = audit.VerifyAsync(TenantId.Default).GetAwaiter().GetResult();
        chronicle.Require(report.Findings.IsEmpty, "the chain proves state and history", string.Join("; ", report.Findings.Select(finding => finding.Message)));
        chronicle.Require(report.Complaints == chronicle.Versions.Count, "every complaint is there", $"{report.Complaints} of {chronicle.Versions.Count}");

        var commands = new Dictionary<CommandId, (ComplaintId Complaint, int Version)>();
        var numbers = new HashSet<string>();
        var merged = new Dictionary<ComplaintId, ComplaintId?>();
        foreach (var (id, commits) in chronicle.Versions)
        {
            var chain = store.ChainAsync(TenantId.Default, id.Value, default).Now();
            RecordedEvent[] history = [.. chain.Events.Select(stored => EventCodec.Read(stored.Body.Span))];
            chronicle.Require(chain.Head!.Version == commits, "the version is the number of commits", $"{chain.Head.Number}: {chain.Head.Version} after {commits}");
            chronicle.Require(history.Select(entry => entry.Version).Distinct().SequenceEqual(Enumerable.Range(1, commits)), "every version has its events", chain.Head.Number);
            chronicle.Require(numbers.Add(chain.Head.Number), "a number is one complaint's", chain.Head.Number);
            foreach (var entry in history)
                chronicle.Require(commands.TryAdd(entry.Command, (id, entry.Version)) || commands[entry.Command] == (id, entry.Version), "a command stands in the history once", entry.Command);
            CheckSteps(world, chain.Head.Number, history);
            var state = StateCodec.Read(chain.Head.Row!.State.Span);
            CheckClocks(world, state);
            merged.Add(id, state.Progress.MergedInto);
        }
        foreach (var id in merged.Keys)
            chronicle.Require(HasSurvivor(id, merged), "a merged complaint has a survivor", id);
        foreach (var intention in desktop.Intentions)
            CheckIntention(chronicle, intention, commands);
        CheckMessages(world);
        CheckWork(world);
    }

    /// <summary>Whoever waits is waited for by somebody: work and links are those of the states, whoever died between two commands.</summary>
    private static void CheckWork(Setting world)
    {
        var store = world.Database.Inner;
        var services = new DeskServices(
            store, store, new PersonKeys(store, Rules.Protector, SystemClock.Instance), Rules.Library, SystemClock.Instance, new UuidV7Generator());
        var drifted = new List<string>();
        Task.Run(async () =>
        {
            await foreach (var drift in new WorkReconciliation(new ComplaintDesk(services), store, store, store).FindAsync())
                drifted.Add($"{drift.Number} {drift.Stored?.Work ?? drift.Expected?.Work ?? drift.Link?.Kind}");
        }).GetAwaiter().GetResult();
        world.Chronicle.Require(drifted.Count == 0, "work and links are what the states ask for", string.Join("; ", drifted));
    }

    /// <summary>Complaints that were merged in a circle are nobody's any more.</summary>
    private static bool HasSurvivor(ComplaintId complaint, Dictionary<ComplaintId, ComplaintId?> merged)
    {
        var hops = 0;
        while (merged[complaint] is { } next && hops++ < merged.Count)
            complaint = next;
        return hops <= merged.Count && merged[complaint] is null;
    }

    private static void CheckIntention(Chronicle chronicle, Intention intention, Dictionary<CommandId, (ComplaintId Complaint, int Version)> commands)
    {
        var done = intention.Sent.Distinct().Where(commands.ContainsKey).Select(id => commands[id]).ToList();
        if (intention.Answer is { } answer)
            chronicle.Require(done is [var only] && only == (answer.Complaint, answer.Version), "the history holds what was answered, once", $"{intention.What}, {answer}, {done.Count} times");
        else
            chronicle.Require(done.Count == 0, "the history holds what was answered, once", $"{intention.What} was refused and stands there");
    }

    /// <summary>Each warning, breach and escalation once a clock.</summary>
    private static void CheckSteps(Setting world, string number, RecordedEvent[] history)
    {
        var steps = history.SelectMany(entry => entry.Event switch
        {
            ClockWarned warned => [$"{warned.Clock}|{warned.Step}"],
            ClockBreached breached => [$"{breached.Clock}|breach"],
            ComplaintEscalated { Clock: { } clock } escalated => escalated.Skipped.Append(escalated.Step!).Select(step => $"{clock}|{step}"),
            AnswerPressed pressed => pressed.Skipped.Append(pressed.Step).Select(step => $"{pressed.Clock}|{step}"),
            _ => Enumerable.Empty<string>(),
        });
        foreach (var step in steps.CountBy(step => step).Where(step => step.Value > 1))
            world.Chronicle.Require(false, "a timer takes effect once", $"{number} {step}");
    }

    /// <summary>No timer is left, so every running clock must have taken every step, and each of them in the past.</summary>
    private static void CheckClocks(Setting world, Complaint complaint)
    {
        foreach (var clock in Clocks.Project(complaint, Rules.Book).Where(clock => clock.IsRunning))
        {
            foreach (var step in clock.Steps)
            {
                world.Chronicle.Require(complaint.Clocks.Steps.Contains($"{clock.Id}|{step.Id}"), "every timer takes effect", $"{complaint.Number} {clock.Id} {step.Id}, due {step.At}");
                world.Chronicle.Require(step.At < world.Scheduler.Now, "nothing fires before its due instant", $"{complaint.Number} {clock.Id} {step.Id}, due {step.At}");
            }
        }
    }

    private static void CheckMessages(Setting world)
    {
        var dead = world.Database.Inner.DeadAsync(TenantId.Default, 10_000, default).Now().Select(message => (world.Chronicle.LetterOf(message.Id), message.Channel)).ToHashSet();
        foreach (var letter in world.Chronicle.Letters)
        {
            foreach (var receiver in world.Receivers.Where(receiver => receiver.Takes(letter.Message.Topic)))
                world.Chronicle.Require(receiver.Has(letter) || dead.Contains((letter, receiver.Name)), "every message is delivered or given up", $"{letter.Message.Topic} to {receiver.Name}");
        }
    }
}
