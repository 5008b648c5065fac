using System.Collections;
using System.Reflection;
using Complaints.Core;
using Complaints.Core.Improvements;
using NodaTime;

namespace Complaints.Architecture.Tests;

/// <summary>
/// Words about people are sealed; what an event holds in the clear is a code of a list, an id, or our own reference. Every text of every
/// event stands here with what it is. A new one fails until somebody has said so.
/// </summary>
public sealed class EventTextTests(ITestOutputHelper output)
{
    private const string Code = "a code of a list of the tenant's or of ours; an imported one in its source's words";
    private const string Staff = "the host's id of a member of its staff, a team, a department or a role";
    private const string Ours = "our own number, clock, step, or a text of a form that is checked";
    private const string Said = "said by the host not to be personal";

    private static readonly Dictionary<string, string> Approved = new()
    {
        ["ActionEscalated.Role"] = Staff,
        ["ActionEscalated.Steps"] = Ours,
        ["ActionEscalated.Team"] = Staff,
        ["ActionPlanned.Owner"] = Staff,
        ["ActionPlanned.Type"] = Code,
        ["ActionReminded.Steps"] = Ours,
        ["AnswerPressed.Clock"] = Ours,
        ["AnswerPressed.Department"] = Staff,
        ["AnswerPressed.Kind"] = Code,
        ["AnswerPressed.Person"] = Staff,
        ["AnswerPressed.Priority"] = Code,
        ["AnswerPressed.Role"] = Staff,
        ["AnswerPressed.Skipped"] = Ours,
        ["AnswerPressed.Step"] = Ours,
        ["AnswerPressed.TakenOverBy"] = Staff,
        ["AnswerPressed.Team"] = Staff,
        ["AnswerPressed.To"] = Code,
        ["ApprovalRecalled.Reason"] = Code,
        ["ApprovalRejected.Reason"] = Code,
        ["CaseLinked.Kind"] = Code,
        ["CaseLinked.Number"] = Ours,
        ["CaseSplitOff.Number"] = Ours,
        ["CaseTie.Kind"] = Code,
        ["CaseUnlinked.Kind"] = Code,
        ["ChecksRecorded.Items"] = Code,
        ["ChecksRecorded.List"] = Code,
        ["ChecksRecorded.Outcome"] = Code,
        ["Classified.Reason"] = Code,
        ["ClockBreached.Clock"] = Ours,
        ["ClockBreached.Reason"] = Ours,
        ["ClockChange.Clock"] = Ours,
        ["ClockFact.Kind"] = Code,
        ["ClockFact.Subject"] = Ours,
        ["ClockFact.Tag"] = Ours,
        ["ClockResult.Clock"] = Ours,
        ["ClockResult.Reason"] = Ours,
        ["ClockTally.Objective"] = Code,
        ["ClockWarned.Clock"] = Ours,
        ["ClockWarned.Step"] = Ours,
        ["ClocksRecalculated.Reason"] = Code,
        ["Commitment.Owner"] = Staff,
        ["CommitmentMade.Owner"] = Staff,
        ["ComplaintClosed.Evidence"] = Code,
        ["ComplaintEscalated.Clock"] = Ours,
        ["ComplaintEscalated.Kind"] = Code,
        ["ComplaintEscalated.Priority"] = Code,
        ["ComplaintEscalated.Reason"] = Code,
        ["ComplaintEscalated.Role"] = Staff,
        ["ComplaintEscalated.Skipped"] = Ours,
        ["ComplaintEscalated.Step"] = Ours,
        ["ComplaintEscalated.Team"] = Staff,
        ["ComplaintImported.Number"] = Ours,
        ["ComplaintImported.Outcome"] = Code,
        ["ComplaintImported.Owner"] = Staff,
        ["ComplaintImported.Team"] = Staff,
        ["ComplaintMerged.Number"] = Ours,
        ["ComplaintMerged.Reason"] = Code,
        ["ComplaintRegistered.Number"] = Ours,
        ["ComplaintReopened.Reason"] = Code,
        ["ComplaintResolved.Outcome"] = Code,
        ["ComplaintWithdrawn.Reason"] = Code,
        ["ConsentLapsed.Outcome"] = Code,
        ["ContactPreference.Windows"] = Ours,
        ["ContactPreference.Zone"] = Ours,
        ["ConvertedToComplaint.Kind"] = Code,
        ["DefinitionRef.Id"] = Ours,
        ["DepartmentsConvened.Departments"] = Staff,
        ["EvidenceAdded.Kind"] = Code,
        ["EvidenceAdded.Sha256"] = Ours,
        ["EvidenceAdded.Source"] = Code,
        ["EvidenceAdded.Type"] = Code,
        ["ExtensionDecided.Clock"] = Ours,
        ["ExtensionDecided.Reason"] = Code,
        ["ExtensionRequested.Clock"] = Ours,
        ["ExtensionRequested.Reason"] = Code,
        ["FollowUpWaived.Reason"] = Code,
        ["GuideAnswer.Question"] = Code,
        ["GuideAnswer.Value"] = Code,
        ["GuideFollowed.Missing"] = Code,
        ["HandedOver.Owner"] = Staff,
        ["HandedOver.Reason"] = Code,
        ["HandedOver.Team"] = Staff,
        ["HandedOver.Track"] = Code,
        ["Hold.By"] = Staff,
        ["Hold.Reason"] = Code,
        ["HoldPlaced.Reason"] = Code,
        ["HoldReleased.Reason"] = Code,
        ["ImportedRecord.Contradictions"] = Ours,
        ["ImportedTransition.SourceState"] = Code,
        ["IntakeAmended.Area"] = Code,
        ["IntakeAmended.Goals"] = Code,
        ["IntakeAmended.ItemKind"] = Code,
        ["IntakeAmended.ItemModel"] = Code,
        ["IntakeAmended.Language"] = Code,
        ["IntakeAmended.Missing"] = Code,
        ["IntakeAmended.Tier"] = Code,
        ["IntakeEntry.ItemKind"] = Code,
        ["IntakeEntry.ItemModel"] = Code,
        ["IntakeEntry.Source"] = Code,
        ["IntakeFacts.Area"] = Code,
        ["IntakeFacts.Attributes"] = Said,
        ["IntakeFacts.Channel"] = Code,
        ["IntakeFacts.EntryPoint"] = Code,
        ["IntakeFacts.Goals"] = Code,
        ["IntakeFacts.Kind"] = Code,
        ["IntakeFacts.Language"] = Code,
        ["IntakeFacts.Tier"] = Code,
        ["InteractionRecorded.Channel"] = Code,
        ["InteractionRecorded.Emotion"] = Code,
        ["InteractionRecorded.Kind"] = Code,
        ["InteractionRecorded.To"] = Staff,
        ["Judgement.Category"] = Code,
        ["Judgement.Impact"] = Code,
        ["Judgement.Priority"] = Code,
        ["Judgement.Risks"] = Code,
        ["Judgement.Severity"] = Code,
        ["Judgement.Subcategory"] = Code,
        ["Judgement.Urgency"] = Code,
        ["MergedAbsorbed.Number"] = Ours,
        ["FindingRecorded.Causes"] = Code,
        ["FindingRecorded.Fault"] = Code,
        ["FindingRecorded.NotInvestigated"] = Code,
        ["FindingRecorded.SimilarNumber"] = Ours,
        ["LiabilityRecorded.Department"] = Code,
        ["LiabilityRecorded.KeptOut"] = Staff,
        ["LiabilityRecorded.Measure"] = Code,
        ["LiabilityRecorded.Party"] = Code,
        ["LiabilityRecorded.Staff"] = Staff,
        ["NotEstablishedDecided.Outcome"] = Code,
        ["PeopleKeptOut.People"] = Staff,
        ["OwnVerdict.Objective"] = Ours,
        ["Pause.Reason"] = Code,
        ["PointDropped.Why"] = Code,
        ["PointRaised.Category"] = Code,
        ["PointRaised.Subcategory"] = Code,
        ["ProposalAccepted.Method"] = Code,
        ["ProposalMade.Remedies"] = Code,
        ["ProposalRejected.Reason"] = Code,
        ["RemedyFailed.Reason"] = Code,
        ["ResultNotified.Channel"] = Code,
        ["ReturnRuled.Department"] = Code,
        ["ReturnRuled.Ruling"] = Code,
        ["ReturnRuled.Type"] = Code,
        ["ReviewGranted.Reason"] = Code,
        ["ReviewGranted.Reviewer"] = Staff,
        ["ReviewRequested.Channel"] = Code,
        ["Route.InsteadOf"] = Staff,
        ["Route.Problem"] = Code,
        ["Route.Skill"] = Code,
        ["SealedAnswer.Question"] = Code,
        ["SignalFollowed.Priority"] = Code,
        ["SignalFollowed.Rule"] = Code,
        ["SignalRaised.Code"] = Code,
        ["SignalRaised.Rule"] = Code,
        ["SignalSettled.Rule"] = Code,
        ["SimilarComplaint.Number"] = Ours,
        ["SolutionConfirmed.Evidence"] = Code,
        ["SplitTarget.Number"] = Ours,
        ["StepFinished.Result"] = Code,
        ["StepPlanned.Kind"] = Code,
        ["StepPlanned.Owner"] = Staff,
        ["StepPlanned.Phase"] = Code,
        ["StepPlanned.Team"] = Staff,
        ["StepsSkipped.Clock"] = Ours,
        ["ImprovementLink.Number"] = Ours,
        ["ImprovementAmended.Part"] = Code,
        ["ImprovementClosed.Result"] = Code,
        ["InteractionPartner.Role"] = Code,
        ["ParticipantAdded.Role"] = Code,
        ["ParticipantAdded.Staff"] = Staff,
        ["ParticipantAmended.Authority"] = Code,
        ["ParticipantAuthority.Status"] = Code,
        ["ImprovementJoined.Number"] = Ours,
        ["ImprovementLeft.Number"] = Ours,
        ["ImprovementOpened.Category"] = Code,
        ["ImprovementOpened.Department"] = Staff,
        ["ImprovementOpened.Number"] = Ours,
        ["ImprovementOpened.Owner"] = Staff,
        ["ImprovementPublished.Audience"] = Code,
        ["MadeLink.ComplaintNumber"] = Ours,
        ["Subject.Key"] = Ours,
        ["Subject.Kind"] = Ours,
        ["StepsSkipped.Reason"] = Ours,
        ["StepsSkipped.Steps"] = Ours,
        ["TaskAnswered.Causes"] = Code,
        ["TaskAnswered.Result"] = Code,
        ["TaskAnswered.Type"] = Code,
        ["TaskCancelled.Reason"] = Code,
        ["TaskReturned.Better"] = Code,
        ["TaskReturned.Reason"] = Code,
        ["TaskReturned.Type"] = Code,
        ["TaskSent.Department"] = Code,
        ["TaskSent.Type"] = Code,
        ["TaskVerified.Reason"] = Code,
        ["TaskVerified.Type"] = Code,
        ["ValidityJudged.Demand"] = Code,
        ["ValidityJudged.Department"] = Code,
        ["ValidityJudged.Grounds"] = Code,
        ["ValidityJudged.Reason"] = Code,
        ["ValidityJudged.Validity"] = Code,
        ["VisitRecorded.Channel"] = Code,
    };

