namespace Complaints.Core;

/// <summary>Points to one version of one definition.</summary>
/// <param name="Id">The definition's id within its kind.</param>
/// <param name="Version">1, 2, ...</param>
public readonly record struct DefinitionRef(string Id, int Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id} v{Version}";
}
