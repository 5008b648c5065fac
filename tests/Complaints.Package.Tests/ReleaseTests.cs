using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>Addresses come from the release alone: packages name those that were passed, and none by default.</summary>
[Collection(PackageFeed.Collection)]
public sealed class ReleaseTests(PackageFeed feed) : IDisposable
{
    private const string Home = "https://example.org/complaints";
    private const string Sources = "https://example.org/team/complaints";
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-release-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Package_names_no_address_by_default_and_the_commit_that_it_is_of()
    {
        foreach (var package in Repository.Packages)
        {
            var nuspec = Nuspec(feed.FileOf(package));
            Element(nuspec, "projectUrl").ShouldBeNull(package);
            var repository = Element(nuspec, "repository")!;
            repository.Attribute("url").ShouldBeNull(package);
            ((string)repository.Attribute("type")!).ShouldBe("git");
            ((string)repository.Attribute("commit")!).Length.ShouldBe(40);
            nuspec.ToString().ShouldNotContain(Repository.Root);
        }
    }

    [Fact]
    public void Package_names_the_addresses_that_the_release_passes()
    {
        PackageFeed.Pack(_folder.FullName, $"-p:NuspecOutputPath={Path.Combine(_folder.FullName, "nuspec")}/", $"-p:RepositoryUrl={Sources}", $"-p:PackageProjectUrl={Home}");
        foreach (var package in Repository.Packages)
        {
            var nuspec = Nuspec(PackageFeed.FileIn(_folder.FullName, package));
            Element(nuspec, "projectUrl")!.Value.ShouldBe(Home);
            ((string)Element(nuspec, "repository")!.Attribute("url")!).ShouldBe(Sources);
        }
    }

    /// <summary>Built anew in a folder of its own, because an address is compiled into the symbols.</summary>
    [Fact]
    public void Symbols_of_a_release_lead_to_its_sources_at_its_commit()
    {
        var project = Repository.ProjectFile("Complaints.Storage.Relational");
        PackageFeed.Run(
            Repository.Root, "pack", project, "-c", "Release", "--artifacts-path", Path.Combine(_folder.FullName, "built"), "-o", _folder.FullName, "-v", "quiet", "-nologo",
            $"-p:RepositoryUrl={Sources}", "-p:SourceLinkHost=example.org", "-p:RunAnalyzers=false");
        var commit = (string)Element(Nuspec(PackageFeed.FileIn(_folder.FullName, "Complaints.Storage.Relational")), "repository")!.Attribute("commit")!;

        var (link, documents) = Symbols(Path.ChangeExtension(PackageFeed.FileIn(_folder.FullName, "Complaints.Storage.Relational"), ".snupkg"));
        link!.RootElement.GetProperty("documents").EnumerateObject().Select(mapping => (mapping.Name, mapping.Value.GetString())).ShouldBe(
            [("/_/*", $"https://example.org/raw/team/complaints/{commit}/*")]);
        documents.ShouldContain("/_/src/Complaints.Storage.Relational/RelationalStore.cs");
        documents.ShouldNotContain(document => document.Contains(Repository.Root, StringComparison.Ordinal));
    }

    [Fact]
    public void Symbols_of_a_build_that_is_no_release_name_no_folder_of_this_machine()
    {
        foreach (var package in Repository.Packages)
        {
            var (link, documents) = Symbols(Path.ChangeExtension(feed.FileOf(package), ".snupkg"));
            documents.ShouldAllBe(document => document.StartsWith("/_", StringComparison.Ordinal));
            (link?.RootElement.GetRawText() ?? "").ShouldNotContain(Repository.Root);
        }
    }

    private static XDocument Nuspec(string file)
    {
        using var package = ZipFile.OpenRead(file);
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static XElement? Element(XDocument nuspec, string name) => nuspec.Descendants().FirstOrDefault(node => node.Name.LocalName == name);

    /// <summary>What the symbols say about where sources lie, and of which files they are.</summary>
    private static (JsonDocument? Link, List<string> Documents) Symbols(string file)
    {
        using var package = ZipFile.OpenRead(file);
        var name = Path.GetFileName(file).Split(".0.", 2)[0] + ".pdb";
        using var stream = new MemoryStream();
        using (var compressed = package.Entries.Single(entry => entry.Name == name).Open())
            compressed.CopyTo(stream);
        stream.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream, MetadataStreamOptions.PrefetchMetadata);
        var reader = provider.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(handle => reader.GetCustomDebugInformation(handle)).Where(info => reader.GetGuid(info.Kind) == SourceLink)
            .Select(info => JsonDocument.Parse(Encoding.UTF8.GetString(reader.GetBlobBytes(info.Value)))).FirstOrDefault();
        return (link, [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))]);
    }
}
