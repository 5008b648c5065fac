using Complaints.Core;

namespace Complaints.SampleHost;

/// <summary>A command's form as somebody sent it. It is shown again as it was typed when the command is refused, also where the command is
/// no longer permitted.</summary>
/// <param name="Command">The command.</param>
/// <param name="Typed">What was typed.</param>
public sealed record SentForm(CommandName Command, IFormCollection Typed)
{
    /// <summary>The form of the request; <c>null</c> where a page is only looked at.</summary>
    public static async Task<SentForm?> OfAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
            return null;
        var typed = await context.Request.ReadFormAsync(context.RequestAborted);
        return new(new CommandName(typed["_handler"].ToString()), typed);
    }

    /// <summary>The id that came with the form: the same form sent twice is carried out once.</summary>
    public string Id => Typed["_command"].ToString();

    public CommandOptions Options => new()
    {
        CommandId = Guid.TryParse(Id, out var id) ? new CommandId(id) : null,
        // Every form of ours says which version it showed; one that does not has seen none.
        ExpectedVersion = int.TryParse(Typed["_version"], out var version) ? version : 0,
    };
}
