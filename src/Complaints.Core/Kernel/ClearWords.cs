namespace Complaints.Core;

/// <summary>
/// What a desk revealed to an actor: it tells the personal values of the persons for whom it was asked, and hands out no key. To be held
/// as long as an answer takes, because it still tells what is erased meanwhile.
/// </summary>
public sealed class ClearWords
{
    private readonly Dictionary<SubjectId, SubjectKey> _keys;

    private readonly HashSet<SubjectId> _unreadable;

    /// <summary>In which aggregates a value must stand; <c>null</c> for any.</summary>
    private HashSet<Guid>? _within;

    internal ClearWords(IEnumerable<SubjectKey> keys, IEnumerable<SubjectId>? unreadable = null) =>
        (_keys, _unreadable) = (keys.ToDictionary(key => key.Subject), [.. unreadable ?? []]);

    /// <summary>Nothing was revealed.</summary>
    public static ClearWords None { get; } = new([]);

    /// <summary>True where nothing was revealed of anybody.</summary>
    internal bool IsNone => _keys.Count == 0;

    /// <summary>The value; <c>null</c> when there is none, its person was erased, or it was not asked for that person.</summary>
    public T? Of<T>(Personal<T>? value) where T : class
    {
        // What an older program wrote in the clear is told to whoever was told anything.
        if (value is null || _keys.Count == 0 || _within is { } within && !(value.StandsIn is { } of && within.Contains(of)))
            return null;
        var key = value.Envelope is { } envelope ? _keys.GetValueOrDefault(envelope.Key) : null;
        return value.TryReveal(key, out var clear) ? clear : null;
    }

    /// <summary>The same, of some aggregates only: one person may be known in others, too.</summary>
    internal ClearWords Within(HashSet<Guid> aggregates) => new(_keys.Values, _unreadable) { _within = aggregates };

    /// <summary>True for a value that nobody erased and that is not told because the key of its person is damaged.</summary>
    public bool IsUnreadable<T>(Personal<T>? value) where T : class =>
        value?.Envelope is { } envelope && _unreadable.Contains(envelope.Key);

    /// <inheritdoc/>
    public override string ToString() => $"the words of {_keys.Count} persons";
}
