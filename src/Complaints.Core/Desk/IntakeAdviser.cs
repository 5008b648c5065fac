using System.Collections.Immutable;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;

namespace Complaints.Core;

/// <summary>Asks the host's customer directory, orders and classifier for whoever takes a complaint in, side by side and at most two
/// seconds. What fails is named and keeps nobody from registering. Thread-safe.</summary>
/// <param name="customers">Who the customers are; <c>null</c> for nobody to ask.</param>
/// <param name="orders">What they bought; <c>null</c> for nobody to ask.</param>
/// <param name="classifier">What a complaint may be about; <c>null</c> for the tenant's <c>classification-rules</c>.</param>
/// <param name="time">By which the host's code is waited for; <c>null</c> for the machine's time.</param>
public sealed class IntakeAdviser(
    ICustomerDirectory? customers = null, IOrderLookup? orders = null, IClassifierSuggestion? classifier = null, TimeProvider? time = null)
{
    private static readonly Label Customers = new("The customer directory does not answer", "客户资料暂时无法查询");
    private static readonly Label Orders = new("The orders do not answer", "订单暂时无法查询");
    private static readonly Label Classifier = new("No category is suggested", "暂无法提供分类建议");

    private readonly HostCalls _calls = new(time);

    internal async ValueTask<IntakeAdvice> AdviseAsync(
        TenantId tenant, IntakeDraft draft, Rulebook rules, CancellationToken cancellationToken)
    {
        var problems = new List<AdviceProblem>();
        var query = new CustomerQuery(
            draft.Complainant.Phone, draft.Complainant.CustomerRef, draft.Item?.Ref, rules.Settings.PhoneRegion);
        var isAsked = query is not { Phone: null, CustomerRef: null, Order: null };
        var customer = AskAsync(isAsked ? customers : null, (port, token) => port.FindAsync(tenant, query, token), Customers);
        var bought = AskAsync(isAsked ? orders : null, (port, token) => port.FindAsync(tenant, query, token)!, Orders);
        var suggested = AskAsync(classifier, (port, token) => port.SuggestAsync(tenant, draft, token), Classifier);
        var (card, list, told) = (await customer.ConfigureAwait(false), await bought.ConfigureAwait(false),
            await suggested.ConfigureAwait(false));
        cancellationToken.ThrowIfCancellationRequested();
        if (card is { IsUsable: false })
            (card, _) = (null, Problem(Customers, new InvalidDataException("A card of the customer directory is beyond its bounds.")));
        // A list of the host's may hold anything.
        var usable = (list ?? []).Take(OrderCard.Most).Where(order => order is { IsUsable: true }).ToImmutableArray();
        var suggestion = classifier is null && rules.ClassificationRules.Value.Suggest(draft) is { } rule
            ? new ClassifierSuggestion(rule.Category, rule.Subcategory, rule.Urgency)
            : told;
        if (suggestion is not null && !IsKnown(suggestion, rules))
            (suggestion, _) = (null, Problem(Classifier, new InvalidDataException("The classifier suggests a code that there is not.")));
        return new IntakeAdvice(card, usable, suggestion, [.. problems]);

        bool Problem(Label label, Exception cause)
        {
            lock (problems)
                problems.Add(new(label, cause));
            return true;
        }

        async Task<T?> AskAsync<TPort, T>(TPort? port, Func<TPort, CancellationToken, ValueTask<T?>> ask, Label label)
            where TPort : class where T : class
        {
            if (port is null)
                return null;
            try
            {
                return await _calls.AskAsync(token => ask(port, token), port, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                Problem(label, e);
                return null;
            }
        }
    }

    private static bool IsKnown(ClassifierSuggestion suggestion, Rulebook rules) =>
        suggestion.Category is not null && rules.Categories.Value.Check(suggestion.Category, suggestion.Subcategory) is null
        && (suggestion.Urgency is null || rules.Priorities.Value.Urgency.Has(suggestion.Urgency));
}

/// <summary>What is told to whoever takes a complaint in. Nothing of it is applied by itself.</summary>
/// <param name="Customer">The customer; <c>null</c> where none was found.</param>
/// <param name="Orders">What was bought, at most 20.</param>
/// <param name="Suggestion">What it may be about, for a person to take over.</param>
/// <param name="Problems">Who did not answer, and why.</param>
public sealed record IntakeAdvice(
    CustomerCard? Customer, ImmutableArray<OrderCard> Orders, ClassifierSuggestion? Suggestion, ImmutableArray<AdviceProblem> Problems)
{
    /// <summary>Nothing.</summary>
    public static IntakeAdvice None { get; } = new(null, [], null, []);
}

/// <summary>Somebody of the host's who did not answer.</summary>
/// <param name="Label">In words.</param>
/// <param name="Cause">Why, for the host's log; its message may hold the host's own words.</param>
public sealed record AdviceProblem(Label Label, Exception Cause);
