using System.Runtime.CompilerServices;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Tests.Lifecycle;

public sealed class ReadmeTests
{
    /// <summary>Run with <c>COMPLAINTS_APPROVE_README=1</c> to write the diagram after the table was changed on purpose.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void The_diagram_in_the_README_is_the_table(string name)
    {
        var path = Path.Combine(Root(), name);
        var text = File.ReadAllText(path);
        const string Begin = "<!-- generated: lifecycle -->\n```mermaid\n";
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf("```", from, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE_README") == "1")
            File.WriteAllText(path, text = text[..from] + LifecycleMachine.ToMermaid() + text[to..]);
        text.ShouldContain(Begin + LifecycleMachine.ToMermaid() + "```");
    }

    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..");
}
