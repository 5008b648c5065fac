using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>X28: a department that has a task is chased, supervised and reported, while two nodes look at every hour and are started anew
/// every day.</summary>
internal static class ChaseLadder
{
    public const string Policy = """
        {"label":{"en":"Test","zh":"测试"},"order":1000,"objectives":[
        {"objective":"department-return","limit":"3 working days","escalations":[
          {"at":"1 working hour before","kind":"chase","to":"department"},
          {"at":"due","kind":"supervise","level":1,"to":"role:supervisor"},
          {"at":"5 working days after","kind":"notice","level":2,"to":"role:quality"}]}]}
        """;

    private static readonly Actor Department = new("tao", Role.Department) { Teams = ["technical"] };

    /// <summary>What happened in fourteen days, and the messages about it.</summary>
    /// <param name="open">Opens the store as a further node does.</param>
    /// <param name="answeredAfterHours">After how many hours the department answers; <c>null</c> for never.</param>
    public static async Task<(IReadOnlyList<string> Fired, IReadOnlyList<string> Messages)> WalkAsync(
        Func<Task<StorePorts>> open, int? answeredAfterHours)
    {
        var (clock, ids) = (new FakeClock(), new UuidV7Generator());
        var first = new DeskHarness(await open().ConfigureAwait(false), clock, ids);
        await first.Definitions.PublishAsync(first.Desk.Tenant, "policy", "call-centre", Policy, DeskHarness.Administrator, default)
            .ConfigureAwait(false);
        var id = await first.FileAsync().ConfigureAwait(false);
        await DoAsync(first, new SendTask("technical", "technical", "Why does it stop?"), DeskHarness.Supervisor).ConfigureAwait(false);
        await DoAsync(first, new SignTask(1), Department).ConfigureAwait(false);

        DeskHarness[] nodes = [];
        for (var hour = 0; hour < 14 * 24; hour++)
        {
            if (hour % 24 == 0)
                nodes = [new(await open().ConfigureAwait(false), clock, ids), new(await open().ConfigureAwait(false), clock, ids)];
            if (hour == answeredAfterHours)
                await DoAsync(nodes[0], new AnswerTask(1, TaskResult.Done, "It is mended.", "DZ-1"), Department).ConfigureAwait(false);
            await Task.WhenAll(nodes.Select(node => Task.Run(async () => await node.Desk.SweepAsync().ConfigureAwait(false))))
                .ConfigureAwait(false);
            clock.Advance(Duration.FromHours(1));
        }
        var view = await nodes[0].Desk.ViewAsync(id).ConfigureAwait(false);
        var channel = new CaptureChannel { Topics = ["complaints.answer-pressed.v1"] };
        await nodes[1].DeliverAsync(channel).ConfigureAwait(false);
        return ([.. view!.History.Select(entry => entry.Event).OfType<AnswerPressed>().Select(pressed =>
            $"{pressed.Number} {pressed.Kind} {pressed.Department ?? pressed.Role}")],
            [.. channel.Messages.Select(Told).Order(StringComparer.Ordinal)]);

        async Task DoAsync(DeskHarness node, ComplaintCommand command, Actor actor) =>
            (await node.Desk.For(actor).ExecuteAsync(id, command).ConfigureAwait(false)).Value.ToString();
    }

    private static string Told(CapturedMessage message) => $"{message["rung"]} {message["kind"]}";
}
