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
public sealed class DefinitionLibrary(
    IDefinitionStore store, IClock clock, IEnumerable<DefinitionSeed> seeds, ILogger<DefinitionLibrary>? logger = null,
    IEnumerable<DefinitionKind>? kinds = null, DamageRecord? damage = null, PersonKeys? keys = null)
{
    private readonly DefinitionCatalogue _kinds = ComplaintRooms.Current.Definitions.With(kinds ?? []);
    private static readonly Duration Refresh = Duration.FromSeconds(30);
    private static readonly Actor BuiltInActor = new(BuiltIns.Publisher, Role.System);
    private static readonly Actor SeedActor = new("seed", Role.System);
    private readonly ConcurrentDictionary<TenantId, Entry> _entries = new();

    /// <summary>The rulebook of a tenant, at most 30 seconds old.</summary>
    public async ValueTask<Rulebook> RulesAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        // A clock that was set back makes nothing fresh.
        if (_entries.TryGetValue(tenant, out var entry) && now - entry.ReadAt is var age && age >= Duration.Zero && age < Refresh)
            return entry.Rules;
        if (entry is null)
            await PlantAsync(tenant, cancellationToken).ConfigureAwait(false);
        var definitions = await store.ListAsync(tenant, cancellationToken).ConfigureAwait(false);
        // As many as before are the same, because none is ever changed: unless one was damaged, and may be whole again.
        var isSame = entry is not null && entry.Stamp == definitions.Length;
        var whole = isSame ? [] : definitions.Where(IsWhole).ToImmutableArray();
        var rules = isSame ? entry!.Rules : Rulebook.From(whole);
        if (!ReferenceEquals(rules, entry?.Rules))
            TellWhatIsNotUnderstood(whole);
        _entries[tenant] = new Entry(rules, now, isSame || whole.Length == definitions.Length ? definitions.Length : -1);
        return rules;
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
        _entries.TryRemove(tenant, out _);
        return RulesAsync(tenant, cancellationToken);
    }

    /// <summary>Publishes a new version of a definition. The same content again is answered with the version that has it.</summary>
    /// <returns>The version, or why it was refused: <c>definition.invalid</c>, <c>definition.kind_unknown</c>,
    /// <c>authority.role</c>.</returns>
    public async Task<(Definition? Published, ComplaintError? Refusal)> PublishAsync(
        TenantId tenant, string kind, string id, string json, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(Role.Administrator) && !actor.Is(Role.System))
            return (null, new("authority.role", ("command", new Label("publish", "发布")), ("roles", Vocabulary.Role(Role.Administrator)), ("value", actor.Roles.Select(Vocabulary.Role))));
        var rules = await RulesAsync(tenant, cancellationToken).ConfigureAwait(false);
        return await PublishAsync(tenant, kind, id, json, actor, rules, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Definition? Published, ComplaintError? Refusal)> PublishAsync(
        TenantId tenant, string kind, string id, string json, Actor actor, Rulebook rules, CancellationToken cancellationToken)
    {
        if (_kinds.Check(kind, id, json, rules) is { } refusal)
            return (null, refusal);
        while (true)
        {
            var newest = (await store.ListAsync(tenant, cancellationToken).ConfigureAwait(false))
                .Where(definition => definition.Kind == kind && definition.Id == id)
                .MaxBy(definition => definition.Version);
            if (newest?.ContentHash == Definition.HashOf(json))
                return (newest, null);
            var next = new Definition(tenant, kind, id, (newest?.Version ?? 0) + 1, json, clock.GetCurrentInstant(), actor.Id);
            if (await RowKeyAsync(tenant, cancellationToken).ConfigureAwait(false) is { } key)
                next = next.ProvedBy(key);
            if (!await store.TryAddAsync(next, cancellationToken).ConfigureAwait(false))
                continue;
            _entries.TryRemove(tenant, out _);
            return (next, null);
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
    private async Task PlantAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var known = await store.ListAsync(tenant, cancellationToken).ConfigureAwait(false);
        var hosts = seeds.Where(seed => seed.Tenant == tenant).Select(seed => (seed.Kind, seed.Id, seed.Json, By: SeedActor));
        var builtIns = _kinds.Kinds.SelectMany(kind => kind.BuiltIn)
            .Select(builtIn => (builtIn.Kind, builtIn.Id, builtIn.Json, By: BuiltInActor));
        foreach (var (kind, id, json, by) in builtIns.Concat(hosts))
        {
            var planted = known.Where(definition => definition.Kind == kind && definition.Id == id && definition.PublishedBy == by.Id).MaxBy(definition => definition.Version);
            if (planted?.ContentHash == Definition.HashOf(json) || by == BuiltInActor && known.Any(definition => definition.Kind == kind && definition.Id == id && definition.PublishedBy != by.Id))
                continue;
            var rules = by == BuiltInActor ? Rulebook.BuiltIn
                : Rulebook.From((await store.ListAsync(tenant, cancellationToken).ConfigureAwait(false)).Where(IsWhole));
            var (_, refusal) = await PublishAsync(tenant, kind, id, json, by, rules, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
                throw new ArgumentException($"The definition {kind}/{id} that this program brings along for tenant {tenant} is refused. {refusal}");
            DefinitionLog.SeedPublished(logger ?? NullLogger<DefinitionLibrary>.Instance, kind, id, tenant.Value);
        }
    }

    private sealed record Entry(Rulebook Rules, Instant ReadAt, int Stamp);
}

/// <summary>A definition that a host brings along in its options or files; published at start when it differs from the newest
/// version.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Json">Its content.</param>
public sealed record DefinitionSeed(TenantId Tenant, string Kind, string Id, string Json);

internal static partial class DefinitionLog
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "Seed {Kind}/{Id} of tenant {Tenant} is in force")]
    public static partial void SeedPublished(ILogger logger, string kind, string id, string tenant);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "{Kind}/{Id} v{Version} of tenant {Tenant} says something that this program does not know ({What}); it goes on without it: update this program")]
    public static partial void NotUnderstood(ILogger logger, string kind, string id, int version, string tenant, string what);
}
