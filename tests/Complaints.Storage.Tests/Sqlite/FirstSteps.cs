using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.Storage.Tests.Sqlite;

public sealed class FirstSteps
{
    [Fact]
    public async Task A_container_with_sqlite_files_a_complaint_and_moves_it_on()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-");
        try
        {
            var services = new ServiceCollection();
            services.AddComplaints().UseSqlite(Path.Combine(folder.FullName, "a.db")).UseSqlite($"Data Source={Path.Combine(folder.FullName, "b.db")}");
            await using (var provider = services.BuildServiceProvider())
            {
                var desk = provider.GetRequiredService<ComplaintDesk>();
                var filed = await desk.RegisterAsync(new IntakeDraft { Channel = "phone", Title = "Parcel lost", Complainant = new("Ann Smith") });
                var moved = await desk.ExecuteAsync(filed.Value.Complaint, new StartInvestigation());

                moved.Value.Version.ShouldBe(2);
                var view = (await desk.ViewAsync(filed.Value.Complaint))!;
                view.History.Length.ShouldBeGreaterThan(2);
                var title = (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Title);
                title.ShouldBe("Parcel lost");
                var reader = provider.GetRequiredService<IComplaintReader>();
                (await reader.ListAsync(TenantId.Default, new(), default)).Items.ShouldHaveSingleItem();
            }

            folder.GetFiles().Select(file => file.Name).Order().ShouldBe(["b.db", "b.db.key"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
