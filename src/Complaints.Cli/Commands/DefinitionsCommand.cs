using System.CommandLine;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints definitions</c>: what a host can change.</summary>
internal static class DefinitionsCommand
{
    private static readonly Argument<string> Kind = new("kind") { Description = $"One of: {string.Join(", ", DefinitionKinds.Names)}." };
    private static readonly Argument<string> Id = new("id") { Description = "The definition's id; 'default' for the kinds of which there is one." };
    private static readonly Argument<FileInfo> Content = new("file") { Description = "A JSON file with the content." };
    private static readonly Option<int?> Version = new("--version") { Description = "Which version; by default the one that holds now." };

    private static readonly Option<bool> AsPublished = new("--as-published") { Description = "A tenant's settings: only what was published, to change and publish again." };

    /// <summary>From when on a version holds, also for presets.</summary>
    public static readonly Option<string?> From = new("--from")
    {
        Description = "From when on it holds: a day of the tenant's zone (2027-01-01), or an instant (2027-01-01T09:00:00Z). At once by default.",
    };

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
            var from = await FromAsync(session, parsed, cancellationToken);
            return (await PublishAsync(session, parsed.GetValue(Kind)!, parsed.GetValue(Id)!, json, from, cancellationToken)).Code;
        });
        publish.Add(Kind);
        publish.Add(Id);
        publish.Add(Content);
        publish.Add(From);
        var schema = Session.CommandOnAnything("schema", "Print the JSON Schema of a kind, for editors and programs.", SchemaAsync);
        schema.Add(Kind);
        return new Command("definitions", "List, show, compare and publish definitions: policies, calendars, categories and the rest.")
        {
            Session.Command("list", "List every version of every definition, and when it holds; built-ins among them.", ListAsync),
            show, DiffCommand.Create(Kind, Id), publish, schema, PresetCommand.Create(),
        };
    }

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var all = await AllAsync(session, cancellationToken);
        var now = session.Get<IClock>().GetCurrentInstant();
        var spans = all.GroupBy(definition => (definition.Kind, definition.Id)).SelectMany(versions => DefinitionTimeline.Of(versions))
            .ToDictionary(span => (span.Definition.Kind, span.Definition.Id, span.Definition.Version));
        var rows = all.Select(definition => (Of: definition, Span: spans.GetValueOrDefault((definition.Kind, definition.Id,
            definition.Version))));
        if (session.AsJson)
        {
            Output.WriteJson(rows.Select(row => new
            {
                row.Of.Kind, row.Of.Id, row.Of.Version, hash = row.Of.ContentHash, publishedAt = Output.Iso(row.Of.PublishedAt),
                    row.Of.PublishedBy,
                effectiveFrom = Output.Iso(row.Of.EffectiveFrom), holdsFrom = Output.Iso(row.Span?.From),
                    holdsUntil = Output.Iso(row.Span?.Until),
                holds = row.Span?.Holds(now) ?? false,
            }));
            return ExitCode.Done;
        }
        var zone = await session.ZoneAsync(cancellationToken);
        foreach (var (definition, span) in rows)
            Console.WriteLine($"{definition.Kind,-22} {definition.Id,-16} v{definition.Version,-4} {definition.ContentHash[..12]}  {definition.PublishedBy,-10} {When(span, now, zone).In(session.Culture)}");
        return ExitCode.Done;
    }

    private static Label When(DefinitionSpan? span, Instant now, DateTimeZone zone)
    {
        if (span is null)
            return new("never held", "从未生效");
        var from = Output.Local(span.From, zone);
        var until = span.Until is { } end ? Output.Local(end, zone) : null;
        return (span.Holds(now), span.From > now, until) switch
        {
            (true, _, null) => new("holds", "生效中"),
            (true, _, _) => new($"holds until {until}", $"生效中，至 {until}"),
            (_, true, null) => new($"from {from}", $"{from} 起生效"),
            (_, true, _) => new($"from {from} until {until}", $"{from} 起生效，至 {until}"),
            _ => new($"until {until}", $"已于 {until} 失效"),
        };
    }

    private static Task<int> SchemaAsync(Session? session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var kind = parsed.GetValue(Kind)!;
        var unknown = new ComplaintError("definition.kind_unknown", ("value", kind), ("known", DefinitionKinds.Names));
        var found = DefinitionKinds.Find(kind) ?? throw new UsageException(unknown);
        Console.WriteLine(found.Schema.ToJsonString(Indented));
        return Task.FromResult(ExitCode.Done);
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (kind, id, version) = (parsed.GetValue(Kind)!, parsed.GetValue(Id)!, parsed.GetValue(Version));
        var versions = (await AllAsync(session, cancellationToken)).FindAll(definition => definition.Kind == kind && definition.Id == id);
        // What holds from a later day on alone is shown, because nothing else is there.
        var found = (version is { } wanted
                ? versions.Find(definition => definition.Version == wanted)
                : DefinitionTimeline.At(versions, session.Get<IClock>().GetCurrentInstant()) ?? versions.LastOrDefault())
            ?? throw Missing($"{kind}/{id}{(version is null ? "" : $" v{version}")}");
        Console.WriteLine(kind == SharedDefinitions.Tenant.Name && !parsed.GetValue(AsPublished)
            ? EffectiveSettings.Of(found)
            : found.Json.TrimEnd());
        return ExitCode.Done;
    }

    /// <summary>The instant that was named: of a day its start in the tenant's zone.</summary>
    public static async Task<Instant?> FromAsync(Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(From) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day)
            return (await session.ZoneAsync(cancellationToken)).AtStartOfDay(day.Value).ToInstant();
        return OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } instant
            ? instant.Value.ToInstant()
            : throw new UsageException(
                $"--from: '{text}' is neither a day such as 2027-01-01 nor an instant such as 2027-01-01T09:00:00Z.",
                $"--from：“{text}”既不是日期（如 2027-01-01），也不是时刻（如 2027-01-01T09:00:00Z）。");
    }

    /// <summary>There is no definition of that name.</summary>
    public static UsageException Missing(string name) => new(
        $"There is no definition {name}; 'complaints definitions list' shows what there is.",
        $"没有定义 {name}；'complaints definitions list' 列出现有的定义。");

    public static async Task<(int Code, ComplaintError? Refusal)> PublishAsync(
        Session session, string kind, string id, string json, Instant? from, CancellationToken cancellationToken)
    {
        var (published, refusal) = await session.Get<DefinitionLibrary>()
            .PublishAsync(session.Tenant, kind, id, json, session.Actor, from, cancellationToken);
        if (refusal is not null)
            return (session.Refuse(refusal), refusal);
        var isLater = published!.EffectiveFrom > session.Get<IClock>().GetCurrentInstant();
        var name = $"{published.Kind}/{published.Id} v{published.Version}";
        if (session.AsJson)
        {
            Output.WriteJson(new { published.Kind, published.Id, published.Version, hash = published.ContentHash,
                effectiveFrom = Output.Iso(published.EffectiveFrom) });
        }
        else if (isLater)
        {
            var start = Output.Local(published.EffectiveFrom!.Value, await session.ZoneAsync(cancellationToken));
            Console.WriteLine(session.Say($"Holds from {start} on: {name}", $"自 {start} 起生效：{name}"));
        }
        else
        {
            Console.WriteLine(session.Say($"In force: {name}", $"已生效：{name}"));
        }
        return (ExitCode.Done, null);
    }

    private static async Task<List<Definition>> AllAsync(Session session, CancellationToken cancellationToken) =>
        [.. (await session.PublishedAsync(cancellationToken)).OrderBy(definition => definition.Kind, StringComparer.Ordinal).ThenBy(definition => definition.Id, StringComparer.Ordinal).ThenBy(definition => definition.Version)];
}
