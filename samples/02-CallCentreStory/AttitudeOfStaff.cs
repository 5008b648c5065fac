using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Sla;
using NodaTime;

namespace CallCentreStory;

/// <summary>A member complains about how one of the staff spoke: whoever is accused has nothing to do with the case, and who was found
/// liable is for few to know.</summary>
internal static class AttitudeOfStaff
{
    public static readonly Actor Amy = UnstableProduct.Amy;
    public static readonly Actor Sun = new("sun", Role.Supervisor);
    public static readonly Actor Mei = UnstableProduct.Mei;
    public static readonly Actor Accused = new("1023", Role.Agent);

    public static async Task<Narrator> TellAsync(Narrator story)
    {
        story.Title("A member complains about attitude", "会员投诉服务态度");
        story.At(9);
        await story.RegisterAsync(1, Amy, new("Takes down a gold member's complaint from the chat", "从在线聊天登记金卡会员的投诉"), new IntakeDraft
        {
            Channel = "chat",
            Title = "客服 1023 态度恶劣",
            Category = "service",
            Subcategory = "attitude",
            Tier = "gold",
            Goals = ["respect", "compensation"],
            Complainant = new Complainant("赵敏", "M-20017", [new(ContactPoint.Phone, "137 0013 7000")]),
        });
        await story.DoAsync(1, Amy, new("Names who is complained about", "登记被投诉人"), new AddParticipant("accused", Staff: Accused.Id));
        await story.RefusedAsync(1, Accused, new("Who is complained about tries to take the case over", "被投诉人试图接手此案"),
            new Complaints.Core.Assignment.HandOver(Accused.Id, null, "other", "我来处理。"));

        story.At(9, 10);
        await story.DoAsync(2, Amy, new("Promises a call within two hours", "承诺两小时内回电"),
            new MakeCommitment("两小时内回电。", story.Harness.Clock.GetCurrentInstant() + Duration.FromHours(2)));

        await story.DoAsync(3, Amy, new("Hands it up: it is beyond what she may decide", "超出权限，升级处理"),
            new Escalate(1, Role.Supervisor, null, "beyond-authority"));

        story.At(10);
        await story.DoAsync(4, Sun, new("Begins the investigation", "开始调查"), new StartInvestigation("听录音，约谈当事人"));
        await story.DoAsync(4, Sun, new("Plans to listen to the recording", "安排听录音"),
            new PlanStep(StepPhase.Investigation, "listen", Owner: "sun"));
        await story.DoAsync(4, Sun, new("Plans to talk with the member of staff", "安排约谈"),
            new PlanStep(StepPhase.Investigation, "staff-talk", Owner: "sun"));
        story.At(14);
        await story.DoAsync(4, Sun, new("Has listened", "已听录音"), new FinishStep(1, StepResult.Done, "两次打断客户。", 12));
        await story.DoAsync(4, Sun, new("Has talked", "已约谈"), new FinishStep(2, StepResult.Done, "本人承认。", 25));
        await story.DoAsync(4, Sun, new("Finds the cause: how it was said, ours", "查明原因：沟通方式，责任在我方"),
            new RecordFinding("沟通方式不当。", "us", ["communication"], [1]));
        await story.DoAsync(4, Mei, new("Records who is liable, which few may see", "记录责任人，仅限少数人查看"),
            new RecordLiability(1, "us", "录音为证。", Staff: Accused.Id, Measure: "coaching"));

        story.At(15);
        await story.DoAsync(5, Sun, new("Judges it established: customer service", "判定成立，责任部门为客户服务"),
            new DecideValidity(PointValidity.Established, PointGrounds.Sufficient, PointDemand.Reasonable, "true",
                Department: "customer-service"));
        return story;
    }
}
