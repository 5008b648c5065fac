using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>The three laws of a case, held against scripts with all commands of the catalogue on any store, and a control for
/// each.</summary>
/// <param name="open">The ports of an empty tenant.</param>
internal sealed class CaseLawRuns(Func<TenantId, StorePorts> open)
{
    private readonly ConcurrentDictionary<string, int> _accepted = [];
    private readonly ConcurrentDictionary<string, int> _told = [];

    /// <summary>How often each command was accepted.</summary>
    public IReadOnlyDictionary<string, int> Accepted => _accepted;

    /// <summary>How often each event told a participant something.</summary>
    public IReadOnlyDictionary<string, int> Told => _told;

    /// <summary>Plays a script in a tenant of its own.</summary>
    /// <param name="seed">Which one.</param>
    /// <param name="rules">What the tenant says of the participants' roles; <c>null</c> for the built-in.</param>
    /// <returns>What is broken.</returns>
    public async Task<List<string>> PlayAsync(int seed, string? rules = null)
    {
        var ports = open(new($"law-{seed}-{(rules is null ? "strict" : "lax")}"));
        if (rules is not null)
        {
            (await new DeskHarness(ports).Definitions.PublishAsync(
                TenantId.Default, "participant-roles", "default", rules, DeskHarness.Administrator, default)).Refusal.ShouldBeNull();
        }
        var (harness, ids, _) = await new Script(seed, _accepted, new Company(seed).Meet).PlayAsync(ports);
        foreach (var id in ids)
        {
            var history = await CaseLaws.HistoryAsync(harness, id);
            foreach (var recorded in history.Where(recorded => CaseLaws.ToldTo(recorded.Event) is not null))
                _told.AddOrUpdate(recorded.Type, 1, static (_, times) => times + 1);
        }
        return await CaseLaws.BreachesAsync(harness, ids);
    }

    /// <summary>The laws find what they look for in what this store gives back.</summary>
    public async Task ControlAsync()
    {
        // Points: the same history, in which the judgement was another.
        var harness = new DeskHarness(open(new("law-control")));
        var id = await harness.FileAsync();
        await harness.DoAsync(id,
        [
            new RaisePoint("Late."), new DecideValidity(PointValidity.Not, PointGrounds.Insufficient, PointDemand.Not, "misuse"),
            new DecideNotEstablished("not-established", "Used outdoors."),
        ]);
        var history = await CaseLaws.HistoryAsync(harness, id);
        CaseLaws.Points(history).ShouldBeEmpty();
        CaseLaws.Points([.. history.Select(recorded => recorded.Event is ValidityJudged judged
            ? recorded with { Event = judged with { Validity = PointValidity.Established } }
            : recorded)]).Count().ShouldBeGreaterThan(2);

        // Replay: the same history without its last event.
        var stored = (await harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default)).Complaint!;
        CaseLaws.ReplayEquals(history, stored.State).ShouldBeTrue();
        CaseLaws.ReplayEquals(history.SkipLast(1), stored.State).ShouldBeFalse();

        // Authority: a tenant that asks for no letter.
        var lax = BuiltIns.All.Single(definition => definition.Kind == "participant-roles").Json
            .Replace("\"needsAuthority\": true", "\"needsAuthority\": false", StringComparison.Ordinal);
        var found = new List<string>();
        for (var seed = 2; found.Count == 0 && seed < 200; seed += 2)
            found.AddRange(await PlayAsync(seed, lax));
        found.ShouldNotBeEmpty("somebody was told something without a letter");
        found.ShouldAllBe(breach => breach.Contains("told participant"));
    }

    /// <summary>Every other script has company: people who take part, with and without a letter, and who are told things, so that few
    /// commands leave them out.</summary>
    private sealed class Company(int seed)
    {
        private static readonly string[] Roles = ["representative", "heir", "guardian", "witness"];
        private readonly Random _random = new(seed);
        private int _turns;

        public ComplaintCommand Meet(ComplaintCommand command)
        {
            if (seed % 2 == 1)
                return command;
            if (_turns++ < 2)
                return new AddParticipant(Roles[_random.Next(Roles.Length)], "Bea Jones");
            var who = _random.Next(4) == 0 ? 2 : 1;
            return command switch
            {
                Present present => present with { Participant = who },
                AcceptProposal accept => accept with { Participant = who },
                RejectProposal reject => reject with { Participant = who },
                NotifyResult notify => notify with { Participant = who },
                RecordVisit visit => visit with { Participant = who },
                ConfirmSolved confirm => confirm with { Participant = who },
                AgreeDeadline agree => agree with { Participant = who },
                _ => _random.Next(11) switch
                {
                    0 => new AddParticipant(Roles[_random.Next(Roles.Length)], "Bea Jones"),
                    1 => new AmendParticipant(who, ParticipantAuthority.Received, "LA-1"),
                    2 => new RecordInteraction(Direction.Outbound, "phone", Summary: "Told all of it.", Participant: who),
                    3 => new RecordInteraction(Direction.Outbound, "phone", Participant: who, Kind: "letter-request"),
                    _ => command,
                },
            };
        }
    }
}
