using Complaints.Core.Storage;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Testing;

namespace Complaints.Storage.Tests.Scripts;

/// <summary>Everything that a store shows of a script's complaints, so that two stores can be compared.</summary>
internal static class Canonical
{
    /// <summary>State, columns, timers and events as text. Sealed values differ in every run by their nonces, and the hashes with them: they are left out.</summary>
    public static async Task<string> TextAsync(DeskHarness harness, List<ComplaintId> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var loaded = await harness.Ports.Store.LoadAsync(TenantId.Default, id, default, default);
            text.AppendLine(WithoutSeals(loaded.Complaint!.State)).AppendLine(string.Join(' ', loaded.Timers));
            foreach (var stored in await harness.Ports.Reader.HistoryAsync(TenantId.Default, id, default))
                text.AppendLine(WithoutSeals(stored.Body));
        }
        await foreach (var summary in harness.Ports.Reader.ScanAsync(TenantId.Default, default))
            text.AppendLine(string.Join(", ", Columns.Select(column => $"{column.Name} = {column.GetValue(summary)}")));
        return text.AppendLine($"{await harness.Ports.Reader.CountAsync(TenantId.Default, default)}").ToString();
    }

    /// <summary>All but lists, and the hashes, which are another tenant's.</summary>
    private static readonly PropertyInfo[] Columns =
        [.. typeof(ComplaintSummary).GetProperties().Where(column =>
            column.Name is not (nameof(ComplaintSummary.Attributes) or nameof(ComplaintSummary.Contradictions))
                && !column.Name.EndsWith("Hash"))];

    private static string WithoutSeals(ReadOnlyMemory<byte> json)
    {
        var node = JsonNode.Parse(json.Span)!;
        Strip(node);
        return node.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Strip(item);
        }
        if (node is not JsonObject thing)
            return;
        foreach (var name in new[] { "n", "c", "t", "repeatKey" })
            thing.Remove(name);
        foreach (var (_, value) in thing.ToList())
            Strip(value);
    }
}
