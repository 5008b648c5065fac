using System.Collections.Concurrent;
using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// The tenants' rulebooks, read from the store and kept; newer versions are looked for every 30 seconds. At first use a tenant's built-ins
/// and seeds are
/// published where their content has changed since they were planted last. Thread-safe.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="clock">When they are published, and how old what was read is.</param>
/// <param name="seeds">What the host brings along.</param>
/// <param name="logger">Hears what is not understood.</param>
/// <param name="kinds">Kinds of other packages.</param>
/// <param name="damage">Where it is kept which could not be read; <c>null</c> for nowhere.</param>
/// <param name="keys">Under which what is published is authenticated; <c>null</c> for not at all.</param>
/// <param name="work">What waits for whom, which no definition may leave to nobody; <c>null</c> where that is not asked.</param>
public sealed class DefinitionLibrary(
    IDefinitionStore store, IClock clock, IEnumerable<DefinitionSeed> seeds, ILogger<DefinitionLibrary>? logger = null,
    IEnumerable<DefinitionKind>? kinds = null, DamageRecord? damage = null, PersonKeys? keys = null,
    IWorkStore? work = null)
{
    private readonly DefinitionCatalogue _kinds = ComplaintRooms.Current.Definitions.With(kinds ?? []);
    private static readonly Duration Patience = Duration.FromMinutes(1);
    private static readonly Duration FarthestAhead = Duration.FromDays(5 * 365 + 2);
    private static readonly Actor BuiltInActor = new(BuiltIns.Publisher, Role.System);
    private static readonly Actor SeedActor = new("seed", Role.System);
    private readonly ConcurrentDictionary<TenantId, DefinitionsKept> _entries = new();

    /// <summary>The rulebook of a tenant as it is now: what was published is at most 30 seconds old, and what was published for later holds
    /// from its instant on.</summary>
    public async ValueTask<Rulebook> RulesAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        _entries.TryGetValue(tenant, out var entry);
        if (entry is null || !entry.IsFresh(now))
            entry = await ReadAsync(tenant, entry, cancellationToken).ConfigureAwait(false);
        // Something that was published for later may hold now.
        var current = entry.At(now);
        if (!ReferenceEquals(current, entry))
            _entries[tenant] = current;
        return current.Rules;
    }

    /// <summary>Asks the store for what is newer than what is known, which is nothing nearly every time.</summary>
    private async ValueTask<DefinitionsKept> ReadAsync(TenantId tenant, DefinitionsKept? known, CancellationToken cancellationToken)
    {
        var read = await WithNewsAsync(tenant, known, cancellationToken).ConfigureAwait(false);
        if (known is null)
            read = await PlantAsync(tenant, read, cancellationToken).ConfigureAwait(false);
        return _entries[tenant] = read;
    }

    private async ValueTask<DefinitionsKept> WithNewsAsync(TenantId tenant, DefinitionsKept? known, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        // None is ever changed: unless one was damaged, and may be whole again.
        if (known is { IsDamaged: true })
            known = null;
        var news = await store.NewerAsync(tenant, known?.Mark, cancellationToken).ConfigureAwait(false);
        if (known is not null && news.Added.IsEmpty)
            return known.At(now) with { ReadAt = now, IsStale = false };
        var whole = news.Added.Where(IsWhole).ToImmutableArray();
        TellWhatIsNotUnderstood(whole);
        return new DefinitionsKept(
            known is null ? news.Added : known.Known.AddRange(news.Added), known is null ? whole : known.Whole.AddRange(whole), news.Mark,
                now)
            .At(now);
    }

    /// <summary>One that is damaged is stepped over: the version before it holds, and what is pinned to it is told so.</summary>
    private bool IsWhole(Definition definition)
    {
        var name = $"{definition.Kind}/{definition.Id} v{definition.Version}";
        var place = _kinds.UnreadableAt(definition);
        if (place is not null)
            damage?.Met(definition.Tenant, name, new ComplaintError("definition.unreadable", ("value", name), ("path", place)));
        else
            damage?.IsWhole(definition.Tenant, "definition.unreadable", name);
        return place is null;
    }

    /// <summary>A newer program may publish what this one does not know: it goes on without, and says so.</summary>
    private void TellWhatIsNotUnderstood(IEnumerable<Definition> definitions)
    {
        foreach (var newest in definitions.GroupBy(definition => (definition.Kind, definition.Id)).Select(versions => versions.MaxBy(definition => definition.Version)!))
        {
            if (_kinds.NotUnderstood(newest) is { } what)
                DefinitionLog.NotUnderstood(logger ?? NullLogger<DefinitionLibrary>.Instance, newest.Kind, newest.Id, newest.Version, newest.Tenant.Value, what);
        }
    }

    /// <summary>
    /// Publishes what the host brings along (<see cref="DefinitionSeed"/>) for every tenant that it names, where it differs. Otherwise that
    /// happens when a tenant is asked for first; at the
    /// start of a program somebody is there to read what is wrong.
    /// </summary>
    /// <exception cref="ArgumentException">A definition is refused; the message says which, of which tenant, and why.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task PlantSeedsAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in seeds.Select(seed => seed.Tenant).Distinct())
            await RulesAsync(tenant, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rulebook for a complaint: read again at once when it is pinned to a version that was published, here or by another
    /// node, since it was read last.</summary>
    internal async ValueTask<Rulebook> RulesForAsync(TenantId tenant, Complaint complaint, CancellationToken cancellationToken)
    {
        var rules = await RulesAsync(tenant, cancellationToken).ConfigureAwait(false);
        if (rules.Knows(complaint.Clocks))
            return rules;
        return await RulesAnewAsync(tenant, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rulebook, read now: another node may have published what is missed.</summary>
    internal ValueTask<Rulebook> RulesAnewAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        Forget(tenant);
        return RulesAsync(tenant, cancellationToken);
    }

    private void Forget(TenantId tenant)
    {
        if (_entries.TryGetValue(tenant, out var entry))
            _entries[tenant] = entry with { IsStale = true };
    }

    /// <summary>Publishes a new version of a definition, which holds at once.</summary>
    /// <inheritdoc cref="PublishAsync(TenantId, string, string, string, Actor, Instant?, CancellationToken)"/>
    public Task<(Definition? Published, ComplaintError? Refusal)> PublishAsync(
        TenantId tenant, string kind, string id, string json, Actor actor, CancellationToken cancellationToken) =>
        PublishAsync(tenant, kind, id, json, actor, null, cancellationToken);

    /// <summary>Publishes a new version of a definition. The same content from the same instant on is answered with the version that has
    /// it.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="json">Its content.</param>
    /// <param name="actor">Who publishes it.</param>
    /// <param name="effectiveFrom">From when on it holds, up to five years ahead; until then the version before it does. A policy holds for
    /// what is received from then on. <c>null</c> for at once. To take it back, publish another for the same instant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version, or why it was refused: <c>definition.invalid</c>, <c>definition.kind_unknown</c>,
    /// <c>definition.effective_past</c>, <c>definition.effective_far</c>, <c>definition.orphans_work</c>, <c>authority.role</c>.</returns>
    public async Task<(Definition? Published, ComplaintError? Refusal)> PublishAsync(
        TenantId tenant, string kind, string id, string json, Actor actor, Instant? effectiveFrom, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Role.Administrator) && !actor.Is(Role.System))
            return (null, new("authority.role", ("command", new Label("publish", "发布")), ("roles", Vocabulary.Role(Role.Administrator)), ("value", actor.Roles.Select(Vocabulary.Role))));
        var now = clock.GetCurrentInstant();
        if (effectiveFrom < now - Patience)
            return (null, new("definition.effective_past", ("value", effectiveFrom), ("now", now)));
        if (effectiveFrom > now + FarthestAhead)
            return (null, new("definition.effective_far", ("value", effectiveFrom), ("years", FarthestAhead.Days / 365)));
        // Asked for first, because a tenant's first use publishes what the program brings along.
        await RulesAsync(tenant, cancellationToken).ConfigureAwait(false);
        var known = await WithNewsAsync(tenant, _entries.GetValueOrDefault(tenant), cancellationToken).ConfigureAwait(false);
        var seed = new DefinitionSeed(tenant, kind, id, json, effectiveFrom);
        // By the definitions of its own time: what it refers to may be published for later too.
        var rules = known.At(effectiveFrom ?? now).Rules;
        if (_kinds.Check(kind, id, json, rules) is { } wrong)
            return (null, wrong);
        if (work is not null
            && await new OrphanedWork(work).FindAsync(tenant, kind, json, rules, cancellationToken).ConfigureAwait(false) is { } orphaned)
            return (null, orphaned);
        return ((await AddAsync(seed, actor, known, null, cancellationToken).ConfigureAwait(false)).Published, null);
    }

    /// <summary>Adds what was checked as the next version, whoever else adds one at the same time.</summary>
    /// <param name="seed">What to add.</param>
    /// <param name="actor">Who does.</param>
    /// <param name="known">What is there, as far as this node knows.</param>
    /// <param name="isSettled">Whether it need not be added after all; <c>null</c> for what must be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<(Definition? Published, DefinitionsKept Known)> AddAsync(
        DefinitionSeed seed, Actor actor, DefinitionsKept known, Func<DefinitionsKept, bool>? isSettled,
        CancellationToken cancellationToken)
    {
        var from = Microseconds.Truncate(seed.EffectiveFrom);
        while (true)
        {
            var newest = known.NewestOf(seed.Kind, seed.Id);
            // Asked again after each that somebody else was faster with: what was to be planted may be, and more upon it.
            if (isSettled?.Invoke(known) == true || newest?.Says(seed.Json, from) == true)
                return (newest, known);
            var next = new Definition(
                seed.Tenant, seed.Kind, seed.Id, (newest?.Version ?? 0) + 1, seed.Json, clock.GetCurrentInstant(), actor.Id)
            {
                EffectiveFrom = from,
            };
            if (await RowKeyAsync(seed.Tenant, cancellationToken).ConfigureAwait(false) is { } key)
                next = next.ProvedBy(key);
            var isAdded = await store.TryAddAsync(next, cancellationToken).ConfigureAwait(false);
            Forget(seed.Tenant);
            // What stands in the way is looked for among everything: a mark that hid it would hide it again.
            known = await WithNewsAsync(seed.Tenant, isAdded ? known : null, cancellationToken).ConfigureAwait(false);
            if (isAdded)
                return (next, known);
        }
    }

    /// <summary>Found and never made: a tenant has no key before its first complaint, and definitions are published before that.</summary>
    private async ValueTask<RowKey?> RowKeyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        try
        {
            return keys is not null && await keys.FindAsync(tenant, SubjectId.Tenant, cancellationToken).ConfigureAwait(false) is { } found
                ? new TenantKeys(found).Rows
                : null;
        }
        catch (MasterKeyException)
        {
            // Whoever needs the key to work is told; a definition needs none.
            return null;
        }
    }

    /// <summary>Publishes what the library and the host bring along, where that has changed since it was planted last: what people
    /// published meanwhile stays in force.</summary>
    private async Task<DefinitionsKept> PlantAsync(TenantId tenant, DefinitionsKept known, CancellationToken cancellationToken)
    {
        var builtIns = _kinds.Kinds.SelectMany(kind => kind.BuiltIn)
            .Select(builtIn => (Seed: new DefinitionSeed(tenant, builtIn.Kind, builtIn.Id, builtIn.Json), By: BuiltInActor));
        var hosts = seeds.Where(seed => seed.Tenant == tenant).Select(seed => (Seed: seed, By: SeedActor));
        foreach (var (seed, by) in builtIns.Concat(hosts))
        {
            if (IsPlanted(seed, by, known))
                continue;
            var rules = by == BuiltInActor ? Rulebook.BuiltIn : known.At(seed.EffectiveFrom ?? clock.GetCurrentInstant()).Rules;
            if (_kinds.Check(seed.Kind, seed.Id, seed.Json, rules) is { } refusal)
            {
                throw new ArgumentException(
                    $"The definition {seed.Kind}/{seed.Id} that this program brings along for tenant {tenant} is refused. {refusal}");
            }
            (_, known) = await AddAsync(seed, by, known, now => IsPlanted(seed, by, now), cancellationToken).ConfigureAwait(false);
            DefinitionLog.SeedPublished(logger ?? NullLogger<DefinitionLibrary>.Instance, seed.Kind, seed.Id, tenant.Value);
        }
        return known;
    }

    /// <summary>A host may bring one for now and one for later along: each is compared with what was planted for its own instant. A
    /// built-in is planted beneath what anybody else has published, and never upon it.</summary>
    private static bool IsPlanted(DefinitionSeed seed, Actor by, DefinitionsKept known)
    {
        var from = Microseconds.Truncate(seed.EffectiveFrom);
        var versions = known.Known.Where(definition => definition.Kind == seed.Kind && definition.Id == seed.Id).ToList();
        var planted = versions.Where(definition => definition.PublishedBy == by.Id && definition.EffectiveFrom == from)
            .MaxBy(definition => definition.Version);
        return planted?.Says(seed.Json, from) == true
            || by == BuiltInActor && versions.Any(definition => definition.PublishedBy != by.Id);
    }
}

/// <summary>A definition that a host brings along in its options or files; published at start when it differs from the newest
/// version.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Json">Its content.</param>
/// <param name="EffectiveFrom">From when on it holds, which may be past; <c>null</c> for at once.</param>
public sealed record DefinitionSeed(TenantId Tenant, string Kind, string Id, string Json, Instant? EffectiveFrom = null);

internal static partial class DefinitionLog
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "Seed {Kind}/{Id} of tenant {Tenant} is in force")]
    public static partial void SeedPublished(ILogger logger, string kind, string id, string tenant);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "{Kind}/{Id} v{Version} of tenant {Tenant} says something that this program does not know ({What}); it goes on without it: update this program")]
    public static partial void NotUnderstood(ILogger logger, string kind, string id, int version, string tenant, string what);
}
