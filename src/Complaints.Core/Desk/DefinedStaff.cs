using Complaints.Core.Assignment;

namespace Complaints.Core;

/// <summary>The staff as the tenant's definition <c>staff</c> names it.</summary>
internal sealed class DefinedStaff(DefinitionLibrary definitions) : IStaffDirectory
{
    public async ValueTask<StaffCard?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        (await IndexAsync(tenant, cancellationToken).ConfigureAwait(false)).Find(id);

    public async ValueTask<IReadOnlyList<StaffCard>> FindManyAsync(
        TenantId tenant, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var index = await IndexAsync(tenant, cancellationToken).ConfigureAwait(false);
        return [.. ids.Distinct(StringComparer.Ordinal).Select(index.Find).OfType<StaffCard>()];
    }

    public async ValueTask<IReadOnlyList<StaffCard>?> MembersAsync(TenantId tenant, string team, CancellationToken cancellationToken)
    {
        var index = await IndexAsync(tenant, cancellationToken).ConfigureAwait(false);
        return index.IsEmpty ? null : index.In(team);
    }

    public async ValueTask<IReadOnlyList<StaffCard>> HoldersAsync(TenantId tenant, string role, CancellationToken cancellationToken) =>
        (await IndexAsync(tenant, cancellationToken).ConfigureAwait(false)).As(role);

    public async ValueTask<IReadOnlyList<StaffCard>> DeputisedByAsync(
        TenantId tenant, string deputy, CancellationToken cancellationToken) =>
        (await IndexAsync(tenant, cancellationToken).ConfigureAwait(false)).DeputisedBy(deputy);

    private async ValueTask<StaffIndex> IndexAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await definitions.RulesAsync(tenant, cancellationToken).ConfigureAwait(false)).StaffIndex;
}
