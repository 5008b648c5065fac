using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Capabilities;

/// <summary>What a room can do: its commands and its events, with the room's JSON. Two lines each: one here, one in the JSON
/// context.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
/// <param name="Name">The room.</param>
/// <param name="Json">The room's own JSON context.</param>
internal sealed record RoomCatalogue<TState>(string Name, JsonSerializerContext Json) where TState : class
{
    public ImmutableArray<CommandType<TState>> Commands { get; private init; } = [];

    public ImmutableArray<HappeningType> Events { get; private init; } = [];

    public ImmutableArray<Func<TState, FollowOn<TState>?>> FollowOns { get; private init; } = [];

    public RoomCatalogue<TState> Command<TCommand>() where TCommand : Command<TState>, ICapability<TCommand, TState> => this with
    {
        Commands = Commands.Add(new(Name, TCommand.Capability, new RoomJson(Name, Json, typeof(TCommand)))
        {
            Example = static occasion => TCommand.Example(occasion),
            Subjects = static (state, rules) => TCommand.Subjects(state, rules),
            Precondition = static (state, subject, context) => TCommand.Precondition(state, subject, context),
        }),
    };

    public RoomCatalogue<TState> Event<TEvent>() where TEvent : Event<TState>, IHappening<TEvent, TState> => this with
    {
        Events = Events.Add(new(Name, TEvent.EventType, new RoomJson(Name, Json, typeof(TEvent)))),
    };

    public ImmutableArray<DefinitionKind> Definitions { get; private init; } = [];

    /// <summary>What a host can change in this room.</summary>
    public RoomCatalogue<TState> Definition(DefinitionKind kind) => this with { Definitions = Definitions.Add(kind) };

    /// <summary>What a case may owe another, by its state; <c>null</c> when it owes nothing.</summary>
    public RoomCatalogue<TState> FollowOn(Func<TState, FollowOn<TState>?> owed) => this with { FollowOns = FollowOns.Add(owed) };

    public ImmutableArray<WorkKind<TState>> WorkKinds { get; private init; } = [];

    /// <summary>What may wait for somebody in this room.</summary>
    public RoomCatalogue<TState> Work(WorkKind<TState> kind) => this with { WorkKinds = WorkKinds.Add(kind) };
}
