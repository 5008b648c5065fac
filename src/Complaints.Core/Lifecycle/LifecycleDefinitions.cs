using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;

namespace Complaints.Core.Lifecycle;

/// <summary>What a host can change of waiting, and what follows from its settings of who may do what.</summary>
public static class LifecycleDefinitions
{
    /// <summary>Hold reasons.</summary>
    public static DefinitionKind<CodeList<HoldReason>> HoldReasons { get; } = new("hold-reasons", LifecycleDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems()
            .Concat(list.Items.SelectMany((reason, i) => reason.Problems($"items[{i}]"))),
    };

    /// <summary>What must be there before a step.</summary>
    public static DefinitionKind<GateRules> Gates { get; } = new("gates", LifecycleDefinitionsJson.Default)
    {
        Check = static (gates, _, rules) => gates.Problems(rules),
    };

    private static readonly RulePart<GateBook> Compiled = new(rules => new(rules));

    extension(Rulebook rules)
    {
        /// <summary>What must be there before a step.</summary>
        public GateRules Gates => rules.Get(Gates);

        internal GateBook GateBook => rules.Part(Compiled);

        /// <summary>Why a complaint may wait.</summary>
        public CodeList<HoldReason> HoldReasons => rules.Get(HoldReasons);

        /// <summary>The roles that may send a command in this tenant, those that count as others included; empty when nobody may, or there
        /// is no such command.</summary>
        public ImmutableArray<string> RolesFor(CommandName command) =>
            ComplaintRooms.Current.Catalogue.FindCommand(command.Value) is { } known
                ? ComplaintRooms.Current.Decider.PermissionsIn(rules).RolesOf(known)
                : ImprovementRooms.Current.Catalogue.FindCommand(command.Value) is { } other
                    ? ImprovementRooms.Current.Decider.PermissionsIn(rules).RolesOf(other)
                    : [];
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CodeList<HoldReason>))]
[JsonSerializable(typeof(GateRules))]
internal sealed partial class LifecycleDefinitionsJson : JsonSerializerContext;
