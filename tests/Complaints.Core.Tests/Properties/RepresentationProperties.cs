using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Tests.History;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>Whoever joins, shows a letter, leaves and is spoken with: nothing is told before authority. What may be told is worked out here
/// from the commands that were accepted, and not from the state.</summary>
[Properties(MaxTest = 500, Arbitrary = [typeof(Scripts)])]
public sealed class RepresentationProperties
{
    private static readonly string[] Needing = ["representative", "heir", "group-representative"];

    public static class Scripts
    {
        private static readonly Gen<int> Number = Gen.Choose(1, 3);

        private static readonly Gen<int?> NumberOrNone = Gen.Choose(0, 3).Select(number => number == 0 ? (int?)null : number);

        private static readonly Gen<ComplaintCommand> Commands = Gen.OneOf(
            Gen.Elements("representative", "heir", "group-representative", "guardian", "witness")
                .Select(role => (ComplaintCommand)new AddParticipant(role, "Bea Jones")),
            Number.Zip(Gen.Choose(0, 3), (number, days) => (ComplaintCommand)new AmendParticipant(number, ParticipantAuthority.Received,
                "LA-1", days == 0 ? null : new LocalDate(2026, 9, days))),
            Number.Zip(Gen.Elements(true, false), (number, left) => left
                ? (ComplaintCommand)new AmendParticipant(number, Left: true)
                : new AmendParticipant(number, ParticipantAuthority.Refused)),
            Number.Select(number => (ComplaintCommand)new RecordInteraction(Direction.Outbound, "phone", Participant: number)),
            Number.Select(number => (ComplaintCommand)new RecordInteraction(Direction.Inbound, "phone", Participant: number)),
            NumberOrNone.Select(number => (ComplaintCommand)new NotifyResult("phone", "Told.", number)),
            NumberOrNone.Select(number => (ComplaintCommand)new Present(1, number)),
            NumberOrNone.Select(number => (ComplaintCommand)new AcceptProposal(1, "phone", null, number)),
            NumberOrNone.Select(number => (ComplaintCommand)new RejectProposal(1, "too-little", null, number)),
            Gen.Elements<ComplaintCommand>(new Propose(["exchange"]), new Propose(["exchange"]), new Resolve("solved"),
                new Core.Lifecycle.Reopen("new-facts"),
                new CompleteRemedy()));

        public static Arbitrary<(ComplaintCommand Command, int Hours)[]> All { get; } =
            Gen.ArrayOf(Commands.Zip(Gen.Choose(0, 9), (command, hours) => (command, hours))).ToArbitrary();
    }

    [Property]
    public void X31_Nothing_is_told_before_authority((ComplaintCommand Command, int Hours)[] script) =>
        Disclosures(Play(script)).ShouldBeEmpty();

    [Property]
    public void X31_Replay_equals_state((ComplaintCommand Command, int Hours)[] script)
    {
        var commits = Sealed.Commits(Play(script).Situation);
        var (state, unknown) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits));
        unknown.ShouldBeNull();
        Sealed.Text(StateCodec.Write(state!)).ShouldBe(Sealed.Text(commits[^1].State));
    }

    [Fact]
    public void X31_Control_where_no_role_needs_a_letter_the_law_finds_what_was_told()
    {
        var json = BuiltIns.All.Single(definition => definition.Kind == "participant-roles").Json
            .Replace("\"needsAuthority\": true", "\"needsAuthority\": false", StringComparison.Ordinal);
        var lax = Rulebook.From([new(TenantId.Default, "participant-roles", "default", 2, json, default, "adam")]);
        var samples = Scripts.All.Generator.Sample(size: 40, seed: new Rnd(31, 1), numberOfSamples: 1_000).ToList();
        samples.Sum(script => Disclosures(Play(script, lax)).Count).ShouldBeGreaterThan(100);
        var told = samples.SelectMany(script => Play(script).Situation.Decisions).SelectMany(decision => decision.Events)
            .Where(happened => ToldTo(happened) is not null).Select(happened => happened.GetType().Name).ToList();
        told.Distinct().ShouldBe(["InteractionRecorded", "ResultNotified", "ProposalPresented", "ProposalAccepted", "ProposalRejected"],
            ignoreOrder: true, "each way of telling something was gone with a letter");
    }

    /// <summary>What was told to somebody who needs authority and had none, by the commands alone.</summary>
    private static List<string> Disclosures(Played played)
    {
        var (roles, letters, gone) = (new List<string>(), new Dictionary<int, LocalDate?>(), new HashSet<int>());
        var found = new List<string>();
        foreach (var (command, decision) in played.Steps)
        {
            var today = decision.Moment.OccurredAt.InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;
            foreach (var number in decision.Events.Select(ToldTo).OfType<int>())
            {
                var hasLetter = letters.TryGetValue(number, out var until) && !(until < today);
                if (gone.Contains(number) || !hasLetter && (Needing.Contains(roles[number - 1]) || letters.ContainsKey(-number)))
                    found.Add($"{command} at {decision.Moment.OccurredAt}");
            }
            switch (command)
            {
                case AddParticipant added:
                    roles.Add(added.Role);
                    break;
                case AmendParticipant { Authority: ParticipantAuthority.Received } amended:
                    letters[amended.Participant] = amended.Until;
                    letters[-amended.Participant] = null;
                    break;
                case AmendParticipant { Authority: ParticipantAuthority.Refused } amended:
                    letters.Remove(amended.Participant);
                    letters[-amended.Participant] = null;
                    break;
                case AmendParticipant amended:
                    gone.Add(amended.Participant);
                    break;
            }
        }
        return found;
    }

    private static int? ToldTo(ComplaintEvent happened) => happened switch
    {
        InteractionRecorded { Direction: Direction.Outbound, With.Number: var number } => number,
        ResultNotified { With.Number: var number } => number,
        ProposalPresented { With.Number: var number } => number,
        ProposalAccepted { With.Number: var number } => number,
        ProposalRejected { With.Number: var number } => number,
        _ => null,
    };

    private static Played Play((ComplaintCommand Command, int Hours)[] script, Rulebook? rules = null)
    {
        var situation = new Situation { Rules = rules ?? Rulebook.BuiltIn }.Do(new Register(Situation.Draft));
        var accepted = new List<ComplaintCommand>();
        foreach (var (command, hours) in script)
        {
            situation.After(Duration.FromHours(hours));
            if (situation.Try(command).Refusal is not null)
                continue;
            situation.Do(command);
            accepted.Add(command);
        }
        return new(situation, accepted);
    }

    /// <summary>A script and what came of it.</summary>
    private sealed record Played(Situation Situation, List<ComplaintCommand> Accepted)
    {
        /// <summary>The commands after the registration, each with what was decided.</summary>
        public IEnumerable<(ComplaintCommand Command, Decision Decision)> Steps => Accepted.Zip(Situation.Decisions.Skip(1));
    }
}
