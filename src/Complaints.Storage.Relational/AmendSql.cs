using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>Writes anew what a complaint is given once: some columns, and by what its customer is found.</summary>
internal static class AmendSql
{
    /// <summary>The columns besides the hashes, each with its value.</summary>
    public static readonly string[] Columns = ["area", "item_kind", "item_model"];

    private static readonly SqlText Amend = new(
        $"""
        update complaint set area = @area, item_kind = @item_kind, item_model = @item_model,
            item_hash = {ItemHash("@item_hash")}
        where tenant = @tenant and id = @id
        """);

    private static readonly SqlText Forget = new(
        "delete from lookup where tenant = @tenant and complaint = @complaint and person = @person");

    private static readonly SqlText Customer = new(
        $"update complaint set customer_hash = {CustomerHash("@customer")} where tenant = @tenant and id = @id");

    /// <summary>An imported complaint that has none gets none: its source says by what repeats are told.</summary>
    /// <param name="given">The new one.</param>
    public static string CustomerHash(string given) =>
        $"case when imported = 1 and customer_hash is null then null else {given} end";

    /// <summary>None keeps what is there, and an empty one takes it away (<see cref="AmendedIntake.NoItem"/>).</summary>
    /// <param name="given">The new one.</param>
    public static string ItemHash(string given) => $"nullif(coalesce({given}, item_hash), '')";

    /// <summary>The values of <see cref="Columns"/>, and the item's hash.</summary>
    public static object?[] Values(ComplaintCommit commit, AmendedIntake amended) =>
        [commit.Summary.Area, commit.Summary.ItemKind, commit.Summary.ItemModel, amended.ItemHash];

    /// <summary>Writes it row by row, before the new look-ups.</summary>
    public static async ValueTask WriteAsync(SqlSession session, ComplaintCommit commit, AmendedIntake amended)
    {
        var (tenant, id, person) = (commit.Tenant.Value, commit.Id.Value, commit.Summary.Person.Value);
        await session.RunAsync(Amend, [.. Values(commit, amended), tenant, id]).ConfigureAwait(false);
        if (amended.Lookups is null)
            return;
        await session.RunAsync(Forget, tenant, id, person).ConfigureAwait(false);
        await session.RunAsync(Customer, amended.CustomerHash, tenant, id).ConfigureAwait(false);
    }
}
