using System.Globalization;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using FsCheck;
using FsCheck.Fluent;

namespace Complaints.Core.Tests.Contact;

/// <summary>Call scripts: greeting, steps by emotion, words to avoid.</summary>
public sealed class ScriptTests
{
    private static readonly CultureInfo Zh = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en");

    private const string Head = """
        "label":{"en":"A","zh":"甲"},"greeting":{"en":"Hi","zh":"您好"},"address":{"en":"{name}","zh":"{name}"},
        "stranger":{"en":"you","zh":"您"}
        """;

    private static CallScript BuiltIn => Rulebook.BuiltIn.CallScripts.Single().Value;

    [Fact]
    public void S152_The_greeting_names_agent_and_department_and_the_customer_as_known()
    {
        BuiltIn.Say(BuiltIn.Greeting, Zh, "艾米", "客服部", null).ShouldBe("您好，这里是客服部，我是艾米，请问有什么可以帮您？");
        BuiltIn.Say(BuiltIn.Greeting, En, "Amy", "customer service", null).ShouldBe(
            "Good day, this is Amy of customer service. How can I help you?");
        var soothe = BuiltIn.Steps.Single(step => step.Code == "soothe").Phrases[0];
        BuiltIn.Say(soothe, Zh, null, null, "王小明").ShouldStartWith("王小明，非常理解");
        BuiltIn.Say(soothe, Zh, null, null, " ").ShouldStartWith("您，非常理解");
    }

    [Fact]
    public void S152_A_name_in_braces_is_a_name_and_nothing_is_filled_into_it() =>
        BuiltIn.Say(new("{address}", "{address}"), En, "Amy", "service", "{agent}").ShouldBe("{agent}");

    [Fact]
    public void S151_An_upset_customer_is_soothed_first_and_a_threat_fetches_the_supervisor()
    {
        Codes(Emotion.Calm).ShouldBe(["identify", "listen", "clarify", "solve", "close"]);
        Codes(null).ShouldBe(Codes(Emotion.Calm));
        Codes(Emotion.Angry)[0].ShouldBe("soothe");
        Codes(Emotion.Threatening)[..2].ShouldBe(["soothe", "safety"]);
        Codes(Emotion.Anxious).ShouldContain("reassure");
    }

    [Fact]
    public void S153_Steps_go_from_listening_to_thanks_with_their_checklists() =>
        BuiltIn.StepsFor(Emotion.Calm).Select(step => step.Checklist).ShouldBe(["identity", null, "understanding", null, "end-of-call"]);

    [Theory]
    [InlineData("\"steps\":[]", "definition.empty")]
    [InlineData("\"steps\":[{\"code\":\"a\",\"label\":{\"en\":\"A\",\"zh\":\"甲\"},\"for\":[\"cross\"]}]", "definition.missing")]
    [InlineData("\"steps\":[{\"code\":\"a\",\"label\":{\"en\":\"A\",\"zh\":\"甲\"},\"for\":[\"calm\"]}]", "definition.empty")]
    [InlineData("\"steps\":[{\"code\":\"a\",\"label\":{\"en\":\"A\",\"zh\":\"甲\"},\"checklist\":\"x\"}]", "definition.missing")]
    [InlineData("\"steps\":[{\"code\":\"a\",\"label\":{\"en\":\"A\",\"zh\":\"甲\"},\"phrases\":[{\"en\":\"{x}\",\"zh\":\"甲\"}]}]",
        "definition.missing")]
    [InlineData("\"wording\":[{\"avoid\":{\"en\":\"\",\"zh\":\"甲\"},\"prefer\":{\"en\":\"A\",\"zh\":\"甲\"}}]", "definition.label_missing")]
    public void S153_A_script_that_makes_no_sense_is_not_published(string member, string code)
    {
        const string Step = "\"steps\":[{\"code\":\"a\",\"label\":{\"en\":\"A\",\"zh\":\"甲\"}}]";
        var steps = member.Contains("steps", StringComparison.Ordinal) ? member : $"{Step},{member}";
        var json = "{" + Head + "," + steps + "}";
        DefinitionKinds.Check("scripts", "x", json, Rulebook.BuiltIn)!.Details.ShouldContain(detail => detail.Code == code);
    }

    [Fact]
    public void S153_A_script_has_at_most_thirty_steps()
    {
        var steps = string.Join(',', Enumerable.Range(0, 31).Select(i => $$$"""{"code":"s{{{i}}}","label":{"en":"A","zh":"甲"}}"""));
        var json = "{" + Head + ",\"steps\":[" + steps + "]}";
        DefinitionKinds.Check("scripts", "x", json, Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code.ShouldBe("number.out_of_range");
    }

    [Theory]
    [InlineData("这个我不知道，没办法。", "不知道>我为您核实一下|没办法>我可以为您做的是")]
    [InlineData("I DON'T KNOW, and you must wait.", "I DON'T KNOW>Let me find that out for you|you must>I need your help with")]
    [InlineData("You should not have opened it.", "You should not have>The next time it helps to")]
    [InlineData("Thank you, mustard arrived.", "")]
    [InlineData("", "")]
    public void S154_Words_to_avoid_are_found_with_what_to_say_instead(string text, string found) =>
        string.Join('|', WordingLint.Find(text, Rulebook.BuiltIn.WordsToAvoid).Select(one => $"{one.Found}>{one.Prefer}")).ShouldBe(found);

    [Fact]
    public void S154_Of_two_that_begin_at_one_place_the_longer_is_told() =>
        WordingLint.Find("must not do", [Choice("must"), Choice("must not"), Choice("not do")]).Select(one => one.Found)
            .ShouldBe(["must not"]);

    /// <summary>What is found stands there, apart, in order; and nothing that was planted between blanks is missed.</summary>
    [Fact]
    public void S154_What_is_found_stands_in_the_text_and_what_is_planted_is_found()
    {
        var words = Gen.Elements("must", "no", "never ever", "不行", "不", "plain", "fine");
        Prop.ForAll(words.ListOf().ToArbitrary(), list =>
        {
            var text = string.Join(' ', list);
            var found = WordingLint.Find(text, [Choice("must"), Choice("no"), Choice("never ever"), Choice("不行"), Choice("不")]);
            var apart = found.Zip(found.Skip(1)).All(pair => pair.First.At + pair.First.Found.Length <= pair.Second.At);
            return apart && found.All(one => text.Substring(one.At, one.Found.Length) == one.Found)
                && found.Length == list.Count(word => word is not ("plain" or "fine"));
        }).QuickCheckThrowOnFailure();
    }

    private static string[] Codes(string? emotion) => [.. BuiltIn.StepsFor(emotion).Select(step => step.Code)];

    private static WordChoice Choice(string avoid) => new(new(avoid, avoid), new("better", "更好"));
}
