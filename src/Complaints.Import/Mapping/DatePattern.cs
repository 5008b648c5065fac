using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Import.Mapping;

/// <summary>One way to write a date: a NodaTime pattern, or <c>unix-seconds</c> or <c>unix-milliseconds</c>.</summary>
internal abstract class DatePattern(string text)
{
    public string Text => text;

    /// <summary>True when a zone is needed to make an instant of it.</summary>
    public bool IsLocal => this is WithTime or DateOnly;

    /// <summary>True for seconds or milliseconds since 1970.</summary>
    public bool IsCount => this is Unix;

    /// <summary>Reads a local date and time, or an instant where the text has an offset.</summary>
    public abstract bool TryRead(string value, out LocalDateTime local, out Instant? instant);

    /// <exception cref="InvalidPatternException">The text is no pattern.</exception>
    public static DatePattern Of(string text) => text switch
    {
        "unix-seconds" => new Unix(text, 1_000),
        "unix-milliseconds" => new Unix(text, 1),
        _ when Has(text, 'o') => new WithOffset(text),
        _ when Has(text, 'H') || Has(text, 'h') => new WithTime(text),
        _ => new DateOnly(text),
    };

    /// <summary>True when a letter stands in a pattern outside quotes.</summary>
    private static bool Has(string pattern, char letter)
    {
        var quoted = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == '\'')
                quoted = !quoted;
            else if (!quoted && pattern[i] == letter)
                return true;
        }
        return false;
    }

    private sealed class WithTime(string text) : DatePattern(text)
    {
        private readonly LocalDateTimePattern _pattern = LocalDateTimePattern.CreateWithInvariantCulture(text);

        public override bool TryRead(string value, out LocalDateTime local, out Instant? instant)
        {
            instant = null;
            return _pattern.Parse(value).TryGetValue(default, out local);
        }
    }

    private sealed class DateOnly(string text) : DatePattern(text)
    {
        private readonly LocalDatePattern _pattern = LocalDatePattern.CreateWithInvariantCulture(text);

        public override bool TryRead(string value, out LocalDateTime local, out Instant? instant)
        {
            instant = null;
            var read = _pattern.Parse(value).TryGetValue(default, out var date);
            local = date.AtMidnight();
            return read;
        }
    }

    private sealed class WithOffset(string text) : DatePattern(text)
    {
        private readonly OffsetDateTimePattern _pattern = OffsetDateTimePattern.CreateWithInvariantCulture(text);

        public override bool TryRead(string value, out LocalDateTime local, out Instant? instant)
        {
            local = default;
            var read = _pattern.Parse(value).TryGetValue(default, out var offset);
            instant = read ? offset.ToInstant() : null;
            return read;
        }
    }

    private sealed class Unix(string text, long factor) : DatePattern(text)
    {
        /// <summary>The year 9999; what lies beyond is no instant.</summary>
        private const long Latest = 253_402_300_799_000;

        public override bool TryRead(string value, out LocalDateTime local, out Instant? instant)
        {
            local = default;
            instant = null;
            if (!long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) || Math.Abs(count) > Latest / factor)
                return false;
            instant = Instant.FromUnixTimeMilliseconds(count * factor);
            return true;
        }
    }
}
