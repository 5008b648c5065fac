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

    private static readonly RulePart<StaffIndex> Index = new(rules => new(rules.Get(Staff)));

    extension(Rulebook rules)
    {
        /// <summary>How the tenant is organised.</summary>
        public Organisation Organisation => rules.Get(Organisation);

        /// <summary>Who handles what.</summary>
        public Versioned<RoutingTable> Routing => rules.Newest(Routing);

        internal StaffIndex StaffIndex => rules.Part(Index);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(Organisation))]
[JsonSerializable(typeof(StaffList))]
[JsonSerializable(typeof(RoutingTable))]
internal sealed partial class AssignmentDefinitionsJson : JsonSerializerContext;
