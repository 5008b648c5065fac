using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Lifecycle;

/// <summary>A tenant's reasons, held against the commands that ask for one.</summary>
internal static class ReasonMap
{
    /// <summary>What the commands of all aggregates say of a tenant's reasons.</summary>
    public static DefinitionCheck Against(IReadOnlyList<Capability> commands)
    {
        var known = commands
            .Where(command => command.Fields.Any(field => field.NeedsRemark is not null))
            .Select(command => command.Name).ToHashSet(StringComparer.Ordinal);
        return new(
            SharedDefinitions.Reasons,
            book => ((ReasonBook)book).Commands.Keys.Where(name => !known.Contains(name)).Select(name =>
                new ComplaintError("definition.missing", ("path", $"commands.{name}"), ("value", name),
                    ("known", known.Order(StringComparer.Ordinal)))),
            book => ((ReasonBook)book).Commands.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown
                ? $"commands.{unknown}"
                : null);
    }
}
