using System.Security.Cryptography;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.SampleHost.Demo;

/// <summary>
/// Fills an empty database with a year of complaints, the same ones for the same day: a seeded generator that commands a desk whose clock it moves.
/// </summary>
internal sealed class DemoData(DeskServices services, IClock clock, IConfiguration configuration)
{
    private const int Seed = 20260901;

    /// <summary>A picture of one pixel, as small as evidence can be.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly Random _random = new(Seed);
    private readonly DemoClock _time = new();

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var count = CountIn(configuration);
        var today = clock.GetCurrentInstant();
        var desk = new ComplaintDesk(services.At(_time));
        if (count == 0 || (await desk.CountAsync(new(), cancellationToken)).Count > 0)
            return;
        Console.WriteLine($"Filling the database with {count} demo complaints.");
        for (var i = 0; i < count; i++)
        {
            // Denser towards today, so that the queue has something to do.
            var age = Duration.FromHours(24 * 365 * Math.Pow(1 - (i + 0.5) / count, 2));
            await LiveAsync(desk, today - age, today, cancellationToken);
        }
        _time.Now = today - Duration.FromHours(3);
        await new DemoImprovements(desk, today, passed => _time.Now += passed).FillAsync(cancellationToken);
    }

    /// <summary>How many are wanted; 0 for none.</summary>
    public static int CountIn(IConfiguration configuration) => configuration.GetValue("Demo:Complaints", 300);

    private async Task LiveAsync(ComplaintDesk desk, Instant received, Instant today, CancellationToken cancellationToken)
    {
        _time.Now = received;
        var agent = desk.For(Visitor.Cast[_random.Next(2)].Actor);
        var answer = await agent.RegisterAsync(Drafts.Next(_random), cancellationToken: cancellationToken);
        foreach (var (hours, command, actor) in Life(agent.Actor))
        {
            if (_time.Now + Duration.FromHours(hours) > today)
                return;
            _time.Now += Duration.FromHours(hours);
            var result = command is AddEvidence picture
                ? await desk.For(actor).AddEvidenceAsync(
                    answer.Value.Complaint, picture, new MemoryStream(Picture), cancellationToken: cancellationToken)
                : await desk.For(actor).ExecuteAsync(answer.Value.Complaint, command, cancellationToken: cancellationToken);
            if (!result.IsSuccess)
                return;
        }
    }

    /// <summary>One of some typical lives, with the hours before each step.</summary>
    private IEnumerable<(double Hours, ComplaintCommand Command, Actor Actor)> Life(Actor agent)
    {
        var supervisor = Visitor.Cast[2].Actor;
        yield return (Hours(0.5, 6), new Acknowledge(), agent);
        yield return (0.1, new HandOver(agent.Id, DemoOrganisation.Team, "takes-over"), agent);
        if (_random.Next(5) == 0)
        {
            yield return (Hours(0.2, 1), new Resolve("explained", "电话中已说明。", ConfirmedInCall: true), agent);
            yield return (Hours(1, 20), new Close(), agent);
            yield break;
        }
        yield return (Hours(0.2, 9), new RecordInteraction(Direction.Outbound, "phone", Summary: "已与客户核实情况。"), agent);
        if (_random.Next(4) == 0)
        {
            foreach (var step in Talk(agent))
                yield return step;
        }
        yield return (Hours(1, 20), new StartInvestigation("请责任部门核实。"), agent);
        var inquiry = DemoInquiry.Of(_random, agent, _time.Now).ToList();
        foreach (var step in inquiry)
            yield return step;
        foreach (var step in DemoTasks.Of(_random, agent))
            yield return step;
        // The representative is then the first who takes part.
        if (inquiry.Count == 0 && _random.Next(6) == 0)
        {
            yield return (0.2, new AddParticipant("representative", "李卫东", "13712340001"), agent);
            yield return (0.1, new AddParticipant("expert", Staff: supervisor.Id), agent);
            yield return (0.1, new RecordInteraction(Direction.Inbound, "phone", Summary: "代理人补充了购买凭证。", Participant: 1), agent);
            yield return (Hours(1, 10), new PlaceOnHold("authority-letter"), agent);
            yield return (Hours(10, 60), new AmendParticipant(1, ParticipantAuthority.Received, "授权书 2026-17"), agent);
            yield return (0.1, new ReleaseHold("authority-letter"), agent);
            yield return (0.1, new RecordInteraction(Direction.Outbound, "phone", Summary: "已向代理人说明进度。", Participant: 1), agent);
        }
        if (_random.Next(5) == 0)
        {
            yield return (0.2, new RaisePoint("送货人员态度恶劣，拒绝当场验货。", "service", "attitude"), agent);
            yield return (0.1, new RaisePoint("客服电话等待时间过长。", "service", "efficiency"), agent);
            yield return (0.1, new DropPoint(3, PointDrop.Withdrawn), agent);
            yield return (0.1, new AddParticipant("follower", "赵敏", "13712340002"), agent);
            yield return (Hours(1, 9), new DecideValidity(
                PointValidity.Partly, PointGrounds.Sufficient, PointDemand.Partly, "partly-true", 2), agent);
            yield return (0.2, new DecideValidity(
                PointValidity.Established, PointGrounds.Sufficient, PointDemand.Reasonable, "true", 1, DemoOrganisation.Department), agent);
        }
        else if (_random.Next(9) == 0)
        {
            yield return (0.5, new DecideValidity(
                PointValidity.Not, PointGrounds.Insufficient, PointDemand.Not, "within-standard", 1, Remark: "检测结果符合标准。"), agent);
            yield return (Hours(5, 40), new DecideNotEstablished("not-established", "检测结果符合标准。"), agent);
            yield return (Hours(1, 20), new NotifyResult("phone"), agent);
            yield return (Hours(20, 80), new Close(), agent);
            yield break;
        }
        var cost = _random.Next(6) * 90m;
        yield return (Hours(2, 40), new Propose([new[] { "exchange", "compensation", "repair", "coupon" }[_random.Next(4)]], "按政策处理。", cost), agent);
        if (cost > 200)
        {
            yield return (0.5, new RequestApproval(1), agent);
            yield return (Hours(1, 30), new Approve(1), supervisor);
        }
        else
        {
            yield return (0.5, new Present(1), agent);
        }
        yield return (Hours(1, 30), new AcceptProposal(1, "phone"), agent);
        yield return (Hours(10, 70), new CompleteRemedy(), agent);
        yield return (Hours(0.5, 8), new NotifyResult("phone", "已告知结果。"), agent);
        yield return (Hours(20, 70), new RecordVisit("phone", Satisfied: _random.Next(6) > 0, Comment: "客户表示满意。"), agent);
        yield return (1, new Close(), agent);
        if (_random.Next(12) == 0)
            yield return (Hours(50, 300), new Reopen("problem-persists", "同样的故障再次出现。"), agent);
    }

    /// <summary>A customer who is upset, checked and chasing.</summary>
    private IEnumerable<(double Hours, ComplaintCommand Command, Actor Actor)> Talk(Actor agent)
    {
        yield return (0.1, new RecordCheck("identity", ["name", "reachable"]), agent);
        yield return (0.1, new RecordCheck("understanding", ["matter", "expectation"]), agent);
        yield return (0.1, new RecordInteraction(Direction.Outbound, "phone", Kind: "interim-advice", Summary: "建议先关闭水阀，等待上门。"), agent);
        yield return (0.5, new AddEvidence(
            "photo", "现场照片.png", Convert.ToHexStringLower(SHA256.HashData(Picture)), Picture.Length, "image/png"), agent);
        yield return (Hours(2, 9), new RecordInteraction(
            Direction.Inbound, "phone", Summary: "客户对进度不满。", Emotion: new[] { Emotion.Upset, Emotion.Angry }[_random.Next(2)]), agent);
        for (var i = _random.Next(4); i > 0; i--)
            yield return (Hours(1, 9), new RecordInteraction(Direction.Inbound, "phone", Kind: "chaser", Summary: "询问处理进度。"), agent);
        if (_random.Next(3) == 0)
            yield return (0.2, new RaiseSignal("demands-executive", "客户要求与负责人通话。"), agent);
    }

    private double Hours(double low, double high) => low + _random.NextDouble() * (high - low);

    private sealed class DemoClock : IClock
    {
        public Instant Now { get; set; }

        public Instant GetCurrentInstant() => Now;
    }
}
