using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Lifecycle;

namespace Complaints.Core;

/// <summary>What is known of one command besides its rule.</summary>
public abstract class CommandInfo
{
    private readonly Capability _capability;
    private readonly RoomJson _written;

    private protected CommandInfo(CommandName name, string room, Capability capability, RoomJson written) =>
        (Name, Room, _capability, _written) = (name, room, capability, written);

    /// <summary>Its name.</summary>
    public CommandName Name { get; }

    /// <summary>What people call it.</summary>
    public Label Label => _capability.Label;

    /// <summary>The room that it belongs to.</summary>
    public string Room { get; }

    /// <summary>Its fields, in the order of a form.</summary>
    public ImmutableArray<Field> Fields => _capability.Fields;

    /// <summary>Who may, unless a tenant says otherwise.</summary>
    public ImmutableArray<string> Roles => _capability.Roles;

    /// <summary>True when it begins a case.</summary>
    public bool IsCreating => _capability.IsCreating;

    /// <summary>True when it disturbs nobody who works at the same time, so that an expected version is not compared.</summary>
    public bool Commutes => _capability.Commutes;

    /// <summary>The codes of its own refusals; those of many commands are not repeated here.</summary>
    public ImmutableArray<string> Refusals => [.. _capability.Refusals.Select(refusal => refusal.Code)];

    /// <summary>What its fields hold where nothing is given, as a JSON object.</summary>
    public string Defaults => WriteJson(JsonSerializer.Deserialize("{}", _written.Json)!);

    private protected Type Class => _written.Type;

    private protected string WriteJson(object command) => Encoding.UTF8.GetString(JsonBytes.Write(
        (Command: command, _written.Json), static (writer, _, written) => JsonSerializer.Serialize(writer, written.Command, written.Json)));

    private protected (object? Command, ComplaintError? Error) ReadJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (JsonNode.Parse(json) is not JsonObject fields)
                return (null, new("command.syntax", ("command", Name), ("path", "$")));
            var unknown = fields.Select(field => field.Key).FirstOrDefault(key => Fields.All(field => field.Name != key));
            return unknown is not null
                ? (null, new("command.field_unknown", ("command", Name), ("value", unknown), ("known", Fields.Select(field => field.Name))))
                : (fields.Deserialize(_written.Json)!, null);
        }
        catch (JsonException e)
        {
            return (null, new("command.syntax", ("command", Name), ("path", e.Path ?? "$")));
        }
    }
}

/// <summary>What is known of one command on complaints.</summary>
public sealed class ComplaintCommandInfo : CommandInfo
{
    private readonly CommandType<Complaint> _type;

    internal ComplaintCommandInfo(CommandType<Complaint> type) : base(type.CommandName, type.Room, type.Capability, type.Written) =>
        _type = type;

    /// <summary>The states in which it is permitted; empty for one that begins a case.</summary>
    public ImmutableArray<ComplaintState> States =>
        [.. Lifecycle.States.All.Where(state => LifecycleMachine.Current.Permits(state, _type.Ordinal))];

    /// <summary>What it may be about in a case now; empty when it is about the whole, or there is nothing that it could be about.</summary>
    public ImmutableArray<Subject> SubjectsIn(Complaint complaint, Rulebook rules) => _type.Subjects(complaint, rules);

    /// <summary>A command that is right where the lifecycle permits it: for documentation and tests.</summary>
    public ComplaintCommand Example(Occasion occasion) => (ComplaintCommand)_type.Example(occasion);

    /// <summary>Reads the command from an object with its fields.</summary>
    public (ComplaintCommand? Command, ComplaintError? Error) Read(string json)
    {
        var (command, error) = ReadJson(json);
        return ((ComplaintCommand?)command, error);
    }

    /// <summary>The command's fields as JSON.</summary>
    /// <exception cref="ArgumentException">It is another command.</exception>
    public string Write(ComplaintCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.GetType() == Class ? WriteJson(command) : throw new ArgumentException($"This is no {Name}.", nameof(command));
    }
}

/// <summary>What is known of one command on improvements.</summary>
public sealed class ImprovementCommandInfo : CommandInfo
{
    private readonly CommandType<Improvement> _type;

    internal ImprovementCommandInfo(CommandType<Improvement> type) : base(type.CommandName, type.Room, type.Capability, type.Written) =>
        _type = type;

    /// <summary>A command that is right where the table permits it: for documentation and tests.</summary>
    public ImprovementCommand Example(Occasion occasion) => (ImprovementCommand)_type.Example(occasion);

    /// <summary>Reads the command from an object with its fields.</summary>
    public (ImprovementCommand? Command, ComplaintError? Error) Read(string json)
    {
        var (command, error) = ReadJson(json);
        return ((ImprovementCommand?)command, error);
    }

    /// <summary>The command's fields as JSON.</summary>
    /// <exception cref="ArgumentException">It is another command.</exception>
    public string Write(ImprovementCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.GetType() == Class ? WriteJson(command) : throw new ArgumentException($"This is no {Name}.", nameof(command));
    }
}
