using Complaints.Core.Capabilities;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests;

/// <summary>A complaint in a situation, and the actors around it. Time moves by a minute a command unless a test says otherwise.</summary>
internal sealed class Situation
{
    public static readonly Instant Morning = Instant.FromUtc(2026, 9, 1, 1, 0);
    public static readonly Actor Agent = new("amy", Role.Agent);
    public static readonly Actor Supervisor = new("sun", Role.Supervisor);
    public static readonly Actor Director = new("dong", Role.Director);
    public static readonly Actor Administrator = new("adam", Role.Administrator);

    public Complaint? Complaint { get; private set; }

    public Instant Now { get; set; } = Morning;

    public Rulebook Rules { get; set; } = Rulebook.BuiltIn;

    public List<Decision> Decisions { get; } = [];

    /// <summary>Of which complaint a new one is split off.</summary>
    public SplitOrigin? Split { get; init; }

    public static IntakeDraft Draft { get; } = new()
    {
        Channel = "phone",
        Title = "冰箱送错型号",
        Category = "delivery",
        Subcategory = "wrong-item",
        Complainant = new Complainant("王小明", Contacts: [new ContactPoint(ContactPoint.Phone, "13800138000")]),
        Statement = new Statement("订的是双门冰箱，送来的是单门。"),
    };

    public static ComplaintId IdOf(int number) => new(new Guid(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));

    public DecisionContext Context(Actor? actor = null, int number = 1) => new()
    {
        Now = Now,
        Actor = actor ?? Agent,
        Rules = Rules,
        Intake = new IntakeTicket(TenantId.Default, IdOf(number), $"2026-{number:D6}", new SubjectId(new Guid(number, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0))) { Split = Split },
    };

    public Decision Try(ComplaintCommand command, Actor? actor = null, Complaint? referred = null) =>
        Core.Complaint.Decide(Complaint, command, Context(actor) with { Referred = referred });

    public Situation Do(ComplaintCommand command, Actor? actor = null, Complaint? referred = null)
    {
        Take(Try(command, actor, referred));
        return this;
    }

    /// <summary>Goes on with what was decided.</summary>
    public void Take(Decision decision)
    {
        Complaint = decision.Complaint;
        Decisions.Add(decision);
        Now += Duration.FromMinutes(1);
    }

    /// <summary>The hours after the morning at which the next command is given.</summary>
    public Situation At(double hours)
    {
        Now = Morning + Duration.FromHours(hours);
        return this;
    }

    public Situation After(Duration time)
    {
        Now += time;
        return this;
    }

    public static Situation Registered(IntakeDraft? draft = null) => new Situation().Do(new Register(draft ?? Draft));

    /// <summary>The shortest way into each state.</summary>
    public static Situation In(ComplaintState state) => state switch
    {
        ComplaintState.Registered => Registered(),
        ComplaintState.Investigating => Registered().Do(new StartInvestigation()),
        ComplaintState.Proposing => Registered().Do(new Propose(["exchange"])),
        ComplaintState.AwaitingApproval => In(ComplaintState.Proposing).Do(new RequestApproval(1)),
        ComplaintState.AwaitingConsent => In(ComplaintState.Proposing).Do(new Present(1)),
        ComplaintState.Executing => In(ComplaintState.AwaitingConsent).Do(new AcceptProposal(1, "phone")),
        ComplaintState.OnHold => Registered().Do(new PlaceOnHold("parts")),
        ComplaintState.Resolved => Registered().Do(new Resolve("solved")),
        ComplaintState.NotEstablished => Registered().Do(new DecideNotEstablished("not-established", "Used outdoors.")),
        ComplaintState.Closed => Registered().Do(new Resolve("solved", ConfirmedInCall: true)).Do(new Close()),
        ComplaintState.Withdrawn => Registered().Do(new Withdraw("other", "Found it.")),
        ComplaintState.Merged => MergedInto(Registered().Complaint!),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The catalogue's own example of a command, which is right where the lifecycle permits it.</summary>
    public static ComplaintCommand Command(CommandName name) => Command(name, new Occasion(Morning, IdOf(9)));

    public static ComplaintCommand Command(CommandName name, Occasion occasion) => (ComplaintCommand)ComplaintRooms.Current.Catalogue.FindCommand(name.Value)!.Example(occasion);

    private static Situation MergedInto(Complaint survivor)
    {
        var situation = Registered();
        var other = survivor with { Id = IdOf(9), Number = "2026-000009" };
        var decision = Core.Complaint.Decide(situation.Complaint, new Merge(other.Id, "other", "The same delivery."),
            situation.Context() with { Referred = other });
        situation.Complaint = decision.Complaint;
        situation.Decisions.Add(decision);
        return situation;
    }
}
