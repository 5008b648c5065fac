using Complaints.Core;

namespace Complaints.Storage.Relational;

/// <summary>The statements about who takes part in which complaint.</summary>
internal sealed class TakingPartSql(ISqlDialect dialect)
{
    private const string Current = "select 1 from complaint where tenant = @tenant and id = @of and version = @version";

    public SqlText InWhich { get; } = new(
        $"select distinct complaint from taking_part where tenant = @tenant and {dialect.IsOneOfIds("complaint", "@ids")} "
        + $"and {dialect.IsOneOf("party", "@parties")}");

    public SqlText All { get; } = new("select complaint, party from taking_part where tenant = @tenant order by complaint, party");

    /// <summary>Puts one right while its complaint has the version.</summary>
    public SqlText Repair { get; } = new(
        "insert into taking_part (tenant, complaint, party, received_at) select tenant, id, @party, received_at from complaint "
        + "where tenant = @tenant and id = @of and version = @version on conflict do nothing");

    /// <summary>Takes one away while its complaint has the version, or is gone.</summary>
    public SqlText Remove { get; } = new(
        "delete from taking_part where tenant = @tenant and complaint = @of and party = @party "
        + $"and (exists ({Current}) or (@version = 0 and not exists (select 1 from complaint where tenant = @tenant and id = @of)))");

    /// <summary>The complaints of some parties, the values of which were bound as a list.</summary>
    public static string Of(ISqlDialect dialect, string parties) =>
        $"select complaint from taking_part where tenant = @tenant and {dialect.IsOneOf("party", parties)}";
}
