using System.Globalization;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Testing;
using FluentValidation;

namespace Complaints.Core.Tests.Intake;

/// <summary>A host's own rules stand beside the library's, at registration and import: behind ours, before anything is written.</summary>
public sealed class HostValidatorTests
{
    private readonly InMemoryComplaintStore _store = new();

    [Fact]
    public async Task A_hosts_rule_refuses_a_registration_with_its_code_and_its_words_in_both_languages()
    {
        var result = await RegisterAsync(rules => rules.RuleFor(draft => draft.Complainant.CustomerRef)
            .Must(reference => reference is not null)
            .WithErrorCode("crm.unknown")
            .WithState(_ => new Label("Ask for the card.", "请询问会员卡。")));

        result.Refusal!.Code.ShouldBe("validation.failed");
        var detail = result.Refusal.Details.ShouldHaveSingleItem();
        (detail.Code, detail.Data["field"]).ShouldBe(("host.crm.unknown", "complainant.customerRef"));
        detail.In(CultureInfo.InvariantCulture).ShouldBe("'Customer reference': Ask for the card.");
        detail.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldBe("“客户编号”：请询问会员卡。");
        (await _store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_of_one_language_is_told_in_both()
    {
        var result = await RegisterAsync(rules => rules.RuleFor(draft => draft.Tier).NotEmpty().WithMessage("No tier."));
        result.Refusal!.Details[0].In(CultureInfo.GetCultureInfo("zh-CN")).ShouldBe("“会员等级”：No tier.");
        result.Refusal.Details[0].Message.ShouldBe("'tier': No tier.");
    }

    [Fact]
    public async Task A_hosts_rules_see_only_what_has_passed_ours_and_are_asked_in_order()
    {
        var asked = new List<string>();
        var desk = Desk(
            new Rules(rules => rules.RuleFor(draft => draft).Must(_ => Refuse("first"))),
            new Rules(rules => rules.RuleFor(draft => draft).Must(_ => Refuse("second"))));

        var ours = await desk.RegisterAsync(Situation.Draft with { Title = "" });
        ours.Refusal!.Details.ShouldHaveSingleItem().Code.ShouldBe("text.required");
        asked.ShouldBeEmpty();
        (await desk.RegisterAsync(Situation.Draft)).Refusal!.Details.Length.ShouldBe(2);
        asked.ShouldBe(["first", "second"]);

        bool Refuse(string who)
        {
            asked.Add(who);
            return false;
        }
    }

    [Theory]
    [InlineData("text.required", "host.text.required")]
    [InlineData("host.mine", "host.mine")]
    [InlineData("with blanks", "host.rule")]
    [InlineData("a\n", "host.rule")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890", "host.rule")]
    public async Task A_hosts_code_is_bounded_and_never_one_of_ours(string code, string told)
    {
        var result = await RegisterAsync(rules => rules.RuleFor(draft => draft.Title)
            .Must(_ => false).WithErrorCode(code).WithMessage(new string('x', 9_000)));
        result.Refusal!.Details[0].Code.ShouldBe(told);
        result.Refusal.Details[0].Message.Length.ShouldBeLessThan(600);
        CommandCatalogue.RefusalCodes.ShouldNotContain(own => own.StartsWith("host.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_may_ask_somebody_and_wait()
    {
        var result = await RegisterAsync(rules => rules.RuleFor(draft => draft.Title).MustAsync(async (_, cancellationToken) =>
        {
            await Task.Delay(1, cancellationToken);
            return false;
        }));
        result.Refusal!.Details.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_validator_that_fails_by_itself_is_named_and_nothing_is_lost()
    {
        var id = new CommandId(Guid.Parse("00000000-0000-7000-8000-000000000077"));
        var works = false;
        var desk = Desk(new Rules(rules => rules.RuleFor(draft => draft.Title).Must(_ => works ? true : throw new TimeoutException())));

        var failed = await Should.ThrowAsync<HostValidatorException>(() =>
            desk.RegisterAsync(Situation.Draft, new CommandOptions { CommandId = id }));
        failed.Validator.ShouldContain(nameof(Rules));
        failed.Message.ShouldContain(failed.Validator);
        failed.InnerException.ShouldBeOfType<TimeoutException>();
        (await _store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(0);

        works = true;
        (await desk.RegisterAsync(Situation.Draft, new CommandOptions { CommandId = id })).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_registration_that_was_answered_keeps_its_answer_whatever_the_host_says_today()
    {
        var id = new CommandId(Guid.Parse("00000000-0000-7000-8000-000000000078"));
        var accepts = true;
        var desk = Desk(new Rules(rules => rules.RuleFor(draft => draft.Title).Must(_ => accepts)));
        var first = await desk.RegisterAsync(Situation.Draft, new CommandOptions { CommandId = id });

        accepts = false;
        var again = await desk.RegisterAsync(Situation.Draft, new CommandOptions { CommandId = id });
        again.Repeated.ShouldBeTrue();
        again.Answer.ShouldBe(first.Answer);
        (await desk.RegisterAsync(Situation.Draft)).Refusal.ShouldNotBeNull("another one is refused");
    }

    [Fact]
    public async Task A_hosts_rule_refuses_an_import_too_and_a_rule_set_only_what_it_is_named_for()
    {
        var both = new Rules(rules =>
        {
            rules.RuleFor(draft => draft.Tier).NotEqual("vip").WithErrorCode("tier");
            rules.RuleSet(HostValidators.Registration, () => rules.RuleFor(draft => draft.Tier).NotEqual("silver").WithErrorCode("now"));
            rules.RuleSet(HostValidators.Import, () => rules.RuleFor(draft => draft.Tier).NotEqual("member").WithErrorCode("then"));
        });

        (await ImportAsync(both, "gold", "vip", "silver", "member")).ShouldBe([null, "host.tier", null, "host.then"]);
        var registered = new List<string?>();
        foreach (var tier in new[] { "gold", "vip", "silver", "member" })
            registered.Add((await Desk(both).RegisterAsync(Situation.Draft with { Tier = tier })).Refusal?.Details[0].Code);
        registered.ShouldBe([null, "host.tier", "host.now", null]);
    }

    [Fact]
    public async Task A_validator_that_fails_by_itself_ends_an_import_before_the_batch_is_written()
    {
        var silent = new Rules(rules => rules.RuleFor(draft => draft.Title).Must(_ => throw new TimeoutException()));
        await Should.ThrowAsync<HostValidatorException>(() => ImportAsync(silent, "gold"));
        (await _store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(0);
    }

    private Task<CommandResult> RegisterAsync(Action<Rules> make) => Desk(new Rules(make)).RegisterAsync(Situation.Draft);

    private ComplaintDesk Desk(params IValidator<IntakeDraft>[] validators) =>
        new ComplaintDesk(Services(validators)).For(DeskHarness.Agent);

    private async Task<IEnumerable<string?>> ImportAsync(IValidator<IntakeDraft> validator, params string[] tiers)
    {
        var run = new ImportDesk(Services(validator), _store).Begin();
        var items = tiers.Select((tier, i) => new ImportItem(new ImportComplaint(
            Situation.Draft with { Tier = tier, ExternalRef = new("ledger", $"{i}"), ReceivedAt = Situation.Morning }, [])));
        var prepared = await run.PrepareAsync([.. items]);
        (await run.CommitAsync(prepared)).ShouldBe(prepared.Answers.Count(answer => answer.Refusal is null));
        return prepared.Answers.Select(answer => answer.Refusal?.Code);
    }

    private DeskServices Services(params IValidator<IntakeDraft>[] validators)
    {
        var harness = new DeskHarness(StorePorts.Of(_store));
        return new DeskServices(
            _store, _store, harness.Keys, harness.Definitions, harness.Clock, new UuidV7Generator(),
            validators: new HostValidators(validators));
    }

    private sealed class Rules : AbstractValidator<IntakeDraft>
    {
        public Rules(Action<Rules> make) => make(this);
    }
}
