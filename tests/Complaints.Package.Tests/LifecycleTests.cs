using System.Text.RegularExpressions;
using Complaints.Tests.Shared;

namespace Complaints.Package.Tests;

/// <summary>What a host that lives with Stateless does: the README's snippet, from the packages.</summary>
public sealed partial class LifecycleTests(PackageFeed feed) : IDisposable
{
    private readonly ConsumerProject _project = new(feed);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_host_lists_permitted_triggers_and_its_own_action_runs()
    {
        _project.Write(
            ConsumerProject.Ours("Complaints.Lifecycle.Stateless") + ConsumerProject.Ours("Complaints.Storage.Sqlite")
                + ConsumerProject.Pinned("Microsoft.Extensions.DependencyInjection"),
            Snippet().Match(File.ReadAllText(Repository.At("src", "Complaints.Lifecycle.Stateless", "README.md"))).Groups["code"].Value);
        var printed = _project.Run("run");
        printed.ShouldContain("Start investigation");
        printed.ShouldContain("Ring the customer: resolve.");
        printed.ShouldContain("-000001: the desk says Resolved, the machine Resolved.");
        printed.ShouldNotContain("Reopen");
    }

    [GeneratedRegex(@"<!-- snippet: stateless -->\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
