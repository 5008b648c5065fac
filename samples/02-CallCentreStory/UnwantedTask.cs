using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;

namespace CallCentreStory;

/// <summary>A task that nobody wants: it goes from one department to the next, until one of them has to do it.</summary>
internal static class UnwantedTask
{
    public static readonly Actor Amy = new("amy", Role.Agent);
    public static readonly Actor Mei = new("mei", Role.Manager);
    public static readonly Actor Driver = new("yi", Role.Department) { Teams = ["delivery"] };
    public static readonly Actor Storekeeper = new("han", Role.Department) { Teams = ["warehouse"] };
    public static readonly Actor Carrier = new("gao", Role.Department) { Teams = ["carrier"] };
    public static readonly Actor Installer = new("shi", Role.Department) { Teams = ["installation"] };

    public static async Task<Narrator> TellAsync(Narrator story)
    {
        story.Title("A task that nobody wants", "谁都不愿接的协办单");
        story.At(9, 30);
        await story.RegisterAsync(1, Amy, new("Takes down that the washing machine came with a dent", "登记：洗衣机送达时外壳凹陷"), new IntakeDraft
        {
            Channel = "phone",
            Title = "洗衣机外壳凹陷",
            Category = "delivery",
            Subcategory = "damaged",
            Complainant = new Complainant("李梅", Contacts: [new(ContactPoint.Phone, "139 0013 9000")]),
            Statement = new Statement("拆箱时就有凹陷，师傅说不归他管。"),
        });

        story.At(10);
        await story.DoAsync(2, Amy, new("Asks the delivery to say what happened, and to put it right", "向配送部下发主办协办单：查明经过并解决"),
            new SendTask("delivery", "service", "凹陷何时产生？请安排更换。"));
        await story.DoAsync(2, Amy, new("Asks the installers for their record, to assist", "请安装部协办：提供安装记录"),
            new SendTask("installation", "information", "请提供安装记录。", TaskRole.Assist));

        story.At(11);
        await story.DoAsync(3, Driver, new("Returns it: packed by the warehouse", "退单：由仓储部装箱，不归配送"),
            new ReturnTask(1, "not-our-duty", "装箱由仓储部负责，见职责划分第三条。", "warehouse"));
        story.At(11, 30);
        await story.DoAsync(4, Mei, new("Sends it to the warehouse", "改派仓储部"), new RuleOnReturn(1, ReturnRuling.Redirect, "warehouse"));

        story.At(14);
        await story.DoAsync(5, Storekeeper, new("Returns it: the seal was unbroken when it left", "退单：出库时封条完好"),
            new ReturnTask(1, "not-our-duty", "出库单显示封条完好。", "carrier"));
        story.At(14, 30);
        await story.DoAsync(6, Mei, new("Sends it to the carrier's desk", "改派承运管理部"),
            new RuleOnReturn(1, ReturnRuling.Redirect, "carrier"));

        story.At(16);
        await story.DoAsync(7, Carrier, new("Returns it for the third time: it is said that too many have", "第三次退单：系统提示退单次数过多"),
            new ReturnTask(1, "unclear-owner", "未见责任认定，无法确定归属。"));
        story.At(16, 30);
        await story.DoAsync(8, Mei, new("Rules that the carrier's desk has to do it", "审定：强制指派承运管理部"),
            new RuleOnReturn(1, ReturnRuling.Force, Remark: "承运合同第三条：运输中的损坏由承运管理部处理。"));
        await story.RefusedAsync(9, Carrier, new("Answers while an assistant is still at work", "协办尚未完成即反馈"),
            new AnswerTask(1, TaskResult.Done, "已安排更换。", "CY-3"));
        await story.DoAsync(9, Mei, new("Nobody needs the installers' record any more", "撤销协办：不再需要安装记录"),
            new CancelTask(2, "not-needed"));

        story.At(10, 0, days: 1);
        await story.DoAsync(10, Carrier, new("Answers: exchanged this morning", "反馈：今晨已更换"),
            new AnswerTask(1, TaskResult.Done, "今晨已更换新机。", "CY-3", Cost: 180));
        await story.DoAsync(11, Amy, new("Looks at it with the customer: it does", "与客户核实，核验通过"), new VerifyTask(1, Passed: true));
        return story;
    }
}
