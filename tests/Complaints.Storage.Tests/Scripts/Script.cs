using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>A random but repeatable run of commands on a few complaints; about half of them are refused, and that is part of the script.</summary>
/// <param name="seed">Which one.</param>
/// <param name="tally">How often each command was accepted.</param>
/// <param name="dress">What becomes of a command before it is sent; <c>null</c> for nothing.</param>
/// <param name="dressDraft">What becomes of a draft.</param>
internal sealed class Script(
    int seed, System.Collections.Concurrent.ConcurrentDictionary<string, int>? tally = null,
    Func<ComplaintCommand, ComplaintCommand>? dress = null, Func<IntakeDraft, IntakeDraft>? dressDraft = null)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _accepted = tally ?? [];

    private const int Commands = 14;
    private static Actor Technician { get; } = new("mei", Role.Manager, Role.Department) { Teams = ["technical", "north"] };

    private static readonly Actor[] Actors =
    [
        DeskHarness.Agent, DeskHarness.Supervisor, DeskHarness.Director, DeskHarness.Administrator,
        Technician,
    ];

    /// <summary>Plays it on a store; the same seed gives the same commands, ids and instants on every store.</summary>
    /// <returns>The complaints, and every answer or refusal in order.</returns>
    public async Task<(DeskHarness Harness, List<ComplaintId> Ids, List<string> Answers)> PlayAsync(StorePorts ports)
    {
        var random = new Random(seed);
        var clock = new FakeClock(Instant.FromUtc(2026, 9, 1, 1, 0) + Duration.FromHours(seed % 500));
        var harness = new DeskHarness(ports, clock);
        var ids = new List<ComplaintId>();
        var answers = new List<string>();
        for (var turn = 0; turn < Commands; turn++)
        {
            clock.Advance(Duration.FromMinutes(random.Next(0, 600)) + Duration.FromNanoseconds(random.Next(0, 1000) * 1000L));
            var desk = harness.Desk.For(Actors[random.Next(Actors.Length)]);
            if (turn == 0 || random.Next(10) == 0)
            {
                var customer = random.Next(3);
                var draft = random.Next(3) switch { 0 => Drafts.Chinese(customer), 1 => Drafts.English(customer), _ => Drafts.Inquiry(customer) };
                var filed = await harness.Desk.For(Actors[random.Next(2)]).RegisterAsync(dressDraft?.Invoke(draft) ?? draft);
                ids.Add(filed.Value.Complaint);
                answers.Add($"{filed.Value} {string.Join(',', filed.Similar)}");
                continue;
            }
            var id = ids[random.Next(ids.Count)];
            (desk, var command) = await NextAsync(random, desk, id, ids, turn, clock.GetCurrentInstant());
            command = dress?.Invoke(command) ?? command;
            var result = await desk.ExecuteAsync(id, command);
            if (result.IsSuccess)
                _accepted.AddOrUpdate(CommandCatalogue.Of(command).Name.Value, 1, static (_, times) => times + 1);
            answers.Add($"{command.GetType().Name} {result.Answer?.ToString() ?? result.Refusal!.Code}");
        }
        return (harness, ids, answers);
    }

    /// <summary>A command of the catalogue: on the way to the goal of the stretch, or any that is permitted, or one that is not. A new command of the library plays along by itself.</summary>
    private async Task<(ComplaintDesk Desk, ComplaintCommand Command)> NextAsync(Random random, ComplaintDesk desk, ComplaintId id, List<ComplaintId> ids, int turn, Instant now)
    {
        var view = (await desk.ViewAsync(id))!;
        // What a department was asked is carried on: four commands in a row by two people, to which no walk over the states leads.
        if (view.Complaint.Tasks.FirstOrDefault(task => task.IsOpen) is { } waiting && random.Next(2) == 0)
        {
            var isWithUs = waiting.Status is DepartmentTaskStatus.Answered or DepartmentTaskStatus.Returned;
            desk = desk.For(isWithUs ? DeskHarness.Supervisor : Technician);
            var next = (await desk.ViewAsync(id))!.Commands.Where(command => command is { IsPermitted: true, Subject.Kind: "task" }
                && command.Subject == Subject.Of("task", waiting.Number) && command.Name.Value is not ("record-filing" or "urge")
                && (command.Name.Value != "cancel-task" || random.Next(4) == 0)).ToList();
            if (next.Count > 0)
                return (desk, ExampleOf(next[random.Next(next.Count)]));
        }
        // Nor does one lead to these: a department is asked, somebody is named as liable, a gate is to be waived.
        if (Rare(view.Complaint) is { } rare && random.Next(8) == 0)
        {
            desk = desk.For(Technician);
            var seen = (await desk.ViewAsync(id))!;
            if (seen.Commands.FirstOrDefault(command => command.IsPermitted && command.Name.Value == rare) is { } known)
                return (desk, ExampleOf(known));
        }
        ComplaintCommandInfo? wanted = null;
        if (random.Next(4) > 0)
        {
            wanted = Wayfinder.Next(view.Complaint.State, Wayfinder.GoalOf(seed * 3 + turn / 5), random);
            if (wanted is not null && Actors.Where(actor => wanted.Roles.Any(actor.Is)).ToList() is { Count: > 0 } able)
            {
                desk = desk.For(able[random.Next(able.Count)]);
                view = (await desk.ViewAsync(id))!;
            }
        }
        var entries = view.Commands.Where(command => wanted is null ? command.IsPermitted || random.Next(5) == 0 : command.Name == wanted.Name).ToList();
        var picked = entries.Count > 0 ? entries[random.Next(entries.Count)] : view.Commands[random.Next(view.Commands.Length)];
        if (view.Commands.FirstOrDefault(command => command is { IsPermitted: true, Subject.Kind: "step" }) is { } begun
            && random.Next(3) == 0)
            picked = begun;
        // A link to take back is found by its two ends and its kind, which no example hits often enough.
        if (view.Complaint.Ties is [var tie, ..] && random.Next(3) == 0)
            return (desk, new Unlink(tie.Other, tie.Kind));
        return (desk, ExampleOf(picked));

        static string? Rare(Complaint complaint) =>
            complaint.State == ComplaintState.Closed ? "request-waiver"
            : !complaint.Inquiry.Findings.IsEmpty ? "record-liability"
            : complaint.Tasks.IsEmpty ? "send-task" : null;

        ComplaintCommand ExampleOf(PermittedCommand permitted) => CommandCatalogue.Find(permitted.Name)!
            .Example(new Occasion(now, ids[random.Next(ids.Count)], permitted.Subject, random.Next(1_000)));
    }
}
