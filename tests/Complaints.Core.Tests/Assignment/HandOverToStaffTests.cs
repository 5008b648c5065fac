using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>A hand-over is refused where the staff directory knows better, and only there.</summary>
public sealed class HandOverToStaffTests
{
    private const string People =
        """
        { "id": "amy", "teams": ["first"], "deputy": "ben", "absent": [ { "from": "2020-01-01", "until": "2099-12-31" } ] },
        { "id": "ben", "teams": ["first"] },
        { "id": "cai", "teams": ["first"], "absent": [ { "from": "2020-01-01", "until": "2099-12-31" } ] },
        { "id": "dan", "teams": ["first"], "left": "2020-01-01" }, { "id": "eve" }
        """;

    [Theory]
    [InlineData("amy", null, "assignment.absent", "<ben>", "代理人：<ben>")]
    [InlineData("cai", null, "assignment.absent", "nobody", "代理人：无")]
    [InlineData("dan", null, "assignment.left", "<dan>", "<dan> 已离职")]
    [InlineData("ben", "north", "assignment.not_member", "First line", "一线")]
    public async Task S044_Who_is_away_gone_or_in_another_team_is_refused(
        string owner, string? team, string code, string english, string chinese)
    {
        var office = await Office.OpenAsync(people: People);
        var complaint = await office.RegisterAsync();

        var refusal = (await office.Harness.Desk.ExecuteAsync(complaint.Id, new HandOver(owner, team, "expertise"))).Refusal!;
        refusal.Code.ShouldBe(code);
        new Wording(CultureInfo.InvariantCulture, NameOf: id => $"<{id}>").Say(refusal).ShouldContain(english);
        new Wording(Office.Chinese, NameOf: id => $"<{id}>").Say(refusal).ShouldContain(chinese);
        (await office.Harness.Desk.PreviewAsync(complaint.Id, new HandOver(owner, team, "expertise")))!.Refusal!.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("ben", "first")]
    [InlineData("ben", null)]
    [InlineData("eve", "north")]
    [InlineData("zoe", "north")]
    public async Task S044_A_member_and_whoever_is_not_known_are_handed_to(string owner, string? team)
    {
        var office = await Office.OpenAsync(people: People);
        var complaint = await office.RegisterAsync();

        (await office.Harness.Desk.ExecuteAsync(complaint.Id, new HandOver(owner, team, "expertise"))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task S044_A_directory_that_fails_or_hangs_blocks_no_hand_over()
    {
        foreach (var find in new Func<string, CancellationToken, ValueTask<StaffCard?>>[]
        {
            (_, _) => throw new InvalidOperationException("no"),
            async (_, _) => { await new TaskCompletionSource().Task; return null; },
        })
        {
            var office = await Office.OpenAsync(directory: new HostStaff(find));
            var complaint = await office.RegisterAsync();
            (await office.Harness.Desk.ExecuteAsync(complaint.Id, new HandOver("amy", "first", "expertise"))).Refusal.ShouldBeNull();
        }
    }

    [Fact]
    public async Task S044_Inside_a_sequence_the_directory_is_heard_too()
    {
        var office = await Office.OpenAsync(people: People);
        var complaint = await office.RegisterAsync();

        var refused = await office.Harness.Desk.ExecuteAsync(
            complaint.Id, new Sequence(new Core.Intake.AddNote("first"), new HandOver("dan", null, "expertise")));
        refused.Refusal!.Details.ShouldContain(detail => detail.Code == "assignment.left");
    }

    [Fact]
    public void S044_The_track_is_one_of_two_and_is_kept_when_none_is_named()
    {
        var situation = Situation.Registered().Do(new HandOver("ben", "first", "expertise", Track: HandlingTrack.Manager));
        situation.Complaint!.Responsibility.Track.ShouldBe(HandlingTrack.Manager);
        situation.Do(new HandOver("cai", null, "expertise")).Complaint!.Responsibility.Track.ShouldBe(HandlingTrack.Manager);
        situation.Try(new HandOver("cai", null, "expertise", Track: HandlingTrack.Manager)).Refusal!.Code.ShouldBe("assignment.unchanged");
        var unknown = situation.Try(new HandOver("dan", null, "expertise", Track: "king")).Refusal!;
        unknown.Code.ShouldBe("code.unknown");
        unknown.In(Office.Chinese).ShouldContain("经理流程");
    }
}
