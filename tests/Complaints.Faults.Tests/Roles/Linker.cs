using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Improvements;
using Complaints.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Complaints.Faults.Tests.Roles;

/// <summary>Opens one improvement after another, each with all the complaints that it is given, and says which were opened.</summary>
internal sealed class Linker(ComplaintDesk services, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var desk = services.For(DeskHarness.Agent).Improvements;
        ImmutableArray<ComplaintId> complaints = [.. configuration["Complaints"]!.Split(',').Select(id => new ComplaintId(Guid.Parse(id)))];
        for (var n = 1; !stoppingToken.IsCancellationRequested; n++)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"Issue {n}");
            var opened = await desk.OpenAsync(new OpenImprovement("systemic-issue", title, Complaints: complaints), null, stoppingToken);
            Said.Line($"opened {opened.Value.Number}");
        }
    }
}
