using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Simulation.World;
using Complaints.Testing;

namespace Complaints.Simulation.Nodes;

/// <summary>Somebody who works through whatever node answers, and who repeats what was not answered with the same id, until it is.</summary>
internal sealed class Client(Setting world, Cluster cluster, Desktop desktop, string name)
{
    private static readonly Actor[] Desk = [DeskHarness.Agent, DeskHarness.Supervisor];

    private static readonly Actor Manager = new("mei", Role.Manager, Role.Department) { Teams = ["technical", "north"] };

    private static readonly Actor[] Actors = [DeskHarness.Agent, DeskHarness.Supervisor, DeskHarness.Director, Manager];

    private Scheduler Scheduler => world.Scheduler;

    public async Task WorkAsync()
    {
        while (true)
        {
            await Scheduler.DelayAsync(Scheduler.Between(20, 180), Life.Eternal).ConfigureAwait(false);
            if (world.Weather.IsFine)
                return;
            if (desktop.Complaints.Count == 0 || desktop.Complaints.Count < 6 && Scheduler.Happens(0.2))
                await RegisterAsync(desktop.NextDraft(Scheduler)).ConfigureAwait(false);
            else
                await ChangeAsync(Scheduler.OneOf(desktop.Complaints)).ConfigureAwait(false);
        }
    }

    private async Task RegisterAsync(IntakeDraft draft)
    {
        var known = await UntilKnownAsync("register", Scheduler.OneOf(Desk), (desk, id) => desk.RegisterAsync(draft, new CommandOptions { CommandId = id })).ConfigureAwait(false);
        if (known.Answer is { } answer)
            desktop.Saw(answer);
    }

    private async Task ChangeAsync(ComplaintId complaint)
    {
        var command = desktop.NextCommand(Scheduler, complaint);
        var sent = SendAsync(complaint, command);
        // Somebody else finds the same two duplicates at the same moment, and likes the other one better.
        if (command is Merge { Into: var into } && Scheduler.Happens(0.5))
            await SendAsync(into, new Merge(complaint, "other", "The same delivery.")).ConfigureAwait(false);
        await sent.ConfigureAwait(false);
    }

    private async Task SendAsync(ComplaintId complaint, ComplaintCommand command)
    {
        int? seen = Scheduler.Happens(0.3) ? desktop.VersionOf(complaint) : null;
        var known = await UntilKnownAsync(CommandCatalogue.Of(command).Name.Value, SenderOf(command), (desk, id) => desk.ExecuteAsync(complaint, command, new CommandOptions { CommandId = id, ExpectedVersion = seen })).ConfigureAwait(false);
        if (known.Answer is not { } answer)
            return;
        desktop.Saw(answer);
        desktop.Did(answer, command);
    }

    /// <summary>A task goes to and fro between two people, and few may say who is liable; anything else is sent by anybody.</summary>
    private Actor SenderOf(ComplaintCommand command) => command switch
    {
        SignTask or ReturnTask or AnswerTask or RecordLiability => Manager,
        RuleOnReturn or VerifyTask or FinishStep => DeskHarness.Supervisor,
        _ => Scheduler.OneOf(Actors),
    };

    private async Task<Intention> UntilKnownAsync(string what, Actor actor, Func<ComplaintDesk, CommandId, Task<CommandResult>> send)
    {
        var intention = desktop.Intends(what);
        var id = NewId();
        while (!intention.IsKnown)
        {
            intention.Sent.Add(id);
            try
            {
                var result = await AskAsync(desk => send(desk.For(actor), id)).ConfigureAwait(false);
                (intention.Answer, intention.IsKnown) = (result.Answer, true);
                world.Trace.Add(name, what, result.Answer is { } answer ? $"{answer.Number} v{answer.Version} {answer.State}{(result.Repeated ? " (repeated)" : "")}" : result.Refusal!.Code);
            }
            catch (ConflictException)
            {
                // An answer too: the command did not take effect.
                intention.IsKnown = true;
                world.Trace.Add(name, what, "conflict");
            }
            catch (StoreUnavailableException)
            {
                world.Trace.Add(name, what, "no answer");
                await Scheduler.DelayAsync(Scheduler.Between(0.1, 20), Life.Eternal).ConfigureAwait(false);
                if (world.Bug == Bug.RetryWithANewId)
                    id = NewId();
            }
        }
        return intention;
    }

    /// <summary>Asks any node that is there. No answer comes from one that dies, and some clients wait no longer.</summary>
    private Task<CommandResult> AskAsync(Func<ComplaintDesk, Task<CommandResult>> ask)
    {
        var answer = new TaskCompletionSource<CommandResult>();
        if (cluster.Nodes is not { Count: > 0 } nodes)
            return Task.FromException<CommandResult>(new StoreUnavailableException("No node is there."));
        var node = Scheduler.OneOf(nodes);
        node.Life.AtEnd(() => Scheduler.After(Scheduler.Between(0.01, 5), Life.Eternal, NoAnswer));
        if (world.Weather.Strikes(0.1))
            Scheduler.After(Scheduler.Between(0.1, 30), Life.Eternal, NoAnswer);
        _ = RelayAsync(ask(node.Desk), answer);
        return answer.Task;

        void NoAnswer() => answer.TrySetException(new StoreUnavailableException("No answer."));
    }

    private static async Task RelayAsync(Task<CommandResult> asked, TaskCompletionSource<CommandResult> answer)
    {
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (asked.IsCompletedSuccessfully)
            answer.TrySetResult(asked.Result);
        else
            answer.TrySetException(asked.Exception!.InnerException!);
    }

    private CommandId NewId() => new(new SeededIds(Scheduler).NewId(Scheduler.Now));
}
