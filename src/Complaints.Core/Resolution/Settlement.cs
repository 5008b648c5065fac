using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Resolution;

/// <summary>The resolution's part of a complaint: proposals, approvals, consent, how it ended and how the customer confirmed it.</summary>
public sealed record Settlement
{
    /// <summary>Nothing yet.</summary>
    public static Settlement None { get; } = new();

    /// <summary>The proposals of this round.</summary>
    public ImmutableArray<Proposal> Proposals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The requests for approval of this round.</summary>
    public ImmutableArray<ApprovalRequest> Approvals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The requests to take a step without what its gate asks for, of this round.</summary>
    [JsonIgnore]
    public ImmutableArray<Waiver> Waivers
    {
        get => WaiversWritten ?? [];
        init => WaiversWritten = value.IsDefaultOrEmpty ? null : value;
    }

    /// <summary>The same as it is stored: nothing where nobody asked.</summary>
    [JsonInclude, JsonPropertyName("waivers")]
    internal ImmutableArray<Waiver>? WaiversWritten { get; init; }

    /// <summary>The number of the newest proposal, over all rounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LastProposal { get; init; }

    /// <summary>The number of the newest request, over all rounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LastApproval { get; init; }

    /// <summary>How it ended: a code of the outcomes.</summary>
    public string? Outcome { get; init; }

    /// <summary>When it was resolved or decided as not established.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>When the customer was told the result.</summary>
    public Instant? NotifiedAt { get; init; }

    /// <summary>How the customer confirmed that the problem is solved.</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>When the customer was last told the result, where that was more than once.</summary>
    public Instant? NotifiedAgainAt { get; init; }

    /// <summary>Everybody who decided something in this round; they do not review it.</summary>
    public ImmutableArray<string> Deciders { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True while an approval is pending; asked for every page, so that it allocates nothing.</summary>
    internal bool HasPending
    {
        get
        {
            foreach (var approval in Approvals)
            {
                if (approval.Status == ApprovalStatus.Pending)
                    return true;
            }
            return false;
        }
    }

    /// <summary>True while a request for a waiver is pending.</summary>
    internal bool HasPendingWaiver => Waivers.Any(static waiver => waiver.IsPending);

    /// <summary>Every request that nobody has answered yet, of a proposal or a waiver.</summary>
    internal IEnumerable<Subject> PendingSubjects =>
        Pending.Select(approval => Subject.Of("approval", approval.Number))
            .Concat(Waivers.Where(waiver => waiver.IsPending).Select(waiver => waiver.Subject));

    /// <summary>Whether what a gate asks for before a command is waived.</summary>
    internal bool Waives(string command, string need)
    {
        foreach (var waiver in Waivers)
        {
            if (waiver.Status == ApprovalStatus.Approved && waiver.Before == command && waiver.Needs.Contains(need))
                return true;
        }
        return false;
    }

    /// <summary>The approvals that nobody has answered yet.</summary>
    internal IEnumerable<ApprovalRequest> Pending => Approvals.Where(approval => approval.Status == ApprovalStatus.Pending);

    /// <summary>Their numbers.</summary>
    internal ImmutableArray<int> PendingNumbers => [.. Pending.Select(approval => approval.Number)];

    /// <summary>The state that the proposals stand for: the most advanced of them counts.</summary>
    internal ComplaintState MostAdvanced =>
        Proposals.Any(proposal => proposal.Status == ProposalStatus.Presented) ? ComplaintState.AwaitingConsent
        : HasPending ? ComplaintState.AwaitingApproval
        : ComplaintState.Proposing;

    /// <summary>What must be finished before the complaint can be resolved, by name.</summary>
    internal IEnumerable<Subject> OpenWork => Pending.Select(approval => Subject.Of("approval", approval.Number));

    /// <summary>The same with one more decider.</summary>
    internal Settlement DecidedBy(Actor actor) => this with { Deciders = DecidersWith(actor) };

    /// <summary>The deciders with the actor, and with whom the actor acts for: neither of them reviews it.</summary>
    internal ImmutableArray<string> DecidersWith(Actor actor)
    {
        var deciders = Deciders.Contains(actor.Id) ? Deciders : Deciders.Add(actor.Id);
        return actor.OnBehalfOf is not { } other || deciders.Contains(other) ? deciders : deciders.Add(other);
    }

    /// <summary>A new round: numbers stay, everything else begins again.</summary>
    internal Settlement Reset() => new() { LastProposal = LastProposal, LastApproval = LastApproval };

    /// <summary>What was agreed, or is done without asking, and did not fail.</summary>
    internal decimal AgreedCost =>
        Proposals.Where(proposal => proposal.Status is ProposalStatus.Accepted or ProposalStatus.Executed)
            .Sum(proposal => proposal.EstimatedCost);

    /// <summary>One proposal is agreed: the others are superseded, and what was asked about them is recalled.</summary>
    internal Settlement Agreed(int number, bool byCustomer) => this with
    {
        Proposals = [.. Proposals.Select(proposal =>
            proposal.Number == number ? proposal with { Status = ProposalStatus.Accepted, ConsentGiven = byCustomer }
            : proposal.IsLive ? proposal with { Status = ProposalStatus.Superseded }
            : proposal)],
        Approvals = [.. Approvals.Select(approval =>
            approval.Status == ApprovalStatus.Pending ? approval with { Status = ApprovalStatus.Recalled } : approval)],
    };

    internal Settlement With(Proposal changed) =>
        this with { Proposals = Proposals.Replace(Proposals.First(proposal => proposal.Number == changed.Number), changed) };

    internal Settlement With(ApprovalRequest changed) =>
        this with { Approvals = Approvals.Replace(Approvals.First(approval => approval.Number == changed.Number), changed) };

    /// <summary>To where a complaint resumes: approvals may have been answered while it waited.</summary>
    internal static ComplaintState StateAfterHold(Complaint complaint)
    {
        var before = complaint.Progress.Underlying;
        if (before is not (ComplaintState.AwaitingApproval or ComplaintState.AwaitingConsent))
            return before;
        var agreed = complaint.Settlement.Proposals.FirstOrDefault(proposal => proposal.Status == ProposalStatus.Accepted);
        return agreed is null ? complaint.Settlement.MostAdvanced : ComplaintState.Executing;
    }
}

/// <summary>A solution that was put forward.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ProposedBy">Who put it forward.</param>
/// <param name="Remedies">Codes of the remedies.</param>
/// <param name="EstimatedCost">In the tenant's currency.</param>
/// <param name="NeedsConsent">Whether the customer must agree.</param>
/// <param name="NeedsExecution">Whether something has to be carried out.</param>
/// <param name="ConsentGiven">Whether the customer agreed before it was approved.</param>
public sealed record Proposal(
    int Number, ProposalStatus Status, string ProposedBy, ImmutableArray<string> Remedies, decimal EstimatedCost, bool NeedsConsent, bool NeedsExecution, bool ConsentGiven = false)
{
    /// <summary>On whose behalf it was put forward, if on anybody's.</summary>
    public string? ProposedFor { get; init; }

    /// <summary>True while it may still become the solution.</summary>
    internal bool IsLive => Status is ProposalStatus.Drafted or ProposalStatus.Approved or ProposalStatus.Presented;
}

/// <summary>Where a proposal stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ProposalStatus>))]
public enum ProposalStatus
{
    /// <summary>Put forward.</summary>
    Drafted,

