namespace Complaints.Package.Tests;

/// <summary>What was typed from a page and what it printed. Pages in two languages that say the same are typed once.</summary>
public sealed class TypedPages(PackageFeed feed) : IDisposable
{
    private readonly Dictionary<string, (ConsumerProject Project, Lazy<string> Printed)> _pages = [];

    public void Dispose()
    {
        foreach (var (project, _) in _pages.Values)
            project.Dispose();
    }

    /// <summary>The project in which these commands and this program were typed, and what the program printed.</summary>
    internal (ConsumerProject Project, string Printed) Of(IReadOnlyList<string> commands, string code)
    {
        var page = string.Join('\n', [.. commands, code]);
        if (!_pages.TryGetValue(page, out var typed))
        {
            var project = new ConsumerProject(feed);
            _pages[page] = typed = (project, new(() => project.Type(commands, code)));
        }
        return (typed.Project, typed.Printed.Value);
    }
}
