using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints reconcile</c>: compares the timers, the work, the links and the parties of a tenant with what the states of
/// its complaints and improvements ask for.</summary>
internal static class ReconcileCommand
{
    private static readonly Option<bool> Repair = new("--repair")
    {
        Description = "Put right what has drifted, and make look-ups of an older form anew.",
    };

    public static Command Create()
    {
        var command = Session.Command("reconcile",
            "Compare all timers, work, links and parties with what complaints and improvements ask for. Nothing should ever be found, but "
                + "parties after an upgrade that brought them. Safe beside other programs.",
            RunAsync);
        command.Add(Repair);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var run = session.Reconciliation;
        var repaired = parsed.GetValue(Repair) ? await run.RepairAsync(cancellationToken) : [];
        if (parsed.GetValue(Repair) && session.Get<IChainStore>() is ISideRowStore rows
            && await new LookupRenewal(session.Desk, rows).RenewAsync(cancellationToken) is > 0 and var renewed)
        {
            await Console.Error.WriteLineAsync(session.Say(
                $"The look-ups of {renewed} complaints were made anew, in the normal form of this version.",
                $"已按此版本的规范形式重新生成 {renewed} 件投诉的检索项。"));
        }
        var zone = await session.ZoneAsync(cancellationToken);
        var left = 0;
        await foreach (var drift in run.FindAsync(cancellationToken))
        {
            left++;
            Show(session, zone, drift, isRepaired: false);
        }
        foreach (var drift in repaired.Where(drift => drift.Kind != TimerDriftKind.Undecidable))
            Show(session, zone, drift, isRepaired: true);
        var (mended, open) = await WorkAsync(session, parsed.GetValue(Repair), cancellationToken);
        (mended, left) = (mended + repaired.Length, left + open);
        if (!session.AsJson)
        {
            Console.WriteLine(left == 0 && mended == 0
                ? session.Say("All timers, work, links and parties are what they must be.", "所有计时器、待办、关联与参与方均正确。")
                : session.Say($"{mended} had drifted, {left} still do.", $"{mended} 处曾有偏差，{left} 处仍有偏差。"));
        }
        return left == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    /// <summary>The same for work and links.</summary>
    private static async Task<(int Mended, int Left)> WorkAsync(Session session, bool repairs, CancellationToken cancellationToken)
    {
        var run = session.WorkReconciliation;
        var repaired = repairs ? await run.RepairAsync(cancellationToken) : [];
        var left = 0;
        await foreach (var drift in run.FindAsync(cancellationToken))
        {
            left++;
            Show(session, drift, isRepaired: false);
        }
        foreach (var drift in repaired)
            Show(session, drift, isRepaired: true);
        return (repaired.Length, left);
    }

    private static void Show(Session session, WorkDrift drift, bool isRepaired)
    {
        var row = drift.Expected ?? drift.Stored;
        var (name, kind) = drift.Party is { } party
            ? (new Label($"party {party}", $"参与方：{party[(party.IndexOf('/', StringComparison.Ordinal) + 1)..]}"),
                drift.IsExtra ? "Extra" : "Missing")
            : drift.Link is { } link
            ? (new Label($"link {link.Kind} to {link.Other}", $"关联：{LinkKind.Words(link.Kind).Zh} {link.Other.Value}"),
                drift.IsExtra ? "Extra" : "Missing")
            : (new Label($"work {row!.Work} {row.Subject}".TrimEnd(), $"待办：{Vocabulary.Work(row.Work).Label.Zh}"),
                drift.Stored is null ? "Missing" : drift.Expected is null ? "Extra" : "Moved");
        if (session.AsJson)
            Output.WriteLine(new { of = drift.Of.Noun, id = drift.Of.Value, drift.Number, kind, what = name.En, repaired = isRepaired });
        else
            Console.WriteLine($"{Head(session, kind, isRepaired)} {drift.Number ?? drift.Of.ToString()} {name.In(session.Culture)}");
    }

    /// <summary>Whether it was put right, and what was wrong with it.</summary>
    private static string Head(Session session, string kind, bool isRepaired)
    {
        var zh = kind switch { "Missing" => "缺失", "Extra" => "多余", "Moved" => "不符", _ => "无法判断" };
        return session.Say($"{(isRepaired ? "repaired" : "drifted ")} {kind,-11}", $"{(isRepaired ? "已修复" : "有偏差")} {zh}");
    }

    /// <summary>One line each, so that a million of them need no memory.</summary>
    private static void Show(Session session, DateTimeZone zone, TimerDrift drift, bool isRepaired)
    {
        var timer = drift.Expected ?? drift.Stored;
        if (session.AsJson)
        {
            Output.WriteLine(new
            {
                of = drift.Of.Noun, id = drift.Of.Value, drift.Number, kind = drift.Kind.ToString(), timer?.Clock, timer?.Purpose,
                stored = Output.Iso(drift.Stored?.Due), expected = Output.Iso(drift.Expected?.Due), repaired = isRepaired,
            });
            return;
        }
        var must = drift.Kind == TimerDriftKind.Undecidable ? session.Say("unknown here", "此处未知") : Due(drift.Expected);
        var clock = timer is null ? "" : Vocabulary.Objective(timer.Clock).Zh;
        Console.WriteLine(
            $"{Head(session, drift.Kind.ToString(), isRepaired)} {drift.Number ?? drift.Of.ToString()} "
            + session.Say(
                $"{timer?.Clock} {timer?.Purpose}: is {Due(drift.Stored)}, must be {must}",
                $"{clock}：现为 {Due(drift.Stored)}，应为 {must}"));

        string Due(TimerRow? row) => row is null ? session.Say("none", "无")
            : session.Say(Output.Iso(row.Due)!, Output.Local(row.Due, zone));
    }
}
