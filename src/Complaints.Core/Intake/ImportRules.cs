using System.Collections.Immutable;
using Complaints.Core.Classification;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

internal static class ImportRules
{
    /// <summary>Texts must be clean; codes may be the source's own.</summary>
    public static ComplaintError? Check(ImportComplaint import)
    {
        var draft = import.Draft;
        return Text.Check("externalRef.source", draft.ExternalRef!.Source, Text.Id)
            ?? Text.Check("externalRef.id", draft.ExternalRef.Id, Text.Title)
            ?? Text.Check("channel", draft.Channel, Text.Id)
            ?? Text.Check("kind", draft.Kind, Text.Id)
            ?? Text.Check("title", draft.Title, Text.Title)
            ?? Text.Check("complainant.name", draft.Complainant.Name, Text.Id, required: false)
            ?? Text.Check("complainant.customerRef", draft.Complainant.CustomerRef, Text.Id, required: false)
            ?? Text.Check("complainant.address", draft.Complainant.Address, Text.Short, required: false)
            ?? draft.Complainant.Contacts.Select(contact => Text.Check($"complainant.{contact.Kind}", contact.Value, Text.Title)).FirstOrDefault(error => error is not null)
            ?? Text.Check("desiredOutcome", draft.Statement.DesiredOutcome, Text.Long, required: false)
            ?? Text.Check("incidentPlace", draft.Statement.IncidentPlace, Text.Short, required: false)
            ?? Text.Check("incidentTime", draft.Statement.IncidentTime, Text.Id, required: false)
            ?? Text.Check("item.kind", draft.Item?.Kind, Text.Id, required: draft.Item is not null)
            ?? Text.Check("item.ref", draft.Item?.Ref, Text.Id, required: false)
            ?? Text.Check("item.model", draft.Item?.Model, Text.Id, required: false)
            ?? Text.Check("entryPoint", draft.EntryPoint, Text.Id, required: false)
            ?? Text.Check("severity", draft.Severity, Text.Id, required: false)
            ?? Text.Check("urgency", draft.Urgency, Text.Id, required: false)
            ?? Text.Check("impact", draft.Impact, Text.Id, required: false)
            ?? Text.Check("priority", import.Priority, Text.Id, required: false)
            ?? Text.Check("language", draft.Language, Text.Id, required: false)
            ?? Text.Check("tier", draft.Tier, Text.Id, required: false)
            ?? Text.Check("narrative", draft.Statement.Narrative, Text.Narrative, required: false)
            ?? Text.Check("category", draft.Category, Text.Title, required: false)
            ?? Text.Check("subcategory", draft.Subcategory, Text.Title, required: false)
            ?? Text.Check("owner", import.Owner, Text.Id, required: false)
            ?? Text.Check("team", import.Team, Text.Id, required: false)
            ?? Text.Check("outcome", import.Outcome, Text.Title, required: false)
            ?? draft.Attributes.Select(attribute => Text.Check($"attributes.{attribute.Key}", attribute.Value, Text.Short, required: false)).FirstOrDefault(error => error is not null);
    }

    /// <summary>Instants that cannot all be true.</summary>
    public static ImmutableArray<string> Contradictions(Instant received, Instant? due, Instant? acknowledged, ImmutableArray<ImportedStep> steps)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        if (due < received)
            found.Add("due-before-received");
        if (acknowledged < received)
            found.Add("acknowledged-before-received");
        // A ledger says that it ended at an instant, and that it stands open.
        if (steps is [.. var earlier, { At: null } last] && !States.Ends.Contains(last.State) && earlier.Any(step => step.At is not null && States.Ends.Contains(step.State)))
            found.Add("open-after-end");
        Instant? previous = null;
        foreach (var step in steps)
        {
            if (step.At is not { } at)
                continue;
            if (at < received && !found.Contains($"{Word(step.State)}-before-received"))
                found.Add($"{Word(step.State)}-before-received");
            else if (at < previous && !found.Contains("steps-out-of-order"))
                found.Add("steps-out-of-order");
            previous = at;
        }
        return found.DrainToImmutable();
    }

    /// <summary>True when our own table leads from one state to the other in one step.</summary>
    public static bool IsRegular(ComplaintState from, ComplaintState to) =>
        from == to || LifecycleTable.All.Any(row => row.From == from && row.To == to);

    private static string Word(ComplaintState state) => state.ToString().ToLowerInvariant();
}
