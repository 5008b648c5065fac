using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Desk;

/// <summary>What is damaged is named and stepped over; what was put in its place is not believed.</summary>
public sealed class DamageTests
{
    private readonly InMemoryComplaintStore _store = new();

    [Fact]
    public async Task R39_A_state_of_another_complaint_is_not_decided_on()
    {
        var harness = new DeskHarness(StorePorts.Of(_store));
        var own = await harness.FileAsync();
        var other = await harness.FileAsync(Drafts.English(2));
        await harness.DoAsync(other, [new Core.Intake.Acknowledge()]);
        var stolen = (await _store.LoadAsync(TenantId.Default, other, default, default)).Complaint!;
        var desk = new DeskHarness(StorePorts.Of(_store) with { Store = new Swapped(_store, own, stolen) }, harness.Clock);

        var view = (await desk.Desk.ViewAsync(own)).ShouldNotBeNull();

        view.Complaint.Id.ShouldBe(own);
        view.Complaint.Number.ShouldNotBe((await harness.Desk.ViewAsync(other))!.Complaint.Number);
        desk.Damage.Known.Select(met => met.Error.Code).ShouldBe(["state.unreadable"]);
        desk.Damage.Known[0].Error.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN"))
            .ShouldMatch("^[0-9-]+ 保存的状态已损坏[^a-zA-Z]+$");
    }

    [Fact]
    public async Task R35_A_damaged_definition_is_told_and_the_version_before_it_holds_until_it_is_published_again()
    {
        var harness = new DeskHarness(StorePorts.Of(_store));
        var tenant = TenantId.Default;
        await harness.Definitions.PublishAsync(tenant, "repeats", "default", """{"windowDays":14}""", DeskHarness.Administrator, default);
        var newest = (await _store.ListAsync(tenant, default))
            .Where(definition => definition.Kind == "repeats").Max(definition => definition.Version);
        (await _store.TryAddAsync(
            new Definition(tenant, "repeats", "default", newest + 1, "{", harness.Clock.GetCurrentInstant(), "x"), default)).ShouldBeTrue();

        var damaged = new DeskHarness(StorePorts.Of(_store), harness.Clock);
        (await damaged.Desk.RegisterAsync(Drafts.English())).Refusal.ShouldBeNull();
        var met = damaged.Damage.Known.ShouldHaveSingleItem();
        (met.Error.Code, met.Name).ShouldBe(("definition.unreadable", $"repeats/default v{newest + 1}"));
        (await damaged.Definitions.RulesAsync(tenant, default)).Repeats.Version.ShouldBe(newest);

        await damaged.Definitions.PublishAsync(tenant, "repeats", "default", """{"windowDays":15}""", DeskHarness.Administrator, default);
        (await damaged.Definitions.RulesAsync(tenant, default)).Repeats.Version.ShouldBe(newest + 2);
    }

    [Fact]
    public async Task R35_One_damaged_key_hides_its_person_alone_and_is_not_told_as_erased()
    {
        var harness = new DeskHarness(StorePorts.Of(_store));
        var ids = new List<ComplaintId>();
        for (var i = 0; i < 3; i++)
            ids.Add(await harness.FileAsync(Drafts.English(i)));
        var page = await harness.Desk.ListAsync(new ComplaintQuery());
        var person = page.Items[1].Person;
        var wrapped = (await _store.GetAsync(TenantId.Default, [person], default))[0];
        var bent = wrapped.Wrapped.ToArray();
        bent[^1] ^= 1;
        (await _store.ReplaceKeysAsync(TenantId.Default, [new(person, wrapped.Wrapped, bent)], default)).ShouldBe(1);

        var other = new DeskHarness(StorePorts.Of(_store), harness.Clock, new Core.UuidV7Generator());
        var words = await other.Desk.RevealAsync(await other.Desk.ListAsync(new ComplaintQuery()), Purpose.Search);

        page.Items.Count(item => words.Of(item.Title) is not null).ShouldBe(2);
        words.IsUnreadable(page.Items[1].Title).ShouldBeTrue();
        words.IsUnreadable(page.Items[0].Title).ShouldBeFalse();
        var refused = await other.Desk.ExecuteAsync(page.Items[1].Id, new AddNote("Would be lost"));
        refused.Refusal!.Code.ShouldBe("key.unreadable", "no word is left out as those of somebody erased");
        refused.Refusal.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldStartWith(
            $"{page.Items[1].Number} 的密钥无法使用", Case.Sensitive, "a number, and nobody's id");
    }

    /// <summary>Somebody has put the state of one complaint into the row of another.</summary>
    private sealed class Swapped(IComplaintStore good, ComplaintId victim, StoredComplaint other) : IComplaintStore
    {
        public async ValueTask<LoadedComplaint> LoadAsync(
            TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken)
        {
            var loaded = await good.LoadAsync(tenant, id, command, cancellationToken);
            return id == victim ? loaded with { Complaint = loaded.Complaint! with { State = other.State } } : loaded;
        }

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
            good.LoadIntakeAsync(query, cancellationToken);

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
            good.CommitAsync(commit, cancellationToken);
    }
}
