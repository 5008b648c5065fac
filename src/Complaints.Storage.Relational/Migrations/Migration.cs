using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Complaints.Storage.Relational.Migrations;

/// <summary>One numbered step of a schema, an embedded file such as <c>schema/0001_complaints.sql</c>. A file that was ever released is never changed; a change is a new file.</summary>
/// <param name="Number">1, 2, ... without gaps.</param>
/// <param name="Name">What the file is called after its number.</param>
/// <param name="Sql">Its text with plain line feeds, so that a checkout's line endings do not matter.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>The SHA-256 of the text in lower-case hex.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The embedded files <c>schema/*.sql</c> of an assembly in order.</summary>
    public static IReadOnlyList<Migration> EmbeddedIn(Assembly assembly)
    {
        var found = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            var file = Path.GetFileNameWithoutExtension(resource);
            var migration = new Migration(int.Parse(file[..4], System.Globalization.CultureInfo.InvariantCulture), file[5..], reader.ReadToEnd().ReplaceLineEndings("\n"));
            if (migration.Number != found.Count + 1)
                throw new InvalidOperationException($"Migration {file} of {assembly.GetName().Name} should have number {found.Count + 1:D4}.");
            found.Add(migration);
        }
        return found;
    }
}
