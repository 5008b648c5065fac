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
    private readonly FrozenSet<string> _seeingAll;
    private readonly FrozenSet<string> _seeingOwn;

    /// <param name="catalogue">The aggregate's commands.</param>
    /// <param name="settings">What the tenant says of roles.</param>
    /// <param name="readers">Roles that see the aggregate though no command of it is theirs.</param>
    public Permissions(Catalogue<TState> catalogue, TenantSettings settings, ImmutableArray<string> readers = default)
    {
        _roles = [.. catalogue.Commands.Select(command => settings.Counting(
            command.Capability.IsInternal ? [Role.System] : OwnRoles(command, settings)))];
        var open = catalogue.Commands.Where(command => !command.Capability.IsInternal).Select(command => OwnRoles(command, settings))
            .Append(readers.IsDefault ? [] : readers).ToArray();
        var own = settings.OwnCasesOnly;
        _seeingAll = open.SelectMany(roles => settings.Counting([.. roles.Where(role => !own.Contains(role))]))
            .Where(role => !own.Contains(role)).ToFrozenSet(StringComparer.Ordinal);
        _seeingOwn = open.SelectMany(roles => settings.Counting(roles)).ToFrozenSet(StringComparer.Ordinal);
    }

    private static ImmutableArray<string> OwnRoles(CommandType<TState> command, TenantSettings settings) =>
        settings.Permissions.TryGetValue(command.Name, out var own) ? own.IsDefault ? [] : own : command.Capability.Roles;

    /// <summary>True for whoever may send any command of the aggregate, its readers, and the system; false for whoever holds only roles
    /// that see what they take part in.</summary>
    public bool MaySee(Actor actor) => actor.Is(Role.System) || HoldsAny(actor, _seeingAll);

    /// <summary>True for the same, and for whoever may send any command on what they take part in.</summary>
    public bool MaySeeOwn(Actor actor) => actor.Is(Role.System) || HoldsAny(actor, _seeingOwn);

    private static bool HoldsAny(Actor actor, FrozenSet<string> roles)
    {
        foreach (var role in actor.Roles)
        {
            if (roles.Contains(role))
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
