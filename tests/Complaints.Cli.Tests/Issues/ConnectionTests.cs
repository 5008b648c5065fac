using Complaints.Cli;

namespace Complaints.Cli.Tests.Issues;

/// <summary>What people write behind --db.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("a=b.db")]
    [InlineData("it's; here.db")]
    [InlineData("投诉 库.db")]
    public async Task A_file_may_be_called_anything(string name)
    {
        await _tool.DoAsync("init", "--db", _tool[name]);
        File.Exists(_tool[name]).ShouldBeTrue();
        File.Exists(_tool[name] + ".key").ShouldBeTrue();
        await _tool.DoAsync("list", "--db", $"Data Source=\"{_tool[name]}\"");
    }

    [Theory]
    [InlineData("Data Source=x.db;Password=secret", "password")]
    [InlineData("Data Source=:memory:", "memory")]
    [InlineData("Data Source=x.db;Bogus=1", "bogus")]
    public async Task What_cannot_be_is_one_sentence(string db, string word)
    {
        var answer = await _tool.RunAsync("init", "--db", db);
        answer.ExitCode.ShouldBe(ExitCode.Usage);
        answer.Error.ShouldContain(word);
        answer.Error.ShouldNotContain("Parameter");
        answer.Error.ShouldNotContain("secret");
        answer.Error.Trim().Split('\n').Length.ShouldBe(1);
    }
}
