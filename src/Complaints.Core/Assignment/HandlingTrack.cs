using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>On which track a case is handled: by the agents themselves, or by a manager.</summary>
public static class HandlingTrack
{
    /// <summary>An agent handles it and records (座席流程).</summary>
    public const string Agent = "agent";

    /// <summary>A manager handles it (经理流程).</summary>
    public const string Manager = "manager";

    /// <summary>The tracks with their names.</summary>
    public static ImmutableArray<CodeItem> All { get; } =
        [new(Agent, new("agent track", "座席流程")), new(Manager, new("manager track", "经理流程"))];

    internal static CodeList<CodeItem> Codes { get; } = new(All);
}
