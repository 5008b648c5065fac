using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Lifecycle;

/// <summary>A lifecycle table compiled for a catalogue: a look-up by state and command in a jump table, without allocation.
/// Thread-safe.</summary>
internal sealed class Machine : ISteps<Complaint>
{
    private readonly Transition[][] _cells;
    private readonly int _commands;
    private readonly ImmutableArray<CommandName>[] _permitted;

    public Machine(Catalogue<Complaint> catalogue, ImmutableArray<Transition> moves)
    {
        _commands = catalogue.Commands.Length;
        Rows = [.. moves, .. catalogue.Commands.SelectMany(command => command.Capability.StaysIn.Select(Enum.Parse<ComplaintState>).Select(state => new Transition(state, command.CommandName, state)))];
        _cells = new Transition[States.All.Length * _commands][];
        Array.Fill(_cells, []);
        foreach (var cell in Rows.GroupBy(row => Cell(row.From, Find(catalogue, row.On).Ordinal)))
            _cells[cell.Key] = [.. cell];
        _permitted = [.. States.All.Select(state => catalogue.Commands.Where(command => Permits(state, command.Ordinal)).Select(command => command.CommandName).ToImmutableArray())];
    }

    /// <summary>Every row, the moves first.</summary>
    public ImmutableArray<Transition> Rows { get; }

    public ImmutableArray<CommandName> Permitted(ComplaintState from) => _permitted[(int)from];

    public ImmutableArray<CommandName> Permitted(Complaint from) => Permitted(from.State);

    public bool Permits(Complaint from, CommandType<Complaint> on) => Permits(from.State, on.Ordinal);

    public bool Permits(ComplaintState from, int ordinal) => _cells[Cell(from, ordinal)].Length > 0;

    public int Next(Complaint from, CommandType<Complaint> on, int circumstances) =>
        Next(from.State, on.Ordinal, (Circumstances)circumstances) is { } to ? (int)to : -1;

    public ComplaintState? Next(ComplaintState from, int ordinal, Circumstances circumstances)
    {
        foreach (ref readonly var row in _cells[Cell(from, ordinal)].AsSpan())
        {
            if ((row.When & circumstances) == row.When)
                return row.To;
        }
        return null;
    }

    private static CommandType<Complaint> Find(Catalogue<Complaint> catalogue, CommandName name) =>
        catalogue.FindCommand(name.Value) ?? throw new ArgumentException($"The lifecycle table names '{name}', which is in no room.");

    private int Cell(ComplaintState from, int ordinal) => (int)from * _commands + ordinal;
}
