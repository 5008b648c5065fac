namespace Complaints.Core.Capabilities;

/// <summary>A command by its name, permitted or with the reason why not.</summary>
/// <param name="Name">The command.</param>
/// <param name="Subject">What it would be about, where a case has several: one entry each. <c>null</c> for the whole, or where there is
/// nothing that it could be about.</param>
/// <param name="Refusal">Why not; <c>null</c> when permitted.</param>
public sealed record PermittedCommand(CommandName Name, Subject? Subject, ComplaintError? Refusal)
{
    /// <summary>True when nothing speaks against it but its own values.</summary>
    public bool IsPermitted => Refusal is null;
}
