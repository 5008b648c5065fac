using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

/// <summary>What an improvement can do, put together: catalogue, table, decider.</summary>
internal sealed class ImprovementRooms
{
    private static readonly Lazy<ImprovementRooms> Own = new(() => new(new(Room.Catalogue)));

    public ImprovementRooms(Catalogue<Improvement> catalogue)
    {
        Catalogue = catalogue;
        Table = new(catalogue, improvement => improvement.Status, ImprovementTable.Moves);
        Decider = new(catalogue, Table);
    }

    /// <summary>The library's own.</summary>
    public static ImprovementRooms Current => Own.Value;

    public Catalogue<Improvement> Catalogue { get; }

    public StepTable<Improvement, ImprovementStatus> Table { get; }

    public ImprovementDecider Decider { get; }
}

/// <summary>Where the commands of an improvement lead. What stays where it is stands with the command.</summary>
internal static class ImprovementTable
{
    public static ImmutableArray<Move<ImprovementStatus>> Moves { get; } =
    [
        new(ImprovementStatus.Open, "plan-action", ImprovementStatus.Executing),
        new(ImprovementStatus.Open, "close-improvement", ImprovementStatus.Closed),
        new(ImprovementStatus.Executing, "close-improvement", ImprovementStatus.Closed),
    ];

    /// <summary>The statuses in which it goes on, for the commands that stay in them.</summary>
    public static ImmutableArray<string> GoesOn { get; } = [nameof(ImprovementStatus.Open), nameof(ImprovementStatus.Executing)];

    /// <summary>Every status.</summary>
    public static ImmutableArray<string> All { get; } = [.. GoesOn, nameof(ImprovementStatus.Closed)];
}

/// <summary>Decides on improvements.</summary>
internal sealed class ImprovementDecider(Catalogue<Improvement> catalogue, ISteps<Improvement> steps)
    : Decider<Improvement>(catalogue, steps, Readers)
{
    /// <summary>Administrators see complaints by what they may do with them. With improvements they do nothing, and see them all the
    /// same: the command line is one of them.</summary>
    private static readonly ImmutableArray<string> Readers = [Role.Administrator];

    public Decided<Improvement> Decide(Improvement? improvement, ImprovementCommand command, ImprovementContext context)
    {
        var before = improvement ?? new Improvement { Tenant = context.Ticket!.Tenant, Id = context.Ticket.Id };
        return Run(improvement, before, [command], context);
    }
}
