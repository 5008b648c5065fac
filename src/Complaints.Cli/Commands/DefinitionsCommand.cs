using System.CommandLine;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Definitions;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints definitions</c>: what a host can change.</summary>
internal static class DefinitionsCommand
{
    private static readonly Argument<string> Kind = new("kind") { Description = $"One of: {string.Join(", ", DefinitionKinds.Names)}." };
    private static readonly Argument<string> Id = new("id") { Description = "The definition's id; 'default' for the kinds of which there is one." };
    private static readonly Argument<FileInfo> Content = new("file") { Description = "A JSON file with the content." };
    private static readonly Option<int?> Version = new("--version") { Description = "Which version; the newest by default." };

    private static readonly Option<bool> AsPublished = new("--as-published") { Description = "A tenant's settings: only what was published, to change and publish again." };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var show = Session.Command("show", "Print the content of a definition; of a tenant's settings, what holds.", ShowAsync);
        show.Add(AsPublished);
        show.Add(Kind);
        show.Add(Id);
        show.Add(Version);
        var publish = Session.Command("publish", "Check a definition and publish it as a new version.", async (session, parsed, cancellationToken) =>
        {
            var json = BoundedFile.Read(parsed.GetValue(Content)!.FullName);
            return await PublishAsync(session, parsed.GetValue(Kind)!, parsed.GetValue(Id)!, json, cancellationToken);
        });
        publish.Add(Kind);
        publish.Add(Id);
        publish.Add(Content);
        var schema = Session.CommandOnAnything("schema", "Print the JSON Schema of a kind, for editors and programs.", SchemaAsync);
        schema.Add(Kind);
        return new Command("definitions", "List, show and publish definitions: policies, calendars, categories and the rest.")
        {
            Session.Command("list", "List every version of every definition, built-ins among them.", ListAsync),
            show, publish, schema, PresetCommand.Create(),
        };
    }

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var all = await AllAsync(session, cancellationToken);
        if (session.AsJson)
        {
            Output.WriteJson(all.Select(definition => new { definition.Kind, definition.Id, definition.Version, hash = definition.ContentHash, publishedAt = Output.Iso(definition.PublishedAt), definition.PublishedBy }));
            return ExitCode.Done;
        }
        foreach (var definition in all)
            Console.WriteLine($"{definition.Kind,-22} {definition.Id,-16} v{definition.Version,-4} {definition.ContentHash[..12]}  {definition.PublishedBy}");
        return ExitCode.Done;
    }

    private static Task<int> SchemaAsync(Session? session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var kind = parsed.GetValue(Kind)!;
        var unknown = new ComplaintError("definition.kind_unknown", ("value", kind), ("known", DefinitionKinds.Names));
        var found = DefinitionKinds.Find(kind) ?? throw new UsageException(unknown.In(Session.CultureOf(parsed)));
        Console.WriteLine(found.Schema.ToJsonString(Indented));
        return Task.FromResult(ExitCode.Done);
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (kind, id, version) = (parsed.GetValue(Kind)!, parsed.GetValue(Id)!, parsed.GetValue(Version));
        var all = await AllAsync(session, cancellationToken);
        var found = all.Where(definition => definition.Kind == kind && definition.Id == id && (version is null || definition.Version == version)).MaxBy(definition => definition.Version)
            ?? throw new UsageException($"There is no definition {kind}/{id}{(version is null ? "" : $" v{version}")}; 'complaints definitions list' shows what there is.");
        Console.WriteLine(kind == SharedDefinitions.Tenant.Name && !parsed.GetValue(AsPublished)
            ? EffectiveSettings.Of(found)
            : found.Json.TrimEnd());
        return ExitCode.Done;
    }

    public static async Task<int> PublishAsync(Session session, string kind, string id, string json, CancellationToken cancellationToken)
    {
        var (published, refusal) = await session.Get<DefinitionLibrary>().PublishAsync(session.Tenant, kind, id, json, session.Actor, cancellationToken);
        if (refusal is not null)
            return session.Refuse(refusal);
        if (session.AsJson)
            Output.WriteJson(new { published!.Kind, published.Id, published.Version, hash = published.ContentHash });
        else
            Console.WriteLine($"In force: {published!.Kind}/{published.Id} v{published.Version}");
        return ExitCode.Done;
    }

    private static async Task<List<Definition>> AllAsync(Session session, CancellationToken cancellationToken) =>
        [.. (await session.PublishedAsync(cancellationToken)).OrderBy(definition => definition.Kind, StringComparer.Ordinal).ThenBy(definition => definition.Id, StringComparer.Ordinal).ThenBy(definition => definition.Version)];
}
