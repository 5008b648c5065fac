using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Complaints.Architecture.Tests;

/// <summary>What users read beside our members speaks of the matter, not of the numbers that our own pages give to rules and rows.</summary>
public sealed class DocumentationTests
{
    /// <summary><c>T23</c>, <c>X15</c>, <c>R26</c>, <c>S074</c>, a numbered rule, and the pages themselves. A comment behind two strokes may name them.</summary>
    private static readonly Regex OurNumbers = new(
        @"\b([TXR]\d{1,2}|S\d{3}|[Rr]ule \d+|rule of the house|PROMISES|SPEED|KERNEL|MODEL|ARCHITECTURE|STORIES|SCREENS|FEATURES)\b", RegexOptions.Compiled);

    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Documentation_names_no_rule_or_row_of_ours(string package) => Named(XDocument.Load(FileOf(package))).ShouldBeEmpty();

    [Fact]
    public void Control_a_number_of_ours_is_found_and_a_name_of_the_field_is_not()
    {
        Named(Documentation("Pinned (T23).")).ShouldBe(["M:A.B: T23"]);
        Named(Documentation("Offered (补救, S074), see PROMISES, rule 7; nothing is open (R26, X15).")).ShouldBe(["M:A.B: S074", "M:A.B: PROMISES", "M:A.B: rule 7", "M:A.B: R26", "M:A.B: X15"]);
        Named(Documentation("ISO 8601, P1D, RG 271, SHA256, UTF8, S3, X509, E.164, T, a rule with 7 days, v1, R2D2 and TX1234.")).ShouldBeEmpty();
        XDocument.Load(FileOf("Complaints.Core")).Descendants("member").Count().ShouldBeGreaterThan(1_000, "it is the whole file");
    }

    private static string FileOf(string package) => Path.ChangeExtension(Product.Load(package).Location, ".xml");

    private static XDocument Documentation(string text) => new(new XElement("doc", new XElement("members", new XElement("member", new XAttribute("name", "M:A.B"), new XElement("summary", text)))));

    private static IEnumerable<string> Named(XDocument documentation) =>
        from member in documentation.Descendants("member")
        from Match match in OurNumbers.Matches(member.Value)
        select $"{(string)member.Attribute("name")!}: {match.Value}";
}
