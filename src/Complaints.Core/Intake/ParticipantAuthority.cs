using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>How the authority of somebody stands who acts for the customer.</summary>
/// <param name="Status">A code of <see cref="All"/>.</param>
/// <param name="Since">When the letter came in.</param>
/// <param name="Until">The last day on which it holds, in the tenant's zone; <c>null</c> for as long as the case lasts.</param>
public sealed record ParticipantAuthority(string Status, Instant? Since = null, LocalDate? Until = null)
{
    /// <summary>待提交授权书: the role needs a letter of authority, and none is in.</summary>
    public const string Required = "required";

    /// <summary>已提交授权书: the letter is in.</summary>
    public const string Received = "received";

    /// <summary>授权未获认可: what was shown does not suffice.</summary>
    public const string Refused = "refused";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Required, new("no letter of authority yet", "待提交授权书")),
        new(Received, new("letter of authority received", "已提交授权书")),
        new(Refused, new("letter of authority refused", "授权未获认可")),
    ]);

    /// <summary>What somebody may come to who has shown something.</summary>
    internal static CodeList<CodeItem> Shown { get; } = new([.. All.Items.Where(item => item.Code != Required)]);

    /// <summary>Nothing is in.</summary>
    internal static ParticipantAuthority Awaited { get; } = new(Required);
}
