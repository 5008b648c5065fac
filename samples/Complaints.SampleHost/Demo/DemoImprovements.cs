using Complaints.Core;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.SampleHost.Demo;

/// <summary>An issue that is worked on, one that is over, and a bulletin, each about some of the demo complaints.</summary>
/// <param name="desk">The desk that is commanded.</param>
/// <param name="today">When the last of it happens, at the latest.</param>
/// <param name="wait">Lets time pass on the desk's clock.</param>
internal sealed class DemoImprovements(ComplaintDesk desk, Instant today, Action<Duration> wait)
{
    private readonly ImprovementDesk _quality = desk.For(Visitor.Cast.Single(member => member.Actor.Is(Role.Quality)).Actor).Improvements;

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var newest = await desk.ListAsync(new ComplaintQuery { Order = ComplaintOrder.Newest, Take = 6 }, cancellationToken);
        var complaints = newest.Items.Select(item => item.Id).ToList();
        await LiveAsync(
            new OpenImprovement("systemic-issue", "安装预约后无人上门", Department: "安装服务部", Complaints: [.. complaints.Take(4)]),
            [
                new AmendImprovement("problem", "预约成功后，部分订单没有派给安装师傅。"),
                new PlanAction("containment", "每天上午人工核对未派单的预约。", today + Duration.FromHours(20), "ben"),
                new PlanAction("corrective", "预约系统增加未派单提醒。", today + Duration.FromDays(12), "mei"),
                new FinishAction(1, "已安排专人核对。"),
            ],
            cancellationToken);
        await LiveAsync(
            new OpenImprovement("systemic-issue", "退款到账时间说明不一致"),
            [
                new AmendImprovement("cause", "话术与财务流程的时限不同。"),
                new AmendImprovement("effect", "同类投诉明显减少。"),
                new CloseImprovement("effective"),
            ],
            cancellationToken);
        await LiveAsync(
            new OpenImprovement("bulletin", "暴雨期间配送延误", Complaints: [.. complaints.Skip(4)]),
            [new AmendImprovement("summary", "受天气影响，部分地区配送延误。"), new PublishImprovement("desk", "请主动告知客户预计送达时间。")],
            cancellationToken);
    }

    private async Task LiveAsync(OpenImprovement open, IEnumerable<ImprovementCommand> life, CancellationToken cancellationToken)
    {
        var opened = (await _quality.OpenAsync(open, cancellationToken: cancellationToken)).Value.Improvement;
        wait(Duration.FromMinutes(9));
        foreach (var command in life)
        {
            _ = (await _quality.ExecuteAsync(opened, command, cancellationToken: cancellationToken)).Value;
            wait(Duration.FromMinutes(13));
        }
    }
}
