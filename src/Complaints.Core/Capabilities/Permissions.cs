using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Capabilities;

/// <summary>
/// Who may do what in one tenant: the commands' own roles, the tenant's map merged over them command by command, and the tenant's roles
/// that count as others. Compiled once; a question costs no
/// allocation. What is named nowhere is denied.
/// </summary>
internal sealed class Permissions<TState> where TState : class
{
    private readonly ImmutableArray<string>[] _roles;
    private readonly FrozenSet<string> _seeing;

    /// <param name="catalogue">The aggregate's commands.</param>
    /// <param name="settings">What the tenant says of roles.</param>
    /// <param name="readers">Roles that see the aggregate though no command of it is theirs.</param>
    public Permissions(Catalogue<TState> catalogue, TenantSettings settings, ImmutableArray<string> readers = default)
    {
        _roles = [.. catalogue.Commands.Select(command => settings.Counting(
            command.Capability.IsInternal ? [Role.System] : OwnRoles(command, settings)))];
        // A department works on what it was given, not on everybody's: until cases are given to it, it sees none.
        _seeing = catalogue.Commands.Where(command => !command.Capability.IsInternal)
            .SelectMany(command => settings.Counting([.. OwnRoles(command, settings).Where(role => role != Role.Department)]))
            .Concat(settings.Counting(readers.IsDefault ? [] : readers))
            .ToFrozenSet(StringComparer.Ordinal);
    }

    private static ImmutableArray<string> OwnRoles(CommandType<TState> command, TenantSettings settings) =>
        settings.Permissions.TryGetValue(command.Name, out var own) ? own.IsDefault ? [] : own : command.Capability.Roles;

    /// <summary>True for whoever may send any command of the aggregate, its readers, and the system.</summary>
    public bool MaySee(Actor actor)
    {
        if (actor.Is(Role.System))
            return true;
        if (actor.Roles.IsDefault)
            return false;
        foreach (var role in actor.Roles)
        {
            if (_seeing.Contains(role))
                return true;
        }
        return false;
    }

    /// <summary>The roles that may do it, those that count as others included.</summary>
    public ImmutableArray<string> RolesOf(CommandType<TState> command) => _roles[command.Ordinal];

    public bool Allows(CommandType<TState> command, Actor actor)
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
    public ComplaintError? Check(CommandType<TState> command, Actor actor)
    {
        if (Allows(command, actor))
            return null;
        if (command.Capability.IsInternal)
            return new("authority.internal", ("command", command.CommandName));
        var roles = RolesOf(command);
        return roles.IsEmpty
            ? new("authority.nobody", ("command", command.CommandName))
            : new("authority.role", ("command", command.CommandName), ("roles", Words(roles)),
                ("value", actor.Roles.IsDefaultOrEmpty ? Nothing : Words(actor.Roles)));
    }

    private static readonly Label Nothing = new("nobody in particular", "无角色");

    private static ImmutableArray<ICodeItem> Words(ImmutableArray<string> roles) => [.. roles.Select(RoleWords.Of)];
}
