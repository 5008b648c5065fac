using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

public sealed class DerivedIdTests
{
    private static readonly DueTimer Due = new(new ComplaintId(Guid.Parse("01234567-89ab-7cde-8f01-23456789abcd")), new TimerRow("resolution/1", "breach", Instant.FromUtc(2026, 9, 1, 1, 0)));

    [Fact]
    public void R06_the_same_timer_leads_to_the_same_command_on_every_node_and_no_other_does()
    {
        var id = DerivedId.OfTimer(TenantId.Default, Due);
        DerivedId.OfTimer(TenantId.Default, Due with { }).ShouldBe(id);
        (id.Value.Version, id.Value.Variant is >= 8 and <= 11).ShouldBe((8, true));

        CommandId[] others =
        [
            DerivedId.OfTimer(new TenantId("other"), Due),
            DerivedId.OfTimer(TenantId.Default, Due with { Complaint = new ComplaintId(Guid.Parse("01234567-89ab-7cde-8f01-23456789abce")) }),
            DerivedId.OfTimer(TenantId.Default, Due with { Timer = Due.Timer with { Purpose = "warning" } }),
            // Moved by less than a second: with the id of its predecessor it would be taken for done and stay due for ever.
            DerivedId.OfTimer(TenantId.Default, Due with { Timer = Due.Timer with { Due = Due.Timer.Due + Duration.FromTicks(10) } }),
        ];
        others.Append(id).Distinct().Count().ShouldBe(5);
    }
}
