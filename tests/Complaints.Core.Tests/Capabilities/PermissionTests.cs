using System.Collections.Immutable;
using System.Text;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Tests.Sla;
using Complaints.Core.Tests.Toy;

namespace Complaints.Core.Tests.Capabilities;

public sealed class PermissionTests
{
    private static readonly string[] Roles = [.. Vocabulary.Roles.Select(role => role.Code)];

    private static Catalogue<Complaint> Core => ComplaintRooms.Current.Catalogue;

    [Fact]
    public void S058_Who_may_do_what_is_the_approved_table() => TableOf(new TenantSettings(), Core).ShouldBeApproved("permissions.txt");

    [Fact]
    public void R26_What_names_no_role_is_closed_to_everybody_but_the_system()
    {
        foreach (var command in Core.Commands)
        {
            // A department finishes the steps and works on the tasks that were given to it, and nothing else.
            Permissions(new TenantSettings()).Allows(command, new Actor("dora", Role.Department)).ShouldBe(
                command.Name is "finish-step" or "sign-task" or "return-task" or "answer-task" or "record-filing", command.Name);
            Permissions(new TenantSettings()).Allows(command, new Actor("nobody")).ShouldBeFalse(command.Name);
            Permissions(new TenantSettings()).Allows(command, new Actor("stranger", "made-up")).ShouldBeFalse(command.Name);
            Permissions(new TenantSettings()).Allows(command, Actor.System).ShouldBeTrue(command.Name);
        }
    }

    [Fact]
    public void S058_One_line_of_a_tenant_changes_one_command_and_leaves_everything_else()
    {
        var before = TableOf(new TenantSettings(), Core).Split('\n');
        var after = TableOf(Settings("""{"permissions":{"add-note":["quality"]}}"""), Core).Split('\n');
        before.Zip(after).Count(pair => pair.First != pair.Second).ShouldBe(1);
        after.Single(line => line.StartsWith("add-note ", StringComparison.Ordinal)).ShouldContain("quality");
    }

    [Fact]
    public void S058_An_empty_list_means_nobody_and_says_so()
    {
        var rules = Rules("""{"permissions":{"add-note":[]}}""");
        var situation = Situation.Registered();
        situation.Rules = rules;
        var refusal = situation.Try(new AddNote("x")).Refusal!;
        refusal.Code.ShouldBe("authority.nobody");
        refusal.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("添加备注");
    }

