using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Complaints.Core.Capabilities;

/// <summary>All commands and events of an aggregate: a value composed of its rooms. Permissions, forms, texts, JSON and tests are read from
/// it.</summary>
/// <typeparam name="TState">The aggregate's state.</typeparam>
internal sealed class Catalogue<TState> where TState : class
{
    private readonly FrozenDictionary<Type, CommandType<TState>> _commandsByType;
    private readonly FrozenDictionary<string, CommandType<TState>> _commandsByName;
    private readonly FrozenDictionary<Type, HappeningType> _eventsByType;
    private readonly FrozenDictionary<string, HappeningType> _eventsByName;
    private readonly ImmutableArray<Func<TState, FollowOn<TState>?>> _followOns;

    /// <exception cref="ArgumentException">Two commands, or two events, have one name.</exception>
    public Catalogue(params ReadOnlySpan<RoomCatalogue<TState>> rooms)
    {
        var commands = ImmutableArray.CreateBuilder<CommandType<TState>>();
        var events = ImmutableArray.CreateBuilder<HappeningType>();
        foreach (var room in rooms)
        {
            foreach (var command in room.Commands)
                commands.Add(command with { Ordinal = commands.Count });
            events.AddRange(room.Events);
        }
        (Rooms, Commands, Events) = ([.. rooms], commands.ToImmutable(), events.ToImmutable());
        _followOns = [.. Rooms.SelectMany(room => room.FollowOns)];
        WorkKinds = [.. Rooms.SelectMany(room => room.WorkKinds)];
        RefuseTwins(Rooms.SelectMany(room => room.WorkKinds.Select(kind => (kind.Name, room.Name))));
        RefuseTwins(Commands.Select(command => (command.Name, command.Room)));
        RefuseTwins(Events.Select(happened => (happened.Name, happened.Room)));
        _commandsByType = Commands.ToFrozenDictionary(command => command.Type);
        _commandsByName = Commands.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);
        _eventsByType = Events.ToFrozenDictionary(happened => happened.Class);
        _eventsByName = Events.ToFrozenDictionary(happened => happened.Name, StringComparer.Ordinal);
    }

    public ImmutableArray<RoomCatalogue<TState>> Rooms { get; }

    /// <summary>Every command, in the order of the rooms; a command's place is its <see cref="CommandType{TState}.Ordinal"/>.</summary>
    public ImmutableArray<CommandType<TState>> Commands { get; }

    public ImmutableArray<HappeningType> Events { get; }

    /// <summary>What may wait for somebody.</summary>
    public ImmutableArray<WorkKind<TState>> WorkKinds { get; }

    /// <summary>The commands that work is done by and that an actor may send.</summary>
    public IEnumerable<string> DutiesOf(Permissions<TState> permissions, Actor actor) => WorkKinds
        .Select(kind => FindCommand(kind.Duty)).OfType<CommandType<TState>>().Distinct()
        .Where(command => permissions.Allows(command, actor)).Select(command => command.Name);

    /// <summary>What is known of every command.</summary>
    public IEnumerable<Capability> Capabilities => Commands.Select(command => command.Capability);

    /// <summary>The events that leave the house.</summary>
    public IEnumerable<HappeningType> Leaving => Events.Where(happened => happened.Type.Leaves is not null);

    /// <exception cref="InvalidOperationException">The command is in no room.</exception>
    public CommandType<TState> Of(Command<TState> command) => _commandsByType.TryGetValue(command.GetType(), out var type) ? type
        : throw new InvalidOperationException($"{command.GetType().Name} is in no room: add .Command<{command.GetType().Name}>() to its Room.");

    /// <exception cref="InvalidOperationException">The event is in no room.</exception>
    public HappeningType Of(Event<TState> happened) => _eventsByType.TryGetValue(happened.GetType(), out var type) ? type
        : throw new InvalidOperationException($"{happened.GetType().Name} is in no room: add .Event<{happened.GetType().Name}>() to its Room.");

    /// <summary>What a case owes others now.</summary>
    public IEnumerable<FollowOn<TState>> FollowOnsOf(TState state)
    {
        foreach (var owed in _followOns)
        {
            if (owed(state) is { } found)
                yield return found;
        }
    }

    public CommandType<TState>? FindCommand(string name) => _commandsByName.GetValueOrDefault(name);

    public HappeningType? FindEvent(string name) => _eventsByName.GetValueOrDefault(name);

    private static void RefuseTwins(IEnumerable<(string Name, string Room)> entries)
    {
        foreach (var twins in entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
            throw new ArgumentException($"'{twins.Key}' stands in {string.Join(" and ", twins.Select(twin => twin.Room))}: a name belongs to one.");
    }
}
