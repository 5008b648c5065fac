namespace Complaints.SampleHost.Demo;

/// <summary>Whose teams the demo complaints are with, so that pages tell them by name.</summary>
internal static class DemoOrganisation
{
    /// <summary>The team that has the demo complaints.</summary>
    public const string Team = "after-sales";

    /// <summary>The department from which the established points come.</summary>
    public const string Department = "logistics";

    /// <summary>The definition <c>organisation</c>.</summary>
    public const string Json = """
        {
          "departments": [
            { "code": "logistics", "label": { "en": "Logistics", "zh": "物流部" } },
            { "code": "service", "label": { "en": "Customer service", "zh": "客户服务部" } },
            { "code": "quality", "label": { "en": "Product quality", "zh": "质量部" } },
            { "code": "technical-support", "label": { "en": "Technical support", "zh": "技术支持部" } }
          ],
          "teams": [
            { "code": "after-sales", "label": { "en": "After-sales service", "zh": "售后服务组" } },
            { "code": "logistics", "label": { "en": "Logistics", "zh": "物流组" } }
          ],
          "areas": [
            { "code": "pudong", "label": { "en": "Pudong", "zh": "浦东片区" } },
            { "code": "puxi", "label": { "en": "Puxi", "zh": "浦西片区" } }
          ]
        }
        """;
}
