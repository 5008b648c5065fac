using Complaints.Core.Definitions;

namespace Complaints.Core.Contact;

/// <summary>How the customer felt in a talk, from the strongest to calm: scripts branch by it, and signals may follow from it.</summary>
public static class Emotion
{
    /// <summary>威胁: threatens us, others or themselves.</summary>
    public const string Threatening = "threatening";

    /// <summary>愤怒: shouts, accuses, breaks off.</summary>
    public const string Angry = "angry";

    /// <summary>不满: is annoyed, but can be talked to.</summary>
    public const string Upset = "upset";

    /// <summary>焦虑: is worried.</summary>
    public const string Anxious = "anxious";

    /// <summary>平静: is calm.</summary>
    public const string Calm = "calm";

    /// <summary>All of them, with their names; an ordered scale, the strongest first.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Threatening, new("threatening", "威胁")),
        new(Angry, new("angry", "愤怒")),
        new(Upset, new("upset", "不满")),
        new(Anxious, new("anxious", "焦虑")),
        new(Calm, new("calm", "平静")),
    ]);

    /// <summary>True where one is as strong as another, or stronger.</summary>
    internal static bool IsAtLeast(string? felt, string bound)
    {
        // From the strongest down to the bound.
        foreach (var item in All.Items)
        {
            if (item.Code == felt)
                return true;
            if (item.Code == bound)
                return false;
        }
        return false;
    }
}
