using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>Whose words are whose: erasing a person reaches all of theirs, on every node, and nobody else's.</summary>
public sealed class PersonTests
{
    private const string Phone = "13800138000";
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    [Theory]
    [InlineData("C-1", "C-2", Likeness.SameContact)]
    [InlineData("C-1", null, Likeness.Duplicate)]
    [InlineData(null, "C-2", Likeness.Duplicate)]
    [InlineData(null, null, Likeness.Duplicate)]
    public async Task X12_A_common_phone_number_makes_two_persons_who_are_shown_as_similar(string? first, string? second, Likeness likeness)
    {
        var one = await Desk.RegisterAsync(From(first));
        var other = await Desk.RegisterAsync(From(second));

        other.Similar.ShouldHaveSingleItem().Likeness.ShouldBe(likeness);
        PersonOf(other).ShouldNotBe(PersonOf(one));
        await EraseAsync(PersonOf(one));
        (await TitleAsync(Desk, one)).ShouldBeNull();
        (await TitleAsync(Desk, other)).ShouldBe("退款还没到账");
    }

    [Fact]
    public async Task X12_The_same_reference_is_the_same_person_whatever_the_number()
    {
        var one = await Desk.RegisterAsync(From("C-1"));
        for (var i = 0; i < 25; i++)
            await Desk.RegisterAsync(From($"D-{i}"));
        var other = await Desk.RegisterAsync(From(" ｃ-1 "));

        PersonOf(other).ShouldBe(PersonOf(one));
        await EraseAsync(PersonOf(one));
        (await TitleAsync(Desk, other)).ShouldBeNull("both are erased together");
    }

    [Fact]
    public async Task X12_Somebody_may_say_that_it_is_the_person_of_an_earlier_complaint()
    {
        var one = await Desk.RegisterAsync(From(null));
        var other = await Desk.RegisterAsync(From(null) with { SamePersonAs = one.Value.Complaint });

        PersonOf(other).ShouldBe(PersonOf(one));
        (await TitleAsync(Desk, other)).ShouldBe("退款还没到账");
    }

