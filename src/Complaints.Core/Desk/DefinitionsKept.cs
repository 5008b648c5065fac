using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>What a node knows of a tenant's definitions, and the rulebook that they make at an instant.</summary>
/// <param name="Known">Every version that is there.</param>
/// <param name="Whole">Those that can be read.</param>
/// <param name="Mark">Up to where the store was asked.</param>
/// <param name="ReadAt">When it was asked.</param>
internal sealed record DefinitionsKept(ImmutableArray<Definition> Known, ImmutableArray<Definition> Whole, DefinitionMark Mark,
    Instant ReadAt)
{
    private static readonly Duration Refresh = Duration.FromSeconds(30);

    /// <summary>What was made of <see cref="Whole"/>.</summary>
    public Rulebook Rules { get; private init; } = Rulebook.BuiltIn;

    /// <summary>Set when it must be asked again whatever the time.</summary>
    public bool IsStale { get; init; }

    public bool IsDamaged => Known.Length != Whole.Length;

    /// <summary>From and until when <see cref="Rules"/> are what holds: between two dates they are the same.</summary>
    private (Instant From, Instant Until) _span;

    /// <summary>True while nobody need be asked. A clock that was set back makes nothing fresh.</summary>
    public bool IsFresh(Instant now) => !IsStale && now - ReadAt is var age && age >= Duration.Zero && age < Refresh;

    /// <summary>The same with the rulebook of an instant.</summary>
    public DefinitionsKept At(Instant now)
    {
        if (_span.From <= now && now < _span.Until)
            return this;
        var dates = Whole.Select(definition => definition.EffectiveFrom).OfType<Instant>().ToList();
        return this with
        {
            Rules = Rulebook.From(Whole, now),
            _span = (dates.Where(date => date <= now).DefaultIfEmpty(Instant.MinValue).Max(),
                dates.Where(date => date > now).DefaultIfEmpty(Instant.MaxValue).Min()),
        };
    }

    public Definition? NewestOf(string kind, string id) =>
        Known.Where(definition => definition.Kind == kind && definition.Id == id).MaxBy(definition => definition.Version);
}
