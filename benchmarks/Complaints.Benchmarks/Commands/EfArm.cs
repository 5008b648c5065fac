using Complaints.Core.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Complaints.Benchmarks.Commands;

/// <summary>What most hosts would write: a context a command, the complaint with its timers tracked, SaveChanges.</summary>
internal sealed class EfArm(DbContextOptions<ComplaintContext> options, Workload work, int callers = 1)
{
    private List<ComplaintCommit> _slice = [];
    private long _next;

    public async Task PrepareAsync(int operations) => _slice = await work.CommitsAsync(_next, operations);

    public async Task RunAsync(int operations)
    {
        await Callers.RunAsync(callers, operations, turn => OneAsync(_slice[turn]));
        _next += operations;
    }

    private async Task OneAsync(ComplaintCommit commit)
    {
        await using var context = new ComplaintContext(options);
        var tenant = commit.Tenant.Value;
        var id = Bytes(commit.Id.Value);
        var commandId = Bytes(commit.Command!.Id.Value);
        var complaint = await context.Complaints.SingleAsync(row => row.Tenant == tenant && row.Id == id);
        var state = await context.States.SingleAsync(row => row.Tenant == tenant && row.Complaint == id);
        var timers = await context.Timers.Where(row => row.Tenant == tenant && row.Complaint == id).ToListAsync();
        if (await context.Commands.AnyAsync(row => row.Tenant == tenant && row.Id == commandId))
            throw new InvalidOperationException("The command was carried out before.");

        var summary = commit.Summary;
        complaint.Version = commit.Version;
        complaint.State = summary.State.ToString();
        complaint.Priority = summary.Priority;
        complaint.Owner = summary.Owner;
        complaint.Team = summary.Team;
        complaint.UpdatedAt = Micros(summary.UpdatedAt)!.Value;
        complaint.DueAt = Micros(summary.DueAt);
        complaint.TargetAt = Micros(summary.TargetAt);
        complaint.Head = commit.Head.ToArray();
        state.Body = commit.State.ToArray();
        context.Commands.Add(new CommandEntity
        {
            Tenant = tenant, Id = commandId, Hash = commit.Command.Hash, Answer = commit.Command.Answer.ToArray(), RecordedAt = Micros(commit.Command.RecordedAt)!.Value,
        });
        foreach (var happened in commit.Events)
            context.Events.Add(new EventEntity { Tenant = tenant, Complaint = id, Version = happened.Version, Idx = happened.Index, Hash = happened.Hash.ToArray(), Body = happened.Body.ToArray() });
        foreach (var timer in commit.TimersToRemove)
            context.Timers.Remove(timers.Single(row => row.Clock == timer.Clock && row.Purpose == timer.Purpose));
        foreach (var timer in commit.TimersToSet)
        {
            if (timers.SingleOrDefault(row => row.Clock == timer.Clock && row.Purpose == timer.Purpose) is { } stored)
                stored.DueAt = Micros(timer.Due)!.Value;
            else
                context.Timers.Add(new TimerEntity { Tenant = tenant, Complaint = id, Clock = timer.Clock, Purpose = timer.Purpose, DueAt = Micros(timer.Due)!.Value });
        }
        foreach (var message in commit.Outbox)
            context.Outbox.Add(new MessageEntity { Tenant = tenant, Id = Bytes(message.Id), Complaint = id, Topic = message.Topic, Payload = message.Payload.ToArray(), CreatedAt = Micros(message.CreatedAt)!.Value, DueAt = Micros(message.DueAt)!.Value });
        await context.SaveChangesAsync();
    }

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static long? Micros(Instant? instant) => instant?.ToUnixTimeTicks() / 10;
}
