using System.Collections.Immutable;

namespace Complaints.Core.Capabilities;

/// <summary>A step of a small aggregate's table.</summary>
/// <param name="From">Where it stands.</param>
/// <param name="On">The command.</param>
/// <param name="To">Where it leads.</param>
internal readonly record struct Move<TStatus>(TStatus From, string On, TStatus To) where TStatus : struct, Enum;

/// <summary>The table of a small aggregate: its moves, and the statuses in which each command stays. Circumstances play no part.</summary>
internal sealed class StepTable<TState, TStatus> : ISteps<TState> where TState : class where TStatus : struct, Enum
{
    private readonly Func<TState, TStatus> _status;
    private readonly ImmutableDictionary<(TStatus From, int Ordinal), TStatus> _steps;
    private readonly ImmutableDictionary<TStatus, ImmutableArray<CommandName>> _permitted;

    /// <exception cref="ArgumentException">A move names a command that is in no room, or two rows have one place.</exception>
    public StepTable(Catalogue<TState> catalogue, Func<TState, TStatus> status, ImmutableArray<Move<TStatus>> moves)
    {
        _status = status;
        var steps = ImmutableDictionary.CreateBuilder<(TStatus, int), TStatus>();
        foreach (var move in moves)
        {
            var command = catalogue.FindCommand(move.On) ?? throw new ArgumentException(
                $"The table names '{move.On}', which is in no room.");
            steps.Add((move.From, command.Ordinal), move.To);
        }
        foreach (var command in catalogue.Commands)
        {
            foreach (var stays in command.Capability.StaysIn.Select(Enum.Parse<TStatus>))
                steps.Add((stays, command.Ordinal), stays);
        }
        _steps = steps.ToImmutable();
        _permitted = Enum.GetValues<TStatus>().ToImmutableDictionary(from => from, from => catalogue.Commands
            .Where(command => _steps.ContainsKey((from, command.Ordinal))).Select(command => command.CommandName).ToImmutableArray());
    }

    public bool Permits(TState from, CommandType<TState> on) => _steps.ContainsKey((_status(from), on.Ordinal));

    public ImmutableArray<CommandName> Permitted(TState from) => _permitted[_status(from)];

    public int Next(TState from, CommandType<TState> on, int circumstances) =>
        _steps.TryGetValue((_status(from), on.Ordinal), out var to)
            ? Convert.ToInt32(to, System.Globalization.CultureInfo.InvariantCulture) : -1;
}
