using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Contact;

/// <summary>What a host can change of talks with customers.</summary>
public static class ContactDefinitions
{
    /// <summary>Checklists; many ids.</summary>
    public static DefinitionKind<Checklist> Checklists { get; } = new("checklists", ContactDefinitionsJson.Default, isMany: true)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>Call scripts; many ids.</summary>
    public static DefinitionKind<CallScript> Scripts { get; } = new("scripts", ContactDefinitionsJson.Default, isMany: true)
    {
        Check = static (script, _, rules) => script.Problems(rules),
    };

    /// <summary>What may be handed in as evidence.</summary>
    public static DefinitionKind<EvidenceRules> Evidence { get; } = new("evidence", ContactDefinitionsJson.Default)
    {
        Check = static (evidence, _, _) => evidence.Problems(),
    };

    /// <summary>Signals and what follows from them.</summary>
    public static DefinitionKind<SignalRules> Signals { get; } = new("signals", ContactDefinitionsJson.Default)
    {
        Check = static (signals, _, rules) => signals.Problems(rules),
    };

    private static readonly RulePart<CodeList<CodeItem>> CodesOfSignals = new(rules => new(rules.Signals.Codes));

    private static readonly RulePart<CodeList<EvidenceKind>> KindsOfEvidence = new(rules => new(rules.Evidence.Kinds));

    private static readonly RulePart<InForceOfMany<Checklist>> ListsInForce = new(rules => new(rules, Checklists, list => list.Label));

    private static readonly RulePart<InForceOfMany<CallScript>> ScriptsInForce = new(rules => new(rules, Scripts, script => script.Label));

    extension(Rulebook rules)
    {
        /// <summary>The checklists in force: their ids and names.</summary>
        public CodeList<CodeItem> Checklists => rules.Part(ListsInForce).List;

        /// <summary>The checklist of an id; <c>null</c> when there is none.</summary>
        public Checklist? Checklist(string id) => rules.Part(ListsInForce).Find(id);

        /// <summary>The call scripts in force, by id.</summary>
        public IEnumerable<KeyValuePair<string, CallScript>> CallScripts => rules.Part(ScriptsInForce).All;

        /// <summary>The words to avoid of all scripts together.</summary>
        public IEnumerable<WordChoice> WordsToAvoid => rules.CallScripts.SelectMany(script => script.Value.Wording);

        /// <summary>What may be handed in as evidence.</summary>
        public EvidenceRules Evidence => rules.Get(Evidence);

        /// <summary>The kinds of evidence.</summary>
        public CodeList<EvidenceKind> EvidenceKinds => rules.Part(KindsOfEvidence);

        /// <summary>Signals and what follows from them.</summary>
        public SignalRules Signals => rules.Get(Signals);

        /// <summary>The signals that people can raise.</summary>
        public CodeList<CodeItem> SignalCodes => rules.Part(CodesOfSignals);

        /// <summary>A rule of the signals for people; one that there is no more is told as it is.</summary>
        internal ICodeItem SignalRuleNamed(string rule) =>
            (ICodeItem?)rules.Signals.Rules.FirstOrDefault(known => known.Code == rule) ?? new CodeItem(rule, new(rule, rule));

        /// <summary>The items of all checklists together, each named with its list, for a form that does not know the list; none
        /// twice.</summary>
        internal IEnumerable<ICodeItem> ItemsOfAllChecklists => rules.Part(ListsInForce).All
            .SelectMany(known => known.Value.Items.Select(item => new CodeItem(
                item.Code, new($"{known.Value.Label.En}: {item.Label.En}", $"{known.Value.Label.Zh}：{item.Label.Zh}"))))
            .DistinctBy(item => item.Code, StringComparer.Ordinal);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Checklist))]
[JsonSerializable(typeof(CallScript))]
[JsonSerializable(typeof(EvidenceRules))]
[JsonSerializable(typeof(SignalRules))]
internal sealed partial class ContactDefinitionsJson : JsonSerializerContext;
