using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>Complaints with which departments are at work, and the people around them.</summary>
internal static class TaskCases
{
    public static readonly Actor Mei = new("mei", Role.Manager);
    public static readonly Actor Lin = new("lin", Role.Quality);

    /// <summary>Of the technical support by its code.</summary>
    public static readonly Actor Tao = new("tao", Role.Department) { Teams = ["technical-support"] };

    /// <summary>Of the technical support by a team of it.</summary>
    public static readonly Actor Ren = new("ren", Role.Department) { Teams = ["repair-north"] };

    public static readonly Actor Han = new("han", Role.Department) { Teams = ["warehouse"] };
    public static readonly Actor Yi = new("yi", Role.Department) { Teams = ["delivery"] };

    public const string Structure = """
        { "departments": [ { "code": "technical-support", "label": { "en": "Technical support", "zh": "技术支持部" } },
                           { "code": "delivery", "label": { "en": "Delivery", "zh": "配送部" } },
                           { "code": "warehouse", "label": { "en": "Warehouse", "zh": "仓储部" } } ],
          "teams": [ { "code": "repair-north", "label": { "en": "Repairs north", "zh": "北区维修组" }, "department": "technical-support" } ] }
        """;

    public static Rulebook Rules { get; } = With();

    public static SendTask ToTechnicians { get; } = new("technical-support", "technical", "Why does it crash, and when is it mended?");

    public static SendTask ToWarehouse { get; } = new("warehouse", "information", "When did it leave?", TaskRole.Assist);

    public static AnswerTask Mended { get; } = new(1, TaskResult.Done, "The board was changed.", "DZ-17", ["communication"], 120.50m);

    /// <summary>The rules with more definitions.</summary>
    public static Rulebook With(params (string Kind, string Id, string Json)[] more) => Rulebook.From(
    [
        new(TenantId.Default, "organisation", "default", 2, Structure, default, "adam"),
        .. more.Select(one => new Definition(TenantId.Default, one.Kind, one.Id, 2, one.Json, default, "adam")),
    ]);

    public static Situation Registered(IntakeDraft? draft = null, Rulebook? rules = null) =>
        new Situation { Rules = rules ?? Rules }.Do(new Register(draft ?? Situation.Draft));

    /// <summary>One task in each of the states that a task can be in.</summary>
    public static Situation In(DepartmentTaskStatus status) => status switch
    {
        DepartmentTaskStatus.Sent => Registered().Do(ToTechnicians, Mei),
        DepartmentTaskStatus.Signed => In(DepartmentTaskStatus.Sent).Do(new SignTask(1), Tao),
        DepartmentTaskStatus.Returned => In(DepartmentTaskStatus.Sent)
            .Do(new ReturnTask(1, "not-our-duty", "Article 3.", "delivery"), Tao),
        DepartmentTaskStatus.Answered => In(DepartmentTaskStatus.Signed).Do(Mended, Tao),
        DepartmentTaskStatus.Accepted => In(DepartmentTaskStatus.Answered).Do(new VerifyTask(1, Passed: true), Mei),
        DepartmentTaskStatus.Cancelled => In(DepartmentTaskStatus.Sent).Do(new CancelTask(1, "solved"), Mei),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static DepartmentTask Task(this Situation situation, int number = 1) => situation.Complaint!.Tasks[number - 1];

    /// <summary>What a history of departments consists of.</summary>
    public static IEnumerable<Situation> All()
    {
        var day = Duration.FromDays(1);
        yield return Registered()
            .Do(ToTechnicians with { Points = [1], Due = Situation.Morning + day }, Mei)
            .Do(ToWarehouse, Mei)
            .Do(new SignTask(1), Tao).Do(new SignTask(2), Han)
            .Do(new AnswerTask(2, TaskResult.Done, "On Friday."), Han)
            .Do(Mended, Tao)
            .Do(new VerifyTask(1, Passed: false, "incomplete", "When is not said."), Mei)
            .Do(new AnswerTask(1, TaskResult.Cannot, "The part is four weeks away."), Tao)
            .Do(new VerifyTask(1, Passed: true), Mei)
            .Do(new RecordFiling("KZ-2026-3"), Mei);
        yield return In(DepartmentTaskStatus.Returned)
            .Do(new RuleOnReturn(1, ReturnRuling.Redirect, "delivery", "Theirs since May."), Mei)
            .Do(new ReturnTask(1, "other", "Not ours either."), Yi)
            .Do(new RuleOnReturn(1, ReturnRuling.Force), Mei)
            .Do(new CancelTask(1, "other", "The customer found it."), Mei);
    }
}
