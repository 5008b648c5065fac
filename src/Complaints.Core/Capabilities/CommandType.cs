using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Definitions;

namespace Complaints.Core.Capabilities;

/// <summary>One command of a catalogue: its capability, and its static parts as functions, so that nothing is looked up by
/// reflection.</summary>
internal sealed record CommandType<TState>(string Room, Capability Capability, RoomJson Written) where TState : class
{
    /// <summary>The class of the command.</summary>
    public Type Type => Written.Type;

    /// <summary>How it is written.</summary>
    public JsonTypeInfo Json => Written.Json;

    public required Func<Occasion, Command<TState>> Example { get; init; }

    public required Func<TState, Rulebook, ImmutableArray<Subject>> Subjects { get; init; }

    public required Func<TState, Subject?, DecisionContext<TState>, ComplaintError?> Precondition { get; init; }

    /// <summary>Its place in the catalogue, by which tables find it.</summary>
    public int Ordinal { get; init; }

    public string Name => Capability.Name;

    public CommandName CommandName { get; } = new(Capability.Name);

    /// <summary>True when it may be about a part of the case, and about the whole as well.</summary>
    public bool IsAboutWholeToo { get; } = Capability.Fields.Any(field => field is { Kind: FieldKind.Subject, IsRequired: false }
        or { Kind: FieldKind.Subjects });

    /// <summary>What is wrong with the values: the one finding, or all of them together.</summary>
    public ComplaintError? Check(Command<TState> command, Rulebook rules)
    {
        ComplaintError? first = null;
        ImmutableArray<ComplaintError>.Builder? all = null;
        foreach (var field in Capability.Fields)
        {
            if (field.Finding?.Invoke(command, rules) is not { } found)
                continue;
            if (first is null)
            {
                first = found;
                continue;
            }
            all ??= ImmutableArray.CreateBuilder<ComplaintError>();
            if (all.Count == 0)
                all.Add(first);
            all.Add(found);
        }
        return all is null ? first : new("validation.failed") { Details = all.DrainToImmutable() };
    }

    /// <inheritdoc/>
    public bool Equals(CommandType<TState>? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Ordinal;
}

/// <summary>One type of event of a catalogue.</summary>
internal sealed record HappeningType(string Room, EventType Type, RoomJson Written)
{
    /// <summary>The class of the event.</summary>
    public Type Class => Written.Type;

    /// <summary>How it is written.</summary>
    public JsonTypeInfo Json => Written.Json;

    public string Name => Type.Name;

    public int Version => Type.Version;
}

/// <summary>How a command or an event is written, by the context of its room. It is looked up when it is used first: a program that starts
/// would else compile all of them, half a second of work.</summary>
internal sealed class RoomJson(string room, JsonSerializerContext context, Type type)
{
    public Type Type => type;

    /// <exception cref="InvalidOperationException">The type has no line in the room's JSON context.</exception>
    public JsonTypeInfo Json => field ??= context.GetTypeInfo(type) ?? throw new InvalidOperationException(
        $"The room {room} lists {type.Name}, but {context.GetType().Name} does not know it: "
        + $"add [JsonSerializable(typeof({type.Name}))] there.");
}
