using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Classification;

/// <summary>What a host can change of how cases are judged.</summary>
public static class ClassificationDefinitions
{
    /// <summary>The category catalogue.</summary>
    public static DefinitionKind<CategoryCatalogue> Categories { get; } = new("categories", ClassificationDefinitionsJson.Default)
    {
        Check = static (catalogue, _, _) => catalogue.Problems(),
    };

    /// <summary>The priority table.</summary>
    public static DefinitionKind<PriorityTable> Priorities { get; } = new("priorities", ClassificationDefinitionsJson.Default)
    {
        Check = static (table, _, _) => table.Problems(),
    };

    /// <summary>Rules that suggest a classification.</summary>
    public static DefinitionKind<ClassificationRules> ClassificationRules { get; } =
        new("classification-rules", ClassificationDefinitionsJson.Default)
    {
        Check = static (suggestions, _, rules) => suggestions.Problems(rules.Categories.Value),
    };

    extension(Rulebook rules)
    {
        /// <summary>The category tree.</summary>
        public Versioned<CategoryCatalogue> Categories => rules.Newest(Categories);

        /// <summary>Severity x urgency x impact -> priority.</summary>
        public Versioned<PriorityTable> Priorities => rules.Newest(Priorities);

        /// <summary>Rules that suggest a classification.</summary>
        public Versioned<ClassificationRules> ClassificationRules => rules.Newest(ClassificationRules);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CategoryCatalogue))]
[JsonSerializable(typeof(PriorityTable))]
[JsonSerializable(typeof(ClassificationRules))]
internal sealed partial class ClassificationDefinitionsJson : JsonSerializerContext;
