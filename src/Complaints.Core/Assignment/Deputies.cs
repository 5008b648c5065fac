using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>Who stands in for somebody who is away, also along a chain.</summary>
internal static class Deputies
{
    /// <summary>How far a chain is followed.</summary>
    public const int Longest = 10;

    /// <summary>The person, or the first deputy along the chain who is here; whom the directory does not know is taken for here.</summary>
    /// <param name="find">What the directory knows of a person.</param>
    /// <param name="person">For whom.</param>
    /// <param name="today">The day.</param>
    /// <returns>Nobody where the chain ends with somebody who is away, or comes back to somebody (<c>IsCircle</c>).</returns>
    public static async ValueTask<(string? Here, bool IsCircle)> FirstHereAsync(
        Func<string, ValueTask<StaffCard?>> find, string person, LocalDate today)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var next = person; asked.Count < Longest && asked.Add(next);)
        {
            if (await find(next).ConfigureAwait(false) is not { } card || card.IsHereOn(today))
                return (next, false);
            if (card.Deputy is not { } deputy)
                return (null, false);
            next = deputy;
        }
        return (null, true);
    }
}
