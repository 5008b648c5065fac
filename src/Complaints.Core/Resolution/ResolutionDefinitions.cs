using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Resolution;

/// <summary>What a host can change of how cases are solved.</summary>
public static class ResolutionDefinitions
{
    /// <summary>Outcomes.</summary>
    public static DefinitionKind<CodeList<CodeItem>> Outcomes { get; } = new("outcomes", ResolutionDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>Remedies.</summary>
    public static DefinitionKind<CodeList<CodeItem>> Remedies { get; } = new("remedies", ResolutionDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>How a customer agrees or confirms.</summary>
    public static DefinitionKind<CodeList<CodeItem>> Confirmations { get; } = new("confirmations", ResolutionDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    extension(Rulebook rules)
    {
        /// <summary>How a complaint may end.</summary>
        public CodeList<CodeItem> Outcomes => rules.Get(Outcomes);

        /// <summary>How a customer may agree or confirm.</summary>
        public CodeList<CodeItem> Confirmations => rules.Get(Confirmations);

        /// <summary>What may be offered.</summary>
        public CodeList<CodeItem> Remedies => rules.Get(Remedies);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CodeList<CodeItem>))]
internal sealed partial class ResolutionDefinitionsJson : JsonSerializerContext;
