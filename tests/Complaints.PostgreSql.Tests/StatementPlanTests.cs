using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Npgsql;
using NodaTime;

namespace Complaints.PostgreSql.Tests;

/// <summary>SPEED 3: what a command sends stays planned. A statement of ten parts costs more to plan than to carry out.</summary>
public sealed class StatementPlanTests
{
    // A server tries five times what a plan made for the values would bring.
    private const long Tried = 5;

    [Fact]
    public async Task Commands_are_not_planned_anew_each_time()
    {
        var schema = SharedServer.NewSchema();
        await using var source = NpgsqlDataSource.Create((await SharedServer.GetAsync()).ConnectionString()
            + $";Search Path={schema};Max Auto Prepare=200;Auto Prepare Min Usages=2;Maximum Pool Size=1");
        await using var store = new PostgreSqlStore(source, new PostgreSqlStoreOptions { Schema = schema, WakeUp = false });
        var harness = new DeskHarness(StorePorts.Of(store));
        List<ComplaintId> complaints = [];
        for (var i = 0; i < 30; i++)
            complaints.Add(await harness.FileAsync(i % 2 == 0 ? Drafts.Chinese(i) : Drafts.English(i)));
        // As in a desk of some years.
        await ExecuteAsync(source, "insert into subject_key (tenant, subject, wrapped) "
            + "select 'default', gen_random_uuid(), decode(repeat('00', 60), 'hex') from generate_series(1, 20000)");
        await ExecuteAsync(source, "analyze");
        // What was planned while the tables were empty is nobody's business.
        source.Clear();
        for (var i = 0; i < 25; i++)
        {
            ComplaintCommand[] commands =
            [
                new AddNote("王小明 called."), new HandOver("amy", "technical", "other", "Needs a technician."),
                new HandOver("ben", "technical", "other", "On leave."),
                new Classify(Severity: "critical", Reason: "other", Remark: "New facts."),
                new RecordInteraction(Direction.Inbound, "email", Summary: "Where is it?"),
                new RecordInteraction(Direction.Outbound, "phone", Summary: "Told."),
                new MakeCommitment("We call back.", harness.Clock.GetCurrentInstant() + Duration.FromDays(2)),
            ];
            foreach (var command in commands)
                _ = (await harness.Desk.ExecuteAsync(complaints[i], command)).Value;
        }
        await ExecuteAsync(source, "prepare planned(text, uuid[]) as "
            + "select wrapped from subject_key where tenant = $1 and subject = any($2)");
        for (var i = 0; i < 2 * Tried; i++)
            await ExecuteAsync(source, $"execute planned('default', array['{Guid.NewGuid()}']::uuid[])");

        var plans = await PlansAsync(source);
        plans.Where(plan => plan.Text.Contains("update", StringComparison.Ordinal) && plan.Kept > 0).ShouldNotBeEmpty();
        plans.Where(plan => plan.Text.Contains("union all", StringComparison.Ordinal) && plan.Kept > 100).ShouldNotBeEmpty();
        plans.Where(plan => plan.Anew > Tried).ShouldHaveSingleItem("the control").Text.ShouldStartWith("prepare planned");
    }

    private static async Task<List<(long Kept, long Anew, string Text)>> PlansAsync(NpgsqlDataSource source)
    {
        var plans = new List<(long, long, string)>();
        await using var command = source.CreateCommand("select generic_plans, custom_plans, statement from pg_prepared_statements");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            plans.Add((row.GetInt64(0), row.GetInt64(1), row.GetString(2)));
        return plans;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
