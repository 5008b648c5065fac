using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Complaints.Core.Capabilities;

/// <summary>Collects the events of one decision and shows the state as it stands after each.</summary>
internal sealed class EventSink<TState>(TState state, EventMoment moment, ISteps<TState> steps) where TState : class
{
    private readonly List<Event<TState>> _events = new(2);
    private TState _before = state;
    private CommandType<TState>? _command;

    public TState State { get; private set; } = state;

    public EventMoment Moment => moment;

    public void Add(Event<TState> happened)
    {
        State = happened.ApplyTo(State, moment.Of(happened.HappenedAt));
        _events.Add(happened);
    }

    /// <summary>The next command of a sequence is decided on what the one before left.</summary>
    public void Begin(CommandType<TState> command) => (_command, _before) = (command, State);

    /// <summary>Where the aggregate's table leads by the command that is being decided; -1 where no row fits.</summary>
    public int Step(int circumstances) => steps.Next(_before, _command!, circumstances);

    /// <summary>The events, as the aggregate's own type.</summary>
    public ImmutableArray<TEvent> ToImmutable<TEvent>() where TEvent : Event<TState>
    {
        var events = new TEvent[_events.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = (TEvent)_events[i];
        return ImmutableCollectionsMarshal.AsImmutableArray(events);
    }
}

/// <summary>The table of an aggregate: in which states a command is permitted and where it leads.</summary>
internal interface ISteps<TState> where TState : class
{
    bool Permits(TState from, CommandType<TState> on);

    /// <summary>The commands that the table has for a state.</summary>
    ImmutableArray<CommandName> Permitted(TState from);

    /// <summary>The state's number after the command, or -1.</summary>
    int Next(TState from, CommandType<TState> on, int circumstances);
}
