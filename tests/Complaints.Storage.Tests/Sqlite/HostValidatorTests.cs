using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Intake;
using Complaints.Storage.Sqlite;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>What a host registers in its container is asked, and its page shows how.</summary>
public sealed class HostValidatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("complaints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_validator_of_the_container_refuses_registrations_and_imports()
    {
        await using var provider = Provider(services =>
        {
            services.AddScoped<IValidator<IntakeDraft>, CrmRules>();
        });
        var desk = provider.GetRequiredService<ComplaintDesk>();
        var known = new IntakeDraft { Channel = "phone", Title = "Parcel lost", Complainant = new("Ann Smith", "C-1") };
        var stranger = known with { Complainant = new("Bob", "X-9") };

        (await desk.RegisterAsync(known)).IsSuccess.ShouldBeTrue();
        var refused = (await desk.RegisterAsync(stranger)).Refusal!.Details.ShouldHaveSingleItem();
        (refused.Code, refused.Data["field"]).ShouldBe(("host.crm.unknown", "complainant.customerRef"));
        refused.Message.ShouldContain("not a customer of ours");

        var run = provider.GetRequiredService<ImportDesk>().Begin();
        var prepared = await run.PrepareAsync([Item(known, "1"), Item(stranger, "2")]);
        prepared.Answers.Select(answer => answer.Refusal?.Code).ShouldBe([null, "host.crm.unknown"]);
        (await run.CommitAsync(prepared)).ShouldBe(1);
    }

    [Fact]
    public async Task A_container_without_validators_asks_nobody()
    {
        await using var provider = Provider(_ => { });
        var stranger = new IntakeDraft { Channel = "phone", Title = "Parcel lost", Complainant = new("Bob", "X-9") };
        (await provider.GetRequiredService<ComplaintDesk>().RegisterAsync(stranger)).IsSuccess.ShouldBeTrue();
    }

    private static ImportItem Item(IntakeDraft draft, string id) =>
        new(new ImportComplaint(draft with { ExternalRef = new("ledger", id), ReceivedAt = Instant.FromUtc(2026, 1, 2, 3, 4) }, []));

    private ServiceProvider Provider(Action<IServiceCollection> register)
    {
        var path = Path.Combine(_folder, "complaints.db");
        var services = new ServiceCollection();
        services.AddScoped<ICrm, Crm>();
        services.AddComplaints().UseSqlite($"Data Source={path}");
        register(services);
        return services.BuildServiceProvider(validateScopes: true);
    }

    public interface ICrm
    {
        Task<bool> KnowsAsync(string? customer, CancellationToken cancellationToken);
    }

    private sealed class Crm : ICrm
    {
        public Task<bool> KnowsAsync(string? customer, CancellationToken cancellationToken) => Task.FromResult(customer == "C-1");
    }

    public sealed class CrmRules : AbstractValidator<IntakeDraft>
    {
        public CrmRules(ICrm crm)
        {
            RuleFor(draft => draft.Complainant.CustomerRef)
                .MustAsync(crm.KnowsAsync)
                .WithErrorCode("crm.unknown")
                .WithState(_ => new Label("This is not a customer of ours.", "不是本公司的客户。"));
            RuleSet(HostValidators.Registration, () =>
                RuleFor(draft => draft.Item).NotNull().When(draft => draft.Category == "delivery").WithMessage("Ask which order it is."));
        }
    }
}
