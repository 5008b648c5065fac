using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>Queues in the order of points. Points change by themselves with every working day, so that no store can sort by them: they are
/// computed when somebody looks, from the columns of a list.</content>
public sealed partial class ComplaintDesk
{
    private const int Slice = 500;

    /// <summary>Cases in the order of their points by the definition <c>queue-score</c>, each with what its points are for; none for an
    /// actor who sees nothing. At most <see cref="QueueQuery.MostCases"/> are looked at, those that are due first, in slices: a case that
    /// changes meanwhile may be missed.</summary>
    /// <exception cref="ArgumentException">The query is beyond its bounds; see <see cref="QueueQuery.ThrowIfUnusable"/>.</exception>
    public async ValueTask<ScoredQueue> QueueAsync(QueueQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.ThrowIfUnusable();
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var scope = ScopeIn(rules);
        var scorer = new QueueScorer(rules, Now());
        var scored = new List<ScoredComplaint>();
        var seen = new HashSet<ComplaintId>();
        var slice = query.Of with
        {
            States = query.Of.States.IsDefaultOrEmpty ? States.InHand : query.Of.States,
            Order = ComplaintOrder.Due, After = null, Before = null, Take = Slice,
        };
        var (isMore, isCut) = (true, false);
        while (isMore && !isCut)
        {
            var page = await ListAsync(slice, scope, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                // What is due later now than a moment ago is met again; a damaged id tells nothing apart.
                if (!item.Unreadable.Contains("id") && !seen.Add(item.Id))
                    continue;
                if (isCut = scored.Count == QueueQuery.MostCases)
                    break;
                scored.Add(new(item, scorer.Score(item)));
            }
            isMore = page.Next is not null;
            isCut |= isMore && scored.Count == QueueQuery.MostCases;
            slice = slice with { After = page.Next };
        }
        scored.Sort(ScoredComplaint.Compare);
        return new([.. scored.Skip(query.Skip).Take(query.Take)], scored.Count, isCut);
    }
}
