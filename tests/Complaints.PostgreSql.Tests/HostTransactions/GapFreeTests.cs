using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.HostTransactions;

/// <summary>Numbers without gaps in transactions of the host: what is rolled back gives its number back.</summary>
public sealed class GapFreeTests
{
    private const int Workers = 4;
    private const int Units = 6;

    public static TheoryData<string> Databases => ["sqlite", "postgresql"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task R10_transactions_of_the_host_that_end_either_way_leave_no_gap(string database)
    {
        var numbers = await NumbersAsync(database, new NumberOptions(GapFree: true));
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(number => $"2026-{number:D6}"));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Control_blocks_leave_gaps_there(string database)
    {
        var numbers = await NumbersAsync(database, new NumberOptions(2));
        numbers.ShouldNotBe(Enumerable.Range(1, numbers.Count).Select(number => $"2026-{number:D6}"));
    }

    [Theory]
    [InlineData(true, "2026-000002")]
    [InlineData(false, "2026-000001")]
    public async Task On_postgresql_whoever_registers_meanwhile_waits_for_the_number_of_the_host(bool commit, string expected)
    {
        await using var fixture = await CrmFixture.OpenAsync("postgresql", new NumberOptions(GapFree: true));
        await using var connection = fixture.Crm.Connect();
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        (await fixture.Crm.In(fixture.Desk, transaction).RegisterAsync(Drafts.English())).Value.Number.ShouldBe("2026-000001");

        var outside = Task.Run(() => fixture.Desk.RegisterAsync(Drafts.Chinese()));
        var inside = Task.Run(() => InAsync(fixture, Drafts.English(2), commit: false));
        await Task.WhenAny(outside, inside, Task.Delay(200));
        (outside.IsCompleted, inside.IsCompleted).ShouldBe((false, false));
        await (commit ? transaction.CommitAsync() : transaction.RollbackAsync());

        await inside;
        (await outside).Value.Number.ShouldBe(expected);
    }

    /// <summary>Every second unit is rolled back; customers who call are registered between them.</summary>
    private static async Task<List<string>> NumbersAsync(string database, NumberOptions options)
    {
        await using var fixture = await CrmFixture.OpenAsync(database, options);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var unit = 0; unit < Units; unit++)
            {
                await InAsync(fixture, Drafts.English(100 * worker + unit), commit: (worker + unit) % 2 == 0);
                await fixture.Desk.RegisterAsync(Drafts.Chinese(100 * worker + unit));
            }
        })));
        var numbers = new List<string>();
        await foreach (var summary in fixture.Reader.ScanAsync(TenantId.Default, default))
            numbers.Add(summary.Number);
        numbers.Count.ShouldBe(Workers * Units * 3 / 2);
        return [.. numbers.Order(StringComparer.Ordinal)];
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
