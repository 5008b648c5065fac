using Complaints.Core.Capabilities;
using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Improvements;
using Complaints.Core.Lifecycle;

namespace Complaints.Core;

/// <summary>Every command that a person or a program may send, with all that is known of it: forms, APIs, command lines and documentation
/// are made from this. Thread-safe.</summary>
public static class CommandCatalogue
{
    private static readonly Lazy<ImmutableArray<ComplaintCommandInfo>> Sendable = new(() =>
        [.. ComplaintRooms.Current.Catalogue.Commands.Where(command => !command.Capability.IsInternal).Select(
            command => new ComplaintCommandInfo(command))]);

    private static readonly Lazy<ImmutableArray<ImprovementCommandInfo>> OfImprovements = new(() =>
        [.. ImprovementRooms.Current.Catalogue.Commands.Where(command => !command.Capability.IsInternal).Select(
            command => new ImprovementCommandInfo(command))]);

    /// <summary>The commands on complaints, in the order of the rooms.</summary>
    public static ImmutableArray<ComplaintCommandInfo> All => Sendable.Value;

    /// <summary>The commands on improvements.</summary>
    public static ImmutableArray<ImprovementCommandInfo> Improvements => OfImprovements.Value;

    /// <summary>Every code with which this library refuses: those of many commands, and each command's own.</summary>
    public static ImmutableArray<string> RefusalCodes => [.. Refusals.Select(refusal => refusal.Code).Order(StringComparer.Ordinal)];

    /// <summary>The same with their texts.</summary>
    internal static IEnumerable<Refusal> Refusals => ErrorTexts.All.Concat(ConflictRules.All)
        .Concat(ComplaintRooms.Current.Catalogue.Capabilities.Concat(ImprovementRooms.Current.Catalogue.Capabilities)
            .SelectMany(command => command.Refusals))
        .DistinctBy(refusal => refusal.Code, StringComparer.Ordinal);

    /// <summary>The command on complaints of a name; <c>null</c> when there is none, or it is the system's own.</summary>
    public static ComplaintCommandInfo? Find(CommandName name) => All.FirstOrDefault(command => command.Name == name);

    /// <summary>The command on improvements of a name; <c>null</c> when there is none, or it is the system's own.</summary>
    public static ImprovementCommandInfo? FindImprovement(CommandName name) => Improvements.FirstOrDefault(command => command.Name == name);

    /// <summary>What a command is called.</summary>
    /// <exception cref="ArgumentException">It is the system's own, or a sequence.</exception>
    public static ComplaintCommandInfo Of(ComplaintCommand command)
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
