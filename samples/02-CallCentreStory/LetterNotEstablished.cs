using Complaints.Core;
using Complaints.Core.Contact;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;

namespace CallCentreStory;

/// <summary>A letter with a telephone number; what it says turns out not to be established.</summary>
internal static class LetterNotEstablished
{
    public static readonly Actor Amy = UnstableProduct.Amy;

    public static async Task<Narrator> TellAsync(Narrator story)
    {
        story.Title("A letter that is not established", "来信投诉：经查不成立");
        story.At(9);
        await story.RegisterAsync(1, Amy, new("Registers a letter that names a telephone number: somebody must call back at once",
            "登记来信，信中留有电话，须立即回电"), new IntakeDraft
        {
            Channel = "letter",
            Title = "耳机用了两周就没有声音",
            Category = "product",
            Subcategory = "durability",
            Complainant = new Complainant("李芳", Contacts: [new(ContactPoint.Phone, "139 0013 9000")]),
            Statement = new Statement("要求换新。"),
        });

        story.At(9, 20);
        await story.DoAsync(2, Amy, new("Calls back and reaches the customer", "回电并联系上客户"),
            new RecordInteraction(Direction.Outbound, "phone", Summary: "说明已收到来信并核对情况。"));
        await story.DoAsync(2, Amy, new("Says back what was understood", "复述并确认诉求"),
            new RecordCheck("understanding", ["matter", "expectation"]));

        story.At(10);
        await story.DoAsync(3, Amy, new("Begins the investigation", "开始调查"), new StartInvestigation("查维修记录，询问客户"));
        await story.DoAsync(3, Amy, new("Plans to look at the records", "安排查阅记录"),
            new PlanStep(StepPhase.Investigation, "records", Owner: "amy"));
        await story.DoAsync(3, Amy, new("Plans to talk with the customer", "安排访谈"),
            new PlanStep(StepPhase.Investigation, "interview", Owner: "amy"));
        story.At(15);
        await story.DoAsync(3, Amy, new("Has looked at the records", "已查阅记录"), new FinishStep(1, StepResult.Done, "检测记录：进水。", 20));
        await story.DoAsync(3, Amy, new("Has talked with the customer", "已完成访谈"), new FinishStep(2, StepResult.Done, "客户说明曾戴着游泳。", 15));
        await story.DoAsync(3, Amy, new("Finds that it was the customer's own doing", "认定为客户使用不当"),
            new RecordFinding("耳机进水，不在防水等级内。", "customer"));

        story.At(16);
        await story.DoAsync(4, Amy, new("Judges it not established", "判定不成立"),
            new DecideValidity(PointValidity.Not, PointGrounds.Insufficient, PointDemand.Not, "misuse"));
        await story.DoAsync(4, Amy, new("Ends the case as not established", "以不成立办结"),
            new DecideNotEstablished("not-established", "经检测为进水，不属于质量问题。"));
        return story;
    }
}
