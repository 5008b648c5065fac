using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Issues;

/// <summary>A registered complaint under a policy of a test's own, at hours after its receipt. The situations of this folder are those that users of other desks reported as bugs.</summary>
internal static class Case
{
    /// <summary>Monday to Friday, 09:00 to 17:00 in UTC; the receipt is on a Tuesday at 01:00, so that limits in working time begin at 09:00.</summary>
    public const string Office = """{"zone":"UTC","week":{"monday":["09:00-17:00"],"tuesday":["09:00-17:00"],"wednesday":["09:00-17:00"],"thursday":["09:00-17:00"],"friday":["09:00-17:00"]}}""";

    public static Situation Under(params string[] objectives) => UnderPolicies(("test", Policies(objectives)));

    public static Situation UnderPolicies(params (string Id, string Json)[] policies) => new Situation
    {
        Rules = Rulebook.From(policies.Select(policy => new Definition(TenantId.Default, SlaDefinitions.Policies.Name, policy.Id, 2,
            policy.Json, default, "test"))
            .Append(new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, "default", 2, Office, default, "test"))
            .Concat(BuiltIns.All.Where(builtIn => builtIn.Kind == SlaDefinitions.Policies.Name).Select(builtIn => builtIn with { Json = Sla.Policies.Json("""{"objective":"resolution","limit":"1 hour"}""", """{"tiers":["nobody"]}""", 9_999), Version = 2 }))),
    }.Do(new Register(Situation.Draft));

    public static string Policies(params string[] objectives) => Sla.Policies.Json(string.Join(",", objectives));

    public static string PolicyFor(string priority, params string[] objectives) => Sla.Policies.Json(string.Join(",", objectives), $$"""{"priorities":["{{priority}}"]}""");

    public static Situation At(this Situation situation, double hours)
    {
        situation.Now = Hour(hours);
        return situation;
    }

    public static Instant Hour(double hours) => Situation.Morning + Duration.FromHours(hours);

    public static Clock Clock(this Situation situation, string objective) => Clocks.Project(situation.Complaint!, situation.Rules).Last(clock => clock.Objective == objective);

    public static IReadOnlyList<ClockVerdict> Verdicts(this Situation situation, string objective) =>
        [.. situation.Complaint!.Clocks.Results.Where(result => result.Clock.StartsWith(objective, StringComparison.Ordinal)).Select(result => result.Verdict)];

    /// <summary>Decided now, happened earlier.</summary>
    public static Decision Late(this Situation situation, ComplaintCommand command, double hours) =>
        Core.Complaint.Decide(situation.Complaint, command, situation.Context() with { OccurredAt = Hour(hours), BackdateReason = "Written down late." });
}
