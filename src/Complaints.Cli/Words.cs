using Complaints.Core;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Cli;

/// <summary>Codes in Chinese words; one that the definitions do not have is told as it is.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Rooms = new(StringComparer.Ordinal)
    {
        ["Intake"] = "受理",
        ["Classification"] = "分类定级",
        ["Assignment"] = "分派",
        ["Investigation"] = "调查",
        ["Resolution"] = "解决",
        ["Lifecycle"] = "流程",
        ["FollowUp"] = "回访",
        ["Sla"] = "时限",
        ["Improvements"] = "整改",
    };

    public static string Priority(string priority, Rulebook rules) => rules.Priorities.Value.Priority.Named(priority).Label.Zh;

    public static string Category(string? category, string? subcategory, Rulebook rules) =>
        string.Join('/', rules.Categories.Value.Named(category, subcategory).Select(item => item.Label.Zh));

    /// <summary>How many columns of a terminal a text takes: a Chinese character takes two.</summary>
    public static int Columns(string text) => text.Sum(character => character >= '\u2E80' ? 2 : 1);

    /// <summary>The part of the library to which a command belongs.</summary>
    public static Label Room(string room) => new(room, Rooms.GetValueOrDefault(room, room));
}
