namespace Complaints.Core.Assignment;

/// <summary>
/// Who works here: names, teams, skills, deputies, absences. The default reads the definition <c>staff</c>; a host that keeps its people
/// elsewhere registers its own. Called at the edge of a command and waited for at most two seconds: a directory that fails, or takes
/// longer, keeps nobody from registering a case or from handing one over. Implementations are thread-safe.
/// </summary>
public interface IStaffDirectory
{
    /// <summary>One person; <c>null</c> for whom the directory does not know.</summary>
    ValueTask<StaffCard?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken);

    /// <summary>Those of several people whom the directory knows, in any order: for the names on a page.</summary>
    ValueTask<IReadOnlyList<StaffCard>> FindManyAsync(
        TenantId tenant, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>The members of a team, in any order; <c>null</c> where nothing is known of who is in teams, which is no finding, unlike a
    /// team without members.</summary>
    ValueTask<IReadOnlyList<StaffCard>?> MembersAsync(TenantId tenant, string team, CancellationToken cancellationToken);

    /// <summary>Who names a person as deputy, in any order. A directory without deputies has nobody.</summary>
    ValueTask<IReadOnlyList<StaffCard>> DeputisedByAsync(TenantId tenant, string deputy, CancellationToken cancellationToken) => new([]);

    /// <summary>Who holds a role, in any order.</summary>
    ValueTask<IReadOnlyList<StaffCard>> HoldersAsync(TenantId tenant, string role, CancellationToken cancellationToken);
}
