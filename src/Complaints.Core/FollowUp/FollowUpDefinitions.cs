using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.FollowUp;

/// <summary>What a host can change of how customers are reached.</summary>
public static class FollowUpDefinitions
{
    /// <summary>When customers may be contacted.</summary>
    public static DefinitionKind<ContactHours> ContactHours { get; } = new("contact-hours", FollowUpDefinitionsJson.Default)
    {
        Check = static (hours, _, _) => hours.Problems(),
    };

    extension(Rulebook rules)
    {
        /// <summary>When customers may be contacted.</summary>
        public ContactHours ContactHours => rules.Get(ContactHours);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ContactHours))]
internal sealed partial class FollowUpDefinitionsJson : JsonSerializerContext;
