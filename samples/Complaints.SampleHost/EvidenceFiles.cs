using Complaints.Core;
using Complaints.Core.History;

namespace Complaints.SampleHost;

/// <summary>Hands out files of evidence: always as a file to be saved, never as a page of this host, whatever is in it.</summary>
internal static class EvidenceFiles
{
    /// <summary>How many bytes a form with a file may have: what evidence may by default, and the rest of the form.</summary>
    public const long MostOfForm = 51 * 1024 * 1024;

    public static async Task<IResult> GetAsync(Guid id, int number, Visitor visitor, ComplaintDesk desk, HttpContext context)
    {
        var opened = await desk.For(visitor.Actor).OpenEvidenceAsync(
            new ComplaintId(id), number, Purpose.CaseWork, context.RequestAborted);
        if (opened is null)
            return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Stream(opened.Content, "application/octet-stream", opened.Name);
    }
}
