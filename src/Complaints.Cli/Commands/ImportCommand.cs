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
            throw new UsageException(
                $"There is no file '{file.FullName}': check the path.", $"文件“{file.FullName}”不存在：请检查路径。");
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
            return await run(new ProgressLines(session));
        return await Terminal.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(session.Say("reading", "读取中"), maxValue: 1);
                var watch = Stopwatch.StartNew();
                return await run(new Told(progress =>
                {
                    bar.MaxValue = Math.Max(1, progress.BytesTotal);
                    bar.Value = progress.BytesRead;
                    var speed = progress.Rows / Math.Max(0.001, watch.Elapsed.TotalSeconds);
                    bar.Description = session.Say(
                        $"{progress.Rows:N0} rows, {speed:N0}/s, {progress.Bad:N0} bad",
                        $"{progress.Rows:N0} 行，每秒 {speed:N0} 行，{progress.Bad:N0} 行有误");
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
        foreach (var line in Lines(session, result, took))
            Console.WriteLine(line);
    }

    private static IEnumerable<string> Lines(Session session, ImportResult result, TimeSpan took)
    {
        yield return session.Say(
            $"{result.Rows} rows: {result.Imported} imported, {result.Skipped} there already, {result.Bad} bad; {took.TotalSeconds:F1} s",
            $"{result.Rows} 行：导入 {result.Imported}，已存在 {result.Skipped}，有误 {result.Bad}；用时 {took.TotalSeconds:F1} 秒");
        foreach (var (what, count) in result.Contradictions)
            yield return session.Say($"  {count} contradict themselves: {what} (kept and flagged)", $"  {count} 件自相矛盾：{what}（已保留并标记）");
        foreach (var (column, count) in result.AmbiguousTimes)
        {
            yield return session.Say(
                $"  {count} times in '{column}' occur twice at a clock change; the earlier was taken",
                $"  “{column}”列有 {count} 个时间在时钟调整时出现两次，已取较早者");
        }
        foreach (var (column, count) in result.SkippedTimes)
        {
            yield return session.Say(
                $"  {count} times in '{column}' do not exist at a clock change; the end of the gap was taken",
                $"  “{column}”列有 {count} 个时间在时钟调整时不存在，已取空档的末尾");
        }
        foreach (var (reason, count) in result.BadByReason)
            yield return session.Say($"  {count} bad: {reason}", $"  {count} 行有误：{reason}");
        if (result is { BadRowsPath: not null, Bad: > ImportResult.MostBadRowsListed })
        {
            yield return session.Say(
                $"The first {ImportResult.MostBadRowsListed:N0} bad rows are listed, the others counted.",
                $"列出前 {ImportResult.MostBadRowsListed:N0} 行有误的行，其余只计数。");
        }
        if (result.BadRowsPath is not null)
        {
            yield return session.Say(
                $"Rows that cannot be used are listed in {result.BadRowsPath}; correct them there or in the source, and import again.",
                $"无法使用的行列在 {result.BadRowsPath}；请在其中或在来源中改正，然后再次导入。");
        }
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }

    private sealed class ProgressLines(Session session) : IProgress<ImportProgress>
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
            var speed = value.Rows / _last.TotalSeconds;
            Console.Error.WriteLine(session.Say(
                $"{value.Rows} rows, {speed:F0} a second, {share:P0}, about {left.TotalSeconds:F0} s left, {value.Bad} bad",
                $"{value.Rows} 行，每秒 {speed:F0} 行，{share:P0}，约剩 {left.TotalSeconds:F0} 秒，{value.Bad} 行有误"));
        }
    }
}