    [Fact]
    public void Every_text_of_an_event_is_a_code_an_id_or_our_own_reference()
    {
        var found = Events().SelectMany(type => Texts(type, [])).Distinct().Order(StringComparer.Ordinal).ToList();
        output.WriteLine($"{found.Count} texts in {Events().Count()} events");
        found.Where(text => !Approved.ContainsKey(text)).ShouldBeEmpty("seal it, or say what it is");
        Approved.Keys.Except(found).ShouldBeEmpty("it is gone");
    }

    [Fact]
    public void Control_a_text_in_a_record_in_a_list_of_an_event_is_found() =>
        Texts(typeof(Outer), []).ShouldBe(["Outer.Facts", "Inner.Why", "Outer.Many"], ignoreOrder: true);

    private static IEnumerable<Type> Events() =>
        typeof(ComplaintEvent).Assembly.GetTypes().Where(type => (
            type.IsSubclassOf(typeof(ComplaintEvent)) || type.IsSubclassOf(typeof(ImprovementEvent))) && !type.IsAbstract);

    /// <summary>The texts of a type, and of the records that lie in it, each once.</summary>
    private static IEnumerable<string> Texts(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            yield break;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsWritten))
        {
            foreach (var part in Parts(property.PropertyType))
            {
                if (part == typeof(string))
                    yield return $"{property.DeclaringType!.Name}.{property.Name}";
                else if (part.Namespace?.StartsWith("Complaints", StringComparison.Ordinal) == true && !part.IsEnum && !IsSealed(part))
                {
                    foreach (var inner in Texts(part, seen))
                        yield return inner;
                }
            }
        }
    }

    private static bool IsWritten(PropertyInfo property) => property.SetMethod is not null;

    /// <summary>The type itself, or what a list, a map or an optional value of it holds.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type == typeof(string) || !type.IsGenericType || IsSealed(type))
            return [type];
        return type.IsAssignableTo(typeof(IEnumerable)) || Nullable.GetUnderlyingType(type) is not null
            ? type.GetGenericArguments().SelectMany(Parts).Distinct()
            : [type];
    }

    private static bool IsSealed(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Personal<>);

    private sealed record Outer(
        Personal<string> Fine, Instant At, System.Collections.Immutable.ImmutableArray<Inner> Inners,
        System.Collections.Immutable.ImmutableSortedDictionary<string, string> Facts, string? Many);

    private sealed record Inner(string Why, int Number);
}
