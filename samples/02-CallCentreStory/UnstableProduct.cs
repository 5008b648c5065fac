using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Sla;
using NodaTime;

namespace CallCentreStory;

/// <summary>A phone complaint with two points, from the call to the finding of the cause.</summary>
internal static class UnstableProduct
{
    public static readonly Actor Amy = new("amy", Role.Agent);
    public static readonly Actor Mei = new("mei", Role.Manager);
    public static readonly Actor Tao = new("tao", Role.Department) { Teams = ["technical-support"] };
    public static readonly Actor Lin = new("lin", Role.Quality);

    public static async Task<Narrator> TellAsync(Narrator story)
    {
        story.Title("A product that crashes, told by phone", "电话投诉：产品频繁死机");
        story.At(9, 12);
        var answered = new LocalDateTime(2026, 9, 1, 9, 5).InZoneStrictly(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).ToInstant();
        await story.RegisterAsync(2, Amy, new("Takes the call down, with two points, the serial number and what the customer is after",
            "接听并登记来电：两个诉求点、序列号和客户诉求"), new IntakeDraft
        {
            Channel = "phone",
            Call = new PhoneCall("7781", "13800138000", "4008000000", "service", answered, story.Harness.Clock.GetCurrentInstant()),
            Title = "冰箱控制屏频繁死机",
            Category = "product",
            Subcategory = "unstable",
            Area = "north",
            Complainant = new Complainant("王小明", Contacts: [new(ContactPoint.Phone, "138 0013 8000")]) { AddressAs = "王先生" },
            Item = new Item("product", "FR-2210", "X200") { Serial = "SN-88231", PurchasedOn = new LocalDate(2026, 5, 2) },
            Goals = ["compensation"],
            Statement = new Statement("屏幕每天死机两三次，只能断电重启。"),
            Points = [new DraftPoint("广告里的远程控制功能找不到。", "product", "not-as-described")],
        });

        story.At(9, 15);
        await story.DoAsync(3, Amy, new("Checks who calls, and says back what was understood", "核对来电人身份并复述确认诉求"),
            new RecordCheck("identity", ["name", "reachable", "customer"]));
        await story.DoAsync(3, Amy, new("Has the customer confirm it", "客户确认复述内容"),
            new RecordCheck("understanding", ["matter", "expectation", "next-step"]));

        await story.DoAsync(4, Amy, new("Notices that the customer is upset", "发现客户情绪激动"), new RaiseSignal("emotion-high", "客户提高了嗓门。"));

        story.At(10);
        await story.DoAsync(5, Amy, new("Judges both points established: technical support", "判定两个诉求点成立，责任部门为技术支持"),
            new DecideValidity(PointValidity.Established, PointGrounds.Sufficient, PointDemand.Reasonable, "true",
                Department: "technical-support"));

        story.At(10, 30);
        var friday = new LocalDateTime(2026, 9, 4, 18, 0).InZoneStrictly(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).ToInstant();
        await story.DoAsync(6, Mei, new("Agrees with the customer on Friday, 18:00", "与客户约定周五 18:00 前答复"), new AgreeDeadline(friday));

        story.At(11);
        await story.DoAsync(7, Mei, new("Begins the investigation", "开始调查"), new StartInvestigation("找出死机原因"));
        await story.DoAsync(7, Mei, new("Asks technical support: why, how, and by when", "向技术支持部下发协办单：原因、方案和完成时间"),
            new SendTask("technical-support", "technical", "为何死机？如何解决？何时完成？", Points: [1, 2]));

        story.At(11, 40);
        await story.DoAsync(8, Tao, new("Signs for it: technical support is at work", "签收协办单，技术支持部开始办理"), new SignTask(1));

        story.At(14, 0, days: 1);
        await story.DoAsync(9, Amy, new("The customer calls and asks how far it is: it is counted, and no time limit moves",
            "客户来电催办：只计数，不影响任何时限"),
            new RecordInteraction(Direction.Inbound, "phone", Kind: "chaser", Live: true, Summary: "客户询问进度。"));

        story.At(16, 0, days: 1);
        await story.RefusedAsync(11, Tao, new("Answers without the reference of the filing", "未填写备案编号即反馈"),
            new AnswerTask(1, TaskResult.Cannot, "主控板需更换，配件四周后到货。"));
        await story.DoAsync(11, Tao, new("Answers that it cannot be done in time: the part is four weeks away",
            "反馈无法按期办理：配件四周后到货"),
            new AnswerTask(1, TaskResult.Cannot, "主控板需更换，配件四周后到货。", "DZ-17", ["design-defect"]));

        story.At(16, 30, days: 1);
        await story.DoAsync(12, Mei, new("Accepts the answer as it is: no department has anything open", "核验通过，无未办结的协办单"),
            new VerifyTask(1, Passed: true));

        story.At(9, 0, days: 2);
        await story.DoAsync(15, Lin, new("Finds the cause: a defect of the design, ours", "查明原因：设计缺陷，责任在我方"),
            new RecordFinding("主控板散热不足，高温时复位。", "us", ["design-defect"], [1, 2]));
        return story;
    }
}
