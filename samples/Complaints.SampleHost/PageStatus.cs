namespace Complaints.SampleHost;

/// <summary>A page that says in words what is wrong, and is answered with the status that says so to programs.</summary>
internal static class PageStatus
{
    /// <summary>The status is set when the answer begins: a page that has it before is left out by the framework, and the browser says in
    /// its own words that something is wrong.</summary>
    public static void AnswerWith(this HttpContext context, int status) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
