using System.Text;

namespace Complaints.Hosting;

/// <summary>Why a message was not delivered, as a store can keep it and a terminal can show it, whatever a channel says.</summary>
internal static class Reason
{
    private const int Longest = 500;

    /// <summary>One line of at most 500 characters, without control characters and without half a character.</summary>
    public static string Of(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            return "no reason was given";
        var line = new StringBuilder(Math.Min(given.Length, Longest));
        // Half a character comes as U+FFFD.
        foreach (var rune in given.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > Longest)
                break;
            line.Append(Rune.IsControl(rune) || IsBidi(rune) ? " " : rune.ToString());
        }
        return line.ToString();
    }

    /// <summary>Marks that turn the order of a line about.</summary>
    private static bool IsBidi(Rune rune) => rune.Value is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;
}