    [Fact]
    public async Task X12_Nobody_can_be_the_person_of_a_complaint_that_is_unknown_foreign_erased_merged_or_names_nobody()
    {
        var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        var picked = await Desk.RegisterAsync(From(null));
        var survivor = await Desk.RegisterAsync(From("C-9"));
        var foreign = await Desk.For(DeskHarness.Agent, new TenantId("other")).RegisterAsync(From(null));
        var nobody = await Desk.RegisterAsync(Situation.Draft with { Kind = "report", Complainant = new() });
        var first = await Desk.RegisterAsync(From(null) with { SamePersonAs = picked.Value.Complaint }, options);

        (await CodeAsync(new ComplaintId(Guid.NewGuid()))).ShouldBe("complaint.not_found");
        (await CodeAsync(foreign.Value.Complaint)).ShouldBe("complaint.not_found");
        (await CodeAsync(nobody.Value.Complaint)).ShouldBe("person.picked_nobody");
        (await Desk.ExecuteAsync(picked.Value.Complaint, new Merge(survivor.Value.Complaint, "other", "twice"))).IsSuccess.ShouldBeTrue();
        (await CodeAsync(picked.Value.Complaint)).ShouldBe("person.picked_merged");
        await EraseAsync(PersonOf(picked));
        (await CodeAsync(picked.Value.Complaint)).ShouldBe("person.erased");
        var again = await Desk.RegisterAsync(From(null) with { SamePersonAs = picked.Value.Complaint }, options);
        again.Answer.ShouldBe(first.Answer, "what was answered stays answered");
        (await _harness.Ports.Reader.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(4);

        async Task<string?> CodeAsync(ComplaintId id) => (await Desk.RegisterAsync(From(null) with { SamePersonAs = id })).Refusal?.Code;
    }

    [Fact]
    public async Task X12_An_erased_persons_open_complaint_is_carried_to_its_end_and_the_words_are_left_out()
    {
        var filed = await Desk.RegisterAsync(From("C-1"));
        await EraseAsync(PersonOf(filed));
        var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };

        var noted = await Desk.ExecuteAsync(filed.Value.Complaint, new AddNote("王先生又来电"), options);
        noted.Value.WordsLeftOut.ShouldBeTrue();
        (await Desk.ExecuteAsync(filed.Value.Complaint, new AddNote("王先生又来电"), options)).Answer.ShouldBe(noted.Answer);
        var withdrawn = await Desk.ExecuteAsync(filed.Value.Complaint, new Withdraw("other", "erased"));
        (withdrawn.Value.State, withdrawn.Value.WordsLeftOut).ShouldBe((ComplaintState.Withdrawn, true));
        var view = (await Desk.ViewAsync(filed.Value.Complaint))!;
        var words = view.History
            .SelectMany(happened => happened.Event!.PersonalValues).Select(field => field.Value).OfType<Personal<string>>().ToList();
        var clear = await Desk.RevealAsync(view, Purpose.CaseWork);
        words.Count(text => clear.Of(text) is not null).ShouldBe(0, $"of {words.Count}");
        words.Count.ShouldBeGreaterThan(1);
        (await VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task X12_A_second_delivery_of_an_erased_persons_source_is_known_and_stores_nothing()
    {
        var post = From("C-1") with { ExternalRef = new("forum", "王先生的帖子/1") };
        var filed = await Desk.RegisterAsync(post);
        await EraseAsync(PersonOf(filed));
        var before = await Desk.TotalsAsync();

        var again = await Desk.RegisterAsync(post);
        again.Refusal!.Code.ShouldBe("complaint.exists");
        again.Refusal.Data["value"].ShouldBe(filed.Value.Complaint.ToString());
        (await Desk.TotalsAsync()).ShouldBe(before);
        (await Desk.FindAsync(post.ExternalRef)).ShouldBe(filed.Value.Complaint);
        var view = (await Desk.ViewAsync(filed.Value.Complaint))!;
        var clear = await Desk.RevealAsync(view, Purpose.CaseWork);
        clear.Of(view.History.Select(happened => happened.Event).OfType<ComplaintRegistered>().Single().SourceId).ShouldBeNull();
        (await VerifyAsync()).Unproven
            .ShouldContain(line => line.En.Contains("1 complaints") && line.Zh.Contains("1 件") && line.Zh.Contains("source_hash"),
                "what lies beside the history is said to be unproved");
        (await Desk.RegisterAsync(post with { ExternalRef = new("forum", "王先生的帖子/2") })).IsSuccess
            .ShouldBeTrue("another post of the same customer is new, under a new person");
    }

    [Fact]
    public async Task X12_Every_node_has_forgotten_the_person_within_thirty_seconds()
    {
        var other = new DeskHarness(_harness.Ports, _harness.Clock);
        var filed = await Desk.RegisterAsync(From("C-1"));
        (await TitleAsync(other.Desk, filed)).ShouldNotBeNull();

        await EraseAsync(PersonOf(filed));
        (await TitleAsync(Desk, filed)).ShouldBeNull();
        (await TitleAsync(other.Desk, filed)).ShouldNotBeNull("the control: it is kept for a while");
        _harness.Clock.Advance(Duration.FromSeconds(29));
        (await TitleAsync(other.Desk, filed)).ShouldBeNull();
    }

    [Fact]
    public async Task X12_A_clock_that_is_set_back_keeps_nobody()
    {
        var other = new DeskHarness(_harness.Ports, _harness.Clock);
        var filed = await Desk.RegisterAsync(From("C-1"));
        (await TitleAsync(other.Desk, filed)).ShouldNotBeNull();

        await EraseAsync(PersonOf(filed));
        _harness.Clock.Advance(-Duration.FromHours(1));
        (await TitleAsync(other.Desk, filed)).ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R38_Who_is_erased_during_a_registration_or_a_note_gets_no_words_under_the_old_key(bool registers)
    {
        var filed = await Desk.RegisterAsync(From("C-1"));
        var person = PersonOf(filed);
        var store = new ErasesBeforeCommit(_harness.Ports, person);
        var other = new DeskHarness(_harness.Ports with { Store = store }, _harness.Clock, new UuidV7Generator());

        var result = registers
            ? await other.Desk.RegisterAsync(From("C-1"))
            : await other.Desk.ExecuteAsync(filed.Value.Complaint, new AddNote("王先生又来电"));
        result.IsSuccess.ShouldBeTrue();
        store.Commits.ShouldBe(2, "the first found the key gone");
        result.Value.WordsLeftOut.ShouldBe(!registers);
        if (registers)
            (PersonOf(result) == person, await TitleAsync(Desk, result)).ShouldBe((false, "退款还没到账"));
    }

    private static IntakeDraft From(string? reference) =>
        Situation.Draft with { Title = "退款还没到账", Complainant = new("王先生", reference, [new(ContactPoint.Phone, Phone)]) };

    private static SubjectId PersonOf(CommandResult filed) => filed.Complaint!.Receipt.Person;

    private async Task EraseAsync(SubjectId person) => (await _harness.Keys.DestroyAsync(TenantId.Default, person, default)).ShouldBeTrue();

    private static async Task<string?> TitleAsync(ComplaintDesk desk, CommandResult filed)
    {
        var view = (await desk.ViewAsync(filed.Value.Complaint))!;
        return (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.Complaint.Receipt.Title);
    }

    /// <summary>Another node erases the person between the load and the first commit.</summary>
    private sealed class ErasesBeforeCommit(StorePorts ports, SubjectId person) : IComplaintStore
    {
        public int Commits { get; private set; }

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken token) =>
            ports.Store.LoadAsync(tenant, id, command, token);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken token) =>
            ports.Store.LoadIntakeAsync(query, token);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            if (Commits++ == 0)
                await ports.Keys.DestroyAsync(commit.Tenant, person, cancellationToken);
            return await ports.Store.CommitAsync(commit, cancellationToken);
        }
    }

    private Task<Core.History.VerificationReport> VerifyAsync() =>
        new HistoryAudit(_harness.Ports.Chains, _harness.Keys, _harness.Clock).VerifyAsync(TenantId.Default);
}
