namespace Complaints.Notifications.Templates;

/// <summary>Finds the word that somebody meant.</summary>
internal static class Nearest
{
    private const int LongestMeant = 60;

    /// <summary>The known word of the least edit distance (Levenshtein); the first of several.</summary>
    public static string To(string word, IEnumerable<string> known)
    {
        var meant = word.Length > LongestMeant ? word[..LongestMeant] : word;
        return known.MinBy(candidate => Distance(meant, candidate))!;
    }

    private static int Distance(string one, string two)
    {
        var row = Enumerable.Range(0, two.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < two.Length; j++)
            {
                var changed = diagonal + (char.ToLowerInvariant(one[i]) == char.ToLowerInvariant(two[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(changed, 1 + Math.Min(row[j], diagonal));
            }
        }
        return row[^1];
    }
}
