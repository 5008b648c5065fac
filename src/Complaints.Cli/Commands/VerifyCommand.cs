using System.CommandLine;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints verify</c>: proves every history of every tenant.</summary>
internal static class VerifyCommand
{
    private static readonly Option<FileInfo?> Anchor = new("--anchor")
    {
        Description = "A file kept elsewhere: the checkpoints must continue those it names, and it is brought up to date after a clean proof.",
    };

    private static readonly Option<bool> ReadOnly = new("--read-only") { Description = "Take no new checkpoint after a clean proof." };

    private static readonly Label NotProved = new("not proved: ", "未验证：");

    public static Command Create()
    {
        var command = Session.Command("verify", "Prove every history: hashes, heads, keyed checkpoints. Takes a checkpoint after a clean proof. Timers are compared by 'complaints reconcile'.", RunAsync);
        command.Add(Anchor);
        command.Add(ReadOnly);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var anchor = parsed.GetValue(Anchor) is { } file ? new AnchorFile(file.FullName) : null;
        var reports = new List<VerificationReport>();
        var (chains, audit) = (session.Get<IChainStore>(), session.Get<HistoryAudit>());
        var ofStore = chains is IStoreInspection store ? await store.InspectAsync(cancellationToken) : [];
        var tenants = await chains.TenantsAsync(cancellationToken);
        foreach (var tenant in tenants.Union(anchor?.Tenants ?? []))
        {
            var report = await audit.VerifyAsync(tenant, cancellationToken);
            // What is wrong with the database is wrong for everybody, and said once.
            if (reports.Count == 0)
                report = report with { Findings = [.. ofStore.Select(Told), .. report.Findings] };
            if (anchor is not null)
                report = report with { Findings = [.. report.Findings, .. await anchor.CheckAsync(chains, tenant, cancellationToken)] };
            if (report.IsIntact && !parsed.GetValue(ReadOnly)
                && await audit.TakeCheckpointAsync(tenant, cancellationToken) is { } part)
                anchor?.Set(tenant, part);
            reports.Add(report);
        }
        var intact = reports.TrueForAll(report => report.IsIntact);
        if (intact && !parsed.GetValue(ReadOnly))
            anchor?.Save();
        Show(session, reports);
        return intact ? ExitCode.Done : ExitCode.Refused;
    }

    private static ChainFinding Told(StoreFinding found) => new(found.Code, null, null, 0, 0, found.Text);

    private static void Show(Session session, List<VerificationReport> reports)
    {
        if (session.AsJson)
        {
            Output.WriteJson(reports.Select(report => new
            {
                tenant = report.Tenant.Value,
                report.Complaints,
                report.Others,
                report.Events,
                report.Checkpoints,
                intact = report.IsIntact,
                findings = report.Findings.Select(finding => new { finding.Code, of = finding.Of?.Noun, id = finding.Of?.Value,
                    finding.Number, finding.Version, finding.Index, finding.Message }),
                unproven = report.Unproven.Select(sentence => sentence.In(session.Culture)),
            }));
            return;
        }
        foreach (var report in reports)
        {
            Console.WriteLine(Sum(report).In(session.Culture));
            foreach (var finding in report.Findings)
                Console.WriteLine($"  {finding.Code}: {finding.Text.In(session.Culture)}");
            foreach (var unproven in report.Unproven)
                Console.WriteLine($"  {NotProved.In(session.Culture)}{unproven.In(session.Culture)}");
        }
        if (reports.Count == 0)
            Console.WriteLine(session.Say("There is nothing to prove yet.", "尚无可验证的内容。"));
    }

    private static Label Sum(VerificationReport report)
    {
        var others = string.Concat(report.Others.Select(other => $", {other.Value} {other.Key}s"));
        var ofThem = string.Concat(report.Others.Select(other =>
            other.Key == AggregateId.Improvement ? $"，{other.Value} 项整改" : $"，{other.Value} {other.Key}"));
        var found = report.Findings.Length;
        return new(
            $"{report.Tenant}: {report.Complaints} complaints{others}, {report.Events} events, {report.Checkpoints} checkpoints: "
                + (report.IsIntact ? "intact" : $"{found} found"),
            $"{report.Tenant}：{report.Complaints} 件投诉{ofThem}，{report.Events} 个事件，{report.Checkpoints} 个检查点："
                + (report.IsIntact ? "完好" : $"发现 {found} 处问题"));
    }
}
