using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Lifecycle;

/// <summary>A tenant's map of who may do what, held against the commands that there are.</summary>
internal static class PermissionMap
{
    /// <summary>What the commands of all aggregates say of a tenant's settings.</summary>
    public static DefinitionCheck Against(IReadOnlyList<Capability> commands) => new(
        SharedDefinitions.Tenant,
        settings => Problems((TenantSettings)settings, commands),
        settings => NotUnderstood((TenantSettings)settings, commands));

    private static IEnumerable<ComplaintError> Problems(TenantSettings settings, IReadOnlyList<Capability> commands)
    {
        foreach (var (name, roles) in settings.Permissions)
        {
            var path = $"permissions.{name}";
            if (commands.FirstOrDefault(known => known.Name == name) is not { } command)
                yield return new("definition.missing", ("path", path), ("value", name),
                    ("known", commands.Where(known => !known.IsInternal).Select(known => known.Name)));
            else if (command.IsInternal)
                yield return new("permission.internal", ("path", path), ("value", name));
            if (!roles.IsDefault && roles.Contains(Role.System))
                yield return new("roles.system", ("path", path));
        }
    }

    /// <summary>The first command of the map that this program does not know: a newer one published it.</summary>
    private static string? NotUnderstood(TenantSettings settings, IReadOnlyList<Capability> commands) =>
        settings.Permissions.Keys.FirstOrDefault(name => commands.All(known => known.Name != name)) is { } unknown
            ? $"permissions.{unknown}"
            : null;
}
