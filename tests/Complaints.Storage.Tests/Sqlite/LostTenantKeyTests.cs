using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>The row of a tenant's own key is gone: it is found, and nothing takes its place.</summary>
public sealed class LostTenantKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");

    private string Database => Path.Combine(_folder.FullName, "complaints.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task R34_Verify_names_a_lost_tenant_key_and_makes_none_and_a_command_is_told()
    {
        await WithAsync(async services =>
        {
            var draft = new IntakeDraft { Channel = "phone", Title = "Parcel lost", Complainant = new("Ann Smith") };
            (await services.GetRequiredService<ComplaintDesk>().RegisterAsync(draft)).IsSuccess.ShouldBeTrue();
            (await services.GetRequiredService<HistoryAudit>().VerifyAsync(TenantId.Default)).IsIntact.ShouldBeTrue("the control");
        });
        Execute("delete from subject_key where subject = x'00000001000000000000000000000000'").ShouldBe(1);

        await WithAsync(async services =>
        {
            var report = await services.GetRequiredService<HistoryAudit>().VerifyAsync(TenantId.Default);
            report.Findings.Select(finding => finding.Code).ShouldBe(["keys.tenant_missing"]);
            var draft = new IntakeDraft { Channel = "phone", Title = "Parcel lost", Complainant = new("Bob") };
            var wrong = await Should.ThrowAsync<Core.Storage.StoreException>(async () =>
                await services.GetRequiredService<ComplaintDesk>().RegisterAsync(draft));
            wrong.Message.ShouldStartWith("keys.tenant_missing");
        });
        Execute("delete from subject_key where subject = x'00000001000000000000000000000000'").ShouldBe(0, "nothing was made");
    }

    private async Task WithAsync(Func<IServiceProvider, Task> action)
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseSqlite(Database);
        await using var provider = services.BuildServiceProvider();
        await action(provider);
    }

    private int Execute(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteNonQuery();
    }
}
