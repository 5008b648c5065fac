using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core.Calendars;
using Complaints.Core.Classification;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Definitions;

/// <summary>How definitions are read: camel case, comments allowed, unknown members refused so that a typo is named.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(TenantSettings))]
[JsonSerializable(typeof(CodeList<CodeItem>), TypeInfoPropertyName = "CodeListCodeItem")]
[JsonSerializable(typeof(CodeList<HoldReason>), TypeInfoPropertyName = "CodeListHoldReason")]
[JsonSerializable(typeof(CodeList<CaseKind>), TypeInfoPropertyName = "CodeListCaseKind")]
[JsonSerializable(typeof(CategoryCatalogue))]
[JsonSerializable(typeof(PriorityTable))]
[JsonSerializable(typeof(ClassificationRules))]
[JsonSerializable(typeof(RepeatRule))]
[JsonSerializable(typeof(CalendarDefinition))]
[JsonSerializable(typeof(SlaPolicy))]
[JsonSerializable(typeof(FollowUp.ContactHours))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
