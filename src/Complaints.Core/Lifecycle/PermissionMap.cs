using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Lifecycle;

/// <summary>A tenant's map of who may do what, held against the commands that there are.</summary>
internal static class PermissionMap
{
    /// <summary>What a catalogue says of a tenant's settings.</summary>
    public static DefinitionCheck Against(Catalogue<Complaint> catalogue) => new(
        SharedDefinitions.Tenant,
        settings => Problems((TenantSettings)settings, catalogue),
        settings => NotUnderstood((TenantSettings)settings, catalogue));

    private static IEnumerable<ComplaintError> Problems(TenantSettings settings, Catalogue<Complaint> catalogue)
    {
        foreach (var (name, roles) in settings.Permissions)
        {
            var path = $"permissions.{name}";
            if (catalogue.FindCommand(name) is not { } command)
                yield return new("definition.missing", ("path", path), ("value", name),
                    ("known", catalogue.Commands.Where(known => !known.Capability.IsInternal).Select(known => known.Name)));
            else if (command.Capability.IsInternal)
                yield return new("permission.internal", ("path", path), ("value", name));
            if (!roles.IsDefault && roles.Contains(Role.System))
                yield return new("roles.system", ("path", path));
        }
    }

    /// <summary>The first command of the map that this program does not know: a newer one published it.</summary>
    private static string? NotUnderstood(TenantSettings settings, Catalogue<Complaint> catalogue) =>
        settings.Permissions.Keys.FirstOrDefault(name => catalogue.FindCommand(name) is null) is { } unknown
            ? $"permissions.{unknown}"
            : null;
}
