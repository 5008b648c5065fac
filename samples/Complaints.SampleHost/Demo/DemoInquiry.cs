using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using NodaTime;

namespace Complaints.SampleHost.Demo;

/// <summary>How some of the demo complaints are looked into: two steps, a finding, and who answers for it.</summary>
internal static class DemoInquiry
{
    /// <summary>The member of the staff whom some of them are about; nobody of the cast.</summary>
    private const string Accused = "1023";

    public static IEnumerable<(double Hours, ComplaintCommand Command, Actor Actor)> Of(Random random, Actor agent, Instant now)
    {
        if (random.Next(4) != 0)
            yield break;
        var isOurs = random.Next(3) > 0;
        if (isOurs)
            yield return (0.1, new AddParticipant(ParticipantRole.Accused, Staff: Accused), agent);
        yield return (0.2, new PlanStep(StepPhase.Investigation, "records", What: "调阅配送签收记录。", Due: now + Duration.FromDays(1)), agent);
        yield return (0.1, new PlanStep(StepPhase.Investigation, "on-site", Place: "浦东仓库", Due: now + Duration.FromDays(3)), agent);
        yield return (2, new FinishStep(1, StepResult.Done, "签收时间为次日上午。", 20), agent);
        yield return (3, new FinishStep(2, StepResult.Done, "现场核查包装完好。", 90, 60), agent);
        if (!isOurs)
        {
            yield return (1, new RecordFinding("客户自行拆改配件，超出说明书范围。", FaultParty.Customer), agent);
            yield break;
        }
        yield return (1, new RecordFinding("当班人员未按约定回电，客户等待过久。", FaultParty.Us, ["communication", "long-waiting"]), agent);
        yield return (1, new RecordLiability(1, FaultParty.Us, "通话记录显示未回电。", "service", Accused, "coaching"), Visitor.Cast[3].Actor);
    }
}
