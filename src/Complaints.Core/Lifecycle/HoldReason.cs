using System.Text.Json.Serialization;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>Why a complaint may wait.</summary>
/// <param name="Code">The code.</param>
/// <param name="Label">The name.</param>
/// <param name="Ceiling">How long it may wait, and what happens then; <c>null</c> for as long as it takes.</param>
/// <param name="Counts">In which time its pauses are counted: <see cref="OwnTime"/>, which is usual, or <see cref="Elapsed"/>. It holds for
/// what waits from then on.</param>
/// <param name="WaitsFor">Whose turn it is: <see cref="Customer"/>; <c>null</c> for anybody else's.</param>
public sealed record HoldReason(
    string Code, Label Label, HoldCeiling? Ceiling = null, string? Counts = null, string? WaitsFor = null) : ICodeItem
{
    /// <summary>It waits for the customer: who had the case says so, instead of the reason.</summary>
    public const string Customer = "customer";

    internal bool IsForCustomer => WaitsFor == Customer;

    /// <summary>In the clock's own time: a night comes off no working hours.</summary>
    public const string OwnTime = "own";

    /// <summary>In elapsed time: each hour of waiting comes off the clock, by night too, and each date off a limit in working
    /// days.</summary>
    public const string Elapsed = "elapsed";

    internal IEnumerable<ComplaintError> Problems(string path)
    {
        if (Counts is not (null or OwnTime or Elapsed))
            yield return new("definition.missing", ("path", $"{path}.counts"), ("value", Counts), ("known", $"{OwnTime}, {Elapsed}"));
        if (WaitsFor is not (null or Customer))
            yield return new("definition.missing", ("path", $"{path}.waitsFor"), ("value", WaitsFor), ("known", Customer));
        foreach (var problem in Ceiling?.Problems($"{path}.ceiling") ?? [])
            yield return problem;
    }
}

/// <summary>How long a hold may last and what happens then. A complaint is never closed by itself.</summary>
/// <param name="After">A limit, counted in the complaint's calendar: <c>10 working days</c>.</param>
/// <param name="Then"><see cref="Remind"/>, <see cref="Escalate"/> or <see cref="OfferToClose"/>.</param>
/// <param name="Role">The role that is told by an escalation.</param>
public sealed record HoldCeiling(string After, string Then = HoldCeiling.Remind, string? Role = null)
{
    /// <summary>Whoever answers for the complaint is reminded.</summary>
    public const string Remind = "remind";

    /// <summary>It is escalated by one level.</summary>
    public const string Escalate = "escalate";

    /// <summary>The customer is asked whether it may be closed.</summary>
    public const string OfferToClose = "offer-to-close";

    /// <summary>The limit, read.</summary>
    [JsonIgnore]
    public TimeLimit TimeLimit { get; } = TimeLimit.TryParse(After, out var limit) ? limit : default;

    internal IEnumerable<ComplaintError> Problems(string path)
    {
        if (!TimeLimit.TryParse(After, out _))
            yield return new("limit.syntax", ("path", $"{path}.after"), ("value", After));
        if (Then is not (Remind or Escalate or OfferToClose))
            yield return new("definition.missing", ("path", $"{path}.then"), ("value", Then), ("known", $"{Remind}, {Escalate}, {OfferToClose}"));
    }
}
