using Complaints.Core;
using Complaints.Core.Intake;
using Microsoft.AspNetCore.Mvc;

namespace Complaints.SampleHost;

/// <summary>
/// The search of the queue. It is sent as a form and answered with the address of its page, in which a phone number is a keyed hash: no
/// number of a customer gets into an address, a history of a browser, or a log.
/// </summary>
internal static class QueueSearch
{
    private static readonly string[] Filters = ["State", "Priority", "Category", "Channel", "Owner", "Order"];

    public static async Task<IResult> FindAsync([FromForm] IFormCollection form, ComplaintDesk desk, CancellationToken cancellationToken)
    {
        var asked = Filters.Select(name => KeyValuePair.Create(name, form[name].ToString())).ToList();
        var find = form["Find"].ToString().Trim();
        asked.Add(IsPhone(find)
            ? new("Lookup", await desk.PhoneLookupAsync(find, cancellationToken))
            : new("Find", find));
        var query = QueryString.Create(asked.Where(part => part.Value.Length is > 0 and <= 200)!);
        return Results.LocalRedirect($"/{query}");
    }

    /// <summary>Seven digits without a hyphen, or a country's prefix: numbers of complaints have both otherwise.</summary>
    private static bool IsPhone(string text) =>
        text.Length <= 40 && (text.Count(char.IsAsciiDigit) >= 7 && !text.Contains('-', StringComparison.Ordinal) || text.StartsWith('+'));
}
