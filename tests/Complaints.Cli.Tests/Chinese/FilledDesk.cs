using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Cli.Tests.Chinese;

/// <summary>A database of people who write Chinese, with something of everything that the tool tells.</summary>
internal static class FilledDesk
{
    /// <returns>The number of a complaint that waits for an approval, and that of an improvement.</returns>
    public static async Task<(string Complaint, string Improvement)> FillAsync(string db)
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite($"Data Source={db};Pooling=false");
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<ComplaintDesk>().For(new Actor("amy", Role.Agent));
        var draft = new IntakeDraft
        {
            Channel = "phone", Title = "冰箱漏水", Category = "product", Subcategory = "safety", Complainant = new("王小明"),
        };
        await desk.RegisterAsync(draft with { Title = "无人处理" });
        var held = (await desk.RegisterAsync(draft with { Title = "等待司法程序" })).Value.Complaint;
        await DoAsync(desk, held, new HandOver("ben", null, "expertise"), new PlaceOnHold("legal", Note: "等待判决。"));
        var wrote = (await desk.RegisterAsync(draft with { Title = "来信催问", Channel = "letter" })).Value.Complaint;
        await DoAsync(desk, wrote, new HandOver("amy", null, "expertise"),
            new RecordInteraction(Direction.Inbound, "email", Summary: "何时解决？"));
        var closed = (await desk.RegisterAsync(draft with { Title = "已说明" })).Value.Complaint;
        await DoAsync(desk, closed, new Resolve("explained", "电话中已说明。", ConfirmedInCall: true), new Close());
        var id = (await desk.RegisterAsync(draft)).Value.Complaint;
        await DoAsync(desk, id, new HandOver("amy", null, "expertise"), new StartInvestigation("请核实。"),
            new AddParticipant("representative", "李卫东", "13712340001"), new AddNote("客户要求尽快处理。"),
            new AddParticipant("heir", "李小红"), new AmendParticipant(1, ParticipantAuthority.Received, "授权书 17"),
            new RaisePoint("维修人员迟到。", "service", "attitude"), new RaisePoint("冰箱仍在漏水。"), new DropPoint(3, "duplicate", 1),
            new DecideValidity("partly-established", "sufficient", "partly-reasonable", "other", 2, Remark: "路上堵车。"),
            new RecordCheck("identity", ["name"]), new RecordCheck("identity", ["name"], CheckOutcome.Failed, Participant: 1),
            new AddEvidence("photo", "漏水.jpg", new string('a', 64), 48_211, "image/jpeg"),
            new RecordInteraction(Direction.Inbound, "phone", Kind: "transfer", To: "ben", Brief: "客户情绪激动。", Emotion: Emotion.Angry),
            new RecordInteraction(Direction.Inbound, "phone", Kind: "chaser"), new RaiseSignal("demands-executive", "要求总监来电。"),
            new Propose(["compensation"], "赔偿。", 900), new RequestApproval(1));
        var number = (await desk.ViewAsync(id))!.Complaint.Number;
        var quality = desk.For(new Actor("qiu", Role.Quality)).Improvements;
        var opened = (await quality.OpenAsync(new OpenImprovement("systemic-issue", "密封条老化", Complaints: [id]))).Value.Improvement;
        var due = provider.GetRequiredService<IClock>().GetCurrentInstant() + Duration.FromDays(9);
        (await quality.ExecuteAsync(opened, new PlanAction("corrective", "更换密封条", due, "dan"))).IsSuccess.ShouldBeTrue();
        return (number, (await quality.ViewAsync(opened))!.Improvement.Number);
    }

    private static async Task DoAsync(ComplaintDesk desk, ComplaintId id, params ComplaintCommand[] commands)
    {
        foreach (var command in commands)
            (await desk.ExecuteAsync(id, command)).Refusal.ShouldBeNull();
    }
}
