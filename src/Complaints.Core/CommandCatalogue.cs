using Complaints.Core.Capabilities;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core;

/// <summary>Every command that a person or a program may send, with all that is known of it: forms, APIs, command lines and documentation
/// are made from this. Thread-safe.</summary>
public static class CommandCatalogue
{
    private static readonly Lazy<ImmutableArray<CommandInfo>> Sendable = new(() =>
        [.. ComplaintRooms.Current.Catalogue.Commands.Where(command => !command.Capability.IsInternal).Select(command => new CommandInfo(command))]);

    /// <summary>The commands, in the order of the rooms.</summary>
    public static ImmutableArray<CommandInfo> All => Sendable.Value;

    /// <summary>Every code with which this library refuses: those of many commands, and each command's own.</summary>
    public static ImmutableArray<string> RefusalCodes => [.. Refusals.Select(refusal => refusal.Code).Order(StringComparer.Ordinal)];

    /// <summary>The same with their texts.</summary>
    internal static IEnumerable<Refusal> Refusals => ErrorTexts.All
        .Concat(ComplaintRooms.Current.Catalogue.Commands.SelectMany(command => command.Capability.Refusals))
        .DistinctBy(refusal => refusal.Code, StringComparer.Ordinal);

    /// <summary>The command of a name; <c>null</c> when there is none, or it is the system's own.</summary>
    public static CommandInfo? Find(CommandName name) => All.FirstOrDefault(command => command.Name == name);

    /// <summary>What a command is called.</summary>
    /// <exception cref="ArgumentException">It is the system's own, or a sequence.</exception>
    public static CommandInfo Of(ComplaintCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command is Sequence ? throw new ArgumentException("A sequence has no name of its own; ask for its parts.", nameof(command))
            : Find(ComplaintRooms.Current.Catalogue.Of(command).CommandName) ?? throw new ArgumentException($"{command.GetType().Name} is the system's own.", nameof(command));
    }

    /// <summary>Reads a command by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="json">An object with the command's fields; those that may be left out may be missing.</param>
    /// <returns>The command, or <c>command.unknown</c>, <c>command.field_unknown</c>, <c>command.syntax</c>.</returns>
    public static (ComplaintCommand? Command, ComplaintError? Error) Read(CommandName name, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Find(name) is { } command ? command.Read(json) : (null, new("command.unknown", ("value", name.Value), ("known", All.Select(known => known.Name.Value))));
    }
}

/// <summary>What is known of one command besides its rule.</summary>
public sealed class CommandInfo
{
    private readonly CommandType<Complaint> _type;

    internal CommandInfo(CommandType<Complaint> type) => _type = type;

    /// <summary>Its name.</summary>
    public CommandName Name => _type.CommandName;

    /// <summary>What people call it.</summary>
    public Label Label => _type.Capability.Label;

    /// <summary>The room that it belongs to.</summary>
    public string Room => _type.Room;

    /// <summary>Its fields, in the order of a form.</summary>
    public ImmutableArray<Field> Fields => _type.Capability.Fields;

    /// <summary>Who may, unless a tenant says otherwise.</summary>
    public ImmutableArray<string> Roles => _type.Capability.Roles;

    /// <summary>The states in which it is permitted; empty for one that begins a case.</summary>
    public ImmutableArray<ComplaintState> States =>
        [.. Lifecycle.States.All.Where(state => LifecycleMachine.Current.Permits(state, _type.Ordinal))];

    /// <summary>True when it begins a case.</summary>
    public bool IsCreating => _type.Capability.IsCreating;

    /// <summary>True when it disturbs nobody who works at the same time, so that an expected version is not compared.</summary>
    public bool Commutes => _type.Capability.Commutes;

    /// <summary>The codes of its own refusals; those of many commands are not repeated here.</summary>
    public ImmutableArray<string> Refusals => [.. _type.Capability.Refusals.Select(refusal => refusal.Code)];

    /// <summary>What it may be about in a case now; empty when it is about the whole, or there is nothing that it could be about.</summary>
    public ImmutableArray<Subject> SubjectsIn(Complaint complaint, Rulebook rules) => _type.Subjects(complaint, rules);

    /// <summary>A command that is right where the lifecycle permits it: for documentation and tests.</summary>
    public ComplaintCommand Example(Occasion occasion) => (ComplaintCommand)_type.Example(occasion);

    /// <summary>Reads the command from an object with its fields.</summary>
    public (ComplaintCommand? Command, ComplaintError? Error) Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (JsonNode.Parse(json) is not JsonObject fields)
                return (null, new("command.syntax", ("command", Name), ("path", "$")));
            var unknown = fields.Select(field => field.Key).FirstOrDefault(key => Fields.All(field => field.Name != key));
            return unknown is not null
                ? (null, new("command.field_unknown", ("command", Name), ("value", unknown), ("known", Fields.Select(field => field.Name))))
                : ((ComplaintCommand)fields.Deserialize(_type.Json)!, null);
        }
        catch (JsonException e)
        {
            return (null, new("command.syntax", ("command", Name), ("path", e.Path ?? "$")));
        }
    }

    /// <summary>The command's fields as JSON.</summary>
    /// <exception cref="ArgumentException">It is another command.</exception>
    public string Write(ComplaintCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.GetType() == _type.Type
            ? Encoding.UTF8.GetString(JsonBytes.Write((command, _type.Json), static (writer, _, written) => JsonSerializer.Serialize(writer, written.command, written.Json)))
            : throw new ArgumentException($"This is no {Name}.", nameof(command));
    }
}
