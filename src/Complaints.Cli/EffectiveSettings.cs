using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core;

namespace Complaints.Cli;

/// <summary>A tenant's settings with what holds where they say nothing: who may do what, and up to which cost.</summary>
internal static class EffectiveSettings
{
    private static readonly JsonDocumentOptions AsDefinitionsAreRead = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As JSON that can be published: it says the same, only in more words.</summary>
    public static string Of(Definition tenant)
    {
        var settings = Rulebook.From([tenant]).Settings;
        var said = JsonNode.Parse(tenant.Json, documentOptions: AsDefinitionsAreRead)!.AsObject();
        said["authority"] = new JsonObject(settings.Authority.Select(role => KeyValuePair.Create(role.Key, (JsonNode?)role.Value)));
        said["permissions"] = new JsonObject(CommandCatalogue.All.Select(command =>
            KeyValuePair.Create(command.Name.Value, (JsonNode?)Roles(settings.Permissions.TryGetValue(command.Name.Value, out var own) ? own : command.Roles))));
        return said.ToJsonString(Indented);
    }

    private static JsonArray Roles(IEnumerable<string> roles) => [.. roles.Select(role => (JsonNode)role)];
}
