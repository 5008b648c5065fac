using Complaints.Core;
using Complaints.Core.Classification;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;

namespace Complaints.Reporting.Aggregation;

/// <summary>Tells what a report's definition names and nobody knows: a slip of the pen would be counted as nothing.</summary>
internal sealed class NamedThings
{
    private readonly NamedSet _attributes;
    private readonly NamedSet _outcomes;
    private readonly NamedSet _categories;
    private bool _any;

    public NamedThings(ReportRequest request)
    {
        var definition = request.Definition;
        _attributes = new("report.attribute_unknown", definition.Attributes.Select((name, i) => ($"$.attributes[{i}]", name)), []);
        _outcomes = new("report.outcome_unknown",
            definition.OutcomeGroups.SelectMany(group =>
                Paths($"$.outcomeGroups.{group.Key}.outcomes", group.Value.Outcomes)
                    .Concat(Paths($"$.outcomeGroups.{group.Key}.among", group.Value.Among))),
            request.Rules.Outcomes.Items.Select(outcome => outcome.Code));
        _categories = new("report.category_unknown",
            definition.CategoryGroups.SelectMany(group => Paths($"$.categoryGroups.{group.Key}", group.Value)),
            request.Rules.Categories.Value.Categories.Select(category => category.Code));
    }

    public void Meet(ComplaintSummary complaint)
    {
        _any = true;
        if (!_attributes.IsComplete)
        {
            foreach (var (name, _) in complaint.Attributes)
                _attributes.Meet(name);
        }
        _outcomes.Meet(complaint.Outcome);
        _categories.Meet(complaint.Category);
    }

    /// <summary>The first that nobody knows; over no complaint at all, nothing is said to be unknown.</summary>
    public ComplaintError? Unknown() => _any ? _attributes.Unknown() ?? _outcomes.Unknown() ?? _categories.Unknown() : null;

    private static IEnumerable<(string Path, string Name)> Paths(string path, IEnumerable<string> names) =>
        names.Select((name, i) => ($"{path}[{i}]", name));

    /// <summary>Names of one kind; what is met is remembered only while one is missing.</summary>
    private sealed class NamedSet(string code, IEnumerable<(string Path, string Name)> wanted, IEnumerable<string> known)
    {
        private const int MostNamed = 30;

        private readonly List<(string Path, string Name)> _missing = [.. wanted.ExceptBy(known, named => named.Name)];
        private readonly SortedSet<string> _known = new(known, StringComparer.Ordinal);

        public bool IsComplete => _missing.Count == 0;

        public void Meet(string? name)
        {
            if (name is not null && !IsComplete && _known.Add(name))
                _missing.RemoveAll(named => named.Name == name);
        }

        public ComplaintError? Unknown() => IsComplete
            ? null
            : new(code, ("path", _missing[0].Path), ("value", _missing[0].Name), ("known", string.Join(", ", _known.Take(MostNamed))));
    }
}
