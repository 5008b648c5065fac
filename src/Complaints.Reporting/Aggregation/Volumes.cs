using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>How many there are of what, and how many of them are resolved.</summary>
internal sealed class Volumes(ReportDefinition definition)
{
    private readonly Counts _months = new();
    private readonly Counts _closedMonths = new();
    private readonly Counts _categories = new();
    private readonly Counts _subcategories = new();
    private readonly Counts _channels = new();
    private readonly Counts _outcomes = new();
    private readonly Counts _states = new();
    private readonly Counts _missing = new();
    private readonly Counts _contradictions = new();
    private readonly CrossCounts _monthChannels = new();
    private readonly CrossCounts _categoryChannels = new();
    private readonly CrossCounts _attributes = new();
    private readonly Dictionary<string, Ratio> _groups = definition.OutcomeGroups.Keys.ToDictionary(name => name, _ => new Ratio());
    private readonly Dictionary<string, Ratio> _categoryGroups =
        definition.CategoryGroups.Keys.ToDictionary(name => name, _ => new Ratio());
    private readonly Ratio _resolved = new();
    private Instant? _first;
    private Instant? _last;
    private Instant? _lastClosed;
    private long _rows;

    public void Add(ComplaintSummary complaint, string month)
    {
        _rows++;
        _first ??= complaint.ReceivedAt;
        _last = complaint.ReceivedAt;
        _months.Add(month);
        _categories.Add(complaint.Category);
        _subcategories.Add(complaint.Subcategory);
        _channels.Add(complaint.Channel);
        _outcomes.Add(complaint.Outcome);
        _states.Add(complaint.State.ToString());
        _monthChannels.Add(month, complaint.Channel);
        _categoryChannels.Add(complaint.Category, complaint.Channel);
        _resolved.Add(complaint.State is ComplaintState.Resolved or ComplaintState.Closed);
        foreach (var contradiction in complaint.Contradictions)
            _contradictions.Add(contradiction);
        foreach (var name in definition.Attributes)
        {
            if (complaint.Attributes.TryGetValue(name, out var value))
                _attributes.Add(name, value);
            else
                _missing.Add($"attributes.{name}");
        }
        if (complaint.Outcome is { } outcome)
        {
            foreach (var (name, group) in definition.OutcomeGroups)
            {
                if (group.IsAmong(outcome))
                    _groups[name].Add(group.Has(outcome));
            }
        }
        if (complaint.Category is { } category)
        {
            foreach (var (name, group) in definition.CategoryGroups)
                _categoryGroups[name].Add(group.Contains(category));
        }
        CountMissing(complaint);
    }

    public void AddClosure(Instant closed, string month)
    {
        _closedMonths.Add(month);
        if (_lastClosed is null || closed > _lastClosed)
            _lastClosed = closed;
    }

    public IEnumerable<(string Id, FigureValue Value)> Figures() =>
    [
        ("rows", new Amount(_rows)),
        ("first_received", new Moment(_first)),
        ("last_received", new Moment(_last)),
        ("last_closed", new Moment(_lastClosed)),
        ("per_month", _months.ByKey()),
        ("closed_per_month", _closedMonths.ByKey()),
        ("per_category", _categories.BySize()),
        ("per_subcategory", _subcategories.BySize()),
        ("per_channel", _channels.BySize()),
        ("per_month_channel", _monthChannels.ByKey()),
        ("per_category_channel", _categoryChannels.ByKey()),
        ("per_attribute", _attributes.Of([.. definition.Attributes])),
        ("per_outcome", _outcomes.BySize()),
        ("per_state", _states.BySize(RecordedNumbers.StateLabel)),
        ("outcome_groups", SharesOf(_groups)),
        ("category_groups", SharesOf(_categoryGroups)),
        ("category_percentages", _categories.ByPercentage()),
        ("channel_percentages", _channels.ByPercentage()),
        ("resolution_rate", _resolved.Value),
        ("contradictions", _contradictions.BySize()),
        ("missing", _missing.Of(
        [
            "target", "verdict", "repeatKey", "category", "subcategory", "outcome", "acknowledgement",
            .. definition.Attributes.Select(name => $"attributes.{name}"),
        ])),
    ];

    private static Breakdown SharesOf(Dictionary<string, Ratio> groups) =>
        new([.. groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new Part(group.Key, group.Value.Value))]);

    private void CountMissing(ComplaintSummary complaint)
    {
        Count(complaint.TargetAt is null, "target");
        Count(complaint.SourceInTime is null, "verdict");
        Count(complaint.RepeatHash is null && complaint.CustomerHash is null, "repeatKey");
        Count(complaint.Category is null, "category");
        Count(complaint.Subcategory is null, "subcategory");
        Count(complaint.Outcome is null, "outcome");
        Count(complaint.AcknowledgedAt is null, "acknowledgement");

        void Count(bool isMissing, string what)
        {
            if (isMissing)
                _missing.Add(what);
        }
    }
}
