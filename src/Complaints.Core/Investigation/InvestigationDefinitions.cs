using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Investigation;

/// <summary>What a host can change of investigations.</summary>
public static class InvestigationDefinitions
{
    /// <summary>Causes, parties, reasons not to investigate, measures.</summary>
    public static DefinitionKind<CauseCatalogue> Causes { get; } = new("causes", InvestigationDefinitionsJson.Default)
    {
        Check = static (causes, _, _) => causes.Problems(),
    };

    /// <summary>What sorts of steps there are.</summary>
    public static DefinitionKind<CodeList<CodeItem>> StepKinds { get; } = new("step-kinds", InvestigationDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    extension(Rulebook rules)
    {
        /// <summary>What a finding may say.</summary>
        public CauseCatalogue Causes => rules.Get(Causes);

        /// <summary>What sorts of steps there are.</summary>
        public CodeList<CodeItem> StepKinds => rules.Get(StepKinds);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CauseCatalogue))]
[JsonSerializable(typeof(CodeList<CodeItem>))]
internal sealed partial class InvestigationDefinitionsJson : JsonSerializerContext;
