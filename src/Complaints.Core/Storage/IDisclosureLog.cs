using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>Keeps who was shown whose words, and what for. A port of the host's; where none is registered, nothing is kept.</summary>
public interface IDisclosureLog
{
    /// <summary>Writes it down before the words are given out: what fails here shows nobody anything.</summary>
    ValueTask WriteAsync(Disclosure disclosure, CancellationToken cancellationToken);
}

/// <summary>Words that are about to be shown.</summary>
/// <param name="Tenant">Whose complaints.</param>
/// <param name="Actor">To whom.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Persons">Whose words.</param>
/// <param name="At">When.</param>
public sealed record Disclosure(TenantId Tenant, Actor Actor, Purpose Purpose, ImmutableArray<SubjectId> Persons, Instant At);
