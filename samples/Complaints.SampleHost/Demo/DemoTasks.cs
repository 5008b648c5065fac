using Complaints.Core;
using Complaints.Core.Assignment;

namespace Complaints.SampleHost.Demo;

/// <summary>What departments are asked in some of the demo complaints: signed for, passed on, answered, done over. In the newest ones it is
/// not finished yet.</summary>
internal static class DemoTasks
{
    private static readonly Actor Technician = Visitor.Cast.First(member => member.Actor.Id == "tao").Actor;
    private static readonly Actor Driver = Visitor.Cast.First(member => member.Actor.Id == "lu").Actor;

    public static IEnumerable<(double Hours, ComplaintCommand Command, Actor Actor)> Of(Random random, Actor agent)
    {
        if (random.Next(3) != 0)
            yield break;
        var manager = Visitor.Cast[3].Actor;
        var isTechnical = random.Next(2) == 0;
        var (worker, question) = isTechnical ? (Technician, "故障原因是什么？何时能修复？") : (Driver, "请核实送货经过并提出处理意见。");
        yield return (0.3, new SendTask(worker.Teams[0], isTechnical ? "technical" : "service", question), agent);
        var assistant = random.Next(3) > 0 ? null : isTechnical ? Driver : Technician;
        if (assistant is not null)
            yield return (0.1, new SendTask(assistant.Teams[0], "information", "请提供该单的送货与安装记录。", TaskRole.Assist), agent);
        if (random.Next(3) == 0)
        {
            yield return (Hours(1, 6), new ReturnTask(1, "not-our-duty", "按职责划分，该事项不归本部门。"), worker);
            yield return (Hours(1, 9), new RuleOnReturn(1, ReturnRuling.Force, Remark: "售后服务规范第六条，由贵部门负责。"), manager);
        }
        else
        {
            yield return (Hours(0.5, 9), new SignTask(1), worker);
        }
        if (assistant is not null)
        {
            yield return (Hours(0.5, 5), new SignTask(2), assistant);
            yield return (Hours(1, 20), new AnswerTask(2, TaskResult.Done, "记录已附，九月三日上午送达。"), assistant);
        }
        var result = random.Next(5) == 0 ? TaskResult.Cannot : TaskResult.Done;
        yield return (Hours(5, 60), new AnswerTask(1, result, result == TaskResult.Done ? "已现场处理，运行正常。" : "配件缺货，四周后到货。",
            "DZ-2026-17", ["production-oversight"], 80), worker);
        if (random.Next(4) == 0)
        {
            yield return (Hours(1, 9), new VerifyTask(1, Passed: false, "incomplete", "未说明何时完成。"), agent);
            yield return (Hours(2, 20), new AnswerTask(1, TaskResult.Done, "已于今日上午完成。"), worker);
        }
        yield return (Hours(1, 9), new VerifyTask(1, Passed: true), agent);
        yield return (0.1, new RecordFiling("KZ-2026-21"), agent);

        double Hours(double low, double high) => low + random.NextDouble() * (high - low);
    }
}
