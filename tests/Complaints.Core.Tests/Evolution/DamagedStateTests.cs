using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Complaints.Core.History;

namespace Complaints.Core.Tests.Evolution;

/// <summary>A stored state is believed whole or not at all: what lost the name of a member has lost the member.</summary>
public sealed class DamagedStateTests
{
    /// <summary>Under these the host's own names stand.</summary>
    private const string Facts = "attributes";

    [Fact]
    public void R35_A_state_of_which_any_members_name_is_damaged_is_read_from_its_history()
    {
        var damaged = 0;
        foreach (var line in File.ReadAllLines(Golden()))
        {
            using var golden = JsonDocument.Parse(line);
            var state = Encoding.UTF8.GetBytes(golden.RootElement.GetProperty("state").GetRawText());
            StateCodec.Read(state);
            foreach (var (at, name) in Names(state))
            {
                var bytes = state.ToArray();
                bytes[at + name.Length / 2] = (byte)'~';
                Should.Throw<InvalidDataException>(() => StateCodec.Read(bytes), name);
                damaged++;
            }
        }
        damaged.ShouldBeGreaterThan(1_000);
    }

    /// <summary>Every member's name, and where its first letter is.</summary>
    private static List<(int At, string Name)> Names(byte[] state)
    {
        var reader = new Utf8JsonReader(state);
        var names = new List<(int, string)>();
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            names.Add(((int)reader.TokenStartIndex + 1, reader.GetString()!));
            if (reader.ValueTextEquals(Facts) || IsSealed(reader))
                reader.Skip();
        }
        return names;
    }

    /// <summary>What is sealed has an authenticator of its own, and hides one value where it is damaged.</summary>
    private static bool IsSealed(Utf8JsonReader ahead) =>
        ahead.Read() && ahead.TokenType == JsonTokenType.StartObject && ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName
        && (ahead.ValueTextEquals("v") || ahead.ValueTextEquals("k"));

    private static string Golden([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "Golden", "histories.ndjson");
}
