using System.Text.Json;
using Complaints.Core;

namespace Complaints.Import.Mapping;

/// <summary>A place in a mapping file: reads strictly and collects everything that is wrong, each with its path.</summary>
internal sealed class MappingNode(JsonElement element, string path, List<ComplaintError> errors)
{
    public string Path => path;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    public void Error(string code, params ReadOnlySpan<(string Name, object? Value)> data) => errors.Add(new ComplaintError(code, [("path", path), .. data]));

    /// <summary>Says which keys an object may have; every other one is an error.</summary>
    public MappingNode Allow(IReadOnlyCollection<string> keys)
    {
        if (!IsObject)
        {
            Error("mapping.type", ("expected", "an object"));
            return this;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!seen.Add(property.Name))
                Error("mapping.duplicate_key", ("value", property.Name));
            else if (!keys.Contains(property.Name))
                new MappingNode(property.Value, $"{path}.{property.Name}", errors).Error("mapping.unknown_key", ("value", property.Name), ("nearest", NearestName.Of(property.Name, keys)));
        }
        return this;
    }

    public MappingNode? Find(string key) =>
        IsObject && element.TryGetProperty(key, out var value) ? new MappingNode(value, $"{path}.{key}", errors) : null;

    public MappingNode? Need(string key)
    {
        var found = Find(key);
        if (found is null && IsObject)
            Error("mapping.missing_key", ("value", key));
        return found;
    }

    public IEnumerable<(string Key, MappingNode Value)> Entries()
    {
        if (!IsObject)
        {
            Error("mapping.type", ("expected", "an object"));
            yield break;
        }
        foreach (var property in element.EnumerateObject())
            yield return (property.Name, new MappingNode(property.Value, $"{path}.{property.Name}", errors));
    }

    public IEnumerable<MappingNode> Items()
    {
        if (!IsArray)
        {
            Error("mapping.type", ("expected", "a list"));
            yield break;
        }
        var index = 0;
        foreach (var item in element.EnumerateArray())
            yield return new MappingNode(item, $"{path}[{index++}]", errors);
    }

    public string Text()
    {
        if (element.ValueKind == JsonValueKind.String)
            return element.GetString()!;
        Error("mapping.type", ("expected", "a text"));
        return "";
    }

    /// <summary>A list of texts; one text alone counts as a list of one.</summary>
    public string[] Texts() => IsArray ? [.. Items().Select(item => item.Text())] : [Text()];

    public bool Flag()
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return element.GetBoolean();
        Error("mapping.type", ("expected", "true or false"));
        return false;
    }

    /// <summary>One of a few words.</summary>
    public string OneOf(IReadOnlyCollection<string> words)
    {
        var text = Text();
        if (words.Contains(text))
            return text;
        if (element.ValueKind == JsonValueKind.String)
            Error("mapping.value", ("value", text), ("nearest", NearestName.Of(text, words)), ("known", string.Join(", ", words)));
        return words.First();
    }
}
