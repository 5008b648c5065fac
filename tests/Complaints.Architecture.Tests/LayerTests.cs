namespace Complaints.Architecture.Tests;

/// <summary>
/// The folders of Core stand on each other: each uses its own layer and those below it. The kernel and the desk are layers of the house
/// itself and bear its namespace; every other folder is a room.
/// </summary>
public sealed class LayerTests(ITestOutputHelper output)
{
    /// <summary>From the bottom. A folder that stands nowhere is an error: nothing is open by being forgotten.</summary>
    private static readonly string[][] Layers =
    [
        ["Kernel"],
        ["Calendars"],
        ["Definitions"],
        ["Capabilities"],
        // The rooms, and beside them the case that they make up.
        ["", "Intake", "Contact", "Classification", "Lifecycle", "Assignment", "Investigation", "Resolution", "FollowUp", "Sla",
            "Improvements"],
        ["Storage"],
        ["History", "Notifications"],
        ["Desk"],
        ["DependencyInjection"],
    ];

    /// <summary>Arrows upwards that are still there, as <c>From -> To: file</c>. It may only shrink, and it is empty.</summary>
    private static readonly string[] Exceptions = [];

    private static readonly Lazy<Arrows> Core = new(() => new(
        Repository.Files("src/Complaints.Core", ".cs")
            .Select(file => (Path.GetRelativePath("src/Complaints.Core", file), File.ReadAllText(Repository.At(file))))));

    [Fact]
    public void Every_folder_of_the_core_uses_its_own_layer_and_those_below()
    {
        Core.Value.NotUnderstood().ShouldBeEmpty("what is not understood may hide an arrow");
        var arrows = Core.Value.All().ToList();
        output.WriteLine(Mermaid(arrows));
        arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Where(folder => LayerOf(folder) < 0).Distinct()
            .ShouldBeEmpty("it stands in no layer");
        arrows.Where(IsUpward).Select(arrow => $"{arrow.From} -> {arrow.To}: {arrow.File} uses {arrow.Type}").Distinct()
            .ShouldBe(Exceptions);
    }

    [Theory]
    [InlineData("using Complaints.Core.Desk; namespace Complaints.Core.Kernel; class Low { High? x; }")]
    [InlineData("namespace Complaints.Core.Kernel; class Low { Complaints.Core.Desk.High? x; }")]
    [InlineData("namespace Complaints.Core.Kernel; class Low { Core.Desk.High? x; }")]
    [InlineData("namespace Complaints.Core.Desk.Inner; class Low { High? x; }")]
    [InlineData("namespace Complaints.Core.Kernel; class Low { void M() { var x = Parent.Make(); x.Do(); } }")]
    [InlineData("namespace Complaints.Core.Kernel; class Low { void M() { Parent.Take(new()); } }")]
    [InlineData("using H = Complaints.Core.Desk.High; namespace Complaints.Core.Kernel; class Low { H? x; }")]
    [InlineData("using Complaints.Core.Desk; namespace Complaints.Core.Kernel; class Low { int M() => 7.Doubled; }")]
    public void Control_an_arrow_upwards_is_found_however_it_is_written(string low)
    {
        var arrows = new Arrows(
        [
            ("Kernel/Low.cs", low),
            ("Kernel/Parent.cs", "namespace Complaints.Core; static class Parent { public static Desk.High Make() => null!; public static void Take(Desk.High high) { } }"),
            ("Desk/High.cs", "namespace Complaints.Core.Desk; class High { public void Do() { } } static class More { extension(int number) { public int Doubled => 2 * number; } }"),
        ]);

        arrows.NotUnderstood().ShouldBeEmpty();
        arrows.All().Where(arrow => arrow.File == "Kernel/Low.cs").Where(IsUpward).ShouldNotBeEmpty();
    }

    [Fact]
    public void Control_an_arrow_downwards_and_one_in_documentation_are_none()
    {
        var arrows = new Arrows(
        [
            ("Kernel/Low.cs", "namespace Complaints.Core; /// <summary>See <see cref=\"Desk.High\"/>.</summary>\nclass Low;"),
            ("Desk/High.cs", "namespace Complaints.Core.Desk; class High { Low? x; }"),
        ]);

        arrows.All().Where(IsUpward).ShouldBeEmpty();
        arrows.All().ShouldHaveSingleItem().To.ShouldBe("Kernel");
    }

    private static bool IsUpward(Arrow arrow) => LayerOf(arrow.To) > LayerOf(arrow.From);

    private static int LayerOf(string folder) => Array.FindIndex(Layers, layer => layer.Contains(folder));

    private static string Mermaid(IEnumerable<Arrow> arrows) => string.Join('\n',
        ["flowchart TD",
        .. Layers.Select((layer,
            i) => $"  subgraph L{i}[\" \"]\n    {string.Join("\n    ", layer.Select(folder => $"{Name(folder)}"))}\n  end"),
        .. arrows.GroupBy(arrow => (arrow.From, arrow.To)).OrderBy(group => group.Key)
            .Select(
                group => $"  {Name(group.Key.From)} -->|{group.Select(arrow => arrow.File).Distinct().Count()}| {Name(group.Key.To)}")]);

    private static string Name(string folder) => folder.Length == 0 ? "Complaint" : folder;
}
