using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core;

/// <summary>A complaint for people. Its words are sealed; <c>ComplaintDesk.RevealAsync</c> tells them.</summary>
/// <param name="Complaint">Its state.</param>
/// <param name="Clocks">Its clocks.</param>
/// <param name="History">What happened.</param>
/// <param name="Commands">What may be done now, and why not.</param>
public sealed record ComplaintView(
    Complaint Complaint, ImmutableArray<Clock> Clocks, ImmutableArray<RecordedEvent> History, ImmutableArray<PermittedCommand> Commands)
{
    /// <summary>The ids of the running clocks that are due in a year whose holidays are not known.</summary>
    public ImmutableArray<string> BeyondHolidayData { get; init; } = [];

    /// <summary>How many events of its history are damaged, and left out.</summary>
    public int Unreadable { get; init; }

    /// <summary>The next instant at which the customer may be contacted: now, or later. Deadlines do not care.</summary>
    public Instant? MayContactFrom { get; init; }

    /// <summary>Who answers for what was found; empty for whoever may not see it.</summary>
    public ImmutableArray<Liability> Liabilities { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was found, in words, or what was said of why nothing was investigated; <c>null</c> where nothing was said.</summary>
    /// <param name="finding">The finding's number.</param>
    public Personal<string>? FoundOf(int finding) =>
        Events<FindingRecorded>().FirstOrDefault(recorded => recorded.Number == finding)?.Text;

    /// <summary>On what a liability rests; <c>null</c> for whoever may not see it.</summary>
    /// <param name="liability">The liability's number.</param>
    public Personal<string>? BasisOf(int liability) =>
        Events<LiabilityRecorded>().FirstOrDefault(recorded => recorded.Number == liability)?.Basis;

    /// <summary>What is said of a step: what is to be done, where, and what came of it; <c>null</c> where nothing was said.</summary>
    /// <param name="step">The step's number.</param>
    public (Personal<string>? What, Personal<string>? Place, Personal<string>? Report) WordsOf(int step)
    {
        var planned = Events<StepPlanned>().FirstOrDefault(happened => happened.Number == step);
        return (planned?.What, planned?.Place, Events<StepFinished>().LastOrDefault(happened => happened.Number == step)?.Report);
    }

    /// <summary>What happened to a department's task, in order.</summary>
    /// <param name="task">The task's number.</param>
    public IEnumerable<RecordedEvent> HistoryOfTask(int task) => History.Where(recorded => recorded.Event switch
    {
        TaskSent sent => sent.Number == task,
        TaskSigned signed => signed.Number == task,
        TaskReturned returned => returned.Number == task,
        ReturnRuled ruled => ruled.Number == task,
        TaskAnswered answered => answered.Number == task,
        TaskVerified verified => verified.Number == task,
        TaskCancelled cancelled => cancelled.Number == task,
        FilingRecorded filed => filed.Task == task,
        _ => false,
    });

    /// <summary>What a department was asked, and what it answered last; <c>null</c> where nothing was said.</summary>
    /// <param name="task">The task's number.</param>
    public (Personal<string>? Question, Personal<string>? Answer) WordsOfTask(int task) => (
        Events<TaskSent>().FirstOrDefault(sent => sent.Number == task)?.Question,
        Events<TaskAnswered>().LastOrDefault(answered => answered.Number == task)?.Findings);

    /// <summary>What was filed, in order.</summary>
    public IEnumerable<RecordedEvent> Filed => History.Where(recorded => recorded.Event is FilingRecorded);

    /// <summary>What was said of a piece of evidence; <c>null</c> where there is none of that number, or its event cannot be
    /// read.</summary>
    public Contact.EvidenceAdded? EvidenceOf(int number) =>
        Events<Contact.EvidenceAdded>().FirstOrDefault(added => added.Number == number);

    private IEnumerable<T> Events<T>() where T : ComplaintEvent => History.Select(recorded => recorded.Event).OfType<T>();

    /// <summary>What was said of a point: of the first the title of the receipt. <c>null</c> where there is no such point, or its event
    /// cannot be read.</summary>
    /// <param name="point">The point's number.</param>
    public Personal<string>? TextOf(int point) => point == 1
        ? Complaint.Receipt.Title
        : Events<PointRaised>().FirstOrDefault(raised => raised.Number == point)?.Text;

    /// <summary>Why a waiver was asked for; <c>null</c> where there is no such request, or its event cannot be read.</summary>
    /// <param name="approval">The number of the request.</param>
    public Personal<string>? WhyWaived(int approval) => Events<WaiverRequested>()
        .FirstOrDefault(requested => requested.Number == approval)?.Reason;

    /// <summary>The product or service as it was told, with what was corrected since; <c>null</c> where nothing was told of it.</summary>
    /// <param name="words">The words that the actor may see; what they do not tell is left out.</param>
    public Item? ItemOf(ClearWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var receipt = Complaint.Receipt;
        if (receipt.ItemKind is not { } kind)
            return null;
        var item = new Item(kind, Model: receipt.ItemModel) { PurchasedOn = receipt.PurchasedOn };
        foreach (var told in History.Select(recorded => recorded.Event).OfType<ITellsItem>().Select(happened => words.Of(happened.Item)))
        {
            if (told is null)
                continue;
            item = item with
            {
                Ref = told.Ref ?? item.Ref, Serial = told.Serial ?? item.Serial, Model = receipt.ItemModel ?? told.Model ?? item.Model,
            };
        }
        return item;
    }

    /// <summary>Where it happened, as it was said last; <c>null</c> where nobody said, or the words do not tell it.</summary>
    /// <param name="words">The words that the actor may see.</param>
    public string? IncidentPlaceOf(ClearWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return History.Select(recorded => recorded.Event switch
        {
            ComplaintRegistered registered => words.Of(registered.Statement)?.IncidentPlace,
            ComplaintImported imported => words.Of(imported.Statement)?.IncidentPlace,
            IntakeAmended amended => words.Of(amended.IncidentPlace),
            _ => null,
        }).LastOrDefault(place => !string.IsNullOrWhiteSpace(place));
    }
}
