using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>Departments were called in for a quality review (品管评审): they take part in the case from then on, over all rounds.</summary>
/// <param name="Departments">Which, by their codes; those that had been called in before are not named again.</param>
public sealed record DepartmentsConvened(ImmutableArray<string> Departments)
    : ComplaintEvent, IHappening<DepartmentsConvened, Complaint>
{
    static EventType IHappening<DepartmentsConvened, Complaint>.EventType { get; } = new("departments-convened", 1,
        new("Departments called in", "已召集部门"))
    {
        Leaves = Leaving.With<DepartmentsConvened>(static (writer, convened) =>
        {
            writer.WriteStartArray("departments"u8);
            foreach (var department in convened.Departments)
                writer.WriteStringValue(department);
            writer.WriteEndArray();
        }),
    };

    /// <summary>Which; never <c>default</c>.</summary>
    public ImmutableArray<string> Departments { get; init; } = Departments.IsDefault ? [] : Departments;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Convened, Departments.Select(rules.Organisation.DepartmentNamed))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Convened = [.. complaint.Convened, .. Departments] };
}
