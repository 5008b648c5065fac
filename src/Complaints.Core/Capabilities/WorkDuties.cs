namespace Complaints.Core.Capabilities;

/// <summary>Work and duties that no room has.</summary>
internal static class WorkDuties
{
    /// <summary>What nobody at a desk can do: administrators have it.</summary>
    public const string Administer = "administer";

    /// <summary>The work that a case makes which cannot be read: it has no state that could say so.</summary>
    public const string Unreadable = "unreadable";
}
