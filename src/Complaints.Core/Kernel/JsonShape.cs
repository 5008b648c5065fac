using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// The JSON Schema of a type, read from its context: a trimmed program has the same one. The platform's own exporter writes the defaults of
/// constructors too, and cannot write that of an <see cref="System.Collections.Immutable.ImmutableArray{T}"/>.
/// </summary>
internal static class JsonShape
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The schema as a document of its own, for files that name it: without an address, so that it is found where it
    /// lies.</summary>
    /// <param name="title">Of what it is the schema.</param>
    /// <param name="type">The type.</param>
    public static JsonObject Document(string title, JsonTypeInfo type)
    {
        var shape = Of(type, new(IsForPeople: true));
        if (type.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary)
        {
            shape["properties"] ??= new JsonObject();
            shape["properties"]!.AsObject().Insert(0, SchemaLink.Key, new JsonObject { ["type"] = "string" });
        }
        shape.Insert(0, SchemaLink.Key, Dialect);
        shape.Insert(1, "title", title);
        return shape;
    }

    /// <summary>How the library writes it: members in order, theirs, the codes of enums, and the type of what writes itself. States are
    /// told apart by it: what it says of a type stays.</summary>
    public static JsonObject Of(JsonTypeInfo type) => Of(type, new(IsForPeople: false));

    private static JsonObject Of(JsonTypeInfo type, Walk walk)
    {
        if (walk.Above.Contains(type.Type))
            return new() { ["$comment"] = $"again {type.Type}" };
        walk.Above.Add(type.Type);
        var shape = type.Kind switch
        {
            JsonTypeInfoKind.Object => Members(type, walk),
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = Elements(type, walk) },
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = Elements(type, walk) },
            _ => Value(type, walk),
        };
        walk.Above.RemoveAt(walk.Above.Count - 1);
        return shape;
    }

    private static JsonObject Elements(JsonTypeInfo type, Walk walk) =>
        Of(type.Options.GetTypeInfo(type.ElementType!), walk);

    private static JsonObject Members(JsonTypeInfo type, Walk walk)
    {
        var members = new JsonObject();
        var required = new JsonArray();
        foreach (var member in type.Properties.Where(member => member.Get is not null || member.Set is not null))
        {
            var shape = Of(type.Options.GetTypeInfo(member.PropertyType), walk);
            members[member.Name] = walk.IsForPeople && MayBeNull(member) ? OrNull(shape) : shape;
            if (member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false } parameter
                && !(walk.IsForPeople && parameter.IsMemberInitializer))
            {
                required.Add((JsonNode)member.Name);
            }
        }
        var whole = new JsonObject { ["type"] = "object", ["properties"] = members, ["additionalProperties"] = false };
        if (required.Count > 0)
            whole["required"] = required;
        return whole;
    }

    /// <summary>True for a member that takes <c>null</c> as if it were left out.</summary>
    private static bool MayBeNull(JsonPropertyInfo member) => member.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(member.PropertyType) is not null
        : member.AssociatedParameter?.IsNullable ?? member.IsSetNullable;

    private static JsonObject OrNull(JsonObject shape)
    {
        if (shape["type"] is JsonValue type)
            shape["type"] = new JsonArray(type.DeepClone(), "null");
        if (shape["enum"] is JsonArray codes)
            codes.Add(null);
        return shape;
    }

    private static JsonObject Value(JsonTypeInfo type, Walk walk)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } inner)
            return Of(type.Options.GetTypeInfo(inner), walk);
        if (type.Type.IsEnum)
            return new() { ["enum"] = new JsonArray([.. Codes(type.Type, walk).Select(name => (JsonNode)name)]) };
        return Type.GetTypeCode(type.Type) switch
        {
            TypeCode.String => new() { ["type"] = "string" },
            TypeCode.Boolean => new() { ["type"] = "boolean" },
            TypeCode.Int32 or TypeCode.Int64 => new() { ["type"] = "integer" },
            TypeCode.Decimal or TypeCode.Double => new() { ["type"] = "number" },
            _ when type.Type == typeof(LocalDate) => new() { ["type"] = "string", ["format"] = "date" },
            _ when type.Type == typeof(Instant) => new() { ["type"] = "string", ["format"] = "date-time" },
            _ => new() { ["$comment"] = type.Type.ToString() },
        };
    }

    /// <summary>As people write them (<c>newRound</c>), and as the library does (<c>NewRound</c>).</summary>
    private static IEnumerable<string> Codes(Type type, Walk walk)
    {
        var names = Enum.GetNames(type);
        return walk.IsForPeople ? names.Select(JsonNamingPolicy.CamelCase.ConvertName).Concat(names) : names;
    }

    /// <summary>A way down through types.</summary>
    /// <param name="IsForPeople">With everything that is read besides what is written: <c>null</c>, members left out, and codes as people
    /// write them.</param>
    private sealed record Walk(bool IsForPeople)
    {
        /// <summary>The types that it is in.</summary>
        public List<Type> Above { get; } = [];
    }
}
