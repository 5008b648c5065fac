using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core.Definitions;

/// <summary>
/// A kind of definition: what a host can change. The room that understands it owns it; another package may add kinds of its own
/// (<c>AddDefinitionKind</c>). It is the handle by which a rulebook is asked: <see cref="Rulebook.Get"/>.
/// </summary>
public abstract class DefinitionKind
{
    private protected DefinitionKind(string name, bool isMany, ImmutableArray<Definition> builtIn) =>
        (Name, IsMany, BuiltIn) = (name, isMany, builtIn);

    /// <summary>Its name, 1 to 100 characters: <c>hold-reasons</c>.</summary>
    public string Name { get; }

    /// <summary>True where there are many of it, each with an id of its own; else there is one, with the id <c>default</c>.</summary>
    public bool IsMany { get; }

    /// <summary>What holds where nothing is published, with version 1.</summary>
    public ImmutableArray<Definition> BuiltIn { get; }

    /// <summary>The JSON Schema (draft 2020-12) of a content, for editors and programs; the checks of a publication go further. A content
    /// may name its schema by <c>$schema</c>, which nobody reads here.</summary>
    public abstract JsonObject Schema { get; }

    /// <summary>A content, read strictly.</summary>
    /// <exception cref="JsonException">It is no such content.</exception>
    internal abstract object Value(string json);

    /// <summary>Where a published content cannot be read; <c>null</c> when it can.</summary>
    internal abstract string? UnreadableAt(Definition definition);

    /// <summary>All that is wrong with a value; empty when it may be published.</summary>
    internal abstract IEnumerable<ComplaintError> Problems(object value, string id, Rulebook rules);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A kind whose contents are values of a type.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class DefinitionKind<T> : DefinitionKind where T : class
{
    private readonly JsonSerializerContext _json;
    private readonly RulePart<Versioned<T>>? _newest;

    /// <summary>A kind of another package.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="json">A context that knows the type; naming and strictness are the library's.</param>
    /// <param name="builtIn">The content that holds where nothing is published; <c>null</c> for a kind of which there are many, each with
    /// an id of its own, and none built in.</param>
    public DefinitionKind(string name, JsonSerializerContext json, string? builtIn) : this(
        name, json, builtIn is null,
        builtIn is null ? [] : [new Definition(TenantId.Default, name, "default", 1, builtIn, default, BuiltIns.Publisher)]) { }

    /// <summary>One of the library's own, with what it brings along in files.</summary>
    internal DefinitionKind(string name, JsonSerializerContext json, bool isMany = false) : this(name, json, isMany, BuiltIns.Of(name)) { }

    private DefinitionKind(string name, JsonSerializerContext json, bool isMany, ImmutableArray<Definition> builtIn)
        : base(name, isMany, builtIn)
    {
        if (Text.Check("name", name, Text.Id) is { } bad)
            throw new ArgumentException(bad.Message, nameof(name));
        ArgumentNullException.ThrowIfNull(json);
        _json = json;
        _newest = isMany ? null : new(rules => rules.ReadNewest(this));
    }

    /// <summary>What is wrong with a content besides its syntax: the value, its id, and the definitions to which it may refer.</summary>
    public required Func<T, string, Rulebook, IEnumerable<ComplaintError>> Check { get; init; }

    /// <inheritdoc/>
    public override JsonObject Schema => JsonShape.Document(Name, Strict);

    /// <summary>A content, read strictly: a member that is not known is an error.</summary>
    /// <exception cref="JsonException">It is no such content; the message names the place.</exception>
    public T Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return StrictJson.Read(json, Strict);
    }

    /// <summary>A value as a content, to be published.</summary>
    public string Write(T value) => JsonSerializer.Serialize(value, Strict);

    // Both are made at first use: most programs read a few kinds, and publish none.
    private JsonTypeInfo<T> Strict => field ??= (JsonTypeInfo<T>)StrictJson.Of(_json).GetTypeInfo(typeof(T));

    private JsonTypeInfo<T> Lenient => field ??= (JsonTypeInfo<T>)new JsonSerializerOptions(Strict.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    }.GetTypeInfo(typeof(T));

    internal RulePart<Versioned<T>> Newest =>
        _newest ?? throw new InvalidOperationException($"There are many definitions of the kind {Name}: ask for one by its id.");

    /// <summary>Reads what was checked, by this program or by a newer one: members that this one does not know are passed over.</summary>
    /// <exception cref="FormatException">It does not parse.</exception>
    internal T Read(Definition definition)
    {
        try
        {
            return StrictJson.Read(definition.Json, Lenient);
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            throw new FormatException(
                $"The definition {definition.Kind}/{definition.Id} v{definition.Version} does not parse: {e.Message}", e);
        }
    }

    internal override object Value(string json) => Parse(json);

    internal override string? UnreadableAt(Definition definition)
    {
        try
        {
            Read(definition);
            return null;
        }
        catch (FormatException e)
        {
            return (e.InnerException as JsonException)?.Path ?? "$";
        }
    }

    internal override IEnumerable<ComplaintError> Problems(object value, string id, Rulebook rules) => Check((T)value, id, rules);
}

/// <summary>What a room says of a definition that another layer owns.</summary>
/// <param name="Kind">The definition.</param>
/// <param name="Problems">What is wrong with a value.</param>
/// <param name="NotUnderstood">The first thing in a published value that this program does not know.</param>
internal sealed record DefinitionCheck(
    DefinitionKind Kind, Func<object, IEnumerable<ComplaintError>> Problems, Func<object, string?> NotUnderstood);
