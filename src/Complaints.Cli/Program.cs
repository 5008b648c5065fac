using System.CommandLine;
using Complaints.Cli;
using Complaints.Cli.Commands;

var root = new RootCommand("Complaints from the command line: import, list, show, report, verify, questions about time. Exit codes: 0 done, 1 refused or something found, 2 wrong usage, 3 done with bad rows or questions, 4 the store failed.")
{
    InitCommand.Create(),
    ImportCommand.Create(),
    ListCommand.Create(),
    ShowCommand.Create(),
    AdoptCommand.Create(),
    ReportCommand.Create(),
    SweepCommand.Create(),
    ReconcileCommand.Create(),
    VerifyCommand.Create(),
    DefinitionsCommand.Create(),
    TimeCommand.Create(),
    CommandsCommand.Create(),
    DoctorCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine($"{error.Message} Run 'complaints {string.Join(' ', args.TakeWhile(word => !word.StartsWith('-')))} --help'.");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
