using System.Reflection;
using System.Text;
using Complaints.Cli;

namespace Complaints.Cli.Tests;

/// <summary>The tool's own entry, called in this process: all that a process of its own does but the second that its start takes.
/// <see cref="ProcessTests"/> holds both against each other.</summary>
internal static class InHouse
{
    /// <summary>One run at a time: where it speaks, its folder and the variable that names its database belong to the process.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly MethodInfo Entry = typeof(ExitCode).Assembly.EntryPoint!;
    private static readonly Ear Output = new();
    private static readonly Ear Error = new();

    public static async Task<Answer> RunAsync(string folder, string db, string[] arguments)
    {
        await Turn.WaitAsync();
        var (output, error, home) = (Console.Out, Console.Error, Environment.CurrentDirectory);
        Console.SetOut(Output);
        Console.SetError(Error);
        Environment.SetEnvironmentVariable("COMPLAINTS_DB", db);
        Environment.CurrentDirectory = folder;
        try
        {
            // On a thread of its own accord, which takes the language with it when it ends.
            var exitCode = await Task.Run(() => (int)Entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!);
            return new Answer(exitCode, Output.Take(), Error.Take());
        }
        finally
        {
            Environment.CurrentDirectory = home;
            Environment.SetEnvironmentVariable("COMPLAINTS_DB", null);
            Console.SetOut(output);
            Console.SetError(error);
            Turn.Release();
        }
    }

    /// <summary>Hears what is said. One for all runs, because the tool keeps the output that it met at its start.</summary>
    private sealed class Ear : TextWriter
    {
        private readonly StringBuilder _heard = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (_heard)
                _heard.Append(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (_heard)
                _heard.Append(buffer, index, count);
        }

        public override void Write(string? value)
        {
            lock (_heard)
                _heard.Append(value);
        }

        public string Take()
        {
            lock (_heard)
            {
                var said = _heard.ToString();
                _heard.Clear();
                return said;
            }
        }
    }
}
