using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Complaints.Core.Contact;

/// <summary>What was checked, handed in and noticed in a case. Lists that are empty are not written.</summary>
public sealed record ContactRecord
{
    /// <summary>Nothing was.</summary>
    public static ContactRecord None { get; } = new();

    /// <summary>What stands of the items of checklists, in the order in which they were first recorded.</summary>
    [JsonIgnore]
    public ImmutableArray<CheckMark> Checks { get => ChecksWritten ?? []; init => ChecksWritten = value.IsDefaultOrEmpty ? null : value; }

    [JsonInclude, JsonPropertyName("checks")]
    internal ImmutableArray<CheckMark>? ChecksWritten { get; init; }

    /// <summary>The evidence, in the order in which it came.</summary>
    [JsonIgnore]
    public ImmutableArray<EvidenceMark> Evidence
    {
        get => EvidenceWritten ?? [];
        init => EvidenceWritten = value.IsDefaultOrEmpty ? null : value;
    }

    [JsonInclude, JsonPropertyName("evidence")]
    internal ImmutableArray<EvidenceMark>? EvidenceWritten { get; init; }

    /// <summary>The signals that were raised, in the order in which each first was.</summary>
    [JsonIgnore]
    public ImmutableArray<SignalMark> Signals { get => SignalsWritten ?? []; init => SignalsWritten = value.IsDefaultOrEmpty ? null
        : value; }

    [JsonInclude, JsonPropertyName("signals")]
    internal ImmutableArray<SignalMark>? SignalsWritten { get; init; }

    /// <summary>The rules of the signals that held, in the order in which each first did.</summary>
    [JsonIgnore]
    public ImmutableArray<RuleMark> Followed
    {
        get => FollowedWritten ?? [];
        init => FollowedWritten = value.IsDefaultOrEmpty ? null : value;
    }

    [JsonInclude, JsonPropertyName("followed")]
    internal ImmutableArray<RuleMark>? FollowedWritten { get; init; }

    /// <summary>Whether a signal stands: it was raised in this round.</summary>
    internal bool Stands(string signal, int round)
    {
        foreach (var mark in Signals)
        {
            if (mark.Code == signal)
                return mark.Round == round;
        }
        return false;
    }

    /// <summary>When a rule last held; <c>null</c> where it never did.</summary>
    internal RuleMark? Last(string rule)
    {
        foreach (var mark in Followed)
        {
            if (mark.Rule == rule)
                return mark;
        }
        return null;
    }

    /// <summary>The rules that ask something of the owner.</summary>
    internal IEnumerable<RuleMark> OpenIn(Complaint complaint) =>
        Followed.IsEmpty ? [] : Followed.Where(mark => mark.IsOpen(complaint));

    internal ContactRecord Raised(SignalMark mark) => this with { Signals = With(Signals, mark, known => known.Code == mark.Code) };

    internal ContactRecord Held(RuleMark mark) => this with { Followed = With(Followed, mark, known => known.Rule == mark.Rule) };

    /// <summary>What stands of an item; <c>null</c> where nobody has recorded it.</summary>
    public string? OutcomeOf(string list, string item, Subject? of = null)
    {
        foreach (var mark in Checks)
        {
            if (mark.List == list && mark.Item == item && mark.Of == of)
                return mark.Outcome;
        }
        return null;
    }

    /// <summary>Whether an item of the whole case needs no more: it was done, or does not apply.</summary>
    internal bool IsThrough(string list, string item) => OutcomeOf(list, item) is CheckOutcome.Done or CheckOutcome.NotApplicable;

    /// <summary>The same with the newest word on an item.</summary>
    internal ContactRecord Marked(CheckMark mark) => this with
    {
        Checks = With(Checks, mark, known => known.List == mark.List && known.Item == mark.Item && known.Of == mark.Of),
    };

    /// <summary>A list in which one entry takes the place of the one before, or comes behind all.</summary>
    private static ImmutableArray<T> With<T>(ImmutableArray<T> list, T entry, Func<T, bool> isSame)
    {
        for (var i = 0; i < list.Length; i++)
        {
            if (isSame(list[i]))
                return list.SetItem(i, entry);
        }
        return list.Add(entry);
    }
}
