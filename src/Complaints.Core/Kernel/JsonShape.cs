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
    /// <summary>The schema: members in order, theirs, the codes of enums, and the type of what writes itself.</summary>
    public static JsonObject Of(JsonTypeInfo type) => Of(type, []);

    private static JsonObject Of(JsonTypeInfo type, List<Type> above)
    {
        if (above.Contains(type.Type))
            return new() { ["$comment"] = $"again {type.Type}" };
        above.Add(type.Type);
        var shape = type.Kind switch
        {
            JsonTypeInfoKind.Object => Members(type, above),
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = Elements(type, above) },
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = Elements(type, above) },
            _ => Value(type, above),
        };
        above.RemoveAt(above.Count - 1);
        return shape;
    }

    private static JsonObject Elements(JsonTypeInfo type, List<Type> above) =>
        Of(type.Options.GetTypeInfo(type.ElementType!), above);

    private static JsonObject Members(JsonTypeInfo type, List<Type> above)
    {
        var members = new JsonObject();
        var required = new JsonArray();
        foreach (var member in type.Properties.Where(member => member.Get is not null || member.Set is not null))
        {
            members[member.Name] = Of(type.Options.GetTypeInfo(member.PropertyType), above);
            if (member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false })
                required.Add((JsonNode)member.Name);
        }
        var shape = new JsonObject { ["type"] = "object", ["properties"] = members, ["additionalProperties"] = false };
        if (required.Count > 0)
            shape["required"] = required;
        return shape;
    }

    private static JsonObject Value(JsonTypeInfo type, List<Type> above)
    {
        if (Nullable.GetUnderlyingType(type.Type) is { } inner)
            return Of(type.Options.GetTypeInfo(inner), above);
        if (type.Type.IsEnum)
            return new() { ["enum"] = new JsonArray([.. Enum.GetNames(type.Type).Select(name => (JsonNode)name)]) };
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
}
