using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>What a host can change of who handles what.</summary>
public static class AssignmentDefinitions
{
    /// <summary>Departments, teams, areas, roles.</summary>
    public static DefinitionKind<Organisation> Organisation { get; } = new("organisation", AssignmentDefinitionsJson.Default)
    {
        Check = static (organisation, _, _) => organisation.Problems(),
    };

    /// <summary>The staff, where the host has no directory of its own.</summary>
    public static DefinitionKind<StaffList> Staff { get; } = new("staff", AssignmentDefinitionsJson.Default)
    {
        Check = static (staff, _, rules) => staff.Problems(rules.Organisation),
    };

    /// <summary>Who handles what.</summary>
    public static DefinitionKind<RoutingTable> Routing { get; } = new("routing", AssignmentDefinitionsJson.Default)
    {
        Check = static (table, _, rules) => table.Problems(rules),
    };

    /// <summary>In which order queues are worked on.</summary>
    public static DefinitionKind<QueueScoring> QueueScoring { get; } = new("queue-score", AssignmentDefinitionsJson.Default)
    {
        Check = static (scoring, _, rules) => scoring.Problems(rules),
    };

    /// <summary>What departments can be asked.</summary>
    public static DefinitionKind<TaskRules> Tasks { get; } = new("tasks", AssignmentDefinitionsJson.Default)
    {
        Check = static (tasks, _, _) => tasks.Problems(),
    };

    private static readonly RulePart<StaffIndex> Index = new(rules => new(rules.Get(Staff)));

    private static readonly RulePart<QueuePlan> Plan = new(rules => new(rules));

    extension(Rulebook rules)
    {
        /// <summary>How the tenant is organised.</summary>
        public Organisation Organisation => rules.Get(Organisation);

        /// <summary>Who handles what.</summary>
        public Versioned<RoutingTable> Routing => rules.Newest(Routing);

        /// <summary>In which order queues are worked on.</summary>
        public Versioned<QueueScoring> QueueScoring => rules.Newest(QueueScoring);

        /// <summary>What departments can be asked.</summary>
        public TaskRules Tasks => rules.Get(Tasks);

        internal StaffIndex StaffIndex => rules.Part(Index);

        internal QueuePlan QueuePlan => rules.Part(Plan);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(Organisation))]
[JsonSerializable(typeof(StaffList))]
[JsonSerializable(typeof(RoutingTable))]
[JsonSerializable(typeof(QueueScoring))]
[JsonSerializable(typeof(TaskRules))]
internal sealed partial class AssignmentDefinitionsJson : JsonSerializerContext;
