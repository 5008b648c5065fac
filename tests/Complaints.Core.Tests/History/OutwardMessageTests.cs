using System.Text.Json;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.History;

/// <summary>What leaves the house is JSON that every receiver reads alike.</summary>
public sealed class OutwardMessageTests
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    [Fact]
    public void S145_No_message_has_two_members_of_one_name()
    {
        var topics = new HashSet<string>();
        var warned = Issues.Case.Under("""{"objective":"resolution","limit":"2 hours","warnings":["50%"]}""").At(1.5)
            .Do(new FireClocks(), Actor.System);
        foreach (var situation in GoldenEventTests.Situations().Append(warned))
        {
            foreach (var decision in situation.Decisions.Where(decision => decision.Refusal is null))
            {
                foreach (var message in OutboxRouting.Route(
                    ComplaintRooms.Current.Catalogue, decision, Sealed.Tenant.Rows, Rulebook.BuiltIn))
                {
                    topics.Add(message.Topic);
                    using var read = JsonDocument.Parse(message.Payload, Strict);
                    read.RootElement.GetProperty("number").GetString().ShouldBe(decision.Complaint.Number, message.Topic);
                }
            }
        }
        ComplaintRooms.Current.Catalogue.Leaving.Select(happened => happened.Type.OutwardName).Except(topics)
            .ShouldBeEmpty("every event that leaves was seen");
    }

    [Fact]
    public void Control_a_member_twice_is_found() =>
        Should.Throw<JsonException>(() => JsonDocument.Parse("""{"number":"2026-000001","number":2}""", Strict));
}