    /// <summary>Approved, and not offered to the customer.</summary>
    Approved,

    /// <summary>Before the customer.</summary>
    Presented,

    /// <summary>Agreed.</summary>
    Accepted,

    /// <summary>Rejected by the customer or by an approver.</summary>
    Rejected,

    /// <summary>Another was chosen, or the offer lapsed.</summary>
    Superseded,

    /// <summary>Carried out.</summary>
    Executed,

    /// <summary>Could not be carried out.</summary>
    Failed,
}

/// <summary>A request for approval of a proposal; several may be pending.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="Proposal">The proposal's number.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RequestedBy">Who asked.</param>
public sealed record ApprovalRequest(int Number, int Proposal, ApprovalStatus Status, string RequestedBy)
{
    /// <summary>On whose behalf it was asked for, if on anybody's.</summary>
    public string? RequestedFor { get; init; }
}

/// <summary>Where a request for approval stands.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<ApprovalStatus>))]
public enum ApprovalStatus
{
    /// <summary>Not answered yet.</summary>
    Pending,

    /// <summary>Granted.</summary>
    Approved,

    /// <summary>Refused.</summary>
    Rejected,

    /// <summary>Taken back, or no longer needed.</summary>
    Recalled,
}

/// <summary>How the customer confirmed that the problem is solved; closing needs one.</summary>
/// <param name="Evidence">One of <see cref="ByConsent"/>, <see cref="InCall"/>, <see cref="BySatisfiedVisit"/>, <see cref="BySilence"/>, or
/// the host's own.</param>
/// <param name="At">When.</param>
public sealed record Confirmation(string Evidence, Instant At)
{
    /// <summary>The customer accepted the proposal.</summary>
    public const string ByConsent = "consent";

    /// <summary>The customer said so in the call.</summary>
    public const string InCall = "call";

    /// <summary>The customer was satisfied when visited.</summary>
    public const string BySatisfiedVisit = "visit";

    /// <summary>The customer said nothing for the policy's period after the result notification.</summary>
    public const string BySilence = "silence";

    /// <summary>An imported complaint was closed in its source.</summary>
    public const string BySource = "source";
}
