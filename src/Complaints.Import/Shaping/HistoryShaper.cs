using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Import.Mapping;
using NodaTime;

namespace Complaints.Import.Shaping;

/// <summary>Makes whole complaints with their history out of rows. Instants that contradict each other are kept as they are; the core flags them.</summary>
internal sealed class HistoryShaper(ImportMapping mapping, TimeOddities oddities)
{
    private readonly DraftShaper _drafts = new(mapping, oddities);

    public string[] Names => mapping.ColumnNames;

    public string? Id(string?[] values, ref RowFault? fault)
    {
        var id = mapping.Id.Read(values, Names, ref fault);
        if (id is null)
            fault ??= Faults.Required("id", mapping.Id.Blame, Names);
        return id;
    }

    public int Blame(string coreField) => _drafts.Blame(coreField);

    /// <summary>A row of a ledger.</summary>
    public ImportItem? Ledger(string?[] values, ref RowFault? fault)
    {
        var rule = mapping.Ledger!;
        var id = Id(values, ref fault);
        var received = Read(rule.Received, values, ref fault);
        if (received is null)
            fault ??= Faults.Required("received", rule.Received.Column, Names);
        if (fault is not null)
            return null;
        var command = _drafts.Shape(id!, received!.Value, values, values, ref fault);
        var due = Read(rule.Due, values, ref fault);
        var acknowledged = Read(rule.Acknowledged, values, ref fault);
        var steps = LedgerSteps(rule, values, ref fault);
        return fault is null ? _drafts.Item(command! with { Steps = steps, DueAt = due, AcknowledgedAt = acknowledged }, values, values) : null;
    }

    /// <summary>The rows of one case of an event log, in the order of the file.</summary>
    /// <param name="id">The case.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="at">Which row is at fault.</param>
    /// <param name="fault">Why.</param>
    public ImportItem? Case(string id, IReadOnlyList<string?[]> rows, out int at, ref RowFault? fault)
    {
        var rule = mapping.Log!;
        var steps = new List<ImportedStep>(rows.Count);
        at = 0;
        for (; at < rows.Count; at++)
        {
            var step = Step(rule, rows[at], ref fault);
            if (fault is not null)
                return null;
            steps.Add(step!);
        }
        // A stable sort: events of one instant stay in the order of the file.
        if (rule.ByInstant)
            steps = [.. steps.OrderBy(step => step.At)];
        at = rows.Count - 1;
        var (first, last) = (rows[0], rows[^1]);
        var received = Read(rule.Received, first, ref fault) ?? (rule.ByInstant ? steps[0].At : steps.Min(step => step.At));
        var due = Read(rule.Due, last, ref fault);
        var acknowledged = Read(rule.Acknowledged, last, ref fault);
        if (fault is not null)
            return null;
        var command = _drafts.Shape(id, received!.Value, first, last, ref fault);
        return command is null ? null : _drafts.Item(command with { Steps = [.. steps], DueAt = due, AcknowledgedAt = acknowledged }, first, last);
    }

    private ImportedStep? Step(EventLogRule rule, string?[] values, ref RowFault? fault)
    {
        var (word, state) = State(rule.State, values, ref fault);
        var at = Read(rule.At, values, ref fault);
        if (word is null)
            fault ??= Faults.Required("state", rule.State.Column, Names);
        if (at is null)
            fault ??= Faults.Required("at", rule.At.Column, Names);
        return fault is null ? new ImportedStep(word!, state!.Value, at) : null;
    }

    /// <summary>A ledger's instants in their natural order; its status, where it has one, decides how the history ends.</summary>
    private ImmutableArray<ImportedStep> LedgerSteps(LedgerRule rule, string?[] values, ref RowFault? fault)
    {
        var steps = ImmutableArray.CreateBuilder<ImportedStep>(3);
        if (Read(rule.Resolved, values, ref fault) is { } resolved)
            steps.Add(new ImportedStep(Names[rule.Resolved!.Column], ComplaintState.Resolved, resolved));
        if (Read(rule.Closed, values, ref fault) is { } closed)
            steps.Add(new ImportedStep(Names[rule.Closed!.Column], ComplaintState.Closed, closed));
        if (rule.Status is not { } status || State(status, values, ref fault) is not ({ } word, { } state))
            return steps.DrainToImmutable();
        if (steps.Count > 0 && steps[^1].State == state)
            steps[^1] = steps[^1] with { SourceState = word };
        else
            steps.Add(new ImportedStep(word, state, null));
        return steps.DrainToImmutable();
    }

    private (string? Word, ComplaintState? State) State(StateRule rule, string?[] values, ref RowFault? fault)
    {
        if (TextRule.Present(values[rule.Column], rule.Missing) is not { } word)
            return (null, null);
        if (rule.States.TryGet(word, out var state))
            return (word, state);
        if (rule.Default is null)
            fault ??= Faults.Unmapped(rule.Column, Names, rule.States.Known());
        return (word, rule.Default);
    }

    private Instant? Read(InstantRule? rule, string?[] values, ref RowFault? fault) => rule?.Read(values, Names, oddities, ref fault);
}
