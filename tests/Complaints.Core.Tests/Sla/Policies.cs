using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Sla;

/// <summary>Rulebooks with policies of a test's own, in elapsed hours unless it says otherwise.</summary>
internal static class Policies
{
    public static Rulebook Of(params (string Id, string Json)[] policies) => Of([], policies);

    /// <summary>With other definitions beside them: another version of a policy or of a calendar, hold reasons.</summary>
    public static Rulebook Of(Definition[] others, params (string Id, string Json)[] policies) =>
        Rulebook.From(policies.Select((policy, i) => new Definition(TenantId.Default, SlaDefinitions.Policies.Name, policy.Id, 2,
            policy.Json, default, "test"))
            .Concat(others)
            // Replaced by ones that apply to nothing, so that only the test's count.
            .Concat(BuiltIns.All.Where(builtIn => builtIn.Kind == SlaDefinitions.Policies.Name && policies.All(policy => policy.Id != builtIn.Id)).Select(builtIn => builtIn with { Json = Never, Version = 2 })));

    public static string Json(string objectives, string? appliesTo = null, int order = 50) =>
        $$"""{"label":{"en":"Test","zh":"测试"},"order":{{order}},"objectives":[{{objectives}}]{{(appliesTo is null ? "" : $",\"appliesTo\":{appliesTo}")}}}""";

    public static Definition Define(string kind, string id, int version, string json) => new(TenantId.Default, kind, id, version, json, default, "test");

    /// <summary>The tenant's calendar without a lunch break.</summary>
    public static Definition NineToSix { get; } = Define(SharedDefinitions.Calendars.Name, "default", 2,
        new CalendarBuilder("Asia/Shanghai").Weekdays("09:00-18:00").ToDefinition().ToJson());

    private static string Never => Json("""{"objective":"resolution","limit":"1 hour"}""", """{"tiers":["nobody"]}""", order: 9_999);
}
