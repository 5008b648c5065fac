using System.Text.Json;
using Complaints.Core.Contact;

namespace Complaints.Core.Tests.Contact;

/// <summary>What is known already, from a file.</summary>
public sealed class KnowledgeTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"knowledge-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    private static object Article(string id, string zh, string[]? categories = null, string[]? items = null) => new
    {
        id, title = new { en = $"About {id}", zh }, text = new { en = "Do this.", zh = "这样处理。" }, categories = categories ?? [],
            items = items ?? [],
    };

    private KnowledgeFile With(params object[] articles)
    {
        File.WriteAllText(_file, JsonSerializer.Serialize(articles));
        return new KnowledgeFile(_file);
    }

    private static async Task<string> IdsAsync(KnowledgeFile file, KnowledgeQuery query) =>
        string.Join(' ', (await file.SearchAsync(TenantId.Default, query, default)).Select(article => article.Id));

    [Fact]
    public async Task S143_S148_What_fits_best_comes_first_and_what_is_about_something_else_not_at_all()
    {
        var file = With(Article("any", "漏水"), Article("wide", "漏水", ["product"]), Article("narrow", "甲", ["leak"]),
            Article("other", "漏水", ["service"]), Article("fridge", "乙", ["product"], ["fridge"]));
        (await IdsAsync(file, new("product", "leak", Words: "漏水"))).ShouldBe("narrow wide fridge any");
        (await IdsAsync(file, new("product", "leak", "fridge", Most: 1))).ShouldBe("fridge");
        (await IdsAsync(file, new("product", Item: "oven"))).ShouldBe("wide");
        (await IdsAsync(file, new(Words: "ABOUT any"))).ShouldStartWith("any");
        (await IdsAsync(file, new())).ShouldBe("");
        (await file.GetAsync(TenantId.Default, "wide", default))!.Title.Zh.ShouldBe("漏水");
        (await file.GetAsync(TenantId.Default, "made-up", default)).ShouldBeNull();
    }

    [Fact]
    public async Task S148_A_changed_file_is_read_again_and_a_broken_one_leaves_what_was_known()
    {
        var file = With(Article("one", "甲", ["product"]));
        (await IdsAsync(file, new("product"))).ShouldBe("one");
        With(Article("two", "乙", ["product"]));
        File.SetLastWriteTimeUtc(_file, DateTime.UnixEpoch.AddDays(1));
        (await IdsAsync(file, new("product"))).ShouldBe("two");
        File.WriteAllText(_file, "[{");
        File.SetLastWriteTimeUtc(_file, DateTime.UnixEpoch.AddDays(2));
        (await IdsAsync(file, new("product"))).ShouldBe("two");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""[{"id":"a"}]""")]
    [InlineData("""[{"id":"a","title":{"en":"A","zh":""},"text":{"en":"A","zh":"甲"}}]""")]
    [InlineData("""[{"id":"a","title":{"en":"A","zh":"甲"},"text":{"en":"A","zh":"甲"},"colour":1}]""")]
    public async Task S148_What_is_no_list_of_articles_is_told_with_its_file(string json)
    {
        File.WriteAllText(_file, json);
        (await Should.ThrowAsync<InvalidDataException>(() => IdsAsync(new KnowledgeFile(_file), new()))).Message.ShouldContain(_file);
        (await IdsAsync(new KnowledgeFile(_file + ".missing"), new(Words: "a"))).ShouldBe("", "one that is not there yet");
    }
}
