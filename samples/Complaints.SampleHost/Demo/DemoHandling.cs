using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Sla;

namespace Complaints.SampleHost.Demo;

/// <summary>How some of the demo complaints are pressed for: the owner is urged, and where that does not help, a quality review calls
/// departments in.</summary>
internal static class DemoHandling
{
    public static IEnumerable<(double Hours, ComplaintCommand Command, Actor Actor)> Of(Random random)
    {
        var supervisor = Visitor.Cast[2].Actor;
        if (random.Next(4) != 0)
            yield break;
        yield return (4, new Urge(Remark: "客户今日已两次来电，请尽快答复。"), supervisor);
        if (random.Next(2) == 0)
            yield break;
        yield return (24, new Urge(), supervisor);
        yield return (8, new Escalate(3, Role.Quality, null, "other", "多次督促仍未解决，请各部门会同分析。", EscalationKind.QualityReview,
            ["quality", DemoOrganisation.Department]), supervisor);
    }

    /// <summary>Confirms who was late with what is over; where nobody was, nothing is confirmed.</summary>
    public static IEnumerable<(double Hours, ComplaintCommand Command, Actor Actor)> AfterAll(Random random)
    {
        if (random.Next(3) == 0)
            yield return (2, new AttributeLateness("service-solution/1@task/1", Remark: "按持有时间确认。"), Visitor.Cast[2].Actor);
    }
}
