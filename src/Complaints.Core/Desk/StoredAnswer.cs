using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core;

/// <summary>What a command was answered first, told again to whoever repeats it.</summary>
internal static class StoredAnswer
{
    /// <summary>The answer; <c>null</c> where it is damaged.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> answer, JsonTypeInfo<T> json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Span, json);
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            return null;
        }
    }

    public static ComplaintError Unreadable(CommandId command) => new("answer.unreadable", ("value", command));
}
