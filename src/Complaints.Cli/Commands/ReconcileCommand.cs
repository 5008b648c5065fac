using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints reconcile</c>: compares the timers, the work and the links of a tenant with what the states of its
/// complaints and improvements ask for.</summary>
internal static class ReconcileCommand
{
    private static readonly Option<bool> Repair = new("--repair")
    {
        Description = "Put right what has drifted, and make look-ups of an older form anew.",
    };

    public static Command Create()
    {
        var command = Session.Command("reconcile",
            "Compare all timers, work and links with what complaints and improvements ask for. Nothing should ever be found. Safe beside "
                + "other programs.",
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
            await Console.Error.WriteLineAsync($"The look-ups of {renewed} complaints were made anew, in the normal form of this version.");
        var left = 0;
        await foreach (var drift in run.FindAsync(cancellationToken))
        {
            left++;
            Show(session, drift, isRepaired: false);
        }
        foreach (var drift in repaired.Where(drift => drift.Kind != TimerDriftKind.Undecidable))
            Show(session, drift, isRepaired: true);
        var (mended, open) = await WorkAsync(session, parsed.GetValue(Repair), cancellationToken);
        (mended, left) = (mended + repaired.Length, left + open);
        if (!session.AsJson)
            Console.WriteLine(left == 0 && mended == 0 ? "All timers, work and links are what they must be." : $"{mended} had drifted, {left} still do.");
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
        var (name, kind) = drift.Link is { } link ? ($"link {link.Kind} to {link.Other}", drift.IsExtra ? "Extra" : "Missing")
            : ($"work {(drift.Expected ?? drift.Stored)!.Work} {(drift.Expected ?? drift.Stored)!.Subject}".TrimEnd(),
                drift.Stored is null ? "Missing" : drift.Expected is null ? "Extra" : "Moved");
        if (session.AsJson)
            Output.WriteLine(new { of = drift.Of.Noun, id = drift.Of.Value, drift.Number, kind, what = name, repaired = isRepaired });
        else
            Console.WriteLine($"{(isRepaired ? "repaired" : "drifted ")} {kind,-11} {drift.Number ?? drift.Of.ToString()} {name}");
    }

    /// <summary>One line each, so that a million of them need no memory.</summary>
    private static void Show(Session session, TimerDrift drift, bool isRepaired)
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
        Console.WriteLine($"{(isRepaired ? "repaired" : "drifted ")} {drift.Kind,-11} {drift.Number ?? drift.Of.ToString()} "
            + $"{timer?.Clock} {timer?.Purpose}: is {Due(drift.Stored)}, must be {(drift.Kind == TimerDriftKind.Undecidable ? "unknown here" : Due(drift.Expected))}");

        static string Due(TimerRow? row) => Output.Iso(row?.Due) ?? "none";
    }
}
