using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>An improvement as the core's page shows it.</summary>
public sealed class ImprovementSnippetTests
{
    [Fact]
    public async Task An_issue_is_opened_on_a_complaint_and_has_an_action()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-");
        try
        {
            var services = new ServiceCollection();
            services.AddComplaints().UseSqlite(Path.Combine(folder.FullName, "complaints.db"));
            await using var provider = services.BuildServiceProvider();
            var desk = provider.GetRequiredService<ComplaintDesk>();
            var filed = await desk.RegisterAsync(new IntakeDraft { Channel = "phone", Title = "Parcel lost",
                Complainant = new("Ann Smith") });
            var complaint = filed.Value.Complaint;
            var now = provider.GetRequiredService<IClock>().GetCurrentInstant();

            var quality = desk.For(new Actor("qiu", Role.Quality)).Improvements;
            var issue = await quality.OpenAsync(new OpenImprovement("systemic-issue", "Parcels of the north depot come late",
                Complaints: [complaint]));
            await quality.ExecuteAsync(issue.Value.Improvement,
                new PlanAction("corrective", "Two more vans", now + Duration.FromDays(10), "dan"));

            var view = (await quality.ViewAsync(issue.Value.Improvement))!;
            view.Improvement.Actions.ShouldHaveSingleItem().Owner.ShouldBe("dan");
            var part = (await desk.ViewAsync(complaint))!.Complaint.Improvements.ShouldHaveSingleItem();
            (part.Id, part.Stands).ShouldBe((issue.Value.Improvement, true));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
