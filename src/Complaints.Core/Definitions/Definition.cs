using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>
/// Something a host can change, in one version: append-only, in the same store as the complaints. Complaints refer to id and version, so a
/// version in use is never lost.
/// </summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">One of <see cref="DefinitionKinds.Names"/>.</param>
/// <param name="Id">1 to 100 characters; <c>default</c> for the kinds of which there is one.</param>
/// <param name="Version">1, 2, ...</param>
/// <param name="Json">The content, as published.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="PublishedBy">By whom.</param>
public sealed record Definition(TenantId Tenant, string Kind, string Id, int Version, string Json, Instant PublishedAt, string PublishedBy)
{
    /// <summary>From when on it holds, in whole microseconds; <c>null</c> for at once.</summary>
    public Instant? EffectiveFrom { get; init; }

    /// <summary>The SHA-256 of the content in lower-case hex; a seed with the same hash is not published again.</summary>
    [JsonIgnore]
    public string ContentHash { get; } = HashOf(Json);

    /// <summary>What a store keeps as its hash: an authenticator of all of it under the tenant's key, or where there was no key yet the
    /// hash of its content.</summary>
    [JsonIgnore]
    public string Proof { get => field ?? ContentHash; init => field = value == ContentHash ? null : value; }

    /// <summary>The same with an authenticator.</summary>
    internal Definition ProvedBy(RowKey key) => this with { Proof = ProofOf(key) };

    /// <summary>True for one as it was published; <c>null</c> when there was no key yet.</summary>
    internal bool? IsAuthentic(RowKey key) => Proof == ContentHash ? null : Proof == ProofOf(key);

    private string ProofOf(RowKey key) => key.Of([], "definition", Kind, Id, Version.ToString(CultureInfo.InvariantCulture), Json,
        RowKey.Text(PublishedAt), PublishedBy, EffectiveFrom is { } from ? RowKey.Text(from) : "");

    /// <summary>True when it says the same from the same instant on.</summary>
    internal bool Says(string json, Instant? effectiveFrom) => ContentHash == HashOf(json) && EffectiveFrom == effectiveFrom;

    /// <summary>The hash of a content.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));
}

/// <summary>A definition's value and the version it came from.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Version">The version; 0 for a built-in that was not published.</param>
public sealed record Versioned<T>(T Value, int Version);
