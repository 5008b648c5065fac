using Complaints.Core;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>R37: one command id is used again, for everything that it was not used for, and for what it was.</summary>
internal static class SameIntention
{
    /// <returns>What took effect and should not have, or was not answered as it should be; empty on a good store.</returns>
    public static async Task<IReadOnlyList<string>> WalkAsync(StorePorts ports)
    {
        var wrong = new List<string>();
        var harness = new DeskHarness(ports, ids: new UuidV7Generator());
        var desk = harness.Desk;
        var draft = Drafts.English(1) with { ExternalRef = new("crm", "1") };
        var registering = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        var filed = await desk.RegisterAsync(draft, registering);
        var (id, other) = (filed.Value.Complaint, await harness.FileAsync(Drafts.English(2)));
        var once = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        var first = await desk.ExecuteAsync(id, new AddNote("once"), once);
        var before = await CountAsync();

        await RefusedAsync("another body", () => desk.ExecuteAsync(id, new AddNote("twice"), once));
        await RefusedAsync("another command", () => desk.ExecuteAsync(id, new Acknowledge(), once));
        await RefusedAsync("another complaint", () => desk.ExecuteAsync(other, new AddNote("once"), once));
        await RefusedAsync("a complaint that is not there", () => desk.ExecuteAsync(new(Guid.NewGuid()), new AddNote("once"), once));
        await RefusedAsync("another actor", () => desk.For(new Actor("ben", Role.Agent)).ExecuteAsync(id, new AddNote("once"), once));
        await RefusedAsync("on behalf of somebody",
            () => desk.For(new Actor("amy", Role.Agent) { OnBehalfOf = "sun" }).ExecuteAsync(id, new AddNote("once"), once));
        var late = once with { OccurredAt = harness.Clock.GetCurrentInstant() - Duration.FromMinutes(1), BackdateReason = "Late." };
        await RefusedAsync("at another instant", () => desk.ExecuteAsync(id, new AddNote("once"), late));
        await RefusedAsync("in a sequence", () => desk.ExecuteAsync(id, new Sequence(new AddNote("once"), new AddNote("once")), once));
        await RefusedAsync("a registration", () => desk.RegisterAsync(Drafts.English(3), once));
        await RefusedAsync("another registration", () => desk.RegisterAsync(Drafts.English(4), registering));
        await RefusedAsync("the registration's, on what it made", () => desk.ExecuteAsync(id, new AddNote("once"), registering));
        var opened = await desk.For(new Actor("qiu", Role.Quality)).Improvements.OpenAsync(new OpenImprovement("bulletin", "x"), once);
        Note("an improvement", opened.Refusal?.Code);

        harness.Clock.Advance(Duration.FromHours(1));
        var supervisor = desk.For(new Actor("amy", Role.Supervisor));
        var again = await supervisor.ExecuteAsync(id, new AddNote("once"), once with { ExpectedVersion = 99 });
        if (!again.Repeated || again.Answer != first.Answer)
            wrong.Add("the same an hour later with other roles");
        var filedAgain = await supervisor.RegisterAsync(draft, registering);
        if (!filedAgain.Repeated || filedAgain.Answer != filed.Answer)
            wrong.Add("the same registration an hour later");
        if (await CountAsync() != before)
            wrong.Add("something was written");
        return wrong;

        async Task RefusedAsync(string what, Func<Task<CommandResult>> send)
        {
            try
            {
                Note(what, (await send()).Refusal?.Code);
            }
            catch (ConflictException)
            {
                wrong.Add($"{what}: conflict");
            }
        }

        void Note(string what, string? code)
        {
            if (code != "command.id_reused")
                wrong.Add($"{what}: {code ?? "carried out"}");
        }

        async Task<(long, long)> CountAsync()
        {
            var counts = await ports.Reader.CountAsync(TenantId.Default, default);
            return (counts.Complaints, counts.Events);
        }
    }

    /// <summary>A store that gives up one half of the promise.</summary>
    /// <param name="good">The good one.</param>
    /// <param name="keepsCommands">False for one that keeps no command.</param>
    /// <param name="asksAll">False for one that looks for a command with its complaint only.</param>
    public static StorePorts Broken(StorePorts good, bool keepsCommands, bool asksAll) =>
        good with { Store = new Forgetful(good.Store, keepsCommands, asksAll) };

    private sealed class Forgetful(IComplaintStore good, bool keepsCommands, bool asksAll) : IComplaintStore
    {
        private readonly Dictionary<CommandId, ComplaintId> _about = [];

        public async ValueTask<LoadedComplaint> LoadAsync(
            TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken)
        {
            var loaded = await good.LoadAsync(tenant, id, command, cancellationToken);
            return asksAll || _about.GetValueOrDefault(command) == id ? loaded : loaded with { Earlier = null };
        }

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
            good.LoadIntakeAsync(query, cancellationToken);

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            if (commit.Command is { } command)
                _about.TryAdd(command.Id, commit.Id);
            return good.CommitAsync(keepsCommands ? commit : commit with { Command = null }, cancellationToken);
        }
    }
}
