using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Testing;
using Complaints.Core.Tests.History;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>Guides: what is asked when a case of a category comes in, what ends the intake, and what is still to be found out.</summary>
public sealed class GuideTests
{
    private static readonly IntakeDraft Danger = Situation.Draft with
    {
        Category = "product", Subcategory = "safety", Item = new Item("product") { Serial = "SN-1" },
    };

    private static readonly GuideAnswer NoSmell = new("smell", "no");
    private static readonly GuideAnswer NotHurt = new("injured", "no");

    [Fact]
    public void X44_An_answer_ends_the_intake_and_names_the_emergency_line_before_anything_else()
    {
        // Title and category are wrong as well: whoever is in danger is not asked to mend a form.
        var refusal = Refusal(Danger with { Title = "", Answers = [new("smell", "yes")] })!;
        refusal.Code.ShouldBe("guide.stop");
        refusal.In(new("zh-CN")).ShouldContain("119");
        refusal.In(new("en")).ShouldContain("119");
        refusal.In(new("zh-CN")).ShouldContain("撤离");
        Refusal(Danger with { Answers = [NoSmell, NotHurt] }).ShouldBeNull("control");
        Refusal(Danger with { Category = "delivery", Subcategory = null, Answers = [new("smell", "yes")] })!.Code
            .ShouldBe("validation.failed", "another category has no such question");
        var unasked = Refusal(Danger with { Category = "delivery", Subcategory = null, Answers = [NoSmell] })!;
        (unasked.In(new("en")), unasked.In(new("zh-CN"))).ShouldSatisfyAllConditions(
            said => said.Item1.ShouldEndWith("use one of: none."), said => said.Item2.ShouldEndWith("请使用：无。"));
    }

