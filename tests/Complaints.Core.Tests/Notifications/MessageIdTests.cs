using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.Notifications;

/// <summary>Messages of one complaint and one instant sort by their ids: by chance they did not, which the simulation found.</summary>
public sealed class MessageIdTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 9, 1, 1, 0);
    private static readonly ComplaintId Complaint = new(Guid.Parse("0199ffff-ffff-7fff-bfff-ffffffffffff"));

    [Fact]
    public void Ids_of_one_instant_sort_by_version_and_place_as_values_and_as_text()
    {
        int[] versions = [1, 2, 255, 256, 1_023, 1_024, 65_535, 65_536, 4_194_303];
        var inOrder = versions.SelectMany(version => new[] { 0, 1, 9, 255, 1_023 },
            (version, place) => Id(Complaint.Value, version, place, At)).ToList();
        inOrder.ShouldBe(inOrder.Order());
        inOrder.Select(id => id.ToString()).ShouldBe(inOrder.Select(id => id.ToString()).Order(StringComparer.Ordinal));
        inOrder.ShouldBeUnique();
    }

    [Fact]
    public void Ids_are_uuids_of_version_8_that_sort_by_time_first_and_differ_by_complaint()
    {
        var id = Id(Complaint.Value, 7, 3, At);
        (id.Version, id.Variant & 0xc).ShouldBe((8, 8));
        Id(Complaint.Value, 1, 0, At + Duration.FromMilliseconds(1)).ShouldBeGreaterThan(id);
        Id(Guid.Parse("0199ffff-ffff-7fff-bfff-fffffffffffe"), 7, 3, At).ShouldNotBe(id);
    }

    [Fact]
    public void R39_An_id_is_the_authenticator_of_its_message_and_of_a_channels_part_of_it()
    {
        var id = Id(Complaint.Value, 7, 3, At);
        foreach (var channel in new[] { "", "mail" })
        {
            var part = channel.Length == 0 ? id : MessageIds.OfPart(id, channel);
            var kept = new KeptMessage(part, Complaint.Value, channel, "t", Payload, At);
            MessageIds.IsAuthentic(kept, Key).ShouldBeTrue();
            MessageIds.IsAuthentic(kept with { Topic = "u" }, Key).ShouldBeFalse();
            MessageIds.IsAuthentic(kept with { Payload = new byte[] { 1, 2, 4 } }, Key).ShouldBeFalse();
            MessageIds.IsAuthentic(kept with { Of = Guid.Empty }, Key).ShouldBeFalse();
            MessageIds.IsAuthentic(kept with { CreatedAt = At + Duration.FromMilliseconds(1) }, Key).ShouldBeFalse();
            MessageIds.IsAuthentic(kept with { Channel = "other" }, Key).ShouldBeFalse();
        }
    }

    private static readonly byte[] Payload = [1, 2, 3];

    private static RowKey Key { get; } = new TenantKeys(new SubjectKey(SubjectId.Tenant, new byte[32])).Rows;

    private static Guid Id(Guid aggregate, int version, int place, Instant at) =>
        MessageIds.Of(aggregate, version, place, at, "t", Payload, Key);
}
