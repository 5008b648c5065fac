using System.Collections.Immutable;

namespace Complaints.Core;

/// <summary>Who acts: an id of the host's own, and the roles held while acting. Names stay with the host.</summary>
public sealed record Actor
{
    private readonly string _id;

    /// <summary>An actor with the given roles.</summary>
    /// <param name="id">1 to 100 characters, not blank, never a person's name.</param>
    /// <param name="roles">Codes from <see cref="Role"/> or the host's own.</param>
    /// <exception cref="ArgumentException">The id is empty, blank or too long, or holds a control character.</exception>
    public Actor(string id, ImmutableArray<string> roles) : this(roles, Checked(id)) { }

    /// <summary>The same with the roles one by one.</summary>
    /// <param name="id">1 to 100 characters, not blank, never a person's name.</param>
    /// <param name="roles">Codes from <see cref="Role"/> or the host's own.</param>
    /// <exception cref="ArgumentException">The id is empty, blank or too long, or holds a control character.</exception>
    public Actor(string id, params ReadOnlySpan<string> roles) : this(ImmutableArray.Create(roles), Checked(id)) { }

    private Actor(ImmutableArray<string> roles, string id) => (_id, Roles) = (id, roles);

    /// <summary>The id, unique among those who act for the host.</summary>
    /// <exception cref="ArgumentException">It is empty, blank or too long, or holds a control character.</exception>
    public string Id
    {
        get => _id;
        init => _id = Checked(value);
    }

    /// <summary>The roles.</summary>
    public ImmutableArray<string> Roles { get; init => field = value.IsDefault ? [] : value; }

    /// <summary>Who acted, as a history says. It is taken as it stands: what was written under an older rule, or by somebody else, must
    /// stay readable.</summary>
    internal static Actor Recorded(string? id, ImmutableArray<string> roles, string? onBehalfOf) =>
        new(roles, id ?? "") { _onBehalfOf = onBehalfOf };

    /// <summary>The teams in which the actor works, by the host's codes.</summary>
    public ImmutableArray<string> Teams { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The area for which the actor works, by the host's code.</summary>
    public string? Area { get; init; }

    /// <summary>For whom the actor acts, by the host's id. It gives no rights; both stand in the history, and both count where two people
    /// are needed.</summary>
    /// <exception cref="ArgumentException">It is blank or too long, or holds a control character.</exception>
    public string? OnBehalfOf
    {
        get => _onBehalfOf;
        init => _onBehalfOf = value is null ? null : Checked(value);
    }

    private string? _onBehalfOf;

    /// <summary>The actor's own id, and that of whom the actor acts for.</summary>
    internal bool IsOrActsFor(string? id) => id is not null && (id == Id || id == OnBehalfOf);

    /// <summary>True for somebody of ours: neither the customer nor a machine.</summary>
    internal bool IsStaff => Roles.Any(role => role is not (Role.System or Role.Customer));

    /// <summary>The library itself: a timer that fired, a seed that was published.</summary>
    public static Actor System { get; } = new("system", Role.System);

    /// <summary>True when the actor holds the role.</summary>
    public bool Is(string role) => Roles.AsSpan().Contains(role);

    /// <inheritdoc/>
    public bool Equals(Actor? other) =>
        other is not null && Id == other.Id && OnBehalfOf == other.OnBehalfOf && Area == other.Area
        && Teams.AsSpan().SequenceEqual(other.Teams.AsSpan()) && Roles.AsSpan().SequenceEqual(other.Roles.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    private static string Checked(string id) =>
        Text.Check("id", id, Text.Id) is { } problem ? throw new ArgumentException($"This is no actor's id. {problem.Message}", nameof(id)) : id;
}

/// <summary>The roles that the sources name. An open list: a host adds its own.</summary>
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

    /// <summary>财务: pays and books.</summary>
    public const string Finance = "finance";

    /// <summary>培训师: trains and observes.</summary>
    public const string Trainer = "trainer";

    /// <summary>隐私专员: answers for personal data.</summary>
    public const string Privacy = "privacy";

    /// <summary>审计员: reads everything and changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>客户: the customer, through a page of the host.</summary>
    public const string Customer = "customer";

    /// <summary>The library itself.</summary>
    public const string System = "system";

    /// <summary>Who handles complaints: agent, supervisor, manager.</summary>
    internal static ImmutableArray<string> Desk { get; } = [Agent, Supervisor, Manager];
}
