using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>Who acts: an id of the host's own, and the roles held while acting. Names stay with the host.</summary>
/// <param name="Id">1 to 100 characters, never a person's name.</param>
/// <param name="Roles">Codes from <see cref="Role"/> or the host's own.</param>
[method: JsonConstructor]
public sealed record Actor(string Id, ImmutableArray<string> Roles)
{
    /// <summary>An actor with the given roles.</summary>
    public Actor(string id, params ReadOnlySpan<string> roles) : this(id, ImmutableArray.Create(roles)) { }

    /// <summary>The library itself: a timer that fired, a seed that was published.</summary>
    public static Actor System { get; } = new("system", Role.System);

    /// <summary>True when the actor holds the role.</summary>
    public bool Is(string role) => !Roles.IsDefault && Roles.Contains(role, StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(Actor? other) => other is not null && Id == other.Id && Roles.AsSpan().SequenceEqual(other.Roles.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);
}

/// <summary>The roles that the sources name (S058). An open list: a host adds its own.</summary>
public static class Role
{
    /// <summary>座席: takes and handles complaints.</summary>
    public const string Agent = "agent";

    /// <summary>主管: chooses among proposals, approves within limits.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>经理: answers for a desk.</summary>
    public const string Manager = "manager";

    /// <summary>总监: decides what exceeds a manager's authority.</summary>
    public const string Director = "director";

    /// <summary>责任部门: works on department tasks.</summary>
    public const string Department = "department";

    /// <summary>品管部: reviews quality and systemic causes.</summary>
    public const string Quality = "quality";

    /// <summary>Changes definitions and imports ledgers.</summary>
    public const string Administrator = "administrator";

    /// <summary>The library itself.</summary>
    public const string System = "system";
}
