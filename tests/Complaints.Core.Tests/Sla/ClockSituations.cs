using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

/// <summary>Complaints in which promises, extensions, recalculations and merges happened.</summary>
internal static class ClockSituations
{
    public const string TenHours = """{"objective":"resolution","limit":"10 hours","warnings":["50%"],"escalations":[{"at":"due","level":1,"role":"supervisor"}],"extensions":{"max":1,"longest":"20 hours"}}""";

    public static Situation With(string objectives) => new Situation { Rules = Policies.Of(("test", Policies.Json(objectives))) }.Do(new Register(Situation.Draft));

    public static IReadOnlyList<Clock> Of(Situation situation, string objective) =>
        [.. Clocks.Project(situation.Complaint!, situation.Rules).Where(clock => clock.Objective == objective)];

    public static Instant At(double hours) => Situation.Morning + Duration.FromHours(hours);

    public static Situation Extended() => With(TenHours)
        .At(1).Do(new RequestExtension("resolution/1", At(15), "other", "The part comes later."))
        .At(2).Do(new DecideExtension(1, Grant: true, At(14)), Situation.Supervisor);

    public static Situation Recalculated()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours"}""");
        situation.Rules = Policies.Of([Policies.Define(SlaDefinitions.Policies.Name, "test", 3, Policies.Json("""{"objective":"resolution","limit":"30 hours"}"""))], ("test", Policies.Json("""{"objective":"resolution","limit":"10 hours"}""")));
        return situation.At(1).Do(new Recalculate("other", Remark: "The limit was wrong."), Situation.Administrator);
    }

    /// <summary>A complaint that another was merged into which was received twenty hours earlier, waits, and was promised something.</summary>
    public static (Situation Survivor, Situation Merged) Merged()
    {
        var merged = With(TenHours)
            .At(1).Do(new AgreeDeadline(At(90)))
            .Do(new MakeCommitment("We call back.", At(80)))
            .At(2).Do(new PlaceOnHold("parts"));
        var survivor = new Situation { Rules = merged.Rules };
        survivor.At(20).Do(new Register(Situation.Draft with { ExternalRef = new("web", "2") }));
        var other = survivor.Complaint! with { Id = Situation.IdOf(9) };
        merged.At(21).Do(new Merge(other.Id, "other", "The same delivery."), referred: other);
        survivor.At(22).Do(new AbsorbMerged(merged.Complaint!.Id), Actor.System, merged.Complaint! with { Progress = merged.Complaint.Progress with { MergedInto = survivor.Complaint!.Id } });
        merged.At(23).Do(new ConfirmAbsorbed(other.Id), Actor.System);
        return (survivor, merged);
    }

    public static IEnumerable<Situation> All()
    {
        yield return Extended();
        yield return Recalculated();
        yield return With(TenHours).Do(new MakeCommitment("We call back.", At(9))).At(3).Do(new SettleCommitment(1, Kept: true, "Called."));
        var (survivor, merged) = Merged();
        yield return survivor;
        yield return merged;
        // One that had not waited: what is past by the merge is flagged.
        yield return Survivor(hold: false);
    }

    public static Situation Survivor(bool hold)
    {
        var merged = With(TenHours);
        if (hold)
            merged.At(1).Do(new PlaceOnHold("parts"));
        var survivor = new Situation { Rules = merged.Rules };
        survivor.At(20).Do(new Register(Situation.Draft));
        merged.At(21).Do(new Merge(Situation.IdOf(9), "other", "The same delivery."),
            referred: survivor.Complaint! with { Id = Situation.IdOf(9) });
        return survivor.At(22).Do(new AbsorbMerged(merged.Complaint!.Id), Actor.System, merged.Complaint);
    }

    public static Situation Reopened(string objective, double resolvedAt, double reopenedAt) =>
        With(objective).At(resolvedAt).Do(new Resolve("solved")).At(reopenedAt).Do(new Reopen("other", "Again."));
}
