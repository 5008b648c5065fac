using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>
/// Before any other service starts, and so before a web server takes requests: brings the schema up to date, publishes the definitions that the host brings along, and looks whether the
/// master key fits. What is wrong in the host's own files ends the start with one sentence; a database that cannot be reached does not, because it may come back.
/// </summary>
internal sealed partial class StartupCheck(
    DefinitionLibrary definitions, IEnumerable<DefinitionSeed> seeds, PersonKeys keys, IOptions<BackgroundWorkOptions> options, ILogger<StartupCheck> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await definitions.PlantSeedsAsync(cancellationToken).ConfigureAwait(false);
            foreach (var tenant in Tenants())
                await keys.FindAsync(tenant, SubjectId.Tenant, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            NotChecked(logger, e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Those that the host names, and the default one.</summary>
    private ImmutableHashSet<TenantId> Tenants()
    {
        var named = seeds.Select(seed => seed.Tenant).Append(TenantId.Default);
        return [.. options.Value.Tenants.IsDefault ? named : named.Concat(options.Value.Tenants)];
    }

    [LoggerMessage(EventId = 3009, Level = LogLevel.Warning, Message = "The store cannot be reached at the start: definitions and key are looked at when it is used first")]
    private static partial void NotChecked(ILogger logger, Exception exception);
}
