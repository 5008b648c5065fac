using System.CommandLine;
using Complaints.Core.Lifecycle;
using Complaints.Core;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Cli.Commands;

/// <summary><c>complaints commands</c>: everything that may be done to a complaint, from the library's catalogue. Needs no database; with one, the tenant's roles and codes are told.</summary>
internal static class CommandsCommand
{
    public static Command Create() => Session.CommandOnAnything("commands", "List the commands: names, fields, roles, states, refusals.", RunAsync);

    private static async Task<int> RunAsync(Session? session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var rules = session is null ? Rulebook.BuiltIn : await session.RulesAsync(cancellationToken);
        if (parsed.GetValue(Session.Json))
        {
            Output.WriteJson(All.Select(command => Document(command, rules)));
            return ExitCode.Done;
        }
        var words = new Wording(Session.CultureOf(parsed));
        foreach (var room in All.GroupBy(command => command.Room))
        {
            Console.WriteLine(words.Say(Words.Room(room.Key)));
            foreach (var command in room)
            {
                Console.WriteLine($"  {command.Name.Value,-24} {words.Say(command.Label)}");
                Print(command.Fields, "    ", words);
            }
        }
        return ExitCode.Done;
    }

    private static IEnumerable<CommandInfo> All => [.. CommandCatalogue.All, .. CommandCatalogue.Improvements];

    /// <summary>A line a field; what a group consists of stands below it.</summary>
    private static void Print(IEnumerable<Field> fields, string indent, Wording words)
    {
        foreach (var field in fields)
        {
            var bound = field.MaxLength is { } most ? $" ({most})" : "";
            Console.WriteLine($"{indent + field.Name,-26} {words.Say(field.Label)}{(field.IsRequired ? " *" : "")}{bound}");
            Print(field.Parts, indent + "  ", words);
        }
    }

    private static object Document(CommandInfo command, Rulebook rules) => new
    {
        name = command.Name.Value,
        room = command.Room,
        label = Both(command.Label),
        roles = rules.RolesFor(command.Name),
        of = command is ComplaintCommandInfo ? AggregateId.Complaint : AggregateId.Improvement,
        states = (command as ComplaintCommandInfo)?.States.Select(state => state.ToString()),
        creates = command.IsCreating,
        commutes = command.Commutes,
        fields = command.Fields.Select(field => Document(field, rules)),
        refusals = command.Refusals,
    };

    private static object Document(Field field, Rulebook rules) => new
    {
        name = field.Name,
        label = Both(field.Label),
        kind = field.Kind.ToString(),
        required = field.IsRequired,
        personal = field.IsPersonal,
        maxLength = field.MaxLength,
        lowest = field.Lowest,
        highest = field.Highest,
        codes = field.ChoicesIn(rules) is { IsEmpty: false } choices
            ? choices.Select(choice => new { code = choice.Code, label = Both(choice.Label) })
            : null,
        parts = field.Parts.IsEmpty ? null : field.Parts.Select(part => Document(part, rules)),
    };

    private static object Both(Label label) => new { en = label.En, zh = label.Zh };
}
