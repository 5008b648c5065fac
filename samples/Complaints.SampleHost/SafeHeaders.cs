using Microsoft.Extensions.Primitives;

namespace Complaints.SampleHost;

/// <summary>What every answer says to the browser: scripts and styles of this host only, in no frame, and pages are kept by nobody, because
/// they hold what people said.</summary>
internal static class SafeHeaders
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static void UseSafeHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        context.Response.OnStarting(static state =>
        {
            // Files of the host say themselves how long they may be kept.
            var response = (HttpResponse)state;
            if (StringValues.IsNullOrEmpty(response.Headers.CacheControl))
                response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, context.Response);
        return next(context);
    });
}
