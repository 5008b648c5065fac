using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>An improvement's number stands in its history, and beside it as the year and the number within it that it has taken.</summary>
public sealed class ImprovementNumberTests
{
    [Theory]
    [InlineData("year = year + 1")]
    [InlineData("serial = serial + 1")]
    [InlineData("number = 'I-2026-0002', serial = 2")]
    public async Task R28_A_number_that_was_changed_beside_the_history_is_found(string changed)
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()));
        var desk = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        (await desk.OpenAsync(new OpenImprovement("bulletin", "Late"))).IsSuccess.ShouldBeTrue();
        (await FindingsAsync()).ShouldBeEmpty("the control");

        await using var connection = new SqliteConnection($"Data Source={database.File};Pooling=False");
        await connection.OpenAsync();
        await using var command = new SqliteCommand($"update aggregate set {changed}", connection);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);

        var found = (await FindingsAsync()).ShouldHaveSingleItem();
        found.Code.ShouldBe("row.altered");
        found.Message.ShouldContain(changed.StartsWith("number", StringComparison.Ordinal) ? "number" : "year or serial");

        async Task<IEnumerable<ChainFinding>> FindingsAsync() =>
            (await ChainVerifier.VerifyAsync(harness.Ports.Chains, TenantId.Default, null, default)).Findings;
    }
}
