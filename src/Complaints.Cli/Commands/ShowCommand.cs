using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Sla;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints show</c>: one complaint with its clocks and its timeline.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Name = new("complaint") { Description = "Its number, its id, or SOURCE:ID." };

    public static Command Create()
    {
        var command = Session.Command("show", "Show one complaint: state, clocks, timeline.", RunAsync, showsCases: true);
        command.Add(Name);
        return command;
    }

    /// <summary>The complaint of a number, an id or a source's id.</summary>
    public static async Task<ComplaintId> FindAsync(Session session, string name, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(name, out var id))
            return new ComplaintId(id);
        var found = await session.Desk.FindAsync(name, cancellationToken);
        if (found is null && name.Split(':', 2) is [var source, var sourceId])
            found = await session.Desk.FindAsync(new ExternalRef(source, sourceId), cancellationToken);
        return found ?? throw new UsageException(new ComplaintError("complaint.not_found", ("value", name)));
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var id = await FindAsync(session, parsed.GetValue(Name)!, cancellationToken);
        if (await session.Desk.ViewAsync(id, cancellationToken) is not { } view)
            return session.Refuse(new ComplaintError("complaint.not_found", ("value", id)));
        var complaint = view.Complaint;
        var clear = await session.Desk.RevealAsync(view, Purpose.CaseWork, cancellationToken);
        var title = clear.Of(complaint.Receipt.Title);
        if (session.AsJson)
        {
            Output.WriteJson(Document(
                view, title, SourceIdOf(view, clear), await session.Desk.LinksAsync(AggregateId.Of(id), cancellationToken),
                session.Get<IClock>().GetCurrentInstant()));
            return ExitCode.Done;
        }
        var rules = await session.RulesAsync(cancellationToken);
        var zone = DateTimeZoneProviders.Tzdb[rules.Settings.Zone];
        var names = await session.Desk.NamesInAsync(view, cancellationToken);
        var words = new Wording(session.Culture, zone, id => names.GetValueOrDefault(id, id));
        Console.WriteLine($"{complaint.Number}  {Output.Clear(clear, complaint.Receipt.Title, words)}");
        Console.WriteLine(ReceiptLine(complaint, rules, words, zone));
        Console.WriteLine(OwnerLine(complaint.Responsibility, rules, words));
        var (round, version) = words.IsChinese ? ("轮次", "版本") : ("Round", "version");
        Console.WriteLine($"{round} {complaint.Progress.Round}, {version} {complaint.Version}, id {complaint.Id}");
        if (complaint.Imported is { } imported)
            Console.WriteLine(ImportLine(complaint, imported, SourceIdOf(view, clear) ?? Output.Erased(words), words));
        foreach (var line in RoundLines(complaint, rules, words, zone))
            Console.WriteLine(line);
        foreach (var (label, told) in IntakeLines.Of(view, rules, words, clear))
            Console.WriteLine($"{label} {told}");
        foreach (var point in complaint.Points)
        {
            var said = SubjectWords.Of(complaint, Subject.Of("point", point.Number), rules, words, clear);
            var text = Output.Clear(clear, view.TextOf(point.Number), words);
            Console.WriteLine($"{words.Say(Vocabulary.SubjectKind("point"))} {said}  {text}");
        }
        foreach (var line in InquiryLines.Of(view, rules, words, clear))
            Console.WriteLine(line);
        foreach (var line in TaskLines.Of(view, rules, words, clear, session.Get<IClock>().GetCurrentInstant(), zone))
            Console.WriteLine(line);
        foreach (var line in HandlingLines.Of(complaint, session.Get<IClock>().GetCurrentInstant(), rules, words))
            Console.WriteLine(line);
        foreach (var participant in complaint.Participants)
        {
            var said = SubjectWords.Of(complaint, Subject.Of("participant", participant.Number), rules, words, clear);
            var known = participant.Standing(rules, session.Get<IClock>().GetCurrentInstant());
            var standing = known is null ? "" : $"  {words.Say(known)}";
            Console.WriteLine($"{words.Say(Vocabulary.SubjectKind("participant"))} {said}{standing}");
        }
        foreach (var line in ContactLines.Of(view, rules, clear, words))
            Console.WriteLine(line);
        foreach (var link in await session.Desk.LinksAsync(AggregateId.Of(id), cancellationToken))
            Console.WriteLine($"{words.Say(LinkKind.Words(link.Kind, link.IsOurs))} {link.Number ?? "-"}");
        Console.WriteLine();
        ShowClocks(view, rules, session.Get<IClock>().GetCurrentInstant(), zone, words);
        Console.WriteLine();
        Console.WriteLine(words.IsChinese ? "处理记录" : "Timeline");
        foreach (var entry in view.History)
            Output.WriteEvent(entry.Title(words), entry.Moment, entry.Details(words, rules, clear), words);
        return ExitCode.Done;
    }

    /// <summary>How it stands and how it came in: codes in English, words in Chinese.</summary>
    private static string ReceiptLine(Complaint complaint, Rulebook rules, Wording words, DateTimeZone zone)
    {
        var (state, judged) = (words.Say(Vocabulary.Of(complaint.State)), complaint.Judgement);
        var received = Output.Local(complaint.Receipt.ReceivedAt, zone);
        if (words.IsChinese)
        {
            var (priority, category) = (Words.Priority(judged.Priority, rules), Words.Category(judged.Category, judged.Subcategory, rules));
            return $"{state}，{priority}，{category}，渠道 {rules.Channels.Named(complaint.Receipt.Channel).Label.Zh}，接收于 {received}";
        }
        var below = judged.Subcategory is { } sub ? $"/{sub}" : "";
        return $"{state}, {judged.Priority}, {judged.Category}{below}, by {complaint.Receipt.Channel}, received {received}";
    }

    private static string ImportLine(Complaint complaint, ImportedRecord imported, string known, Wording words)
    {
        var contradictions = string.Join(", ", imported.Contradictions);
        var (verdict, source) = (Verdict(imported.InTime, words), complaint.Receipt.Source);
        if (words.IsChinese)
        {
            var own = imported.Own is { } judged ? $"，按 {judged.Policy} {judged.Objective} 判定：{Verdict(judged.InTime, words)}" : "";
            return $"导入自 {source} {known}；来源判定：{verdict}{own}" + (contradictions.Length == 0 ? "" : $"；自相矛盾：{contradictions}");
        }
        var ours = imported.Own is { } mine ? $", ours by {mine.Policy} {mine.Objective}: {Verdict(mine.InTime, words)}" : "";
        return $"Imported from {source} {known}; source's verdict {verdict}{ours}"
            + (contradictions.Length == 0 ? "" : $"; contradicts itself: {contradictions}");
    }

    /// <summary>Who has it, and by which row of the routing.</summary>
    private static string OwnerLine(Responsibility responsibility, Rulebook rules, Wording words)
    {
        var said = responsibility.Details(words, rules).Select(detail => $"{detail.Label} {detail.Text}");
        var nobody = responsibility.Owner is null ? words.IsChinese ? "负责人 -" : "Owner -" : null;
        return string.Join(words.IsChinese ? "，" : ", ", nobody is null ? said : said.Prepend(nobody));
    }

    /// <summary>Who waits for what, and what earlier rounds came to.</summary>
    private static IEnumerable<string> RoundLines(Complaint complaint, Rulebook rules, Wording words, DateTimeZone zone)
    {
        var zh = words.IsChinese;
        if (complaint.Talk.UnansweredSince is { } waiting)
            yield return $"{(zh ? "客户来信待复" : "Customer wrote")} {Output.Local(waiting, zone)}";
        foreach (var round in complaint.Progress.Rounds)
        {
            var outcome = round.Outcome is { } code ? words.Say(rules.Outcomes.Named(code).Label) : "-";
            var resolved = round.ResolvedAt is { } at ? Output.Local(at, zone) : "-";
            var said = round.Satisfied switch { true => zh ? "，满意" : ", satisfied", false => zh ? "，不满意" : ", not satisfied", null => "" };
            yield return $"{(zh ? "轮次" : "Round")} {round.Round}: {outcome}, {resolved}{said}";
        }
        if (complaint.Progress.Review is { } asked)
            yield return $"{(zh ? "已申请复核" : "Review asked for")} {Output.Local(asked.At, zone)}";
        if (complaint.ReviewFinding is { } finding)
            yield return words.Say(Vocabulary.Of(finding));
    }

    private static void ShowClocks(ComplaintView view, Rulebook rules, Instant now, DateTimeZone zone, Wording words)
    {
        var (zh, culture) = (words.IsChinese, words.Culture);
        if (view.Clocks.IsEmpty)
        {
            Console.WriteLine(zh ? "没有时限。" : "No clocks.");
            return;
        }
        Console.WriteLine($"{(zh ? "时限" : "Clocks")}  {ClockBar.Legend(culture)}");
        var names = view.Clocks.Select(clock => zh ? SubjectWords.Of(clock, rules, words) : clock.Id).ToList();
        var width = names.Max(Words.Columns);
        foreach (var (clock, name) in view.Clocks.Zip(names))
        {
            // Up to where the bar ends: closed hours are seen beforehand.
            var bar = ClockBar.Draw(Explanation.Of(view.Complaint, clock.Id, rules, clock.Due > now ? clock.Due.Value : now)!, now);
            var due = clock.Due is { } at ? $"{(zh ? "到期" : "due")} {Output.Local(at, zone)}" : "";
            var beyond = view.BeyondHolidayData.Contains(clock.Id) ? zh ? "（尚无该年节假日数据）" : " (holidays of that year not known)" : "";
            var padding = new string(' ', width - Words.Columns(name));
            Console.WriteLine($"  {name}{padding}  {bar}  {due}  {ClockBar.State(clock, now, zone, culture)}{beyond}");
        }
    }

    private static object Document(
        ComplaintView view, string? title, string? sourceId, ImmutableArray<LinkedCase> links, Instant now) => new
    {
        id = view.Complaint.Id.Value,
        number = view.Complaint.Number,
        title,
        version = view.Complaint.Version,
        state = view.Complaint.State.ToString(),
        kind = view.Complaint.Receipt.Kind,
        channel = view.Complaint.Receipt.Channel,
        category = view.Complaint.Judgement.Category,
        subcategory = view.Complaint.Judgement.Subcategory,
        priority = view.Complaint.Judgement.Priority,
        receivedAt = Output.Iso(view.Complaint.Receipt.ReceivedAt),
        resolvedAt = Output.Iso(view.Complaint.Settlement.ResolvedAt),
        outcome = view.Complaint.Settlement.Outcome,
        owner = view.Complaint.Responsibility.Owner,
        team = view.Complaint.Responsibility.Team,
        area = view.Complaint.Receipt.Area,
        incidentFrom = Output.Iso(view.Complaint.Receipt.IncidentFrom),
        incidentTo = Output.Iso(view.Complaint.Receipt.IncidentTo),
        goals = view.Complaint.Receipt.Goals,
        missing = view.Complaint.Receipt.MissingFields,
        track = view.Complaint.Responsibility.Track,
        route = view.Complaint.Responsibility.Route,
        points = view.Complaint.Points.Select(point => new
        {
            point.Number, point.Category, point.Subcategory, point.Dropped, point.DuplicateOf, into = point.Into?.Number, point.Validity,
            point.Grounds, point.Demand, point.Department, outcome = view.Complaint.OutcomeOf(point),
        }),
        waivers = view.Complaint.Settlement.Waivers.Select(waiver => new
        {
            waiver.Number, waiver.Before, waiver.Needs, status = waiver.Status.ToString(), waiver.RequestedBy, waiver.AnsweredBy,
        }),
        steps = view.Complaint.Inquiry.Steps.Select(step => new
        {
            step.Number, step.Phase, step.Kind, step.Owner, step.Team, due = Output.Iso(step.Due), step.Proposal, step.Result,
            endedAt = Output.Iso(step.EndedAt),
        }),
        tasks = TaskLines.Document(view),
        findings = view.Complaint.Inquiry.Findings.Select(finding => new
        {
            finding.Number, finding.Points, finding.Causes, finding.Fault, finding.NotInvestigated, similar = finding.Similar?.Value,
        }),
        participants = view.Complaint.Participants.Select(participant => new
        {
            participant.Number, participant.Role, participant.Staff, authority = participant.Authority?.Status,
            until = participant.Authority?.Until is { } until ? NodaTime.Text.LocalDatePattern.Iso.Format(until) : null,
            leftAt = Output.Iso(participant.LeftAt),
        }),
        held = HolderTime.Of(view.Complaint, now)
            .Select(time => new { kind = time.Holder.Kind.ToString(), time.Holder.Code, seconds = time.Seconds }),
        late = Lateness.LateClocks(view.Complaint).Select(clock => new
        {
            clock, confirmed = view.Complaint.Clocks.Lateness.FirstOrDefault(known => known.Clock == clock),
            computed = Lateness.Computed(view.Complaint, clock, now),
        }),
        urged = view.Complaint.Urgings.Select(urging => new
        {
            subject = urging.Subject?.ToString(), urging.Times, lastAt = Output.Iso(urging.LastAt),
        }),
        convened = view.Complaint.Convened,
        emotion = view.Complaint.Talk.Emotion,
        chasers = view.Complaint.Talk.Chasers,
        checks = view.Complaint.Contact.Checks.Select(mark => new { mark.List, mark.Item, mark.Outcome, of = mark.Of?.ToString() }),
        evidence = view.Complaint.Contact.Evidence.Select(mark => new { mark.Number, mark.Kind, mark.Sha256 }),
        signals = view.Complaint.Contact.Signals.Select(mark => new { mark.Code, mark.Round }),
        links = links.Select(link => new { link.Number, of = link.Other.Noun, id = link.Other.Value, link.Kind, ours = link.IsOurs }),
        imported = view.Complaint.Imported is { } imported
            ? new
            {
                source = view.Complaint.Receipt.Source,
                id = sourceId,
                dueAt = Output.Iso(imported.DueAt),
                inTime = imported.InTime,
                own = imported.Own is { } own
                    ? new { policy = own.Policy.ToString(), objective = own.Objective, due = Output.Iso(own.Due), inTime = own.InTime }
                    : null,
                contradictions = imported.Contradictions,
                adoptedAt = Output.Iso(imported.AdoptedAt),
            }
            : null,
        clocks = view.Clocks.Select(clock => new { clock.Id, clock.Objective, startedAt = Output.Iso(clock.StartedAt), due = Output.Iso(clock.Due), stoppedAt = Output.Iso(clock.StoppedAt), running = clock.IsRunning, met = clock.IsMet, beyondHolidayData = view.BeyondHolidayData.Contains(clock.Id) }),
        timeline = view.History.Select(entry => new { entry.Version, entry.Index, entry.Type, occurredAt = Output.Iso(entry.Moment.OccurredAt), recordedAt = Output.Iso(entry.Moment.RecordedAt), actor = entry.Moment.Actor.Id }),
        permitted = view.Commands.Where(command => command.IsPermitted).Select(command => command.Name.Value).Distinct(),
    };

    private static string Verdict(bool? inTime, Wording words) => words.Say(inTime switch
    {
        true => new("in time", "按时"),
        false => new("late", "超时"),
        _ => new Label("none", "无"),
    });

    /// <summary>The id in the source stands in the history, sealed.</summary>
    private static string? SourceIdOf(ComplaintView view, ClearWords words) =>
        words.Of((view.History.Select(recorded => recorded.Event).FirstOrDefault() as ComplaintImported)?.SourceId);
}
