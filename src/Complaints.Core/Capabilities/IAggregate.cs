using NodaTime;

namespace Complaints.Core.Capabilities;

/// <summary>
/// Something that is decided on as a whole and is the fold of its events: a complaint, an improvement. What the decider, the history and
/// the desk must know of it, whatever it is.
/// </summary>
/// <typeparam name="TSelf">The state.</typeparam>
internal interface IAggregate<TSelf> where TSelf : class, IAggregate<TSelf>
{
    /// <summary>What it is, in one word that never changes: the member that names it in a history, and in the places of sealed
    /// values.</summary>
    static abstract string Noun { get; }

    /// <summary>One of which nothing is known yet; every fold begins with it.</summary>
    static abstract TSelf Unborn(TenantId tenant, Guid id);

    /// <summary>What its history says of a command that was recorded late, and changes nothing else.</summary>
    static abstract Event<TSelf> Backdated(Personal<string> reason);

    TenantId Tenant { get; }

    /// <summary>Its id, whatever its type.</summary>
    Guid Key { get; }

    /// <summary>Its number for people.</summary>
    string Number { get; }

    int Version { get; }

    Instant UpdatedAt { get; }

    /// <summary>Nothing can have happened to it before.</summary>
    Instant BeganAt { get; }

    /// <summary>Where it stands, for a message: a code that has words.</summary>
    object Standing { get; }

    /// <summary>The personal values of the state, each under the name that it has in the events.</summary>
    PersonalField[] PersonalValues { get; }

    /// <summary>What was written of it last.</summary>
    Memo<WrittenState> Written { get; set; }

    /// <summary>The same after one more command.</summary>
    TSelf At(int version, Instant updatedAt);
}
