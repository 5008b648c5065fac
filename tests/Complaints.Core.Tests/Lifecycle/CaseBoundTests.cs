using System.Globalization;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>What one case may hold is bounded, and everything else on it goes on.</summary>
public sealed class CaseBoundTests
{
    [Fact]
    public void R40_The_hundred_and_first_commitment_is_refused_and_a_note_is_not()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 100; i++)
            situation.Do(Promise());

        var refused = situation.Try(Promise()).Refusal.ShouldNotBeNull();

        refused.Code.ShouldBe("list.full");
        refused.Message.ShouldContain("100 commitments");
        refused.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("承诺已达上限 100 项");
        situation.Try(new AddNote("still taken")).Refusal.ShouldBeNull();
        situation.Try(new Sequence(new AddNote("a"), Promise())).Refusal!.Details.ShouldHaveSingleItem().Code.ShouldBe("list.full");

        MakeCommitment Promise() => new("We call back", Situation.Morning + Duration.FromDays(30));
    }
}
