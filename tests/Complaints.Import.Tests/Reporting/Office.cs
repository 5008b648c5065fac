using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Reporting;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Import.Tests.Reporting;

/// <summary>A desk with a policy of its own that works round the clock; its clock begins on Tuesday 1 September 2026, 09:00 UTC.</summary>
internal sealed class Office
{
    public static readonly Instant Nine = Instant.FromUtc(2026, 9, 1, 9, 0);

    private Office(StorePorts ports) => Harness = new DeskHarness(ports, new FakeClock(Nine));

    public DeskHarness Harness { get; }

    /// <param name="objectives">What the policy promises; 48 hours for the resolution if not said.</param>
    /// <param name="ports">The store; one in memory if not said.</param>
    public static async Task<Office> OpenAsync(
        string objectives = """{"objective":"resolution","limit":"48 hours"}""", StorePorts? ports = null)
    {
        var office = new Office(ports ?? StorePorts.Of(new InMemoryComplaintStore()));
        var policy = $$"""{"label":{"en":"Trial","zh":"试验"},"order":1,"objectives":[{{objectives}}]}""";
        var (_, refusal) = await office.Harness.Definitions.PublishAsync(
            TenantId.Default, "policy", "trial", policy, DeskHarness.Administrator, default);
        refusal.ShouldBeNull(refusal?.Message);
        office.Harness.Clock.Advance(Duration.FromSeconds(31));
        office.Harness.Clock.Set(Nine);
        return office;
    }

    public Office At(double hours) => At(Nine + Duration.FromHours(hours));

    public Office At(Instant instant)
    {
        Harness.Clock.Set(instant);
        return this;
    }

    public Task<ComplaintId> FileAsync(int customer = 1) => Harness.FileAsync(Drafts.English(customer));

    public async Task<CommandResult> TryAsync(ComplaintId id, ComplaintCommand command) =>
        await Harness.Desk.For(DeskHarness.Supervisor).ExecuteAsync(id, command);

    public async Task<Office> DoAsync(ComplaintId id, ComplaintCommand command)
    {
        var result = await TryAsync(id, command);
        result.Refusal.ShouldBeNull(result.Refusal?.Message);
        return this;
    }

    public async Task<Office> SweepAsync()
    {
        await Harness.Desk.SweepAsync();
        return this;
    }

    public Task<Report> ReportAsync(LocalDate? from = null, LocalDate? to = null, Instant? asOf = null, string zone = "UTC") =>
        ReportAsync(new ReportRequest { Zone = DateTimeZoneProviders.Tzdb[zone], From = from, To = to, AsOf = asOf });

    public async Task<Report> ReportAsync(ReportRequest request) => (await Harness.Desk.ReportAsync(request)).Value;
}

/// <summary>Figures in few words.</summary>
internal static class Say
{
    public static string Of(FigureValue? value) => value switch
    {
        null => "none",
        Share share => $"{share.Numerator}/{share.Denominator}",
        Amount amount => $"{amount.Value}",
        Breakdown breakdown => string.Join(" ", breakdown.Parts.Select(part => $"{part.Key}={Of(part.Value)}")),
        Spread spread => $"{spread.Count}:{spread.Sum}",
        _ => value.ToString()!,
    };
}
