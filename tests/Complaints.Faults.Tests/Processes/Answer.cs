using System.Globalization;

namespace Complaints.Faults.Tests.Processes;

/// <summary>What a client was promised, as it printed it.</summary>
internal sealed record Answer(string What, int Seed, int Number, Guid Complaint, int Version)
{
    public static IEnumerable<Answer> All(Child client) => client.Lines.Select(line => line.Split(' ')).Where(parts => parts is ["answered", _, _, _, _, _]).Select(parts => new Answer(
        parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture), Guid.Parse(parts[4]), int.Parse(parts[5], CultureInfo.InvariantCulture)));

    /// <summary>What it was told instead.</summary>
    public static IEnumerable<string> Failures(Child client) => client.Lines.Where(line => line.StartsWith("failed", StringComparison.Ordinal));
}
