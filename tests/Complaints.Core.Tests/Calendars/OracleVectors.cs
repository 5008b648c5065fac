using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml;
using Complaints.Core.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Calendars;

/// <summary>A test on the vectors that other people's suites assert. They lie outside the repository: in the folder that COMPLAINTS_SHARED names, or in ../shared beside it.</summary>
public sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
        if (OracleVectors.Folder is null)
            Skip = "The oracles are not here: set COMPLAINTS_SHARED to the folder that holds oracles/.";
    }
}

/// <summary>One vector, read as it is used.</summary>
public sealed record OracleVector(JsonElement Json)
{
    public string Id => Text("id");

    public string Kind => Text("kind");

    public string Status => Json.GetProperty("check").GetProperty("status").GetString()!;

    public BusinessCalendar Calendar => OracleCalendars.Read(Json.GetProperty("calendar"));

    public Instant Start => Instant("start");

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public Instant Instant(string name) => OracleVectors.At(Json.GetProperty(name));

    public bool Has(string name) => Json.TryGetProperty(name, out _);
}

public static class OracleVectors
{
    private static readonly Lazy<ImmutableArray<OracleVector>> Read = new(() =>
    [
        .. Directory.GetFiles(Folder!, "*.json").Order(StringComparer.Ordinal)
            .SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("vectors").EnumerateArray())
            .Select(json => new OracleVector(json)),
    ]);

    public static string? Folder => SharedFolder.Find("oracles");

    public static ImmutableArray<OracleVector> All => Read.Value;

    public static Instant At(JsonElement text) => OffsetDateTimePattern.ExtendedIso.Parse(text.GetString()!).Value.ToInstant();

    public static Duration Span(string text) => Duration.FromTimeSpan(XmlConvert.ToTimeSpan(text));
}

public static class SharedFolder
{
    /// <summary>A folder of the shared material, or <c>null</c> where it is not here.</summary>
    public static string? Find(string name) =>
        new[] { Environment.GetEnvironmentVariable("COMPLAINTS_SHARED"), Path.Combine(Repository.Root, "..", "shared") }
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.GetFullPath(Path.Combine(folder!, name)))
            .FirstOrDefault(Directory.Exists);
}
