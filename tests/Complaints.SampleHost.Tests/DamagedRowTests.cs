using System.Net;
using Microsoft.Data.Sqlite;

namespace Complaints.SampleHost.Tests;

/// <summary>A row is damaged by hand under the running host.</summary>
public sealed class DamagedRowTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task R35_The_page_says_which_complaint_cannot_be_read_and_everything_else_works()
    {
        using var client = new HttpClient();
        (await client.GetStringAsync($"{host.Address}/health")).ShouldNotContain("cannot be read", Case.Sensitive, "the control");
        var (row, rowNumber) = Pick(1);
        var (history, historyNumber) = Pick(2);
        Execute("update complaint set attributes = '{', title = x'00' where id = @id", row);
        // Neither the state nor the events: nothing is left of it but its row.
        Execute("update complaint_state set body = x'00' where complaint = @id", history);
        Execute("update event set body = x'7b' where complaint = @id and version > 1", history);

        var page = await host.VisitAsync("/?State=all&Order=Oldest");
        await FindAsync(rowNumber);
        (await page.Locator("#damage").InnerTextAsync()).ShouldContain(rowNumber);
        var listed = await page.Locator("#queue").InnerTextAsync();
        listed.ShouldContain("无法读取");
        listed.ShouldNotContain("已删除", Case.Sensitive, "damaged words are not erased ones");
        await page.GotoAsync($"/complaints/{Id(row)}");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain(rowNumber, Case.Sensitive, "the row is damaged, the case is not");

        var answer = await page.GotoAsync($"/complaints/{Id(history)}");
        answer!.Status.ShouldBe((int)HttpStatusCode.InternalServerError);
        (await page.Locator("#none").InnerTextAsync()).ShouldContain("已损坏");
        await page.ClickAsync("#language");
        (await page.Locator("#none").InnerTextAsync()).ShouldContain("cannot be read");
        await page.GotoAsync("/");
        (await page.Locator("#damage").InnerTextAsync()).ShouldContain(historyNumber);
        var health = await client.GetStringAsync($"{host.Address}/health");
        health.ShouldStartWith("Degraded");
        health.ShouldContain(rowNumber);
        health.ShouldContain(historyNumber);

        var other = await host.RegisterAsync("仍可登记", "021-5555 0099");
        await other.DoAsync("acknowledge");

        async Task FindAsync(string number)
        {
            await page.FillAsync("[name=Find]", number);
            await page.ClickAsync(".filters button");
        }
    }

    private (byte[] Id, string Number) Pick(int place)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select id, number from complaint where version > 2 order by id limit 1 offset @place";
        command.Parameters.AddWithValue("@place", place);
        using var row = command.ExecuteReader();
        row.Read().ShouldBeTrue();
        return (row.GetFieldValue<byte[]>(0), row.GetString(1));
    }

    private void Execute(string statement, byte[] id)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddWithValue("@id", id);
        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={host.Database};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    private static Guid Id(byte[] bytes) => new(bytes, bigEndian: true);
}
