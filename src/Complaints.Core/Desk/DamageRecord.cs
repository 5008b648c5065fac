using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// What was met and could not be read: rows, definitions, keys. It was stepped over; here it stays named for an hour after it was met last,
/// or until it is whole again, for health checks and pages. Thread-safe; at most 100 are kept.
/// </summary>
public sealed class DamageRecord(IClock clock, ILogger<DamageRecord>? logger = null)
{
    private const int Most = 100;
    private static readonly Duration Kept = Duration.FromHours(1);

    /// <summary>Every command asks: an empty dictionary would take all of its locks to answer.</summary>
    private volatile bool _hasMet;

    private readonly ConcurrentDictionary<(TenantId Tenant, string Code, string Name), (Damage Damage, Instant Since)> _met = new();

    /// <summary>What is damaged, as far as anybody met it within the hour; in the order of its names.</summary>
    public ImmutableArray<Damage> Known
    {
        get
        {
            if (!_hasMet)
                return [];
            var oldest = clock.GetCurrentInstant() - Kept;
            foreach (var (key, met) in _met)
            {
                if (met.Since < oldest)
                    _met.TryRemove(key, out _);
            }
            return [.. _met.OrderBy(met => met.Key.Name, StringComparer.Ordinal).Select(met => met.Value.Damage)];
        }
    }

    internal void Met(TenantId tenant, string name, ComplaintError error)
    {
        var key = (tenant, error.Code, name);
        var isNew = !_met.ContainsKey(key);
        if (isNew && _met.Count >= Most)
            return;
        if (isNew)
            DamageLog.Met(logger ?? NullLogger<DamageRecord>.Instance, tenant.Value, error);
        _hasMet = true;
        _met[key] = (new(tenant, name, error), clock.GetCurrentInstant());
    }

    internal bool Has(TenantId tenant, string code, string name) => _hasMet && _met.ContainsKey((tenant, code, name));

    internal void IsWhole(TenantId tenant, string code, string name)
    {
        if (_hasMet)
            _met.TryRemove((tenant, code, name), out _);
    }
}

/// <summary>Something that cannot be read.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Name">What it is: a complaint's number or id, a definition with its version, a person.</param>
/// <param name="Error">What is wrong and what to do: <c>row.unreadable</c>, <c>row.altered</c>, <c>state.unreadable</c>,
/// <c>event.unreadable</c>, <c>history.unreadable</c>, <c>definition.unreadable</c> or <c>key.unreadable</c>.</param>
public sealed record Damage(TenantId Tenant, string Name, ComplaintError Error);

internal static partial class DamageLog
{
    [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "Damage in tenant {Tenant}: {Error}")]
    public static partial void Met(ILogger logger, string tenant, ComplaintError error);
}
