using System.Globalization;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace CallCentreStory;

/// <summary>Carries out the steps of a story on a desk in memory and tells each in English and Chinese: who did what, where the case stands
/// then, and which time limits run.</summary>
internal sealed class Narrator(TextWriter to)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    public DeskHarness Harness { get; } = new();

    public ComplaintId Case { get; private set; }

    /// <summary>The state after the last step.</summary>
    public Complaint Now { get; private set; } = null!;

    public void Title(string en, string zh) => to.WriteLine($"\n=== {en}\n=== {zh}");

    /// <summary>An hour of the first day, or of a later one, in Shanghai.</summary>
    public Narrator At(int hour, int minute = 0, int days = 0)
    {
        Harness.Clock.Set(new LocalDateTime(2026, 9, 1 + days, hour, minute).InZoneStrictly(Zone).ToInstant());
        return this;
    }

    public async Task<CommandResult> RegisterAsync(int step, Actor who, Label what, IntakeDraft draft)
    {
        var result = await Harness.Desk.For(who).RegisterAsync(draft);
        if (result.IsSuccess)
            (Case, Now) = (result.Value.Complaint, result.Complaint!);
        Tell(step, who, what, result);
        return result;
    }

    /// <summary>A step that is carried out.</summary>
    public async Task<CommandResult> DoAsync(int step, Actor who, Label what, ComplaintCommand command)
    {
        var result = await Harness.Desk.For(who).ExecuteAsync(Case, command);
        if (result.Repeated)
            throw new InvalidOperationException("A step was answered twice.");
        // Who works for a department is not told the whole case; the reader is.
        Now = (await Harness.Desk.For(Actor.System).ViewAsync(Case))?.Complaint is { } now && now.State == result.Value.State
            ? now
            : throw new InvalidOperationException("The step is not in the case.");
        Tell(step, who, what, result);
        return result;
    }

    /// <summary>A step that is refused, with the reason.</summary>
    public async Task<ComplaintError> RefusedAsync(int step, Actor who, Label what, ComplaintCommand command)
    {
        var result = await Harness.Desk.For(who).ExecuteAsync(Case, command);
        Tell(step, who, what, result);
        return result.Refusal ?? throw new InvalidOperationException($"{command.GetType().Name} was carried out.");
    }

    private void Tell(int step, Actor who, Label what, CommandResult result)
    {
        var at = Harness.Clock.GetCurrentInstant().InZone(Zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        var role = Vocabulary.Role(who.Roles.First()).Label;
        to.WriteLine($"\n{step}. {at}  {who.Id} ({role.En} {role.Zh})");
        to.WriteLine($"   {what.En}.");
        to.WriteLine($"   {what.Zh}。");
        if (result.Refusal is { } refusal)
        {
            to.WriteLine($"   Refused: {refusal.In(English, Zone)}");
            to.WriteLine($"   被拒绝：{refusal.In(Chinese, Zone)}");
            return;
        }
        var clocks = Clocks.Project(Now, Complaints.Core.Definitions.Rulebook.BuiltIn).Where(clock => clock.IsOpen).ToList();
        to.WriteLine($"   {Now.Number} {Vocabulary.Of(Now.State).En}{Limits(clocks, "; time limits: ", ", ", label => label.En)}.");
        to.WriteLine($"   {Now.Number} {Vocabulary.Of(Now.State).Zh}{Limits(clocks, "；时限：", "、", label => label.Zh)}。");
    }

    private static string Limits(IReadOnlyCollection<Clock> clocks, string begin, string between, Func<Label, string> say) =>
        clocks.Count == 0 ? ""
        : begin + string.Join(between, clocks.Select(clock => $"{say(Vocabulary.Objective(clock.Objective))} "
            + clock.Due?.InZone(Zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)));
}
