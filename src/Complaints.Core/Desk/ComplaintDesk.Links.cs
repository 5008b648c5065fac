using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>How cases are linked.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>Reads a command from an object with its fields (<see cref="ComplaintCommandInfo.Read"/>), in which other complaints may be
    /// named by number as well as by id.</summary>
    /// <returns>The command, or what is wrong: <c>complaint.not_found</c> for a number that there is not.</returns>
    public async ValueTask<(ComplaintCommand? Command, ComplaintError? Error)> ReadAsync(
        ComplaintCommandInfo command, string json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (resolved, error) = await CaseNames.ResolvedAsync(this, command, json, cancellationToken).ConfigureAwait(false);
        return error is null ? command.Read(resolved) : (null, error);
    }

    /// <summary>The links of a case in both directions: what it says of others, and what others say of it; at most
    /// <see cref="ILinkStore.MostLinks"/>. Only those between cases that the actor sees.</summary>
    public async ValueTask<ImmutableArray<LinkedCase>> LinksAsync(AggregateId of, CancellationToken cancellationToken = default)
    {
        var scope = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        if (!scope.IsAll && (of.Noun != AggregateId.Complaint
            || !await IsInAsync(scope, new(of.Value), cancellationToken).ConfigureAwait(false)))
            return [];
        var links = await _services.Links.LinksAsync(Tenant, of, cancellationToken).ConfigureAwait(false);
        if (scope.IsAll)
            return links;
        links = links.RemoveAll(link => link.Other.Noun != AggregateId.Complaint);
        var sees = await SeenOfAsync([.. links.Select(link => new ComplaintId(link.Other.Value))], scope, cancellationToken)
            .ConfigureAwait(false);
        return links.RemoveAll(link => !sees(new(link.Other.Value)));
    }
}
