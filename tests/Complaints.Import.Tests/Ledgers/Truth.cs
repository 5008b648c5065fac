using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Complaints.Import.Tests.Ledgers;

/// <summary>Walks a truth file: every figure in it must be compared or be excused with a reason, so that none is forgotten.</summary>
public sealed class Truth
{
    private readonly Dictionary<string, (JsonNode? Actual, bool IsTop)> _answers = [];
    private readonly Dictionary<string, string> _excused = [];
    private readonly List<string> _differences = [];

    public int Compared { get; private set; }

    /// <summary>The figure at a path of the truth file is this one of ours; its keys must be the same on both sides.</summary>
    public Truth Is(string path, JsonNode? actual)
    {
        _answers.Add(path, (actual, false));
        return this;
    }

    /// <summary>The same, but the truth file holds only the top of the list.</summary>
    public Truth IsTop(string path, JsonNode? actual)
    {
        _answers.Add(path, (actual, true));
        return this;
    }

    public Truth Excuse(string path, string reason)
    {
        _excused.Add(path, reason);
        return this;
    }

    public IReadOnlyList<string> Differences(JsonObject truth)
    {
        Walk(truth, "");
        foreach (var unused in _answers.Keys.Concat(_excused.Keys))
            _differences.Add($"{unused}: not in the truth file");
        return _differences;
    }

    private void Walk(JsonObject node, string path)
    {
        foreach (var (key, value) in node)
        {
            var at = path.Length == 0 ? key : $"{path}/{key}";
            if (_excused.Remove(at))
                continue;
            if (_answers.Remove(at, out var answer))
                Compare(value, answer.Actual, at, answer.IsTop);
            else if (value is JsonObject inner)
                Walk(inner, at);
            else
                _differences.Add($"{at}: neither compared nor excused");
        }
    }

    private void Compare(JsonNode? expected, JsonNode? actual, string at, bool isTop)
    {
        if (expected is JsonObject figures)
        {
            var ours = actual as JsonObject;
            foreach (var (key, value) in figures)
                Compare(value, ours?[key], $"{at}/{key}", isTop: false);
            foreach (var (key, value) in ours ?? [])
            {
                if (!figures.ContainsKey(key) && (!isTop || Number(value) > figures.Min(figure => Number(figure.Value))))
                    _differences.Add($"{at}/{key}: {value} is not in the truth file");
            }
            return;
        }
        Compared++;
        var same = expected?.GetValueKind() == JsonValueKind.Number && actual?.GetValueKind() == JsonValueKind.Number
            ? Math.Abs(Number(expected) - Number(actual)) <= 1e-6 * Math.Max(1, Math.Abs(Number(expected)) * 1e-6)
            : JsonNode.DeepEquals(expected, actual);
        if (!same)
            _differences.Add($"{at}: expected {expected?.ToJsonString() ?? "null"}, is {actual?.ToJsonString() ?? "null"}");
    }

    private static double Number(JsonNode? node) => double.Parse(node!.ToJsonString(), CultureInfo.InvariantCulture);
}
