using Complaints.Core.FollowUp;
using Complaints.Core.Sla;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Testing;

namespace Complaints.Simulation.World;

/// <summary>What all runs share, because it never changes: the definitions, compiled once, with a policy of minutes; the master key; a clock that stands still, so that nobody looks for newer ones.</summary>
internal static class Rules
{
    private const string Minutes = """
        {
          "label": {"en": "Minutes", "zh": "分钟"}, "order": 1000,
          "objectives": [
            {"objective": "acknowledgement", "limit": "3 minutes"},
            {"objective": "resolution", "limit": "10 minutes", "warnings": ["50%"], "escalations": [
              {"at": "due", "level": 1, "role": "supervisor", "raisePriority": true}, {"at": "5 minutes after", "level": 2, "role": "manager"}]}
          ]
        }
        """;

    public static DefinitionLibrary Library { get; } = Publish();

    public static Rulebook Book { get; } = Library.RulesAsync(TenantId.Default, default).Now();

    public static IKeyProtector Protector { get; } = new FileKeyProtector(new byte[32]);

    /// <summary>Whoever is escalated to the highest priority is under this one from then on.</summary>
    private const string FewerMinutes = """
        {
          "label": {"en": "Fewer minutes", "zh": "更短分钟"}, "order": 100, "appliesTo": {"priorities": ["p1"]},
          "objectives": [{"objective": "resolution", "limit": "6 minutes", "warnings": ["50%", "80%"], "escalations": [{"at": "3 minutes after", "level": 3, "role": "director"}]}]
        }
        """;

    /// <summary>Every run has minutes in which customers must not be disturbed (T22), and no night.</summary>
    private const string Hours = """
        {
          "week": {"tuesday": ["00:00-09:10", "09:25-23:00"]},
          "topics": ["acknowledged", "resolved", "reopened"]
        }
        """;

    private static DefinitionLibrary Publish()
    {
        var store = new InMemoryComplaintStore();
        var library = new DefinitionLibrary(store, new FakeClock(), 
        [
            new(TenantId.Default, SlaDefinitions.Policies.Name, "call-centre", Minutes),
            new(TenantId.Default, SlaDefinitions.Policies.Name, "urgent", FewerMinutes),
            new(TenantId.Default, FollowUpDefinitions.ContactHours.Name, "default", Hours),
        ]);
        library.RulesAsync(TenantId.Default, default).Now();
        return library;
    }
}
