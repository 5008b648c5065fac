using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Adds an internal note.</summary>
/// <param name="Note">1 to 4,000 characters.</param>
public sealed record AddNote(string Note) : ComplaintCommand, ICapability<AddNote, Complaint>
{
    static Capability ICapability<AddNote, Complaint>.Capability { get; } = new("add-note", new("Add a note", "添加备注"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<AddNote>(f =>
        [
            f.Text(command => command.Note, Labels.Note, Text.Long),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Commutes = true,
        IsOpenToInvolved = true,
    };

    static AddNote ICapability<AddNote, Complaint>.Example(Occasion occasion) => new("Called the warehouse.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new NoteAdded(Personal.Of(Note)));
        return null;
    }
}

/// <summary>An internal note was made.</summary>
/// <param name="Note">The note.</param>
public sealed record NoteAdded(Personal<string> Note) : ComplaintEvent, IHappening<NoteAdded, Complaint>
{
    static EventType IHappening<NoteAdded, Complaint>.EventType { get; } = new("note-added", 1, new("Note added", "已添加备注"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Note)];

    internal override PersonalField[] PersonalValues => [new("note", Note)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}
