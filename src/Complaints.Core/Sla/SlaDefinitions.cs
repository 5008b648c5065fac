using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>What a host can change of how long things may take.</summary>
public static class SlaDefinitions
{
    private static readonly RulePart<PolicyBook> Book = new(rules => new(rules));

    /// <summary>SLA policies; many ids.</summary>
    public static DefinitionKind<SlaPolicy> Policies { get; } = new("policy", SlaDefinitionsJson.Default, isMany: true)
    {
        Check = static (policy, id, rules) => PolicyRules.Problems(id, policy, rules),
    };

    extension(Rulebook rules)
    {
        /// <summary>A policy in the version that a complaint is pinned to; <c>null</c> if it is not known here.</summary>
        public SlaPolicy? Policy(DefinitionRef reference) => rules.Part(Book).Find(reference);

        /// <summary>The policy that applies to a complaint as it is, of those that hold at its receipt; <c>null</c> if none does.</summary>
        public DefinitionRef? SelectPolicy(Complaint complaint) => rules.Part(Book).Select(complaint);

        /// <summary>The version of every policy that holds now, in the order in which they are tried.</summary>
        internal ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> CurrentPolicies => rules.Part(Book).Current;

        /// <summary>The version of a policy that holds now; <c>null</c> if none of that id does.</summary>
        internal DefinitionRef? NewestPolicy(string id) => rules.Part(Book).Newest(id);

        /// <summary>The same at another instant.</summary>
        internal DefinitionRef? NewestPolicy(string id, Instant at) => rules.Part(Book).Newest(id, at);

        /// <summary>The version of a policy that holds now with its calendars, for what has no complaint that was pinned to it;
        /// <c>null</c> if none
        /// of that id is published.</summary>
        internal PolicyPin? PinOf(string policy) => rules.Part(Book).PinOf(policy);

        /// <summary>True when every version that the clocks are pinned to is known here. Without them nothing may be decided: the clocks
        /// would seem to be gone.</summary>
        internal bool Knows(ClockRecord clocks) => rules.Part(Book).Knows(clocks);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, Converters = [typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(SlaPolicy))]
internal sealed partial class SlaDefinitionsJson : JsonSerializerContext;
