using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Hosting;
using Complaints.Storage.PostgreSql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Faults.Tests.Roles;

/// <summary>A node that does the background work and sends to the test's sink.</summary>
internal static class Worker
{
    public static void Add(ComplaintsBuilder complaints, IConfiguration configuration)
    {
        complaints.AddBackgroundWork(options =>
        {
            (options.SweepEvery, options.DispatchEvery) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20));
            (options.FirstPause, options.LongestPause) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500));
            configuration.GetSection("Work").Bind(options);
        });
        if (configuration.GetValue<bool>("Unfenced"))
            complaints.Services.Replace(ServiceDescriptor.Singleton<IOutboxStore>(provider => new Unfenced(provider.GetRequiredService<PostgreSqlStore>(), configuration["Database"]!)));
        if (configuration["Sink"] is not { } port)
            return;
        complaints.Services.AddSingleton(new SinkLines(int.Parse(port), Environment.ProcessId));
        var concurrency = configuration.GetValue("Concurrency", 4);
        complaints.Services.AddSingleton<IMessageChannel>(provider => configuration.GetValue<bool>("MarksFirst")
            ? new MarkingFirst(provider.GetRequiredService<SinkLines>(), concurrency)
            : new SinkChannel(provider.GetRequiredService<SinkLines>(), concurrency));
    }
}
