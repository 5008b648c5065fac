using System.IO.Compression;
using System.Xml.Linq;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

public sealed class NuspecTests(PackageFeed feed)
{
    public static TheoryData<string> Packages => [.. Repository.Packages];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Nuspec_dependencies_equal_the_table(string package)
    {
        var expected = PackageTable.Tools.Contains(package) ? [] : PackageTable.Allowed[package];

        using var nupkg = Open(package);
        Dependencies(Nuspec(nupkg)).ShouldBe(expected, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_carries_readme_licence_and_docs(string package)
    {
        using var nupkg = Open(package);
        var names = nupkg.Entries.Select(entry => entry.FullName).ToList();
        var metadata = Nuspec(nupkg);

        names.ShouldContain("README.md");
        Value(metadata, "license").ShouldBe("MIT");
        Value(metadata, "readme").ShouldBe("README.md");
        Value(metadata, "description").ShouldNotBeNullOrWhiteSpace();
        if (!PackageTable.Tools.Contains(package))
        {
            names.ShouldContain($"lib/net10.0/{package}.xml");
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_has_symbols(string package) =>
        File.Exists(Path.ChangeExtension(feed.FileOf(package), ".snupkg")).ShouldBeTrue();

    [Fact]
    public void Control_a_leaked_dependency_is_seen()
    {
        var nuspec = XDocument.Parse("""<package xmlns="urn:any"><metadata><dependencies><group><dependency id="Leak" /></group></dependencies></metadata></package>""");

        Dependencies(nuspec).ShouldBe(["Leak"]);
    }

    private ZipArchive Open(string package) => ZipFile.OpenRead(feed.FileOf(package));

    private static XDocument Nuspec(ZipArchive nupkg)
    {
        using var stream = nupkg.Entries.Single(entry => entry.FullName.EndsWith(".nuspec")).Open();
        return XDocument.Load(stream);
    }

    private static IEnumerable<string> Dependencies(XDocument nuspec) =>
        nuspec.Descendants().Where(node => node.Name.LocalName == "dependency").Select(node => (string)node.Attribute("id")!).Distinct();

    private static string? Value(XDocument nuspec, string name) =>
        nuspec.Descendants().FirstOrDefault(node => node.Name.LocalName == name)?.Value;
}
