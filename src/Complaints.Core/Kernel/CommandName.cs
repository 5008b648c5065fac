using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>The name of a command: a code such as <c>place-on-hold</c>. Permission maps, pages and the command line know a command by
/// it.</summary>
/// <param name="Value">Lower-case letters and hyphens.</param>
[JsonConverter(typeof(CodeJsonConverter<CommandName>))]
public readonly record struct CommandName(string Value) : ICode<CommandName>
{
    /// <inheritdoc/>
    public static CommandName From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
