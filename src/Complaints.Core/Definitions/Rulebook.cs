using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>
/// The definitions of one tenant that are in force: a decision takes one and sees no other. Immutable and thread-safe. What is asked for is
/// read and compiled once; the rooms and other packages add the words in which they ask (<c>rules.Channels</c>).
/// </summary>
public sealed class Rulebook
{
    private readonly ILookup<string, Definition> _published;
    private readonly Lock _making = new();
    private object?[] _made = [];

    private Rulebook(IEnumerable<Definition> definitions, Instant at) =>
        (_published, At) = (definitions.ToLookup(definition => definition.Kind, StringComparer.Ordinal), at);

    /// <summary>What the library brings along: a call centre in China, in Chinese and English.</summary>
    public static Rulebook BuiltIn { get; } = From([]);

    /// <summary>A rulebook of published definitions as if every date were past; what is not published is taken from the
    /// built-ins.</summary>
    /// <param name="definitions">Any versions of any kinds, all of one tenant. Those of a kind for which nobody asks are passed
    /// over.</param>
    public static Rulebook From(IEnumerable<Definition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return new(definitions, Instant.MaxValue);
    }

    /// <summary>The rulebook as it is at an instant: of each definition the version that holds then. What is published for later is known,
    /// and decides nothing.</summary>
    /// <param name="definitions">Any versions of any kinds, all of one tenant.</param>
    /// <param name="at">The instant.</param>
    public static Rulebook From(IEnumerable<Definition> definitions, Instant at)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return new(definitions, at);
    }

    /// <summary>The instant for which it was made.</summary>
    internal Instant At { get; }

    /// <summary>The definition in force.</summary>
    /// <param name="kind">A kind of which there is one.</param>
    /// <exception cref="FormatException">What is published does not parse; it was not checked.</exception>
    public T Get<T>(DefinitionKind<T> kind) where T : class => Newest(kind).Value;

    /// <summary>The definition in force, with its version.</summary>
    /// <param name="kind">A kind of which there is one.</param>
    /// <exception cref="FormatException">What is published does not parse; it was not checked.</exception>
    public Versioned<T> Newest<T>(DefinitionKind<T> kind) where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        return Part(kind.Newest);
    }

    /// <summary>Every version of every id, also those that are published for later; built-ins count where nothing of their id is
    /// published.</summary>
    /// <exception cref="FormatException">What is published does not parse; it was not checked.</exception>
    public IEnumerable<(DefinitionRef Ref, T Value)> Versions<T>(DefinitionKind<T> kind) where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        var own = _published[kind.Name].ToList();
        var ids = own.Select(definition => definition.Id).ToHashSet(StringComparer.Ordinal);
        return own.Concat(kind.BuiltIn.Where(builtIn => !ids.Contains(builtIn.Id)))
            .Select(definition => (new DefinitionRef(definition.Id, definition.Version), kind.Read(definition)));
    }

    /// <summary>The version of each id that holds now: what a new decision takes, where an old one is pinned to its own.</summary>
    public IEnumerable<DefinitionRef> InForce(DefinitionKind kind) => InForce(kind, At);

    /// <summary>The same at another instant.</summary>
    internal IEnumerable<DefinitionRef> InForce(DefinitionKind kind, Instant at)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var own = _published[kind.Name].ToLookup(definition => definition.Id, StringComparer.Ordinal);
        return own.Select(versions => DefinitionTimeline.At(versions, at)).OfType<Definition>()
            .Concat(kind.BuiltIn.Where(builtIn => !own.Contains(builtIn.Id)))
            .Select(definition => new DefinitionRef(definition.Id, definition.Version));
    }

    /// <summary>The instants at which what holds of a kind changes by itself, in order.</summary>
    internal IEnumerable<Instant> Changes(DefinitionKind kind) =>
        _published[kind.Name].Select(definition => definition.EffectiveFrom).OfType<Instant>().Distinct().Order();

    /// <summary>What a room makes of these definitions, made once.</summary>
    internal T Part<T>(RulePart<T> part) where T : class
    {
        var made = Volatile.Read(ref _made);
        return part.Slot < made.Length && Volatile.Read(ref made[part.Slot]) is { } known ? (T)known : Make(part);
    }

    internal Versioned<T> ReadNewest<T>(DefinitionKind<T> kind) where T : class
    {
        var newest = DefinitionTimeline.At(_published[kind.Name].Where(definition => definition.Id == "default"), At)
            ?? kind.BuiltIn.First();
        return new(kind.Read(newest), newest.Version);
    }

    private T Make<T>(RulePart<T> part) where T : class
    {
        // One lock for all: a part may be made of others.
        lock (_making)
        {
            if (part.Slot < _made.Length && _made[part.Slot] is { } known)
                return (T)known;
            var made = part.Make(this);
            var room = _made;
            if (part.Slot >= room.Length)
                Array.Resize(ref room, Math.Max(part.Slot + 1, room.Length * 2));
            Volatile.Write(ref room[part.Slot], made);
            Volatile.Write(ref _made, room);
            return made;
        }
    }
}

/// <summary>What is made of a rulebook once and kept with it: a definition that was read, or what a room compiles of several.</summary>
internal sealed class RulePart<T>(Func<Rulebook, T> make) where T : class
{
    /// <summary>Its place in every rulebook: an array is read faster than a dictionary, and every decision asks a dozen times.</summary>
    public int Slot { get; } = RuleSlot.Next();

    public T Make(Rulebook rules) => make(rules);
}

internal static class RuleSlot
{
    private static int _taken = -1;

    public static int Next() => Interlocked.Increment(ref _taken);
}
