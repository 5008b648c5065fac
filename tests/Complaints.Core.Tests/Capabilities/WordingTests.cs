using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Tests.History;
using NodaTime;

namespace Complaints.Core.Tests.Capabilities;

/// <summary>People see words: no code, no English in Chinese, no instant in UTC.</summary>
public sealed partial class WordingTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
    private static readonly Wording Chinese = new(CultureInfo.GetCultureInfo("zh-CN"), Shanghai, id => $"员工{id.Length}");
    private static readonly Wording English = new(CultureInfo.GetCultureInfo("en"), Shanghai, id => $"Person {id.Length}");

    [Fact]
    public void X15_Why_not_is_told_in_words_in_every_state_and_language()
    {
        var told = 0;
        foreach (var state in States.All)
        {
            var situation = Situation.In(state);
            foreach (var actor in new[] { Situation.Agent, Situation.Supervisor, new Actor("nobody"), new Actor("dora", Role.Department) })
            {
                foreach (var refusal in situation.Complaint!.PermittedCommands(situation.Context(actor)).Select(command => command.Refusal).OfType<ComplaintError>())
                {
                    Letters().IsMatch(Chinese.Say(refusal)).ShouldBeFalse(Chinese.Say(refusal));
                    Code().IsMatch(English.Say(refusal)).ShouldBeFalse(English.Say(refusal));
                    told++;
                }
            }
        }
        told.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void X15_A_history_is_told_in_the_past_tense_and_in_words()
    {
        var told = new HashSet<string>();
        foreach (var situation in GoldenEventTests.Situations())
        {
            var key = Sealed.KeyOf(situation.Complaint!);
            foreach (var recorded in Sealed.Events(Sealed.Commits(situation)))
            {
                told.Add(recorded.Type);
                Letters().IsMatch(recorded.Title(Chinese)).ShouldBeFalse(recorded.Title(Chinese));
                foreach (var detail in recorded.Details(Chinese, situation.Rules, new ClearWords([key])))
                {
                    Instants().IsMatch(detail.Text).ShouldBeFalse(detail.Text);
                    Letters().IsMatch(detail.Label ?? "").ShouldBeFalse(detail.Label);
                    Code().IsMatch(detail.Text).ShouldBeFalse($"{recorded.Type}: {detail.Label} {detail.Text}");
                }
            }
        }
        // Only histories of early versions have this one.
        ComplaintRooms.Current.Catalogue.Events.Select(happened => happened.Name).Except(told).ShouldBe(["clock-settled"]);
    }

    [Fact]
    public void Instants_are_told_in_the_zone_and_named_where_there_is_none()
    {
        var at = Instant.FromUtc(2026, 9, 1, 1, 30);
        Chinese.Say(at).ShouldBe("2026-09-01 09:30");
        new Wording(CultureInfo.InvariantCulture).Say(at).ShouldBe("2026-09-01 01:30 UTC");
    }

    [Fact]
    public void Programs_still_get_codes_and_instants()
    {
        var refusal = Situation.In(ComplaintState.Closed).Try(Situation.Command(new("propose"))).Refusal!;
        refusal.Data["command"].ShouldBe("propose");
        refusal.Data["state"].ShouldBe("Closed");
        new ComplaintError("clocks.nothing_due", ("value", Instant.FromUtc(2026, 9, 1, 1, 30))).Data["value"].ShouldBe("2026-09-01T01:30:00Z");
    }

    [Fact]
    public void Control_codes_English_and_instants_are_found()
    {
        Letters().IsMatch("状态“OnHold”下不能执行").ShouldBeTrue();
        Letters().IsMatch("状态“已暂停”下不能执行").ShouldBeFalse();
        Code().IsMatch("first-response was late").ShouldBeTrue();
        Code().IsMatch("AwaitingConsent").ShouldBeTrue();
        Code().IsMatch("The first response was late.").ShouldBeFalse();
        Instants().IsMatch("due 2026-09-01T01:30:00Z").ShouldBeTrue();
    }

    [Fact]
    public void Every_code_of_the_librarys_own_lists_has_a_word()
    {
        Type[] lists = [typeof(ComplaintState), typeof(Core.Resolution.ProposalStatus), typeof(Core.Resolution.ApprovalStatus), typeof(Core.Sla.ExtensionStatus), typeof(Core.Sla.ClockVerdict),
            typeof(Core.Sla.StepFate), typeof(Core.Intake.Direction), typeof(Core.Intake.Likeness), typeof(Core.Sla.RecalculationScope), typeof(Circumstances)];
        foreach (var code in lists.SelectMany(list => Enum.GetValues(list).Cast<Enum>()))
            Letters().IsMatch(Vocabulary.Of(code).Zh).ShouldBeFalse($"{code}");
        foreach (var objective in Core.Sla.Objective.All.Concat([Core.Sla.Objective.Agreed, Core.Sla.Objective.Commitment, Core.Sla.Objective.Hold]))
            Letters().IsMatch(Vocabulary.Objective(objective).Zh).ShouldBeFalse(objective);
        Vocabulary.Roles.ShouldAllBe(role => !Letters().IsMatch(role.Label.Zh));
    }

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Letters();

    /// <summary>Words that are joined by hyphens or underscores without a space, or that have a capital inside.</summary>
    [GeneratedRegex(@"\b[a-z]+_[a-z]+\b|\b[A-Z][a-z]+[A-Z][a-z]+\b|\b(?:first-response|follow-up-visit|next-response|result-notification|place-on-hold|hand-over|add-note|by-merge|by-retarget|policy-[a-z]+|[a-z]+/\d)\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}")]
    private static partial Regex Instants();
}
