using System.Text.Json.Serialization;

namespace Complaints.Core.Calendars;

/// <summary>How calendars are read and written.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, Converters = [typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(CalendarDefinition))]
internal sealed partial class CalendarJson : JsonSerializerContext;
