using System.CommandLine;
using System.Diagnostics;
using Complaints.Core.Intake;
using Complaints.Core;
using Complaints.Import;
using Complaints.Import.Mapping;
using Spectre.Console;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints import</c>: takes a ledger over.</summary>
internal static class ImportCommand
{
    private static readonly Argument<FileInfo> Source = new("file") { Description = "CSV or NDJSON, plain or .gz." };
    private static readonly Option<FileInfo> Map = new("--map") { Description = "The mapping file.", Required = true };
    private static readonly Option<string?> Bad = new("--bad") { Description = "Where rows that cannot be used are listed; FILE.bad.csv in the current folder by default." };

    private static readonly Option<string?> Policy = new("--policy") { Description = "Judge each complaint by this policy of ours too, beside the source's verdict; 'report' shows both." };
    private static readonly Option<string?> Objective = new("--objective") { Description = "Which objective of the policy stands beside the source's verdict; the resolution by default." };

    public static Command Create()
    {
        var command = Session.Command("import", "Import complaints with their history. Repeatable: what is there already is left out.", RunAsync, creates: true);
        command.Add(Source);
        command.Add(Map);
        command.Add(Bad);
        command.Add(Policy);
        command.Add(Objective);
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, map) = (parsed.GetValue(Source)!, parsed.GetValue(Map)!);
        if (!file.Exists)
            throw new UsageException($"There is no file '{file.FullName}': check the path.");
        var (mapping, refusal) = ImportMapping.Load(map.FullName);
        if (refusal is not null)
            return session.Refuse(refusal);
        var import = new ComplaintImport(session.Get<ImportDesk>().For(session.Actor, session.Tenant));
        var options = new ImportOptions
        {
            BadRowsPath = parsed.GetValue(Bad) ?? file.Name + ".bad.csv",
            OwnClocks = parsed.GetValue(Policy) is { } policy ? new OwnClocks(policy, parsed.GetValue(Objective)) : null,
        };
        var watch = Stopwatch.StartNew();
        var result = await WithProgressAsync(session, progress => import.RunAsync(file.FullName, mapping!, options, progress, cancellationToken));
        if (result.Refusal is { } wrong)
            return session.Refuse(wrong);
        await session.Get<HistoryAudit>().TakeCheckpointAsync(session.Tenant, cancellationToken);
        Show(session, result, watch.Elapsed);
        return result.Bad > 0 ? ExitCode.BadRows : ExitCode.Done;
    }

    /// <summary>A bar on a terminal, a line every few seconds elsewhere, nothing where JSON is wanted.</summary>
    private static async Task<ImportResult> WithProgressAsync(Session session, Func<IProgress<ImportProgress>?, Task<ImportResult>> run)
    {
        if (session.AsJson)
            return await run(null);
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
            return await run(new Lines());
        return await Terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("reading", maxValue: 1);
                var watch = Stopwatch.StartNew();
                return await run(new Told(progress =>
                {
                    bar.MaxValue = Math.Max(1, progress.BytesTotal);
                    bar.Value = progress.BytesRead;
                    bar.Description = $"{progress.Rows:N0} rows, {progress.Rows / Math.Max(0.001, watch.Elapsed.TotalSeconds):N0}/s, {progress.Bad:N0} bad";
                }));
            });
    }

    private static void Show(Session session, ImportResult result, TimeSpan took)
    {
        if (session.AsJson)
        {
            Output.WriteJson(new
            {
                result.Rows, result.Imported, result.Skipped, result.Bad, result.BadRowsPath, result.BadByReason, result.Contradictions, result.AmbiguousTimes, result.SkippedTimes,
                seconds = Math.Round(took.TotalSeconds, 3),
            });
            return;
        }
        Console.WriteLine($"{result.Rows} rows: {result.Imported} imported, {result.Skipped} there already, {result.Bad} bad; {took.TotalSeconds:F1} s");
        foreach (var (what, count) in result.Contradictions)
            Console.WriteLine($"  {count} contradict themselves: {what} (kept and flagged)");
        foreach (var (column, count) in result.AmbiguousTimes)
            Console.WriteLine($"  {count} times in '{column}' occur twice at a clock change; the earlier was taken");
        foreach (var (column, count) in result.SkippedTimes)
            Console.WriteLine($"  {count} times in '{column}' do not exist at a clock change; the end of the gap was taken");
        foreach (var (reason, count) in result.BadByReason)
            Console.WriteLine($"  {count} bad: {reason}");
        if (result is { BadRowsPath: not null, Bad: > ImportResult.MostBadRowsListed })
            Console.WriteLine($"The first {ImportResult.MostBadRowsListed:N0} bad rows are listed, the others counted.");
        if (result.BadRowsPath is not null)
            Console.WriteLine($"Rows that cannot be used are listed in {result.BadRowsPath}; correct them there or in the source, and import again.");
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }

    private sealed class Lines : IProgress<ImportProgress>
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private TimeSpan _last;

        public void Report(ImportProgress value)
        {
            if (_watch.Elapsed - _last < TimeSpan.FromSeconds(5))
                return;
            _last = _watch.Elapsed;
            var share = value.BytesTotal == 0 ? 1 : (double)value.BytesRead / value.BytesTotal;
            var left = share > 0 ? TimeSpan.FromSeconds(_last.TotalSeconds * (1 - share) / share) : TimeSpan.Zero;
            Console.Error.WriteLine($"{value.Rows} rows, {value.Rows / _last.TotalSeconds:F0} a second, {share:P0}, about {left.TotalSeconds:F0} s left, {value.Bad} bad");
        }
    }
}
