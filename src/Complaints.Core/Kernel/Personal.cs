using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core;

/// <summary>
/// A personal value. Outside memory it exists only as an <see cref="Envelope"/> under the key of its person; destroying that key erases the
/// value everywhere, and the hash chain stays valid. It is sealed for its <see cref="SealedPlace"/>, and opens nowhere else. It is clear
/// between a decision and its sealing only, and never prints itself.
/// </summary>
/// <typeparam name="T">A text, or a record of a room.</typeparam>
public sealed class Personal<T> : IPersonal, IEquatable<Personal<T>> where T : class
{
    private T? _clear;
    private readonly JsonTypeInfo<T> _json;
    private SealedPlace _place;
    private bool _isCopied;

    internal Personal(T clear, JsonTypeInfo<T> json) => (_clear, _json) = (clear, json);

    internal Personal(Envelope envelope, JsonTypeInfo<T> json, SealedPlace place = default) =>
        (Envelope, _json, _place) = (envelope, json, place);

    /// <summary>The sealed form; <c>null</c> while the value has only been decided in memory.</summary>
    public Envelope? Envelope { get; private set; }

    /// <summary>The id of the aggregate in which it stands; <c>null</c> where nobody said.</summary>
    internal Guid? StandsIn => _place.IsKnown ? _place.Id : null;

    /// <summary>The value in the clear, if its key is at hand. What is damaged, or stands elsewhere than it was sealed for, or was sealed
    /// by a newer program, is not revealed; it is told like what is erased, and nothing is thrown.</summary>
    /// <param name="key">The person's key; <c>null</c> when it was destroyed.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when the person was erased, the key is another person's, or the sealed value does not open here.</returns>
    public bool TryReveal(SubjectKey? key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
    {
        value = _clear;
        if (value is not null)
            return true;
        if (key is null || Envelope is not { } envelope || envelope.Key != key.Subject || envelope.Tag.IsEmpty)
            return false;
        try
        {
            value = JsonSerializer.Deserialize(key.Open(envelope, _place), _json);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            // One value of a page that somebody damaged or moved must not take the page away. An envelope of the first version that was
            // moved may open, and hold something else than this type.
            return false;
        }
        return value is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Personal<T>? other) =>
        other is not null && (Envelope is { } mine && other.Envelope is { } theirs ? mine.Equals(theirs) : EqualityComparer<T>.Default.Equals(_clear, other._clear));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Personal<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "***";

    /// <summary>The same value for another aggregate, which seals it anew for where it stands there.</summary>
    internal Personal<T> Copied() => _clear is { } clear ? new(clear, _json) : new(Envelope!, _json, _place) { _isCopied = true };

    void IPersonal.Seal(SubjectKey key, SealedPlace place)
    {
        if (Envelope is null)
            (Envelope, _place) = (key.Seal(JsonSerializer.SerializeToUtf8Bytes(_clear!, _json), place), place);
        else if (_isCopied)
            (Envelope, _place, _isCopied) = (SealedAnew(key, place), place, false);
        _clear = null;
    }

    /// <summary>What does not open where it stood opens nowhere.</summary>
    private Envelope SealedAnew(SubjectKey key, SealedPlace place) => TryReveal(key, out var clear)
        ? key.Seal(JsonSerializer.SerializeToUtf8Bytes(clear, _json), place)
        : Envelope.LeftOut(key.Subject);

    void IPersonal.LeaveOut(SubjectId person)
    {
        if (Envelope is null || _isCopied)
            (Envelope, _isCopied) = (Envelope.LeftOut(person), false);
        _clear = null;
    }

    void IPersonal.StandsAt(SealedPlace place) => _place = place;
}

/// <summary>Makes personal values.</summary>
public static class Personal
{
    /// <summary>Marks a text as personal.</summary>
    public static Personal<string> Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, PersonalJson.Default.String);
    }

    /// <summary>Marks a value as personal.</summary>
    internal static Personal<T> Of<T>(T value) where T : class, IPersonalContent<T> => new(value, T.Json);

    /// <summary>A text as a store kept it: sealed.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="place">Where it was read: it opens only where it was sealed for.</param>
    public static Personal<string> Sealed(Envelope envelope, SealedPlace place)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new(envelope, PersonalJson.Default.String, place);
    }

    /// <summary>Marks a text as personal; an empty one is none.</summary>
    public static Personal<string>? OfNullable(string? value) => string.IsNullOrWhiteSpace(value) ? null : Of(value);
}

/// <summary>A record that is personal as a whole, and says how it is written before it is sealed.</summary>
internal interface IPersonalContent<TSelf> where TSelf : class, IPersonalContent<TSelf>
{
    static abstract JsonTypeInfo<TSelf> Json { get; }
}

/// <summary>A personal value of any type, for the edge that seals it.</summary>
internal interface IPersonal
{
    /// <summary>Seals the value for the place where it stands; one that is sealed already stays as it is.</summary>
    void Seal(SubjectKey key, SealedPlace place);

    /// <summary>Leaves the words out, because the key under which they would be sealed was destroyed.</summary>
    void LeaveOut(SubjectId person);

    /// <summary>Tells a value that was just read where it stands.</summary>
    void StandsAt(SealedPlace place);
}

/// <summary>How the clear text of an envelope is written.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class PersonalJson : JsonSerializerContext;
