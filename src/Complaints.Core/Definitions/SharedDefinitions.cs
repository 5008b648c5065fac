using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Calendars;

namespace Complaints.Core.Definitions;

/// <summary>The definitions that every room reads: the tenant's settings, its calendars, and the reasons of its commands.</summary>
public static class SharedDefinitions
{
    /// <summary>Zone, languages, numbers of the tenant.</summary>
    public static DefinitionKind<TenantSettings> Tenant { get; } = new("tenant", SharedDefinitionsJson.Default)
    {
        Check = static (settings, _, _) => settings.Problems(),
    };

    /// <summary>Business calendars; many ids.</summary>
    public static DefinitionKind<CalendarDefinition> Calendars { get; } = new("calendar", CalendarJson.Default, isMany: true)
    {
        Check = static (calendar, id, rules) => rules.CalendarSet.Problems(id, calendar),
    };

    /// <summary>Why something is done, by command.</summary>
    public static DefinitionKind<ReasonBook> Reasons { get; } = new("reasons", SharedDefinitionsJson.Default)
    {
        Check = static (book, _, _) => book.Problems(),
    };

    private static readonly RulePart<Reasons> ReasonsInForce = new(rules => new(rules));

    private static readonly RulePart<CalendarVersions> Versions = new(rules => new(rules.Versions(Calendars), rules.InForce(Calendars)));

    extension(Rulebook rules)
    {
        /// <summary>Zone, languages, currency and numbers.</summary>
        public TenantSettings Settings => rules.Get(Tenant);

        /// <summary>Why a command may be sent, in order.</summary>
        public CodeList<CodeItem> ReasonsFor(CommandName command) => rules.Part(ReasonsInForce).Of(command.Value);

        internal CodeList<CodeItem> ReasonsFor(string command) => rules.Part(ReasonsInForce).Of(command);

        /// <summary>The ids of the calendars.</summary>
        public IEnumerable<string> CalendarIds => rules.CalendarSet.Calendars.Keys.Order(StringComparer.Ordinal);

        internal CalendarSet CalendarSet => rules.Part(Versions).InForce;

        /// <summary>A calendar in its newest version; the tenant's default, or any, where there is none of that id.</summary>
        public BusinessCalendar Calendar(string id)
        {
            var calendars = rules.CalendarSet.Calendars;
            return calendars.TryGetValue(id, out var own) || calendars.TryGetValue(rules.Settings.Calendar, out own)
                ? own
                : calendars.Values.First();
        }

        /// <summary>True when a calendar of that id is published.</summary>
        public bool HasCalendar(string id) => rules.CalendarSet.Calendars.ContainsKey(id);

        /// <summary>The sites of a calendar that follows the sun, to ask who is at work; <c>null</c> for every other.</summary>
        public FollowTheSun? SitesOf(string calendar) => rules.CalendarSet.SitesOf(calendar);

        /// <summary>A calendar in the version that a complaint is pinned to, with its parts in theirs; the newest of its id if that version
        /// is not known here.</summary>
        /// <param name="reference">The calendar.</param>
        /// <param name="pins">The versions that its parts have; a part that is not named has its newest.</param>
        internal BusinessCalendar Calendar(DefinitionRef reference, ImmutableArray<DefinitionRef> pins) =>
            rules.Part(Versions).Find(reference, pins) ?? rules.Calendar(reference.Id);

        internal bool HasCalendar(DefinitionRef reference) => rules.Part(Versions).Has(reference);

        /// <summary>The newest version of a calendar and of what it is made of; empty if none of that id is published.</summary>
        internal IEnumerable<DefinitionRef> NewestCalendar(string id) => rules.Part(Versions).NewestOf(id);

        /// <summary>True when any calendar has gained years of holidays since an older version of it.</summary>
        internal bool HaveCalendarsGrown => rules.Part(Versions).HaveGrown;

        /// <summary>True when a newer version of a calendar has the same zone and weekly hours and holidays of more years.</summary>
        internal bool IsGrown(DefinitionRef reference) => rules.Part(Versions).IsGrown(reference);
    }
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(TenantSettings))]
[JsonSerializable(typeof(ReasonBook))]
internal sealed partial class SharedDefinitionsJson : JsonSerializerContext;
