using System.Text.Json.Nodes;
using Complaints.Core.Definitions;

namespace Complaints.Core.Capabilities;

/// <summary>What events have in common that say why: a code of the tenant's reasons, and a sealed remark.</summary>
internal static class Why
{
    /// <summary>Lifts an event whose reason was a text: the text becomes the remark, sealed or in the clear as it stands.</summary>
    public static Upcaster AsRemark { get; } = new(1, static data =>
    {
        if (data["reason"] is not { } text)
            return data;
        data.Remove("reason");
        data["reason"] = ReasonBook.Other;
        data["remark"] = text;
        return data;
    });

    /// <summary>A reason that need not be given; a blank one is none.</summary>
    public static string? Given(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason;

    /// <summary>The reason and the remark, for people. Where a remark is given, "other" says nothing more.</summary>
    public static IEnumerable<Detail> Details(Rulebook rules, string command, string? reason, Personal<string>? remark) =>
    [
        new(Labels.Reason, reason is null || reason == ReasonBook.Other && remark is not null
            ? null
            : rules.ReasonsFor(command).Named(reason)),
        new(Labels.Remark, remark),
    ];
}
