using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Lifecycle;

/// <summary>
/// Who may do what in one tenant: the commands' own roles, the tenant's map merged over them command by command, and the tenant's roles
/// that count as others. Compiled once; a question costs no
/// allocation. What is named nowhere is denied.
/// </summary>
internal sealed class Permissions
{
    private readonly ImmutableArray<string>[] _roles;

    public Permissions(Catalogue<Complaint> catalogue, TenantSettings settings)
    {
        _roles = [.. catalogue.Commands.Select(command => settings.Counting(command.Capability.IsInternal ? [Role.System]
            : settings.Permissions.TryGetValue(command.Name, out var own) ? own.IsDefault ? [] : own
            : command.Capability.Roles))];
    }

    /// <summary>The roles that may do it, those that count as others included.</summary>
    public ImmutableArray<string> RolesOf(CommandType<Complaint> command) => _roles[command.Ordinal];

    public bool Allows(CommandType<Complaint> command, Actor actor)
    {
        if (actor.Is(Role.System))
            return true;
        if (actor.Roles.IsDefault || command.Capability.IsInternal)
            return false;
        foreach (var role in actor.Roles)
        {
            if (_roles[command.Ordinal].Contains(role))
                return true;
        }
        return false;
    }

    /// <summary>Why not, or <c>null</c>.</summary>
    public ComplaintError? Check(CommandType<Complaint> command, Actor actor)
    {
        if (Allows(command, actor))
            return null;
        if (command.Capability.IsInternal)
            return new("authority.internal", ("command", command.CommandName));
        var roles = RolesOf(command);
        return roles.IsEmpty
            ? new("authority.nobody", ("command", command.CommandName))
            : new("authority.role", ("command", command.CommandName), ("roles", Words(roles)), ("value", actor.Roles.IsDefaultOrEmpty ? Nothing : Words(actor.Roles)));
    }

    private static readonly Label Nothing = new("nobody in particular", "无角色");

    private static ImmutableArray<ICodeItem> Words(ImmutableArray<string> roles) => [.. roles.Select(Vocabulary.Role)];
}
