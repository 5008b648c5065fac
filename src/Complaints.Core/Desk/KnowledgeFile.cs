using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core.Contact;

namespace Complaints.Core;

/// <summary>Answers from a JSON file, a list of articles of at most 4 MB, the same for every tenant. It is read at first use, and again
/// when
/// it has changed; where it cannot be read any more, what was read before goes on answering. Thread-safe.</summary>
/// <remarks>A file that is not there yet has no articles.</remarks>
/// <param name="path">The file; a relative path counts from the current folder of this moment.</param>
public sealed class KnowledgeFile(string path) : IKnowledgeBase
{
    private const int MostOfWords = 200;
    private readonly string _path = Path.GetFullPath(path);
    private readonly Lock _gate = new();
    private ImmutableArray<KnowledgeArticle> _articles;
    private DateTime _readOf;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file holds no list of articles, and never did here; the message names the
    /// place.</exception>
    /// <exception cref="IOException">The file is there and cannot be read, and never was here.</exception>
    public ValueTask<ImmutableArray<KnowledgeArticle>> SearchAsync(
        TenantId tenant, KnowledgeQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Most, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Most, 50, nameof(query));
        var said = query.Words is { Length: > MostOfWords } many ? many[..MostOfWords] : query.Words ?? "";
        string[] words = [.. said.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        return new([.. Articles().Select(article => (Article: article, Fit: article.FitOf(query, words))).Where(found => found.Fit > 0)
            .OrderByDescending(found => found.Fit).ThenBy(found => found.Article.Id, StringComparer.Ordinal)
            .Take(query.Most).Select(found => found.Article)]);
    }

    /// <inheritdoc/>
    public ValueTask<KnowledgeArticle?> GetAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        new(Articles().FirstOrDefault(article => article.Id == id));

    private ImmutableArray<KnowledgeArticle> Articles()
    {
        lock (_gate)
        {
            var changed = File.GetLastWriteTimeUtc(_path);
            if (_articles.IsDefault && !File.Exists(_path))
                return [];
            if (_articles.IsDefault)
                _articles = Read();
            else if (changed == _readOf)
                return _articles;
            else if (TryRead() is { } newer)
                _articles = newer;
            _readOf = changed;
            return _articles;
        }
    }

    /// <summary>A file that is being written, or was broken, is looked at again when it changes.</summary>
    private ImmutableArray<KnowledgeArticle>? TryRead()
    {
        try
        {
            return Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private ImmutableArray<KnowledgeArticle> Read()
    {
        try
        {
            var articles = JsonSerializer.Deserialize(BoundedFile.Read(_path), KnowledgeJson.Default.ImmutableArrayKnowledgeArticle);
            foreach (var article in articles)
            {
                if (article is null || (Text.Check("id", article.Id, Text.Id) ?? Wrong(article)) is not null)
                {
                    throw new JsonException(
                        $"the article '{article?.Id}' has no id, or no title and text in en and zh of at most {Text.Long} characters");
                }
            }
            return articles;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{_path}' holds no list of articles: {e.Message}", e);
        }
    }

    private static ComplaintError? Wrong(KnowledgeArticle article) =>
        article.Title is null || article.Text is null ? new("text.required", ("field", "title"))
            : Text.Check("title", article.Title.En, Text.Title) ?? Text.Check("title", article.Title.Zh, Text.Title)
                ?? Text.Check("text", article.Text.En, Text.Long) ?? Text.Check("text", article.Text.Zh, Text.Long);
}

/// <summary>How the file is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(ImmutableArray<KnowledgeArticle>))]
internal sealed partial class KnowledgeJson : JsonSerializerContext;
