using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>How answers are kept with their commands.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(ImprovementAnswer))]
internal sealed partial class DeskJson : JsonSerializerContext;
