using System.IO.Compression;
using System.Text.Json.Nodes;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>Schemas and examples travel in the packages: an editor without a network finds each beside the other.</summary>
[Collection(PackageFeed.Collection)]
public sealed class SchemaTests(PackageFeed feed)
{
    [Theory]
    [InlineData("Complaints.Core", "definitions", 20)]
    [InlineData("Complaints.Import", "mappings", 1)]
    public void Package_carries_each_schema_and_example_as_it_is_in_the_repository(string package, string folder, int schemas)
    {
        using var nupkg = ZipFile.OpenRead(feed.FileOf(package));
        var carried = nupkg.Entries.Where(entry => entry.FullName.StartsWith($"schemas/{folder}/", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name, Text);

        carried.Keys.Order(StringComparer.Ordinal).ShouldBe(
            Repository.Files($"samples/{folder}").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var (name, text) in carried)
            text.ShouldBe(File.ReadAllText(Repository.At("samples", folder, name)), name);
        carried.Keys.Count(name => name.EndsWith(".schema.json", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(schemas);
    }

    [Theory]
    [InlineData("Complaints.Core")]
    [InlineData("Complaints.Import")]
    public void Each_example_names_a_schema_that_lies_beside_it(string package)
    {
        using var nupkg = ZipFile.OpenRead(feed.FileOf(package));
        var names = nupkg.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.Ordinal);
        var examples = nupkg.Entries.Where(entry => entry.FullName.StartsWith("schemas/", StringComparison.Ordinal)
            && !entry.Name.EndsWith(".schema.json", StringComparison.Ordinal)).ToList();

        examples.ShouldNotBeEmpty();
        foreach (var example in examples)
        {
            var schema = JsonNode.Parse(Text(example), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip,
                AllowTrailingCommas = true })!["$schema"]!.GetValue<string>();
            names.ShouldContain($"{Path.GetDirectoryName(example.FullName)}/{Path.GetFileName(schema)}", example.FullName);
        }
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
