namespace Complaints.SampleHost.Demo;

/// <summary>Whose teams the demo complaints are with, so that pages tell them by name.</summary>
internal static class DemoOrganisation
{
    /// <summary>The team that has the demo complaints.</summary>
    public const string Team = "after-sales";

    /// <summary>The definition <c>organisation</c>.</summary>
    public const string Json = """
        {
          "teams": [
            { "code": "after-sales", "label": { "en": "After-sales service", "zh": "售后服务组" } },
            { "code": "logistics", "label": { "en": "Logistics", "zh": "物流组" } }
          ]
        }
        """;
}
