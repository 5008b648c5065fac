using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>The points of a complaint: numbered for good, raised and dropped.</summary>
public sealed class PointTests
{
    private static readonly CommandName Drop = new("drop-point");

    [Fact]
    public void X30_A_complaint_has_a_point_from_its_receipt_and_no_event_more()
    {
        var situation = Situation.Registered();
        situation.Complaint!.Points.ShouldBe([new Point(1)]);
        situation.Decisions[0].Events.ShouldNotContain(happened => happened is PointRaised);
        (situation.Complaint with { Points = [] }).Points.ShouldBe([new Point(1)], "there is no complaint without one");
    }

    [Fact]
    public void X30_What_is_imported_has_a_point_too_which_is_what_its_source_said()
    {
        var import = (ImportComplaint)Situation.Command(new CommandName("import"));
        Imported(import with { Steps = [] }).Points.ShouldBe([new Point(1)]);
        Imported(import with { Steps = [new("Rejected", ComplaintState.NotEstablished, import.Draft.ReceivedAt)] }).Points
            .ShouldBe([new Point(1) { Validity = PointValidity.Not }]);
    }

    [Fact]
    public void X30_Numbers_never_come_back()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Rude.", "service", "attitude")).Do(new RaisePoint("Late."))
            .Do(new DropPoint(3, PointDrop.Duplicate, 1)).Do(new RaisePoint("Wet.", Subcategory: "damaged"));
        situation.Complaint!.Points.ShouldBe(
        [
            new(1), new(2, "service", "attitude"), new Point(3) { Dropped = PointDrop.Duplicate, DuplicateOf = 1 },
            new(4, "delivery", "damaged"),
        ]);
        situation.Decisions[^1].Events.ShouldContain(happened => happened.Made == new Subject("point", "4"));
    }

    [Theory]
    [InlineData("Rude.", "made-up", null, "category.unknown")]
    [InlineData("Rude.", "service", "wrong-item", "category.unknown")]
    [InlineData("Rude.", null, "attitude", "category.unknown")]
    [InlineData(" ", null, null, "text.required")]
    [InlineData("a\0b", null, null, "text.control")]
    public void X30_What_is_no_point_is_refused_and_changes_nothing(string text, string? category, string? subcategory, string code)
    {
        var refused = Situation.Registered().Try(new RaisePoint(text, category, subcategory));
        refused.Refusal!.Code.ShouldBe(code);
        refused.Events.ShouldBeEmpty();
    }

    [Fact]
    public void X30_A_narrative_is_too_long_for_a_point_and_blanks_are_no_category()
    {
        var situation = Situation.Registered();
        situation.Try(new RaisePoint(new string('字', 20_000))).Refusal!.Code.ShouldBe("text.too_long");
        situation.Do(new RaisePoint(new string('字', 4_000), " ", "")).Complaint!.Points[^1].ShouldBe(new Point(2));
    }

    [Fact]
    public void X30_A_fifty_first_point_is_refused_and_that_is_said_beforehand()
    {
        var situation = Situation.Registered();
        for (var i = 1; i < 50; i++)
            situation.Do(new RaisePoint($"Point {i}"));
        situation.Do(new DropPoint(7, PointDrop.Withdrawn));
        var refused = situation.Try(new RaisePoint("One more.")).Refusal!;
        (refused.Code, refused.Data["bound"]).ShouldBe(("point.too_many", "50"));
        situation.Complaint!.Points.Length.ShouldBe(50);
        situation.Complaint.PermittedNames(situation.Context()).ShouldNotContain(new CommandName("raise-point"));
    }

    [Fact]
    public void X30_Only_an_open_point_that_nobody_judged_is_dropped_and_one_stays()
    {
        var situation = Situation.Registered();
        Refused(new(1, PointDrop.Withdrawn)).Code.ShouldBe("point.last");
        situation.Do(new RaisePoint("Rude.")).Do(new RaisePoint("Late.")).Do(new RaisePoint("Wet."));
        foreach (var number in new[] { 0, -1, 5, int.MaxValue })
        {
            var missing = Refused(new(number, PointDrop.Withdrawn));
            missing.Code.ShouldBe("point.not_found");
            missing.Data["value"].ShouldBe(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            missing.Data["known"].ShouldBe("1, 2, 3, 4");
        }
        situation.Do(new DropPoint(4, PointDrop.Withdrawn));
        Refused(new(4, PointDrop.Withdrawn)).Data["known"].ShouldBe("1, 2, 3");
        situation.Do(Judged(2));
        var decided = Refused(new(2, PointDrop.Withdrawn));
        (decided.Code, decided.Data["value"]).ShouldBe(("point.decided", "2"));
        Refused(new(3, "made-up")).Code.ShouldBe("code.unknown");

        // What was announced is what is answered.
        situation.Complaint!.PermittedCommands(situation.Context()).Where(command => command.Name == Drop)
            .Select(command => (command.Subject!.Value.Key, command.Refusal?.Code))
            .ShouldBe([("1", null), ("2", "point.decided"), ("3", null)]);
        situation.Do(new DropPoint(1, PointDrop.Withdrawn)).Do(new DropPoint(3, PointDrop.Withdrawn));
        situation.Complaint!.Points.Where(point => point.IsOpen).Select(point => point.Number).ShouldBe([2]);

        ComplaintError Refused(DropPoint drop) => situation.Try(drop).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void X30_A_duplicate_says_of_which_open_point_and_nothing_else_does()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Rude.")).Do(new RaisePoint("Late."))
            .Do(new DropPoint(3, PointDrop.Withdrawn));
        foreach (var of in new int?[] { null, 2, 3, 9 })
        {
            var refused = situation.Try(new DropPoint(2, PointDrop.Duplicate, of)).Refusal!;
            (refused.Code, refused.Data["known"]).ShouldBe(("point.target_missing", "1"), $"{of}");
        }
        situation.Try(new DropPoint(2, PointDrop.Duplicate, 51)).Refusal!.Code.ShouldBe("number.out_of_range");
        situation.Try(new DropPoint(2, PointDrop.Withdrawn, 1)).Refusal!.Code.ShouldBe("point.target_unwanted");
        situation.Try(new DropPoint(2, PointDrop.Duplicate, 1)).Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData(ComplaintState.Resolved)]
    [InlineData(ComplaintState.NotEstablished)]
    [InlineData(ComplaintState.Closed)]
    [InlineData(ComplaintState.Withdrawn)]
    [InlineData(ComplaintState.Merged)]
    public void X30_After_the_answer_no_point_is_raised_dropped_or_judged(ComplaintState state)
    {
        var situation = Situation.In(state);
        foreach (var command in new ComplaintCommand[] { new RaisePoint("Late."), new DropPoint(1, PointDrop.Withdrawn), Judged(1) })
        {
            situation.Try(command).Refusal!.Code.ShouldBe(
                state == ComplaintState.Merged ? "merge.carried_on" : "lifecycle.not_permitted", command.ToString());
        }
    }

    [Fact]
    public void X30_Who_has_no_part_in_the_desk_has_none_in_its_points()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Late."));
        foreach (var command in new ComplaintCommand[] { new RaisePoint("Wet."), new DropPoint(1, PointDrop.Withdrawn), Judged(1) })
            situation.Try(command, new Actor("fin", Role.Finance)).Refusal!.Code.ShouldBe("authority.role", command.ToString());
    }

    [Fact]
    public void X30_A_case_that_waits_may_get_a_point_more() =>
        Situation.In(ComplaintState.OnHold).Do(new RaisePoint("Late.")).Do(new DropPoint(1, PointDrop.Withdrawn)).Do(Judged(2))
            .Complaint!.State.ShouldBe(ComplaintState.OnHold);

    [Fact]
    public void X30_A_point_is_told_in_words()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Rude.", "service", "attitude")).Do(new RaisePoint("Late."))
            .Do(new DropPoint(3, PointDrop.Duplicate, 1))
            .Do(new DecideValidity("established", "sufficient", "reasonable", "true", 2, "shop"));
        Said("en").ShouldBe(
        [
            "1. Delivery / Wrong item · not judged yet", "2. Service quality / Attitude · established · shop",
            "3. Delivery / Wrong item · a duplicate · Point 1",
        ]);
        Said("zh-CN").ShouldAllBe(line => !line.Replace("shop", "", StringComparison.Ordinal).Any(char.IsAsciiLetter));
        Said("zh-CN")[0].ShouldEndWith("待判定");

        string[] Said(string culture)
        {
            var wording = new Wording(System.Globalization.CultureInfo.GetCultureInfo(culture));
            return [.. situation.Complaint!.Points.Select(point =>
                SubjectWords.Of(situation.Complaint, Subject.Of("point", point.Number), situation.Rules, wording))];
        }
    }

    private static DecideValidity Judged(int point) => new("not-established", "insufficient", "not-reasonable", "misuse", point);

    private static Complaint Imported(ImportComplaint import) => new Situation().Do(import, Situation.Administrator).Complaint!;
}
