namespace Complaints.Core.Contact;

/// <summary>A signal that was raised, in the newest round in which it was.</summary>
/// <param name="Code">The signal.</param>
/// <param name="Round">The round.</param>
public sealed record SignalMark(string Code, int Round);

/// <summary>That a rule of the signals held, the last time it did.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Round">The round.</param>
/// <param name="Count">How high its counter was.</param>
/// <param name="Asks">What it asks of the owner; <c>null</c> for nothing, or nothing any more.</param>
/// <param name="HandOvers">How often the case had changed hands then, where it asks for a hand-over.</param>
public sealed record RuleMark(string Rule, int Round, int Count, SignalAsk? Asks = null, int? HandOvers = null)
{
    /// <summary>The part of the complaint.</summary>
    internal Subject Subject => new("signal", Rule);

    /// <summary>Whether what it asks for is still to be done.</summary>
    public bool IsOpen(Complaint complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return Asks is not null && Round == complaint.Progress.Round
            && (Asks != SignalAsk.HandOver || HandOvers == complaint.Responsibility.HandOvers);
    }
}

/// <summary>What a rule of the signals asks of the owner.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<SignalAsk>))]
public enum SignalAsk
{
    /// <summary>To look after it.</summary>
    Work,

    /// <summary>To hand the case over.</summary>
    HandOver,
}
