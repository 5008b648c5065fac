using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using Complaints.Cli;
using Complaints.Cli.Commands;

Terminal.Guard();
// The parser has its own sentences in Chinese; it asks the thread.
CultureInfo.CurrentUICulture = Session.CultureIn(args) ?? CultureInfo.CurrentUICulture;
// A plain command, because a root command is called what the assembly is.
var root = new Command("complaints",
    "Complaints and improvements from the command line: import, list, show, report, verify, questions about time. Exit codes: 0 done, 1 refused or something found, 2 wrong usage, 3 done with bad rows or questions, 4 the store failed.")
{
    new HelpOption(),
    new VersionOption(),
    InitCommand.Create(),
    ImportCommand.Create(),
    ListCommand.Create(),
    ShowCommand.Create(),
    WorkCommand.Create(),
    QueueCommand.Create(),
    MissingCommand.Create(),
    StuckCommand.Create(),
    ImprovementsCommand.Create(),
    AdoptCommand.Create(),
    ReportCommand.Create(),
    SweepCommand.Create(),
    ReconcileCommand.Create(),
    VerifyCommand.Create(),
    DefinitionsCommand.Create(),
    KeysCommand.Create(),
    TimeCommand.Create(),
    CommandsCommand.Create(),
    DoctorCommand.Create(),
};
var parsed = root.Parse(args);
if (args.Length == 0)
{
    await root.Parse(["--help"]).InvokeAsync();
    return ExitCode.Usage;
}
if (parsed.Errors.Count > 0)
{
    // A word that is no command is said once, not as a command that is missing too.
    var words = parsed.UnmatchedTokens.Count > 0 ? parsed.Errors.Where(error => error.Message.Contains(parsed.UnmatchedTokens[0], StringComparison.Ordinal)).ToList() : [.. parsed.Errors];
    var help = $"'{PathOf(parsed.CommandResult)} --help'";
    var look = new Complaints.Core.Label($"Run {help}.", $"请运行 {help}。");
    foreach (var error in words.Count > 0 ? words : [.. parsed.Errors])
        Console.Error.WriteLine($"{error.Message} {look.In(CultureInfo.CurrentUICulture)}");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : command.Command.Name;
