using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>What sort of contact an interaction was.</summary>
/// <param name="Code">The code: <c>call</c>.</param>
/// <param name="Label">The name.</param>
/// <param name="Live">Whether both sides speak at once, unless it is said otherwise of one: then it answers the customer whoever
/// called.</param>
/// <param name="Chaser">Whether the customer only asks how far it is: it is counted, and moves no clock.</param>
/// <param name="Channels">The channels whose interactions are of this kind where none is named.</param>
/// <param name="Transfer">Whether the talk is passed on to another member of the staff: it says to whom and what the customer
/// said.</param>
/// <param name="Advice">Whether we advise the customer on what can be done while it is not solved: it answers, and solves
/// nothing.</param>
/// <param name="AsksLetter">Whether we only ask somebody who takes part for the letter of authority (授权书): nothing else is said, so that
/// it may be said before there is one.</param>
public sealed record InteractionKind(
    string Code, Label Label, bool Live = false, bool Chaser = false, ImmutableArray<string> Channels = default, bool Transfer = false,
    bool Advice = false, bool AsksLetter = false) : ICodeItem
{
    /// <summary>The channels whose interactions are of this kind where none is named; never <c>default</c>.</summary>
    public ImmutableArray<string> Channels { get; init; } = Channels.IsDefault ? [] : Channels;
}

internal static class InteractionKinds
{
    /// <summary>What is wrong with a tenant's kinds: one that stands for a channel which there is not would never be taken.</summary>
    public static IEnumerable<ComplaintError> KindProblems(this CodeList<InteractionKind> kinds, CodeList<CodeItem> channels) =>
        kinds.Problems().Concat(kinds.Items.SelectMany((kind, i) => Contradictions(kind, $"items[{i}]"))).Concat(
            kinds.Items.SelectMany((kind, i) => kind.Channels.Where(channel => !channels.Has(channel)).Select(
                channel => new ComplaintError("definition.missing", ("path", $"items[{i}].channels"), ("value", channel),
                    ("known", channels.Known())))));

    /// <summary>A kind is at most one of the four: a chaser is the customer's, advice is ours, a transfer is neither, and who asks for a
    /// letter says nothing else.</summary>
    private static IEnumerable<ComplaintError> Contradictions(InteractionKind kind, string path)
    {
        string[] said = [.. new[] { (kind.Chaser, "chaser"), (kind.Transfer, "transfer"), (kind.Advice, "advice"),
            (kind.AsksLetter, "asksLetter") }
            .Where(one => one.Item1).Select(one => one.Item2)];
        if (said.Length > 1)
            yield return new("definition.duplicate", ("path", $"{path}.{said[1]}"), ("value", said[0]));
    }

    /// <summary>What an interaction is of which nobody said it: the kind of its channel, else the list's own for all others.</summary>
    public static InteractionKind? Of(this CodeList<InteractionKind> kinds, string? code, string channel) =>
        code is not null
            ? kinds.Find(code)
            : kinds.Items.FirstOrDefault(kind => kind.Channels.Contains(channel)) ?? kinds.Find(kinds.Default);
}
