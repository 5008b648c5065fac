using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>A random but repeatable run of commands on a few complaints; about half of them are refused, and that is part of the script.</summary>
internal sealed class Script(int seed)
{
    private const int Commands = 14;
    private static readonly Actor[] Actors = [DeskHarness.Agent, DeskHarness.Supervisor, DeskHarness.Director, DeskHarness.Administrator];

    /// <summary>Plays it on a store; the same seed gives the same commands, ids and instants on every store.</summary>
    /// <returns>The complaints, and every answer or refusal in order.</returns>
    public async Task<(DeskHarness Harness, List<ComplaintId> Ids, List<string> Answers)> PlayAsync(StorePorts ports)
    {
        var random = new Random(seed);
        var clock = new FakeClock(Instant.FromUtc(2026, 9, 1, 1, 0) + Duration.FromHours(seed % 500));
        var harness = new DeskHarness(ports, clock);
        var ids = new List<ComplaintId>();
        var answers = new List<string>();
        for (var turn = 0; turn < Commands; turn++)
        {
            clock.Advance(Duration.FromMinutes(random.Next(0, 600)) + Duration.FromNanoseconds(random.Next(0, 1000) * 1000L));
            var desk = harness.Desk.For(Actors[random.Next(Actors.Length)]);
            if (turn == 0 || random.Next(10) == 0)
            {
                var customer = random.Next(3);
                var draft = random.Next(3) switch { 0 => Drafts.Chinese(customer), 1 => Drafts.English(customer), _ => Drafts.Inquiry(customer) };
                var filed = await desk.RegisterAsync(draft);
                ids.Add(filed.Value.Complaint);
                answers.Add($"{filed.Value} {string.Join(',', filed.Similar)}");
                continue;
            }
            var id = ids[random.Next(ids.Count)];
            var result = await desk.ExecuteAsync(id, Next(random, ids));
            answers.Add(result.Answer?.ToString() ?? result.Refusal!.Code);
        }
        return (harness, ids, answers);
    }

    private static ComplaintCommand Next(Random random, List<ComplaintId> ids) => random.Next(26) switch
    {
        0 => new Acknowledge(),
        1 => new AddNote($"Note {random.Next(100)}: 仓库已联系"),
        2 => new AmendNarrative("还少了一个抽屉。"),
        3 => new RecordInteraction(Direction.Outbound, "phone", Summary: "Told the customer."),
        4 => new LinkRepeat(ids[random.Next(ids.Count)]),
        5 => new ConvertToComplaint(),
        6 => new Classify("service", Severity: random.Next(2) == 0 ? "major" : "critical"),
        7 => new HandOver($"agent-{random.Next(5)}", "technical", "Needs a technician."),
        8 or 9 => new StartInvestigation("Ask the warehouse."),
        10 or 11 => new Propose(["exchange"], "Exchange tomorrow.", random.Next(3) * 1_500, random.Next(2) == 0, random.Next(2) == 0),
        12 => new Present(random.Next(1, 3)),
        13 => new RequestApproval(random.Next(1, 3), random.Next(2) == 0),
        14 => new Approve(random.Next(1, 3)),
        15 => new AcceptProposal(random.Next(1, 3), "phone"),
        16 => new RejectProposal(1, "Wants money."),
        17 => new CompleteRemedy("Delivered."),
        18 => new Resolve("solved", "Exchanged.", ConfirmedInCall: random.Next(2) == 0),
        19 => new NotifyResult("phone", "Told the customer."),
        20 => new Close(),
        21 => new Reopen("Broken again."),
        22 => new PlaceOnHold("parts", Note: "Waits for a compressor."),
        23 => new ReleaseHold("parts"),
        24 => new Merge(ids[random.Next(ids.Count)], "The same delivery."),
        _ => new RecordVisit("phone", Satisfied: true),
    };
}
