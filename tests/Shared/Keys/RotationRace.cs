using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>Desks that register, read and erase while the master key is changed and older ones are taken out, and nobody starts
/// again.</summary>
internal static class RotationRace
{
    /// <returns>How many complaints were filed, how many persons were erased, how often a key was wrapped anew, and what the race
    /// left wrong: readable though erased, or unreadable though not.</returns>
    public static async Task<(int Filed, int Erased, long Rewrapped, List<string> Wrong)> RunAsync(
        StorePorts worker, StorePorts rotator, string keyFile, int rotations)
    {
        var (one, other) = (Node.Of(worker, keyFile), Node.Of(rotator, keyFile));
        await one.Desk.RegisterAsync(Drafts.English(0));
        var filed = new ConcurrentDictionary<ComplaintId, SubjectId>();
        var (number, erased, rewrapped) = (0, new ConcurrentBag<SubjectId>(), 0L);
        using var end = new CancellationTokenSource();
        var workers = new[] { one, other, one }.Select(node => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var i = Interlocked.Increment(ref number);
                var result = await node.Desk.RegisterAsync(Drafts.English(i));
                var (id, person) = (result.Value.Complaint, result.Complaint!.Receipt.Person);
                filed[id] = person;
                if (i % 3 == 0 && await node.Keys.DestroyAsync(TenantId.Default, person, default))
                    erased.Add(person);
                else if (await ReadsAsync(node == one ? other : one, id) is not true)
                    throw new InvalidOperationException(
                        $"Complaint {id} could not be read by the other node while keys were wrapped anew.");
            }
        })).ToList();
        var rotation = new MasterKeyRotation(rotator.Keys, new FileKeyProtector(keyFile), SystemClock.Instance);
        for (var round = 0; round < rotations; round++)
        {
            await Task.WhenAny(Task.WhenAll(workers), Task.Delay(200));
            var result = await rotation.RotateAsync();
            rewrapped += result.Rewrapped;
            if (result.Failed > 0)
                throw new InvalidOperationException($"{result.Failed} keys could not be opened, the first: {result.Failures[0]}");
        }
        await end.CancelAsync();
        await Task.WhenAll(workers);
        // A desk that wrapped a moment before it noticed the last key may have written after the last pass.
        while ((await rotation.CountAsync()).IsRotating)
            rewrapped += (await rotation.RotateAsync()).Rewrapped;
        var retired = await rotation.RetireAsync(atOnce: true);
        if (retired.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.ToString());
        var wrong = new List<string>();
        var fresh = Node.Of(worker, keyFile);
        foreach (var (id, person) in filed)
        {
            if (await ReadsAsync(fresh, id) == erased.Contains(person))
                wrong.Add($"{id} of {person}, erased: {erased.Contains(person)}");
        }
        foreach (var node in new[] { one, other, fresh })
            await node.Desk.RegisterAsync(Drafts.English(Interlocked.Increment(ref number)));
        foreach (var key in await worker.Keys.GetAsync(TenantId.Default, [.. erased], default))
            wrong.Add($"The key of {key.Subject} came back.");
        return (filed.Count, erased.Count, rewrapped, wrong);
    }

    private static async Task<bool?> ReadsAsync(Node node, ComplaintId id) =>
        await node.Desk.ViewAsync(id) is { } view
            ? (await node.Desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Title) is not null
            : null;

    private sealed record Node(ComplaintDesk Desk, PersonKeys Keys)
    {
        public static Node Of(StorePorts ports, string keyFile)
        {
            var clock = SystemClock.Instance;
            var keys = new PersonKeys(ports.Keys, new FileKeyProtector(keyFile), clock);
            var definitions = new DefinitionLibrary(ports.Definitions, clock, []);
            return new(new ComplaintDesk(new DeskServices(ports.Store, ports.Reader, keys, definitions, clock, new UuidV7Generator()))
                .For(DeskHarness.Agent), keys);
        }
    }
}
