using System.Text.Json;
using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>How what people write is read: camel case, comments allowed, unknown members refused so that a typo is named.</summary>
internal static class StrictJson
{
    /// <summary>The types of a context, read strictly.</summary>
    public static JsonSerializerOptions Of(JsonSerializerContext context) => new(context.Options)
    {
        TypeInfoResolver = context,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
