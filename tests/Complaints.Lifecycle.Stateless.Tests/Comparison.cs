using Complaints.Core;
using Complaints.Core.Lifecycle;
using Stateless;
using CreateMachine = System.Func<
    System.Func<Complaints.Core.Lifecycle.ComplaintState>,
    System.Action<Complaints.Core.Lifecycle.ComplaintState>,
    System.Func<Complaints.Core.Lifecycle.Circumstances>,
    Stateless.StateMachine<Complaints.Core.Lifecycle.ComplaintState, Complaints.Core.CommandName>>;

namespace Complaints.Lifecycle.Stateless.Tests;

/// <summary>
/// Asks a Stateless machine and our own the same questions: every state, every command, every combination of circumstances.
/// </summary>
internal sealed class Comparison
{
    private readonly List<string> _differences = [];

    /// <summary>Every command that can be sent, and the system's own that stand in the table.</summary>
    public static CommandName[] Commands { get; } =
        [.. CommandCatalogue.All.Select(command => command.Name).Union(LifecycleTable.All.Select(row => row.On))];

    /// <summary>Every combination of the flags.</summary>
    public static Circumstances[] Combinations { get; } =
        [.. Enumerable.Range(0, 2 * (int)Enum.GetValues<Circumstances>().Max()).Select(flags => (Circumstances)flags)];

    /// <summary>How many firings were compared.</summary>
    public int Firings { get; private set; }

    /// <summary>How many of them moved.</summary>
    public int Moves { get; private set; }

    /// <summary>How many were permitted and stayed.</summary>
    public int Stays { get; private set; }

    /// <summary>How many lists of permitted triggers were compared.</summary>
    public int Lists { get; private set; }

    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Compares with the table that our own machine runs.</summary>
    public static Task<Comparison> OfAsync(CreateMachine create) => OfAsync(create, LifecycleMachine.Next);

    /// <summary>Compares with what is expected.</summary>
    public static async Task<Comparison> OfAsync(
        CreateMachine create, Func<ComplaintState, CommandName, Circumstances, ComplaintState?> next)
    {
        var comparison = new Comparison();
        var state = ComplaintState.Registered;
        var circumstances = Circumstances.None;
        var refused = false;
        var machine = create(() => state, to => state = to, () => circumstances);
        machine.OnUnhandledTrigger((_, _) => refused = true);
        foreach (var from in States.All)
        {
            foreach (var combination in Combinations)
            {
                circumstances = combination;
                state = from;
                await comparison.PermittedAsync(machine, from, combination, next);
                foreach (var command in Commands)
                {
                    (state, refused) = (from, false);
                    await comparison.FiringAsync((from, command, combination), next(from, command, combination), () =>
                    {
                        machine.Fire(command);
                        return refused ? null : state;
                    });
                }
            }
        }
        return comparison;
    }

    private Task FiringAsync(
        (ComplaintState From, CommandName On, Circumstances When) question, ComplaintState? expected, Func<ComplaintState?> fire)
    {
        Firings++;
        if (expected is { } to)
            _ = to == question.From ? Stays++ : Moves++;
        return CompareAsync($"{question}", $"{expected}", () => Task.FromResult($"{fire()}"));
    }

    private Task PermittedAsync(
        StateMachine<ComplaintState, CommandName> machine,
        ComplaintState from,
        Circumstances when,
        Func<ComplaintState, CommandName, Circumstances, ComplaintState?> next)
    {
        Lists++;
        var expected = Commands.Where(command => next(from, command, when) is not null);
        return CompareAsync($"permitted in ({from}, {when})", Listed(expected),
            async () => Listed(await machine.PermittedTriggersAsync));
    }

    // Two guards that hold at once make Stateless throw; that is an answer like any other here.
    private async Task CompareAsync(string question, string expected, Func<Task<string>> ask)
    {
        string answer;
        try
        {
            answer = await ask();
        }
        catch (InvalidOperationException error)
        {
            answer = error.Message;
        }
        if (answer != expected)
            _differences.Add($"{question}: '{expected}' expected, '{answer}' answered");
    }

    private static string Listed(IEnumerable<CommandName> commands) =>
        string.Join(' ', commands.Select(command => command.Value).Order(StringComparer.Ordinal));
}
