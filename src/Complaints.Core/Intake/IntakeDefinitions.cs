using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>What a host can change of how cases come in.</summary>
public static class IntakeDefinitions
{
    private static readonly RulePart<IntakeValidator> Validator = new(rules => new(rules));

    /// <summary>Channels.</summary>
    public static DefinitionKind<CodeList<CodeItem>> Channels { get; } = new("channels", IntakeDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>Kinds of cases.</summary>
    public static DefinitionKind<CodeList<CaseKind>> Kinds { get; } = new("kinds", IntakeDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>Hotlines, mailboxes and pages.</summary>
    public static DefinitionKind<CodeList<CodeItem>> EntryPoints { get; } = new("entry-points", IntakeDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>Tiers of membership.</summary>
    public static DefinitionKind<CodeList<CodeItem>> Tiers { get; } = new("tiers", IntakeDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>What customers are after.</summary>
    public static DefinitionKind<CodeList<CodeItem>> Goals { get; } = new("goals", IntakeDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.Problems(),
    };

    /// <summary>Guides for the intake; many ids.</summary>
    public static DefinitionKind<Guide> Guides { get; } = new("guides", IntakeDefinitionsJson.Default, isMany: true)
    {
        Check = static (guide, _, rules) => guide.Problems(rules),
    };

    private static readonly RulePart<GuideBook> Published = new(rules => new(rules.Versions(Guides), rules.InForce(Guides)));

    /// <summary>Products and services.</summary>
    public static DefinitionKind<CodeList<ItemKind>> Items { get; } = new("items", IntakeDefinitionsJson.Default)
    {
        Check = static (list, _, _) => list.ItemProblems(),
    };

    /// <summary>As what people take part in a case.</summary>
    public static DefinitionKind<CodeList<ParticipantRole>> ParticipantRoles { get; } =
        new("participant-roles", IntakeDefinitionsJson.Default)
        {
            Check = static (list, _, _) => list.RoleProblems(),
        };

    /// <summary>What sorts of contacts there are.</summary>
    public static DefinitionKind<CodeList<InteractionKind>> InteractionKinds { get; } =
        new("interaction-kinds", IntakeDefinitionsJson.Default)
        {
            Check = static (list, _, rules) => list.KindProblems(rules.Channels),
        };

    /// <summary>The repeat rule.</summary>
    public static DefinitionKind<RepeatRule> Repeats { get; } = new("repeats", IntakeDefinitionsJson.Default)
    {
        Check = static (rule, _, _) => rule.Problems(),
    };

    extension(Rulebook rules)
    {
        /// <summary>How complaints come in.</summary>
        public CodeList<CodeItem> Channels => rules.Get(Channels);

        /// <summary>By which hotline, mailbox or page they come in.</summary>
        public CodeList<CodeItem> EntryPoints => rules.Get(EntryPoints);

        /// <summary>The tiers of membership.</summary>
        public CodeList<CodeItem> Tiers => rules.Get(Tiers);

        /// <summary>What customers are after.</summary>
        public CodeList<CodeItem> Goals => rules.Get(Goals);

        /// <summary>The guide for a case that comes in; <c>null</c> where there is none.</summary>
        /// <param name="category">Its category; <c>null</c> for none yet.</param>
        /// <param name="subcategory">Its subcategory.</param>
        /// <param name="kind">Its kind.</param>
        public Guide? GuideFor(string? category, string? subcategory, string kind) =>
            rules.Guides.For(category, subcategory, kind)?.Guide;

        /// <summary>A guide in a version; <c>null</c> where it is not known.</summary>
        public Guide? GuideOf(DefinitionRef? guide) => rules.Guides.Find(guide);

        internal GuideBook Guides => rules.Part(Published);

        /// <summary>What complaints are about.</summary>
        public CodeList<ItemKind> Items => rules.Get(Items);

        /// <summary>What a case may be.</summary>
        public CodeList<CaseKind> Kinds => rules.Get(Kinds);

        /// <summary>As what people take part in a case.</summary>
        public CodeList<ParticipantRole> ParticipantRoles => rules.Get(ParticipantRoles);

        /// <summary>What sorts of contacts there are.</summary>
        public CodeList<InteractionKind> InteractionKinds => rules.Get(InteractionKinds);

        /// <summary>What counts as a repeat complaint.</summary>
        public Versioned<RepeatRule> Repeats => rules.Newest(Repeats);

        /// <summary>Checks drafts against these definitions.</summary>
        public IntakeValidator IntakeValidator => rules.Part(Validator);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CodeList<CodeItem>))]
[JsonSerializable(typeof(CodeList<CaseKind>))]
[JsonSerializable(typeof(CodeList<ItemKind>))]
[JsonSerializable(typeof(CodeList<ParticipantRole>))]
[JsonSerializable(typeof(CodeList<InteractionKind>))]
[JsonSerializable(typeof(Guide))]
[JsonSerializable(typeof(RepeatRule))]
internal sealed partial class IntakeDefinitionsJson : JsonSerializerContext;