    [Fact]
    public void S058_A_role_of_the_tenants_own_counts_as_others_step_by_step_and_decides_as_they_do()
    {
        var settings = Settings("""{"roles":{"handler":["agent"],"lead":["handler","supervisor"]}}""");
        var note = Core.FindCommand("add-note")!;
        var approve = Core.FindCommand("approve")!;
        Permissions(settings).Allows(note, new Actor("h", "handler")).ShouldBeTrue();
        Permissions(settings).Allows(approve, new Actor("h", "handler")).ShouldBeFalse();
        Permissions(settings).Allows(approve, new Actor("l", "lead")).ShouldBeTrue();
        settings.AuthorityOf(new Actor("l", "lead")).ShouldBe(2_000);
        settings.AuthorityOf(new Actor("h", "handler")).ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"permissions":{"sing":["agent"]}}""", "definition.missing", "sing")]
    [InlineData("""{"permissions":{"fire-clocks":["agent"]}}""", "permission.internal", "fire-clocks")]
    [InlineData("""{"permissions":{"add-note":["system"]}}""", "roles.system", "add-note")]
    [InlineData("""{"roles":{"a":["b"],"b":["a"]}}""", "roles.circle", "roles.a")]
    [InlineData("""{"roles":{"a":["system"]}}""", "roles.system", "roles.a")]
    [InlineData("""{"roles":{"system":["agent"]}}""", "roles.system", "roles.system")]
    public void S058_A_map_that_cannot_be_is_refused_when_it_is_published(string json, string code, string mentioned)
    {
        var found = DefinitionKinds.Check(SharedDefinitions.Tenant.Name, "default", json, Rulebook.BuiltIn)!.Details;
        found.Select(problem => problem.Code).ShouldContain(code);
        found.First(problem => problem.Code == code).Message.ShouldContain(mentioned);
        found.First(problem => problem.Code == code).In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldContain(mentioned);
    }

    [Fact]
    public void A_circle_of_roles_ends_where_an_older_node_reads_one() =>
        new TenantSettings { Roles = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("a", ["b"]).Add("b", ["a"]) }
            .AuthorityOf(new Actor("x", "a")).ShouldBe(0);

    [Fact]
    public void R29_An_older_node_goes_on_without_what_a_newer_one_published()
    {
        const string Newer = """{"permissions":{"sing":["agent"],"add-note":["quality"]},"colour":"red","reopenWindowDays":7}""";
        DefinitionKinds.Check(SharedDefinitions.Tenant.Name, "default", Newer,
            Rulebook.BuiltIn)!.Details.ShouldNotBeEmpty("nobody publishes it here");
        var rules = Rules(Newer);
        rules.Settings.ReopenWindowDays.ShouldBe(7);
        rules.RolesFor(new("add-note")).ShouldBe(["quality"]);
        rules.RolesFor(new("hand-over")).ShouldBe([Role.Agent, Role.Supervisor, Role.Manager]);
        ComplaintRooms.Current.Definitions.NotUnderstood(Policies.Define(SharedDefinitions.Tenant.Name, "default", 1, Newer))
            .ShouldNotBeNull();
        ComplaintRooms.Current.Definitions.NotUnderstood(Policies.Define("colours", "default", 1, "{}")).ShouldBe("the kind 'colours'");
        ComplaintRooms.Current.Definitions.NotUnderstood(Policies.Define(SharedDefinitions.Tenant.Name, "default", 1, "{}")).ShouldBeNull();
    }

    [Fact]
    public void X07_Whom_somebody_acts_for_counts_where_two_people_are_needed()
    {
        var secretary = new Actor("eva", Role.Agent) { OnBehalfOf = "sun" };
        var situation = Situation.Registered().Do(new Propose(["exchange"]), secretary).Do(new RequestApproval(1));
        situation.Try(new Approve(1), Situation.Supervisor).Refusal!.Code.ShouldBe("approval.own_request", "the supervisor's secretary proposed it");
        situation.Try(new Approve(1), new Actor("mei", Role.Manager) { OnBehalfOf = "sun" }).Refusal!.Code.ShouldBe("approval.own_request");
        situation.Try(new Approve(1), new Actor("dong", Role.Director)).Refusal.ShouldBeNull();
        situation.Try(new Approve(1), new Actor("tom", Role.Trainer) { OnBehalfOf = "dong" }).Refusal!.Code.ShouldBe("authority.role", "acting for somebody gives no rights");
    }

    [Fact]
    public void X15_A_case_with_several_parts_says_of_each_what_may_be_done_with_it()
    {
        var situation = Situation.Registered()
            .Do(new Propose(["exchange"]), Situation.Supervisor).Do(new Propose(["compensation"]), Situation.Agent)
            .Do(new RequestApproval(1), Situation.Agent).Do(new RequestApproval(2), Situation.Agent);
        var approve = situation.Complaint!.PermittedCommands(situation.Context(Situation.Supervisor)).Where(command => command.Name.Value == "approve").ToList();
        approve.Select(command => (command.Subject.ToString(), command.Refusal?.Code)).ShouldBe([("approval/1", "approval.own_request"), ("approval/2", null)]);
    }

    [Fact]
    public void X15_To_list_what_is_permitted_allocates_nothing()
    {
        var situation = Situation.In(ComplaintState.Registered);
        var context = situation.Context();
        var rooms = ComplaintRooms.Current;
        var permitted = rooms.Catalogue.Commands.Where(command => rooms.Decider.IsPermitted(situation.Complaint!, command, context)).ToList();
        permitted.Count.ShouldBeGreaterThan(10);
        for (var warm = 0; warm < 1_000; warm++)
            Ask();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Ask()
        {
            foreach (var command in permitted)
                rooms.Decider.IsPermitted(situation.Complaint!, command, context);
        }
    }

    [Fact]
    public void A_room_of_another_is_permitted_by_its_own_roles_and_a_tenants_map()
    {
        TableOf(new TenantSettings(), ToyRoom.WithCore.Catalogue).Split('\n').Single(line => line.StartsWith("ring-bell ", StringComparison.Ordinal)).ShouldBe("ring-bell agent system");
        var situation = Situation.Registered();
        var toy = ToyRoom.WithCore.Decider;
        toy.Decide(situation.Complaint, new RingBell("front"), situation.Context()).Refusal.ShouldBeNull();
        toy.Decide(situation.Complaint, new RingBell("front"), situation.Context(Situation.Supervisor)).Refusal!.Code.ShouldBe("authority.role");
        toy.Decide(situation.Complaint, new RingBell("back"), situation.Context()).Refusal!.Code.ShouldBe("bell.cracked");
        toy.PermittedCommands(situation.Complaint!, situation.Context()).Count(command => command.Name.Value == "ring-bell").ShouldBe(2);
    }

    private static Permissions<Complaint> Permissions(TenantSettings settings) => new(Core, settings);

    private static Rulebook Rules(string json) => Rulebook.From([Policies.Define(SharedDefinitions.Tenant.Name, "default", 1, json)]);

    private static TenantSettings Settings(string json) => Rules(json).Settings;

    /// <summary>A line a command: its name, and the roles that may.</summary>
    private static string TableOf(TenantSettings settings, Catalogue<Complaint> catalogue)
    {
        var permissions = new Permissions<Complaint>(catalogue, settings);
        var text = new StringBuilder();
        foreach (var command in catalogue.Commands.OrderBy(command => command.Name, StringComparer.Ordinal))
            text.Append(command.Name).Append(' ').AppendJoin(' ', Roles.Where(role => permissions.Allows(command, new Actor("x", role)))).Append('\n');
        return text.ToString();
    }
}
