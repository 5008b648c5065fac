using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>What a tenant decides once: zone, languages, currency, and the numbers of its rules. What a published definition leaves out
/// has the value that is named here.</summary>
/// <param name="Zone">The zone of report months and number years, an IANA id. Default <c>Asia/Shanghai</c>.</param>
/// <param name="Currency">The currency of costs, an ISO 4217 code. Default <c>CNY</c>.</param>
/// <param name="Calendar">The calendar where a policy names none. Default <c>default</c>.</param>
/// <param name="ReopenWindowDays">Days after closing in which a complaint can be reopened, 0 to 3,660. Default 30.</param>
/// <param name="SilenceDays">Days of silence after the result notification that count as confirmation, 0 to 3,660. Default 7.</param>
/// <param name="MaxBackdateDays">How many days an event may be backdated, 0 to 3,660. Default 30.</param>
/// <param name="CloseRequiresFollowUp">Whether closing needs a follow-up visit. Default false.</param>
/// <param name="NumberPrefix">What comes before a complaint's number, at most 20 characters. Default none.</param>
/// <param name="GapFreeNumbers">
/// True to take each complaint's number in the transaction that writes it, whichever program does, so that a year's numbers have no
/// gap. The price: a tenant's intakes go one after the
/// other, and in a transaction of the host all others wait from the registration until it ends, so register late in it. It may be
/// changed at any time: a node that has not read the change,
/// for at most 30 seconds, still takes numbers as before, and what is left of its block is a last gap. False for blocks of numbers, of
/// which a program that stops leaves the rest unused.
/// Default <c>null</c>: the store's way (<see cref="Storage.IComplaintStore.PrefersGapFreeNumbers"/>), which is without gaps on SQLite
/// and in blocks on PostgreSQL.
/// </param>
public sealed record TenantSettings(
    string Zone = "Asia/Shanghai", string Currency = "CNY", string Calendar = "default", int ReopenWindowDays = 30, int SilenceDays = 7,
    int MaxBackdateDays = 30, bool CloseRequiresFollowUp = false, string NumberPrefix = "", bool? GapFreeNumbers = null)
{
    private static readonly ImmutableArray<string> DefaultLanguages = ["zh-CN", "en"];

    /// <summary>The languages it answers in, the first by default.</summary>
    public ImmutableArray<string> Languages { get; init => field = value.IsDefaultOrEmpty ? DefaultLanguages : value; } = DefaultLanguages;

    /// <summary>Where a telephone number without a country is one: an ISO 3166 code such as <c>CN</c>, which is the default. Error:
    /// <c>phone.region_unknown</c>.</summary>
    public string PhoneRegion { get; init => field = value ?? PhoneText.DefaultRegion; } = PhoneText.DefaultRegion;

    /// <summary>The highest cost that a role decides alone, in <see cref="Currency"/>; a role that is not named has 0.</summary>
    public ImmutableSortedDictionary<string, decimal> Authority { get; init => field = value ?? DefaultAuthority; } = DefaultAuthority;

    /// <summary>
    /// Which roles may do what, by command; it is merged over the commands' own roles, so that a command which is not named keeps them. An
    /// empty list means nobody. The system's own commands
    /// cannot be given away. Errors: <c>command.unknown</c>, <c>permission.internal</c>.
    /// </summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Permissions { get; init => field = value ?? NoRoles; } = NoRoles;

    /// <summary>Roles of the tenant's own, each with those as which it counts: <c>{ "handler": ["agent"] }</c>. Errors:
    /// <c>roles.circle</c>, <c>roles.system</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles { get; init => field = value ?? NoRoles; } = NoRoles;

    /// <summary>
    /// Roles that see only the cases in which they take part: those in which a department or a team of theirs has a task or a step, which
    /// are theirs in person, or to which they were called in. To them every other case is one that is not there. Whoever holds another role
    /// as well, which may do anything about complaints, sees all. Default: <c>department</c>. Error: <c>roles.system</c>.
    /// </summary>
    public ImmutableArray<string> OwnCasesOnly { get; init => field = value.IsDefault ? Departments : value; } = Departments;

    private static readonly ImmutableArray<string> Departments = [Role.Department];

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoRoles = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, decimal> DefaultAuthority = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        [Role.Agent] = 200,
        [Role.Supervisor] = 2_000,
        [Role.Manager] = 20_000,
        [Role.Director] = 1_000_000_000_000,
        [Role.System] = 0,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>An amount with the currency.</summary>
    public string Money(decimal amount) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{amount:#,##0.##} {Currency}");

    /// <summary>The highest cost that the actor decides alone.</summary>
    public decimal AuthorityOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        decimal highest = 0;
        foreach (var (role, limit) in Authority)
        {
            if (limit > highest && actor.Roles.Any(held => held == role || CountsAs(held, role)))
                highest = limit;
        }
        return highest;
    }

    /// <summary>The roles, and every role of the tenant's own that counts as one of them.</summary>
    internal ImmutableArray<string> Counting(ImmutableArray<string> roles) =>
        [.. roles, .. Roles.Keys.Where(own => !roles.Contains(own) && roles.Any(role => CountsAs(own, role)))];

    private bool CountsAs(string own, string role) => Closure(own).Contains(role);

    /// <summary>Everything as which a role counts, step by step; ends in a circle too.</summary>
    private HashSet<string> Closure(string own)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([own]);
        while (open.TryPop(out var role))
        {
            foreach (var next in Roles.GetValueOrDefault(role) is { IsDefault: false } listed ? listed : [])
            {
                if (reached.Add(next))
                    open.Push(next);
            }
        }
        return reached;
    }

    internal IEnumerable<ComplaintError> Problems()
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone ?? "") is null)
            yield return new("calendar.zone_unknown", ("path", "zone"), ("value", Zone));
        foreach (var (name, value) in new[] { ("reopenWindowDays", ReopenWindowDays), ("silenceDays", SilenceDays), ("maxBackdateDays", MaxBackdateDays) })
        {
            if (value is < 0 or > 3_660)
                yield return new("number.out_of_range", ("field", name), ("value", value), ("low", 0), ("high", 3_660));
        }
        if ((Text.Check("calendar", Calendar, Text.Id) ?? Text.Check("currency", Currency, Text.Id)) is { } unusable)
            yield return unusable;
        if (!PhoneText.IsRegion(PhoneRegion))
            yield return new("phone.region_unknown", ("path", "phoneRegion"), ("value", PhoneRegion));
        foreach (var problem in RoleProblems())
            yield return problem;
        if (Text.Check("numberPrefix", NumberPrefix, 20, required: false) is { } bad)
            yield return bad;
    }

    private IEnumerable<ComplaintError> RoleProblems()
    {
        foreach (var own in Roles.Keys)
        {
            if (Text.Check($"roles.{own}", own, Text.Id) is { } bad)
                yield return bad;
            var reached = Closure(own);
            if (own == Role.System || reached.Contains(Role.System))
                yield return new("roles.system", ("path", $"roles.{own}"));
            if (reached.Contains(own))
                yield return new("roles.circle", ("path", $"roles.{own}"), ("value", own));
        }
        for (var i = 0; i < OwnCasesOnly.Length; i++)
        {
            if (Text.Check($"ownCasesOnly[{i}]", OwnCasesOnly[i], Text.Id) is { } bad)
                yield return bad;
            if (OwnCasesOnly[i] == Role.System)
                yield return new("roles.system", ("path", $"ownCasesOnly[{i}]"));
        }
    }
}
