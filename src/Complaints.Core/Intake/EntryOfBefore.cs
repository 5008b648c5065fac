using System.Text.Json.Nodes;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Intake;

/// <summary>Lifts entries that were written when an item and an id in another system stood in the clear.</summary>
internal static class EntryOfBefore
{
    /// <summary>The item's kind becomes a code, the rest of it and the source's id are words; the hash by which repeats were found
    /// goes.</summary>
    public static Upcaster Sealed { get; } = new(1, static data =>
    {
        if (data["entry"] is not JsonObject entry)
            return data;
        entry.Remove("repeatKey");
        if (entry["item"] is JsonObject item)
        {
            entry["itemKind"] = item["kind"]?.DeepClone();
            entry.Remove("item");
            data["item"] = item;
        }
        if (entry["externalRef"] is JsonObject known)
        {
            entry["source"] = known["source"]?.DeepClone();
            data["sourceId"] = known["id"]?.DeepClone();
            entry.Remove("externalRef");
        }
        return data;
    });
}
