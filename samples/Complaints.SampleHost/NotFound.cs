namespace Complaints.SampleHost;

/// <summary>A page that says in words that there is no such thing, and is answered with the status 404.</summary>
internal static class NotFound
{
    /// <summary>The status is set when the answer begins: a page that has it before is left out by the framework, and the browser says in
    /// its own words that something is wrong.</summary>
    public static void AnswerNotFound(this HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
