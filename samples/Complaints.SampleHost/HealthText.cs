using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Complaints.SampleHost;

/// <summary>Health as text: the verdict in the first line, for programs, then what speaks against it, for people.</summary>
internal static class HealthText
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var why = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => $"{entry.Key}: {entry.Value.Description}");
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Join('\n', why.Prepend(report.Status.ToString())), context.RequestAborted);
    }
}
