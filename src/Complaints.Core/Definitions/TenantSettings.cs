using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>What a tenant decides once: zone, languages, currency, and the numbers of its rules.</summary>
public sealed record TenantSettings
{
    /// <summary>The zone of report months and number years, an IANA id.</summary>
    public string Zone { get; init; } = "Asia/Shanghai";

    /// <summary>The languages it answers in, the first by default.</summary>
    public ImmutableArray<string> Languages { get; init => field = value.IsDefault ? [] : value; } = ["zh-CN", "en"];

    /// <summary>The currency of costs, an ISO 4217 code.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>The calendar where a policy names none.</summary>
    public string Calendar { get; init; } = "default";

    /// <summary>Days after closing in which a complaint can be reopened.</summary>
    public int ReopenWindowDays { get; init; } = 30;

    /// <summary>Days of silence after the result notification that count as confirmation.</summary>
    public int SilenceDays { get; init; } = 7;

    /// <summary>How many days an event may be backdated.</summary>
    public int MaxBackdateDays { get; init; } = 30;

    /// <summary>Whether closing needs a follow-up visit.</summary>
    public bool CloseRequiresFollowUp { get; init; }

    /// <summary>What comes before a complaint's number, at most 20 characters.</summary>
    public string NumberPrefix { get; init; } = "";

    /// <summary>
    /// True to take each complaint's number in the transaction that writes it, whichever program does, so that a year's numbers have no gap. The price: a tenant's intakes go one after the
    /// other, and in a transaction of the host all others wait from the registration until it ends, so register late in it. It may be changed at any time: a node that has not read the change,
    /// for at most 30 seconds, still takes numbers as before, and what is left of its block is a last gap. False for blocks of numbers, of which a program that stops leaves the rest unused.
    /// Default <c>null</c>: the store's way (<see cref="Storage.IComplaintStore.PrefersGapFreeNumbers"/>), which is without gaps on SQLite and in blocks on PostgreSQL.
    /// </summary>
    public bool? GapFreeNumbers { get; init; }

    /// <summary>The highest cost that a role decides alone, in <see cref="Currency"/>; a role that is not named has 0.</summary>
    public ImmutableSortedDictionary<string, decimal> Authority { get; init => field = value ?? DefaultAuthority; } = DefaultAuthority;

    /// <summary>Which roles may do what, by trigger; a trigger that is not named is open to all.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Permissions { get; init => field = value ?? DefaultPermissions; } = DefaultPermissions;

    private static readonly ImmutableSortedDictionary<string, decimal> DefaultAuthority = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        [Role.Agent] = 200,
        [Role.Supervisor] = 2_000,
        [Role.Manager] = 20_000,
        [Role.Director] = 1_000_000_000_000,
        [Role.System] = 0,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> DefaultPermissions = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        [nameof(ComplaintTrigger.Approve)] = [Role.Supervisor, Role.Manager, Role.Director],
        [nameof(ComplaintTrigger.RejectApproval)] = [Role.Supervisor, Role.Manager, Role.Director],
        [nameof(ComplaintTrigger.GrantReview)] = [Role.Supervisor, Role.Manager, Role.Director],
        [nameof(ComplaintTrigger.FireClocks)] = [Role.System],
        [nameof(ComplaintTrigger.AbsorbMerged)] = [Role.System],
        [nameof(ComplaintTrigger.ConfirmAbsorbed)] = [Role.System],
        [nameof(ComplaintTrigger.DecideExtension)] = [Role.Supervisor, Role.Manager, Role.Director],
        [nameof(ComplaintTrigger.Recalculate)] = [Role.Administrator, Role.Manager],
        [nameof(ComplaintTrigger.Import)] = [Role.Administrator],
        [nameof(ComplaintTrigger.Adopt)] = [Role.Administrator, Role.Supervisor, Role.Manager],
        [nameof(ComplaintTrigger.Archive)] = [Role.Administrator, Role.Supervisor, Role.Manager, Role.Director],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableArray<string> TriggerNames = [.. Enum.GetValues<ComplaintTrigger>().Select(trigger => trigger.ToString())];

    /// <summary>The highest cost that the actor decides alone.</summary>
    public decimal AuthorityOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        decimal highest = 0;
        foreach (var role in actor.Roles)
            highest = Math.Max(highest, Authority.GetValueOrDefault(role));
        return highest;
    }

    /// <summary>The roles that may do it; empty when all may.</summary>
    public ImmutableArray<string> RolesFor(ComplaintTrigger trigger) =>
        Permissions.TryGetValue(TriggerNames[(int)trigger], out var roles) && !roles.IsDefault ? roles : [];

    internal IEnumerable<ComplaintError> Problems()
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone ?? "") is null)
            yield return new("calendar.zone_unknown", ("path", "zone"), ("value", Zone));
        foreach (var (name, value) in new[] { ("reopenWindowDays", ReopenWindowDays), ("silenceDays", SilenceDays), ("maxBackdateDays", MaxBackdateDays) })
        {
            if (value is < 0 or > 3_660)
                yield return new("number.out_of_range", ("field", name), ("value", value), ("low", 0), ("high", 3_660));
        }
        foreach (var trigger in Permissions.Keys.Where(key => !TriggerNames.Contains(key)))
            yield return new("definition.missing", ("path", $"permissions.{trigger}"), ("value", trigger), ("known", string.Join(", ", TriggerNames)));
        if (Text.Check("numberPrefix", NumberPrefix, 20, required: false) is { } bad)
            yield return bad;
    }
}
