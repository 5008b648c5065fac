using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Tests.Broken;

public sealed class ShowsWhatIsOverAsNear : BrokenFixture
{
    public override ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
        base.LoadIntakeAsync(query.Near is { } near ? query with { Near = near with { States = [] } } : query, cancellationToken);
}

public sealed class CountsTheLoadOfWhatHasEnded : BrokenFixture
{
    public override async ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        var loaded = await base.LoadIntakeAsync(query, cancellationToken);
        var all = new List<ComplaintSummary>();
        await foreach (var summary in Good.ScanAsync(query.Tenant, cancellationToken))
            all.Add(summary);
        return loaded with
        {
            Loads = [.. loaded.Loads.Select(load => load with { Open = all.Count(summary => summary.Owner == load.Owner) })],
        };
    }
}
