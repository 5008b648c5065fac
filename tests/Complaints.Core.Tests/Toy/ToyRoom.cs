using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Tests.Toy;

/// <summary>A room as another would write it: a command with an event, a personal field and a subject. Every check that is made from the catalogue runs over it too.</summary>
internal static class ToyRoom
{
    public static RoomCatalogue<Complaint> Catalogue { get; } = new RoomCatalogue<Complaint>("Toy", ToyJson.Default)
        .Command<RingBell>()
        .Event<BellRung>();

    /// <summary>The library's rooms and this one.</summary>
    public static ComplaintRooms WithCore { get; } = new(new([.. ComplaintRooms.Current.Catalogue.Rooms, Catalogue]));
}

/// <summary>Rings one of the bells.</summary>
/// <param name="Bell">Which.</param>
/// <param name="Words">What was shouted.</param>
/// <param name="Times">How often.</param>
internal sealed record RingBell(string Bell, string? Words = null, int Times = 1) : ComplaintCommand, ICapability<RingBell, Complaint>
{
    private static readonly Refusal Cracked = new("bell.cracked", "The bell '{value}' is cracked; ring another.", "铃“{value}”已损坏，请换一个。");

    static Capability ICapability<RingBell, Complaint>.Capability { get; } = new("ring-bell", new("Ring a bell", "打铃"))
    {
        Roles = [Role.Agent],
        Fields = Field.Of<RingBell>(f =>
        [
            f.PartKey(command => command.Bell, new("Bell", "铃"), max: 20),
            f.Text(command => command.Words, Labels.Note, 50, required: false),
            f.Number(command => command.Times, new("Times", "次数"), 1, 3),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [Cracked],
        Commutes = true,
    };

    public override Subject? About => new("bell", Bell);

    static RingBell ICapability<RingBell, Complaint>.Example(Occasion occasion) => new(occasion.About?.Key ?? "front", "开饭了！");

    static ImmutableArray<Subject> ICapability<RingBell, Complaint>.Subjects(Complaint complaint, Rulebook rules) => [new("bell", "front"), new("bell", "back")];

    static ComplaintError? ICapability<RingBell, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        subject is { Key: "back" } ? Cracked.With(("value", "back")) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink<Complaint> events)
    {
        events.Add(new BellRung(Bell, Personal.OfNullable(Words), Times));
        return null;
    }
}

/// <summary>A bell was rung.</summary>
/// <param name="Bell">Which.</param>
/// <param name="Words">What was shouted.</param>
/// <param name="Times">How often; since version 2.</param>
internal sealed record BellRung(string Bell, Personal<string>? Words, int Times) : ComplaintEvent, IHappening<BellRung, Complaint>
{
    static EventType IHappening<BellRung, Complaint>.EventType { get; } = new("bell-rung", 2, new("Bell rung", "已打铃"))
    {
        Leaves = Leaving.With<BellRung>(static (writer, rung) => writer.WriteString("bell"u8, rung.Bell)),
        Upcasters = [new(1, static old => new JsonObject { ["bell"] = old["which"]?.DeepClone(), ["times"] = 1 })],
    };

    internal override PersonalField[] PersonalValues => [new("words", Words)];

    internal override Subject? Made => Subject.Of("ring", Times);

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Bell), new(Labels.Note, Words)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(InstantJsonConverter), typeof(PersonalTextJsonConverter)])]
[JsonSerializable(typeof(RingBell))]
[JsonSerializable(typeof(BellRung))]
internal sealed partial class ToyJson : JsonSerializerContext;
