using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>As what somebody may take part in a case.</summary>
/// <param name="Code">The code: <c>representative</c>.</param>
/// <param name="Label">The name.</param>
/// <param name="Staff">True for one of the host's own staff, who is named by an id; false for anybody else.</param>
/// <param name="SpeaksForCustomer">Whether a contact with one of them is a contact with the customer; where authority is needed, once it
/// is shown.</param>
/// <param name="Most">How many of them a case may have at once, 1 to 50.</param>
/// <param name="NeedsAuthority">Whether one of them is told nothing before a letter of authority (授权书) is in.</param>
public sealed record ParticipantRole(
    string Code, Label Label, bool Staff = false, bool SpeaksForCustomer = false, int Most = 10, bool NeedsAuthority = false) : ICodeItem
{
    /// <summary>被投诉员工: the member of the staff who is complained about. Gets no work on the case and decides nothing in it.</summary>
    public const string Accused = "accused";
}

internal static class ParticipantRoleRules
{
    /// <summary>How many take part in a case at most, whatever they are.</summary>
    public const int MostOfAll = 50;

    /// <summary>What is wrong with a tenant's roles.</summary>
    public static IEnumerable<ComplaintError> RoleProblems(this CodeList<ParticipantRole> list) =>
        list.Problems().Concat(list.Items.SelectMany((role, i) => Problems(role, $"items[{i}]")));

    private static IEnumerable<ComplaintError> Problems(ParticipantRole role, string path)
    {
        if (role.Most is < 1 or > MostOfAll)
            yield return new("number.out_of_range", ("field", $"{path}.most"), ("value", role.Most), ("low", 1), ("high", MostOfAll));
        if (role is { Staff: true } and ({ SpeaksForCustomer: true } or { NeedsAuthority: true }))
            yield return new("participant.staff_speaks", ("path", path), ("value", role.Code));
    }
}
