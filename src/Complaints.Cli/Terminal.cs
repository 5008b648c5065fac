using Spectre.Console;

namespace Complaints.Cli;

/// <summary>The terminal: plain text through a <see cref="TerminalWriter"/>, tables and bars through Spectre, whose own escapes pass and
/// whose cells are cleaned here.</summary>
internal static class Terminal
{
    private static readonly TextWriter Raw = Console.Out;
    private static readonly Lazy<IAnsiConsole> Drawn = new(() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new Screen() }));

    /// <summary>To be called before anything is said.</summary>
    public static void Guard()
    {
        _ = Raw;
        Console.SetOut(new TerminalWriter(Raw));
        Console.SetError(new TerminalWriter(Console.Error));
    }

    public static Progress Progress() => Drawn.Value.Progress();

    public static void Write(Table table) => Drawn.Value.Write(table);

    /// <summary>A row of plain texts.</summary>
    public static void AddPlainRow(this Table table, params string[] cells) =>
        table.AddRow([.. cells.Select(cell => Markup.Escape(TerminalWriter.Visible(cell)!))]);

    private sealed class Screen : IAnsiConsoleOutput
    {
        private const int UnknownWidth = 80;
        private const int UnknownHeight = 24;

        public TextWriter Writer => Raw;

        public bool IsTerminal => !Console.IsOutputRedirected;

        public int Width => Of(() => Console.BufferWidth, UnknownWidth);

        public int Height => Of(() => Console.WindowHeight, UnknownHeight);

        public void SetEncoding(System.Text.Encoding encoding) => Console.OutputEncoding = encoding;

        private static int Of(Func<int> size, int unknown)
        {
            try
            {
                return size() is > 0 and var known ? known : unknown;
            }
            catch (IOException)
            {
                return unknown;
            }
        }
    }
}
