using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Contact;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Simulation.World;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.Simulation.Nodes;

/// <summary>What the clients see and want, together.</summary>
internal sealed class Desktop
{
    private readonly List<ComplaintId> _complaints = [];
    private readonly Dictionary<ComplaintId, int> _seen = [];
    private readonly Dictionary<ComplaintId, ComplaintState> _states = [];
    private readonly Dictionary<ComplaintId, ComplaintCommand[]> _next = [];
    private int? _goals;
    private readonly List<Intention> _intentions = [];

    public IReadOnlyList<ComplaintId> Complaints => _complaints;

    public IReadOnlyList<Intention> Intentions => _intentions;

    public int? VersionOf(ComplaintId complaint) => _seen[complaint];

    public Intention Intends(string what)
    {
        _intentions.Add(new Intention(what));
        return _intentions[^1];
    }

    public void Saw(CommandAnswer answer)
    {
        if (!_seen.ContainsKey(answer.Complaint))
            _complaints.Add(answer.Complaint);
        _seen[answer.Complaint] = answer.Version;
        _states[answer.Complaint] = answer.State;
    }

    /// <summary>What was begun is carried on: what may follow on what was just done.</summary>
    public void Did(CommandAnswer answer, ComplaintCommand command)
    {
        var made = answer.Made is [var first, ..] && int.TryParse(first.Key, out var number) ? number : 1;
        ComplaintCommand[] next = command switch
        {
            SendTask => [new SignTask(made), new SignTask(made), new ReturnTask(made, "not-our-duty", "Article 3.")],
            ReturnTask returned => [new RuleOnReturn(returned.Task, ReturnRuling.Force)],
            SignTask { Task: var signed } => [new AnswerTask(signed, TaskResult.Done, "Changed the pump.", "DZ-17")],
            RuleOnReturn { Task: var forced } => [new AnswerTask(forced, TaskResult.Cannot, "The part is four weeks away.", "DZ-18")],
            AnswerTask { Task: var answered } => [new VerifyTask(answered, Passed: true)],
            RecordFinding => [new RecordLiability(made, "us", "The recording.", Staff: "lee")],
            PlanStep => [new FinishStep(made, StepResult.Done, "Looked at.")],
            MakeCommitment => [new SettleCommitment(made)],
            _ => [],
        };
        if (next.Length > 0)
            _next[answer.Complaint] = next;
        else if (_next.TryGetValue(answer.Complaint, out var waited) && waited.Any(one => one.GetType() == command.GetType()))
            _next.Remove(answer.Complaint);
    }

    public IntakeDraft NextDraft(Scheduler scheduler)
    {
        var customer = scheduler.Chance.Next(3);
        return scheduler.Chance.Next(3) switch { 0 => Drafts.Chinese(customer), 1 => Drafts.English(customer), _ => Drafts.Inquiry(customer) };
    }

    /// <summary>About half of them are refused, and that is an answer too.</summary>
    public ComplaintCommand NextCommand(Scheduler scheduler, ComplaintId complaint) =>
        _next.TryGetValue(complaint, out var next) && scheduler.Chance.Next(2) == 0 ? scheduler.OneOf(next)
        : scheduler.Chance.Next(3) > 0 ? OfTheCatalogue(scheduler, complaint) : Usual(scheduler);

    /// <summary>A command of the catalogue, on the way to one that this complaint is to come to; a new one of the library too.</summary>
    private ComplaintCommand OfTheCatalogue(Scheduler scheduler, ComplaintId complaint)
    {
        var goal = Wayfinder.GoalOf((_goals ??= scheduler.Chance.Next(1_000)) + _complaints.IndexOf(complaint));
        var next = Wayfinder.Next(_states[complaint], goal, scheduler.Chance) ?? Wayfinder.Any(scheduler.Chance);
        var subject = scheduler.Chance.Next(3) == 0 ? new Subject("any", $"{scheduler.Chance.Next(1, 4)}") : (Subject?)null;
        return next.Example(new Occasion(scheduler.Now, scheduler.OneOf(_complaints), subject, scheduler.Chance.Next(1_000)) { Day = NodaTime.Duration.FromMinutes(2) });
    }

    private ComplaintCommand Usual(Scheduler scheduler) => scheduler.Chance.Next(48) switch
    {
        0 or 1 => new Acknowledge(),
        2 or 3 => new AddNote("仓库已联系"),
        4 => new RecordInteraction(Direction.Outbound, "phone", Summary: "Told the customer."),
        5 => new HandOver($"agent-{scheduler.Chance.Next(5)}", "technical", "other", "Needs a technician."),
        6 or 7 => new StartInvestigation("Ask the warehouse."),
        8 => new Propose(["exchange"], "Exchange tomorrow.", 0, false, false),
        9 => new AcceptProposal(1, "phone"),
        10 => new Resolve("solved", "Exchanged.", ConfirmedInCall: true),
        11 => new NotifyResult("phone", "Told the customer."),
        12 => new Reopen("other", "Broken again."),
        13 => new PlaceOnHold("parts", Note: "Waits for a compressor."),
        14 => new ReleaseHold("parts"),
        15 => new Escalate(scheduler.Chance.Next(1, 5), "manager", null, "other", "The customer is angry."),
        16 => new CompleteRemedy("Delivered."),
        17 => new Merge(scheduler.OneOf(_complaints), "other", "The same delivery."),
        18 => new Withdraw("other", "The customer found it."),
        19 => new AgreeDeadline(scheduler.Now + NodaTime.Duration.FromMinutes(4)),
        21 => new MakeCommitment("We call back.", scheduler.Now + NodaTime.Duration.FromMinutes(5)),
        22 => new SettleCommitment(1),
        23 => new RaisePoint("The engineer was rude."),
        24 => new DropPoint(scheduler.Chance.Next(1, 3), PointDrop.Withdrawn),
        25 => new Link(scheduler.OneOf(_complaints), LinkKind.SameMatter),
        26 => new Unlink(scheduler.OneOf(_complaints), LinkKind.SameMatter),
        27 => new AddParticipant("representative", "李卫东"),
        28 => new AmendParticipant(scheduler.Chance.Next(1, 3), ParticipantAuthority.Received, "LA-1"),
        29 => new RaiseSignal("demands-executive"),
        30 => new SettleSignal("demands-executive", "The director called."),
        31 => new PlanStep(StepPhase.Investigation, "records"),
        32 => new FinishStep(1, StepResult.Done, "Looked at."),
        33 => new RecordFinding("The carrier was late.", "us", ["communication"]),
        34 => new RecordLiability(1, "us", "The recording.", Staff: "lee"),
        35 or 36 => new SendTask("technical", "technical", "Why does it stop?"),
        37 or 38 => new SignTask(1),
        39 => new ReturnTask(1, "not-our-duty", "Article 3."),
        40 => new RuleOnReturn(1, ReturnRuling.Force),
        41 or 42 => new AnswerTask(1, TaskResult.Done, "Changed the pump.", "DZ-17"),
        43 => new VerifyTask(1, Passed: true),
        44 => new CancelTask(1, "solved"),
        45 => new Urge(),
        46 => new AttributeLateness("resolution/1", "technical"),
        20 => new Classify(Severity: "critical", Urgency: "urgent"),
        _ => new ConvertToComplaint(),
    };
}