    [Fact]
    public async Task X44_On_a_desk_a_category_gas_with_a_smell_is_refused_and_nothing_is_there()
    {
        var harness = new DeskHarness();
        await GasAsync(harness);
        var draft = Drafts.Chinese() with { Category = "gas", Subcategory = null };
        var refused = await harness.Desk.RegisterAsync(draft with { Answers = [new("smell", "yes")] });
        refused.Refusal!.Code.ShouldBe("guide.stop");
        refused.Refusal.In(new("zh-CN")).ShouldContain("96777");
        (await harness.Desk.CountAsync(new())).Count.ShouldBe(0);
        (await harness.Desk.RegisterAsync(draft with { Answers = [NoSmell] })).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task X44_A_stop_answer_that_is_changed_later_changes_nothing_that_was_registered()
    {
        var harness = new DeskHarness();
        await GasAsync(harness);
        var id = await harness.FileAsync(Drafts.Chinese() with { Category = "gas", Subcategory = null, Answers = [NoSmell] });
        await PublishAsync(harness, "guides", "gas", Gas.Replace("\"answers\":[\"yes\"]", "\"answers\":[\"no\"]"));
        var draft = Drafts.Chinese(2) with { Category = "gas", Subcategory = null, Answers = [NoSmell] };
        (await harness.Desk.RegisterAsync(draft)).Refusal!.Code
            .ShouldBe("guide.stop", "control: what is new goes by what is new");
        var view = (await harness.Desk.ViewAsync(id))!;
        view.Complaint.Receipt.Guide!.Value.Version.ShouldBe(1);
        var rules = await harness.Definitions.RulesAsync(TenantId.Default, default);
        var told = view.History.Single(entry => entry.Type == "guide-followed").Details(new(new("en")), rules, ClearWords.None);
        told[0].Text.ShouldBe("no");
        (await harness.Desk.ExecuteAsync(id, new AmendIntake { Phone = "13912345678" })).Refusal.ShouldBeNull();
    }

    [Fact]
    public void X44_Codes_stand_in_the_clear_and_words_are_sealed()
    {
        var draft = Danger with { Answers = [NoSmell, new("injured", "yes"), new("injury", "王小明手指割伤")] };
        var situation = Situation.Registered(draft);
        var followed = situation.Decisions[0].Events.OfType<GuideFollowed>().Single();
        followed.Answers.ShouldBe([NoSmell, new("injured", "yes")]);
        followed.Told.Single().Question.ShouldBe("injury");
        var stored = string.Concat(Sealed.Commits(situation)[0].Events.Select(one => System.Text.Encoding.UTF8.GetString(one.Body.Span)));
        stored.ShouldNotContain("割伤");
        stored.ShouldContain("injury");
    }

    public static TheoryData<string, GuideAnswer[]> Wrong => new()
    {
        { "code.unknown", [new("made-up", "yes")] },
        { "code.unknown", [new("smell", "perhaps")] },
        { "code.unknown", [new("in-use", "often")] },
        { "guide.answered_twice", [NoSmell, NoSmell] },
        { "guide.not_asked", [NotHurt, new("injury", "x")] },
        { "guide.not_asked", [new("injury", "x")] },
        { "text.required", [new("smell", " ")] },
        { "text.too_long", [new("injured", "yes"), new("injury", new string('x', 501))] },
        { "list.too_long", [.. Enumerable.Repeat(NoSmell, 31)] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void X44_An_answer_that_does_not_fit_is_refused_by_its_code(string code, GuideAnswer[] answers)
    {
        var refusal = Refusal(Danger with { Answers = [.. answers] })!;
        refusal.Code.ShouldBe("validation.failed");
        refusal.Details[0].Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("number", "12", null)]
    [InlineData("number", "9", "number.out_of_range")]
    [InlineData("number", "1e3", "text.format")]
    [InlineData("number", "99999999999", "text.format")]
    [InlineData("date", "2026-02-28", null)]
    [InlineData("date", "2026-02-30", "text.format")]
    [InlineData("date", "1969-01-01", "time.out_of_range")]
    public void X44_Numbers_and_dates_are_read_as_such(string type, string value, string? code) =>
        GuideBook.Wrong(new GuideQuestion("q", new("Q", "问"), type, Low: 10, High: 20), value)?.Code.ShouldBe(code);

    [Theory]
    [InlineData("guide.loop", "questions[0].when",
        """[{"code":"a",LA,"type":"yes-no","when":{"question":"a","answers":["yes"]}}]""")]
    [InlineData("guide.loop", "questions[1].when", """
        [{"code":"a",LA,"type":"yes-no","when":{"question":"b","answers":["yes"]}},
         {"code":"b",LB,"type":"yes-no","when":{"question":"a","answers":["yes"]}}]
        """)]
    [InlineData("definition.missing", "questions[0].when.question",
        """[{"code":"a",LA,"type":"yes-no","when":{"question":"x","answers":["yes"]}}]""")]
    [InlineData("definition.missing", "questions[0].type",
        """[{"code":"a",LA,"type":"essay"}]""")]
    [InlineData("definition.empty", "questions[0].choices",
        """[{"code":"a",LA,"type":"choice"}]""")]
    [InlineData("definition.empty", "questions[0].low",
        """[{"code":"a",LA,"type":"number","high":1}]""")]
    [InlineData("definition.empty", "questions[0].stop.answers",
        """[{"code":"a",LA,"type":"yes-no","stop":{"answers":[],NN,"emergency":"119"}}]""")]
    [InlineData("definition.missing", "questions[0].stop.answers[0]",
        """[{"code":"a",LA,"type":"text","stop":{"answers":["yes"],NN,"emergency":"119"}}]""")]
    [InlineData("text.required", null,
        """[{"code":"a",LA,"type":"yes-no","stop":{"answers":["yes"],NN,"emergency":""}}]""")]
    [InlineData("definition.duplicate", "questions[1].code",
        """[{"code":"a",LA,"type":"text"},{"code":"a",LA,"type":"text"}]""")]
    public void X44_A_guide_that_loops_or_cannot_be_answered_is_refused_when_it_is_published(string code, string? path, string questions)
    {
        // Labels say nothing here: they are written short.
        questions = questions.Replace("LA,", "\"label\":{\"en\":\"A\",\"zh\":\"甲\"},")
            .Replace("LB,", "\"label\":{\"en\":\"B\",\"zh\":\"乙\"},")
            .Replace("NN,", "\"notice\":{\"en\":\"N\",\"zh\":\"注\"},");
        var problems = Check($$"""{"for":[{"category":"product"}],"questions":{{questions}}}""")!.Details;
        problems.ShouldContain(problem => problem.Code == code && (path == null || problem.Data["path"] == path));
    }

    [Theory]
    [InlineData("""{"for":[]}""", "definition.empty")]
    [InlineData("""{"for":[{"category":"made-up"}]}""", "definition.missing")]
    [InlineData("""{"for":[{"category":"product","kind":"made-up"}]}""", "definition.missing")]
    [InlineData("""{"for":[{"category":"product"}],"required":["soul"]}""", "definition.missing")]
    [InlineData("""{"for":[{"category":"product"}],"notice":{"en":"x","zh":""}}""", "definition.label_missing")]
    public void X44_A_guide_says_for_what_it_is_and_requires_what_there_is(string json, string code) =>
        Check(json)!.Details.ShouldContain(problem => problem.Code == code);

    [Fact]
    public void X44_A_chain_of_thirty_questions_ends_and_the_thirty_first_is_refused()
    {
        Check(Chain(30)).ShouldBeNull();
        Check(Chain(31))!.Details.Single().Code.ShouldBe("number.out_of_range");

        static string Chain(int length) => $$"""
            {"for":[{"category":"product"}],"questions":[{{string.Join(',', Enumerable.Range(0, length).Select(i =>
                $"{{\"code\":\"q{i}\",\"label\":{{\"en\":\"Q\",\"zh\":\"问\"}},\"type\":\"yes-no\""
                + (i == 0 ? "}" : $",\"when\":{{\"question\":\"q{i - 1}\",\"answers\":[\"yes\"]}}}}")))}}]}
            """;
    }

    [Fact]
    public void S020_What_the_guide_requires_and_nobody_told_is_missing_until_it_is_amended()
    {
        var situation = Situation.Registered(Danger with { Item = null, Answers = [NotHurt] });
        situation.Complaint!.Receipt.MissingFields.ShouldBe(["item-serial", "question.smell"]);
        Waits(situation).ShouldBeTrue();
        situation.Do(new AmendIntake { ItemKind = "product", ItemSerial = "SN-1" });
        situation.Complaint!.Receipt.MissingFields.ShouldBe(["question.smell"]);
        situation.Try(new AmendIntake { Question = "smell", Answer = "yes" }).Refusal!.Code.ShouldBe("guide.stop");
        situation.Try(new AmendIntake { Question = "smell", Answer = "是" }).Refusal!.Code.ShouldBe("guide.stop", "as people say it");
        situation.Try(new AmendIntake { Question = "smell", Answer = "Perhaps" }).Refusal!.Code.ShouldBe("code.unknown");
        situation.Try(new AmendIntake { Question = "injured", Answer = "yes" }).Refusal!.Code.ShouldBe("code.unknown", "it is answered");
        situation.Do(new AmendIntake { Question = "smell", Answer = " No " });
        situation.Complaint!.Receipt.MissingFields.ShouldBeEmpty();
        Waits(situation).ShouldBeFalse();
        GuideFields.MissingIn(Rulebook.BuiltIn, situation.Complaint.Receipt).ShouldBeEmpty();
    }

    [Fact]
    public void S020_An_answer_asks_what_follows_from_it()
    {
        var guide = new Guide([new("product")], Questions:
        [
            new("a", new("A", "甲"), "yes-no", Required: true),
            new("b", new("B", "乙"), "text", Required: true, When: new("a", ["yes"])),
        ]);
        var rules = Rulebook.From([new(TenantId.Default, "guides", "own", 1, IntakeDefinitions.Guides.Write(guide), default, "x")]);
        var situation = new Situation { Rules = rules };
        situation.Do(new Register(Situation.Draft with { Category = "product", Subcategory = "durability" }));
        situation.Complaint!.Receipt.MissingFields.ShouldBe(["question.a"]);
        situation.Do(new AmendIntake { Question = "a", Answer = "yes" });
        situation.Complaint!.Receipt.MissingFields.ShouldBe(["question.b"]);
        situation.Do(new AmendIntake { Question = "b", Answer = "So it is." });
        situation.Complaint!.Receipt.MissingFields.ShouldBeEmpty();
    }

    [Fact]
    public void S020_Another_category_requires_what_its_guide_does_and_forgets_what_the_last_one_did()
    {
        var situation = new Situation().Do(new Register(Situation.Draft with
        {
            Category = "delivery", Subcategory = "late", Item = new Item("product") { Serial = "SN-1" },
        }));
        situation.Complaint!.Receipt.MissingFields.ShouldBeEmpty();
        situation.Do(new Classify("product", "safety", Reason: "misjudged"));
        situation.Complaint!.Receipt.MissingFields.ShouldContain("question.smell");
        situation.Complaint.Receipt.MissingFields.ShouldNotContain("item-serial", "it is known");
        Waits(situation).ShouldBeTrue();
        situation.Do(new Classify(Severity: "critical", Reason: "new-facts"));
        situation.Complaint!.Receipt.MissingFields.ShouldContain("question.smell", "the category is the same");
        situation.Do(new Classify("delivery", "late", Reason: "misjudged"));
        situation.Complaint!.Receipt.MissingFields.ShouldBeEmpty();
        Waits(situation).ShouldBeFalse();
        situation.Do(new Classify("product", "safety", Reason: "new-facts"));
        situation.Complaint!.Receipt.MissingFields.ShouldContain("question.smell", "once more");
    }

    [Fact]
    public void S020_Without_a_guide_nothing_is_missing_and_the_state_has_not_a_byte_more()
    {
        var situation = Situation.Registered();
        situation.Complaint!.Receipt.MissingFields.ShouldBeEmpty();
        situation.Decisions[0].Events.OfType<GuideFollowed>().ShouldBeEmpty();
        var stored = System.Text.Encoding.UTF8.GetString(Sealed.Commits(situation)[0].State.Span);
        foreach (var member in new[] { "missing", "guide", "goals", "incidentFrom", "serialKnown", "purchasedOn" })
            stored.ShouldNotContain($"\"{member}\"");
    }

    [Fact]
    public async Task S020_The_desk_lists_what_is_missing_in_words_for_whom_may_see_it()
    {
        var harness = new DeskHarness();
        var id = await harness.FileAsync(Danger with { Item = null, Answers = [NoSmell, NotHurt] });
        await harness.FileAsync();
        var found = await harness.Desk.MissingAsync().ToListAsync();
        found.Select(one => (one.Complaint, one.Words[0].Zh)).ShouldBe([(id, "序列号")]);
        (await harness.Desk.For(new Actor("x", Role.Department)).MissingAsync().ToListAsync()).ShouldBeEmpty();
        (await harness.Desk.WorkAsync(new())).Items.ShouldContain(item => item.Row.Work == "complete");
        (await harness.Desk.ExecuteAsync(id, new AmendIntake { ItemKind = "product", ItemSerial = "SN-1" })).Refusal.ShouldBeNull();
        (await harness.Desk.MissingAsync().ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void X44_Of_several_guides_the_one_that_says_most_of_the_case_is_taken()
    {
        var rules = Rulebook.From(
        [
            Of("all", new Guide([new("product")], Required: ["area"])),
            Of("safety", new Guide([new("product", "safety")], Required: ["tier"])),
            Of("inquiry", new Guide([new("product", null, "inquiry")], Required: ["language"])),
        ]);
        rules.GuideFor("product", "durability", "complaint")!.Required.ShouldBe(["area"]);
        rules.GuideFor("product", "safety", "inquiry")!.Required.ShouldBe(["tier"]);
        rules.GuideFor("product", null, "inquiry")!.Required.ShouldBe(["language"]);
        rules.GuideFor("delivery", null, "complaint").ShouldBeNull();
        rules.GuideFor(null, null, "complaint").ShouldBeNull();

        static Definition Of(string id, Guide guide) =>
            new(TenantId.Default, "guides", id, 1, IntakeDefinitions.Guides.Write(guide), default, "x");
    }

    private static bool Waits(Situation situation) => ContactWork.Complete.In(situation.Complaint!, default).Any();

    private static ComplaintError? Refusal(IntakeDraft draft) => new Situation().Try(new Register(draft)).Refusal;

    private static ComplaintError? Check(string json) => DefinitionKinds.Check("guides", "own", json, Rulebook.BuiltIn);

    private const string Gas = """
        {"for":[{"category":"gas"}],"questions":[{"code":"smell","label":{"en":"Do you smell gas?","zh":"是否闻到燃气味？"},"type":"yes-no",
         "required":true,"stop":{"answers":["yes"],"notice":{"en":"Leave the house.","zh":"请立即离开。"},"emergency":"96777"}}]}
        """;

    private static async Task GasAsync(DeskHarness harness)
    {
        await PublishAsync(harness, "categories", "default", """{"categories":[{"code":"gas","label":{"en":"Gas","zh":"燃气"}}]}""");
        await PublishAsync(harness, "classification-rules", "default", """{"rules":[]}""");
        await PublishAsync(harness, "guides", "gas", Gas);
    }

    private static async Task PublishAsync(DeskHarness harness, string kind, string id, string json)
    {
        var (_, refusal) = await harness.Definitions.PublishAsync(TenantId.Default, kind, id, json, DeskHarness.Administrator, default);
        refusal.ShouldBeNull(kind);
        harness.Clock.Advance(Duration.FromMinutes(1));
    }
}
