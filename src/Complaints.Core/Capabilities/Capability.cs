using System.Collections.Immutable;

namespace Complaints.Core.Capabilities;

/// <summary>What the library knows of a command besides its rule. It stands beside the rule, in the command's own file.</summary>
/// <param name="Name">Its code: <c>place-on-hold</c>.</param>
/// <param name="Label">What people call it.</param>
internal sealed record Capability(string Name, Label Label)
{
    /// <summary>Who may, unless the tenant says otherwise. Required: nothing is open by being forgotten. Empty for the system's
    /// own.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Its fields, through which its values are checked before the rule is asked.</summary>
    public required ImmutableArray<Field> Fields { get; init; }

    /// <summary>The states in which it is permitted and never moves. What moves, or stays under a circumstance, stands in the aggregate's
    /// table.</summary>
    public ImmutableArray<string> StaysIn { get; init; } = [];

    /// <summary>Its own refusals with their texts.</summary>
    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    /// <summary>Only the system sends it: no form, no API, no permission that a tenant could give.</summary>
    public bool IsInternal { get; init; }

    /// <summary>It begins an aggregate: there is none before it.</summary>
    public bool IsCreating { get; init; }

    /// <summary>Whoever must keep out of the case may send it all the same: it decides nothing.</summary>
    public bool IsOpenToInvolved { get; init; }

    /// <summary>It disturbs nobody who works at the same time: an expected version is not compared.</summary>
    public bool Commutes { get; init; }
}
