using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>A host brings values along as well as texts.</summary>
public sealed class TypedDefinitionTests
{
    private static readonly SlaPolicy Fast = new(new("Fast", "快速"), [new(Objective.Resolution, "4 working hours", Warnings: ["50%"])],
        Order: 7);

    [Fact]
    public async Task X02_What_a_host_brings_along_as_a_value_is_what_it_reads()
    {
        var from = Instant.FromUtc(2026, 1, 1, 0, 0);
        var services = new ServiceCollection();
        services.AddComplaints().UseInMemory()
            .AddDefinition("fast", Fast)
            .AddDefinition(SlaDefinitions.Policies, "later", Fast with { Order = 6, AppliesTo = new(Channels: ["phone"]) },
                effectiveFrom: from)
            .AddDefinition(IntakeDefinitions.Repeats, "default", new RepeatRule(5));
        await using var provider = services.BuildServiceProvider();

        var rules = await provider.GetRequiredService<DefinitionLibrary>().RulesAsync(TenantId.Default, default);

        rules.Policy(new("fast", 1))!.ToJson().ShouldBe(Fast.ToJson());
        rules.Get(IntakeDefinitions.Repeats).WindowDays.ShouldBe(5);
        (await provider.GetRequiredService<IDefinitionStore>().ListAsync(TenantId.Default, default))
            .Single(definition => definition.Id == "later").EffectiveFrom.ShouldBe(from);
    }

    [Fact]
    public async Task X02_A_wrong_value_is_refused_at_the_start_as_a_wrong_text_is()
    {
        var services = new ServiceCollection();
        services.AddComplaints().UseInMemory().AddDefinition("fast", Fast with { Objectives = [new("victory", "soon")] });
        await using var provider = services.BuildServiceProvider();

        var refused = await Should.ThrowAsync<ArgumentException>(
            async () => await provider.GetRequiredService<DefinitionLibrary>().PlantSeedsAsync(default));
        refused.Message.ShouldContain("policy/fast");
        refused.Message.ShouldContain("victory");
    }
}
