using System.CommandLine;
using Complaints.Core;
using Complaints.Core.Definitions;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints definitions diff</c>: what was changed from one version of a definition to another.</summary>
internal static class DiffCommand
{
    private static readonly Option<int?> Older = new("--from")
    {
        Description = "The earlier version; by default the one before the later one.",
    };
    private static readonly Option<int?> Newer = new("--to") { Description = "The later version; the newest by default." };

    public static Command Create(Argument<string> kind, Argument<string> id)
    {
        var command = Session.Command("diff", "What was added, removed and changed between two versions.", async (session, parsed,
            cancellationToken) =>
        {
            var (wanted, name) = (parsed.GetValue(kind)!, parsed.GetValue(id)!);
            var versions = (await session.PublishedAsync(cancellationToken))
                .Where(definition => definition.Kind == wanted && definition.Id == name).OrderBy(definition => definition.Version).ToList();
            var to = Find(versions, parsed.GetValue(Newer) ?? versions.LastOrDefault()?.Version ?? 1, wanted, name);
            var before = parsed.GetValue(Older) ?? versions.LastOrDefault(version => version.Version < to.Version)?.Version;
            if (before is null)
            {
                throw new UsageException(
                    $"{wanted}/{name} v{to.Version} is the first one: there is nothing to compare it with.",
                    $"{wanted}/{name} v{to.Version} 是第一个版本：没有可比较的版本。");
            }
            return Tell(session, Find(versions, before.Value, wanted, name), to);
        });
        command.Add(kind);
        command.Add(id);
        command.Add(Older);
        command.Add(Newer);
        return command;
    }

    private static Definition Find(List<Definition> versions, int version, string kind, string id) =>
        versions.Find(known => known.Version == version)
            ?? throw DefinitionsCommand.Missing($"{kind}/{id} v{version}");

    private static int Tell(Session session, Definition from, Definition to)
    {
        var changes = DefinitionDiff.Between(from.Json, to.Json);
        if (session.AsJson)
        {
            Output.WriteJson(new { to.Kind, to.Id, from = from.Version, to = to.Version, changes = changes.Select(change =>
                new { change.Path, change.What, change.Before, change.After }) });
            return ExitCode.Done;
        }
        Console.WriteLine($"{to.Kind}/{to.Id} v{from.Version} -> v{to.Version}");
        foreach (var change in changes)
            Console.WriteLine($"  {change.Text.In(session.Culture)}");
        if (changes.IsEmpty)
            Console.WriteLine(session.Say("  Both say the same.", "  内容相同。"));
        return ExitCode.Done;
    }
}
