using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.HostTransactions;

/// <summary>Numbers without gaps in transactions of the host: what is rolled back gives its number back.</summary>
public sealed class GapFreeTests(ITestOutputHelper output)
{
    private const int Workers = 4;
    private const int Units = 6;

    public static TheoryData<string> Databases => ["sqlite", "postgresql"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task R10_transactions_of_the_host_that_end_either_way_leave_no_gap(string database)
    {
        var (written, missing) = await NumbersAsync(database, gapFree: true);
        output.WriteLine($"R10: {database}, {written} complaints, {missing} numbers missing");
        missing.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Control_blocks_leave_gaps_there(string database)
    {
        var (written, missing) = await NumbersAsync(database, gapFree: false);
        output.WriteLine($"R10 control: {database}, {written} complaints, {missing} numbers missing");
        missing.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task On_postgresql_whoever_registers_meanwhile_waits_for_the_number_of_the_host(bool commit, int expected)
    {
        await using var fixture = await CrmFixture.OpenAsync("postgresql", gapFree: true);
        await using var connection = fixture.Crm.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await fixture.Crm.In(fixture.Desk, transaction).RegisterAsync(Drafts.English())).Value.Number.Serial().ShouldBe(1);

        var outside = Task.Run(() => fixture.Desk.RegisterAsync(Drafts.Chinese()));
        var inside = Task.Run(() => InAsync(fixture, Drafts.English(2), commit: false));
        await Task.WhenAny(outside, inside, Task.Delay(200));
        (outside.IsCompleted, inside.IsCompleted).ShouldBe((false, false));
        await (commit ? transaction.CommitAsync() : transaction.RollbackAsync());

        await inside;
        (await outside).Value.Number.Serial().ShouldBe(expected);
    }

    /// <summary>Every second unit is rolled back; customers who call are registered between them.</summary>
    private static async Task<(int Written, int Missing)> NumbersAsync(string database, bool gapFree)
    {
        await using var fixture = await CrmFixture.OpenAsync(database, gapFree);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var unit = 0; unit < Units; unit++)
            {
                await InAsync(fixture, Drafts.English(100 * worker + unit), commit: (worker + unit) % 2 == 0);
                await fixture.Desk.RegisterAsync(Drafts.Chinese(100 * worker + unit));
            }
        })));
        var numbers = new HashSet<int>();
        await foreach (var summary in fixture.Reader.ScanAsync(TenantId.Default, default))
            numbers.Add(summary.Number.Serial()).ShouldBeTrue("no number is given twice");
        numbers.Count.ShouldBe(Workers * Units * 3 / 2);
        return (numbers.Count, numbers.Max() - numbers.Count);
    }

    private static async Task InAsync(CrmFixture fixture, IntakeDraft draft, bool commit)
    {
        await using var connection = fixture.Crm.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await fixture.Crm.In(fixture.Desk, transaction).RegisterAsync(draft)).IsPending.ShouldBeTrue();
        if (commit)
            await transaction.CommitAsync();
    }
}
