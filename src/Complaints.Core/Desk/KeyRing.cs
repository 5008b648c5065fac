using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>The keys of one commit: those of the persons whom its words are about, and the tenant's by which it is proved.
/// Immutable.</summary>
public sealed class KeyRing
{
    private readonly ImmutableArray<SubjectKey> _keys;

    private KeyRing(TenantKeys tenant, ImmutableArray<SubjectKey> keys, ImmutableArray<WrappedKey> @new) =>
        (Tenant, _keys, New) = (tenant, keys, @new);

    /// <summary>No key of a person: every word is left out.</summary>
    /// <param name="tenant">The tenant's.</param>
    public KeyRing(TenantKeys tenant) : this(tenant, [], []) => ArgumentNullException.ThrowIfNull(tenant);

    /// <summary>What chains the events and authenticates what lies beside them.</summary>
    public TenantKeys Tenant { get; }

    /// <summary>The wrapped keys of persons who are new, which the commit brings along.</summary>
    public ImmutableArray<WrappedKey> New { get; }

    /// <summary>The same with one more key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="wrapped">Its wrapped form, if the store does not have it yet.</param>
    public KeyRing With(SubjectKey key, WrappedKey? wrapped = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(Tenant, _keys.Add(key), wrapped is null ? New : New.Add(wrapped));
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
