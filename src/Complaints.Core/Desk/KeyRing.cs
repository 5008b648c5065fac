using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>The keys of the persons whom the words of one commit are about. Immutable.</summary>
public sealed class KeyRing
{
    private readonly ImmutableArray<SubjectKey> _keys;

    private KeyRing(ImmutableArray<SubjectKey> keys, ImmutableArray<WrappedKey> @new) => (_keys, New) = (keys, @new);

    /// <summary>No key: every word is left out.</summary>
    public static KeyRing Empty { get; } = new([], []);

    /// <summary>The wrapped keys of persons who are new, which the commit brings along.</summary>
    public ImmutableArray<WrappedKey> New { get; }

    /// <summary>The same with one more key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="wrapped">Its wrapped form, if the store does not have it yet.</param>
    public KeyRing With(SubjectKey key, WrappedKey? wrapped = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(_keys.Add(key), wrapped is null ? New : New.Add(wrapped));
    }

    /// <summary>A person's key; <c>null</c> when it was destroyed.</summary>
    public SubjectKey? Of(SubjectId person)
    {
        foreach (var key in _keys)
        {
            if (key.Subject == person)
                return key;
        }
        return null;
    }

    /// <summary>True when the commit brings the person's key along.</summary>
    internal bool IsNew(SubjectId person) => New.Any(wrapped => wrapped.Subject == person);

    /// <summary>It prints no key.</summary>
    public override string ToString() => $"the keys of {_keys.Length} persons";
}
