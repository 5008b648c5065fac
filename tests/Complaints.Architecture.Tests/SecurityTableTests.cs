using System.Text.RegularExpressions;

namespace Complaints.Architecture.Tests;

/// <summary>
/// The table of OWASP ASVS 5.0, level 2, for cryptography (chapter 11), configuration (13), data protection (14) and logging (16): what is
/// said to be met is shown by a test that exists; the rest has its reason. And the inventory of algorithms.
/// </summary>
public sealed class SecurityTableTests
{
    /// <summary>Which algorithm is used where, and what for. Keys: a master key of 256 bits in a file; one of 256 bits for each person and
    /// tenant, wrapped by it; keys for purposes, derived from the tenant's.</summary>
    private static readonly Dictionary<string, string> Inventory = new(StringComparer.Ordinal)
    {
        ["Complaints.Core/Definitions/Definition.cs SHA256"] = "tells whether a definition is another; no secret",
        ["Complaints.Core/Desk/EvidenceSeal.cs AesGcm"] = "seals files in chunks, whose number and end stand in the nonce",
        ["Complaints.Core/Desk/EvidenceSeal.cs HKDF"] = "with SHA-256: a key for each file, from the person's",
        ["Complaints.Core/Desk/EvidenceSeal.cs RandomNumberGenerator"] = "the salt of a file",
        ["Complaints.Core/History/Checkpoints.cs SHA256"] = "the body of a checkpoint, under its HMAC",
        ["Complaints.Core/Kernel/HashedGuid.cs SHA256"] = "ids that follow from others; no secret",
        ["Complaints.Core/Kernel/MasterKey.cs AesGcm"] = "wraps keys, with their owner as associated data",
        ["Complaints.Core/Kernel/MasterKey.cs HKDF"] = "with SHA-256: the wrapping key, for each key that is wrapped",
        ["Complaints.Core/Kernel/MasterKey.cs RandomNumberGenerator"] = "new keys and nonces",
        ["Complaints.Core/Kernel/MasterKeyFile.cs RandomNumberGenerator"] = "the name of a draft that nobody can predict",
        ["Complaints.Core/Kernel/SubjectKey.cs AesGcm"] = "seals words, with their place as associated data",
        ["Complaints.Core/Kernel/SubjectKey.cs RandomNumberGenerator"] = "new keys and nonces",
        ["Complaints.Core/Kernel/TenantKeys.cs HKDF"] = "with SHA-256: a key for each purpose, from the tenant's",
        ["Complaints.Core/Kernel/TenantKeys.cs HMACSHA256"] = "look-ups, sources, commands, chains, checkpoints",
        ["Complaints.Core/Notifications/MessageIds.cs SHA256"] = "the id of a channel's part of a message; no secret",
        ["Complaints.Core/Storage/FolderEvidenceStore.cs RandomNumberGenerator"] = "the name of a draft that nobody can predict",
        ["Complaints.Core/Storage/FolderEvidenceStore.cs SHA256"] = "the folder of a tenant; no secret",
        ["Complaints.Notifications.Webhooks/Robots/RobotMessage.cs HMACSHA256"] = "signatures as DingTalk and Feishu have them",
        ["Complaints.Notifications.Webhooks/WebhookSecret.cs RandomNumberGenerator"] = "new secrets of webhooks",
        ["Complaints.Notifications.Webhooks/WebhookVerifier.cs SHA256"] = "the length of a signature",
        ["Complaints.Reporting/Aggregation/RepeatFinder.cs SHA256"] = "short keys in memory; no secret",
        ["Complaints.Storage.Relational/Migrations/Migration.cs SHA256"] = "tells whether a migration was changed; no secret",
        ["Complaints.Testing.Conformance/FidelityLaws.cs RandomNumberGenerator"] = "bytes for a test",
        ["Complaints.Testing.Conformance/FidelityLaws.cs SHA256"] = "compares bytes in a test",
    };

    private static readonly Regex Algorithm = new(
        @"\b(MD5|SHA\d+(_\d+)?|Aes\w*|DES|TripleDES|RC2|RSA|DSA|ECD\w+|HKDF|HMAC\w+|Rfc2898DeriveBytes|ChaCha20\w*"
        + @"|RandomNumberGenerator|CipherMode)\b(?=[.(])");

    private static readonly Regex TestName = new(@"public (?:async Task|Task|void) (?<name>\w+)\(");

    [Fact]
    public void Only_listed_algorithms_are_used_and_each_has_its_reason() => Used(Repository.Files("src", ".cs")
        .Select(file => (file["src/".Length..], File.ReadAllText(Repository.At(file))))).ShouldBe(Inventory.Keys, ignoreOrder: true);

    [Fact]
    public void Control_another_algorithm_is_found() =>
        Used([("a.cs", "var a = MD5.HashData(x); var b = new AesGcm(key, 16); // SHA1 is only mentioned")])
            .ShouldBe(["a.cs MD5", "a.cs AesGcm"], ignoreOrder: true);

    [Fact]
    public void What_the_table_says_is_met_is_shown_by_a_test_and_the_rest_has_a_reason()
    {
        var tests = Repository.Files("tests", ".cs")
            .SelectMany(file => TestName.Matches(File.ReadAllText(Repository.At(file)))).Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var rows = File.ReadAllLines(Repository.At("tests/asvs-l2.csv")).Skip(1).ToList();
        Wrong(rows, tests).ShouldBeEmpty();
        rows.Count.ShouldBe(51);
        Wrong(["1.1.1,2,x,met,No_such_test", "1.1.2,2,x,not met,", "1.1.3,3,x,met,A", "1.1.3,2,x,perhaps,A"], ["A"]).Count()
            .ShouldBe(8, "the control: four wrong rows, of another chapter");
    }

    private static IEnumerable<string> Used(IEnumerable<(string Name, string Text)> files) => files
        .SelectMany(file => Algorithm.Matches(Regex.Replace(file.Text, "//.*", ""))
            .Select(match => $"{file.Name} {match.Groups[1].Value}"))
        .Distinct();

    private static IEnumerable<string> Wrong(IReadOnlyList<string> rows, HashSet<string> tests)
    {
        var seen = new HashSet<string>();
        foreach (var row in rows)
        {
            var cells = row.Split(',');
            if (cells is not [var id, "1" or "2", _, var standing, var shown])
                yield return $"{row}: not five cells of level 1 or 2";
            else if (!seen.Add(id))
                yield return $"{id}: twice";
            else if (standing == "met" ? !tests.Contains(shown) : standing is not ("not met" or "not applicable") || shown.Length < 10)
                yield return $"{id}: {standing}, {shown}";
        }
        foreach (var id in rows.Select(row => row.Split(',')[0]).Where(id => !Regex.IsMatch(id, @"^1[1346]\.\d\.\d$")))
            yield return $"{id}: of another chapter";
    }
}
