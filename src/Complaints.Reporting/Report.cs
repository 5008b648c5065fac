using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Reporting;

/// <summary>A report: figures with their definitions, and over what they were computed.</summary>
/// <param name="Frame">Over what.</param>
/// <param name="Figures">The figures in the order of reading.</param>
public sealed record Report(ReportFrame Frame, ImmutableArray<Figure> Figures)
{
    /// <summary>100: how many are named that were left out.</summary>
    public const int MostNamed = 100;

    /// <summary>How many complaints are in no figure because their rows are damaged.</summary>
    public int LeftOut { get; init; }

    /// <summary>The numbers of the first of them, at most <see cref="MostNamed"/>.</summary>
    public ImmutableArray<string> LeftOutNumbers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The value of a figure; <c>null</c> if the report does not have it.</summary>
    public FigureValue? this[string id] => Figures.FirstOrDefault(figure => figure.Definition.Id == id)?.Value;
}

/// <summary>A report, or why there is none.</summary>
public sealed record ReportResult
{
    /// <summary>The report; <c>null</c> after a refusal.</summary>
    public Report? Report { get; init; }

    /// <summary>Why not; <c>null</c> after success.</summary>
    public ComplaintError? Refusal { get; init; }

    /// <summary>True when there is a report.</summary>
    public bool IsSuccess => Refusal is null;

    /// <summary>The report.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message says why.</exception>
    public Report Value => Report ?? throw new InvalidOperationException($"{Refusal?.Code}: {Refusal?.Message}");

    internal static ReportResult Refused(ComplaintError refusal) => new() { Refusal = refusal };
}

/// <summary>Over what a report was computed.</summary>
/// <param name="Tenant">Whose complaints.</param>
/// <param name="Zone">The zone of its months, years and dates.</param>
/// <param name="From">The first date of receipt; <c>null</c> for no bound.</param>
/// <param name="To">The date of receipt that is no longer in it; <c>null</c> for no bound.</param>
/// <param name="AsOf">The instant of the backlog.</param>
/// <param name="Definition">What was asked for.</param>
public sealed record ReportFrame(string Tenant, string Zone, LocalDate? From, LocalDate? To, Instant? AsOf, ReportDefinition Definition);

/// <summary>One figure.</summary>
/// <param name="Definition">What it means.</param>
/// <param name="Value">Its value.</param>
public sealed record Figure(FigureDefinition Definition, FigureValue Value);

/// <summary>What a report is asked for.</summary>
public sealed record ReportRequest
{
    /// <summary>The zone of months, years and dates.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>What the tenant counts as one matter of one customer; its window does not matter here, the definition's does.</summary>
    public RepeatRule Repeats { get; init; } = new();

    /// <summary>The tenant's definitions: what a report's definition names must be known there, or occur. Default: what the library brings
    /// along.</summary>
    public Rulebook Rules { get; init => field = value ?? Rulebook.BuiltIn; } = Rulebook.BuiltIn;

    /// <summary>The first date of receipt, in the zone.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The date of receipt at whose beginning the period ends: <c>[From, To)</c>. A person's last day is the one before.</summary>
    public LocalDate? To { get; init; }

    /// <summary>The instant of the backlog; <c>null</c> for no backlog.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>What else to count.</summary>
    public ReportDefinition Definition { get; init; } = new();
}
