namespace Complaints.Core.Capabilities;

/// <summary>A state as it was written, and where in the bytes each of its parts stands.</summary>
/// <param name="Of">The state.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Begins">Where each part begins, behind its name, in the order of the parts.</param>
/// <param name="Ends">Where each part ends; one that is left out ends where it begins.</param>
internal sealed record WrittenState(object Of, ReadOnlyMemory<byte> Bytes, int[] Begins, int[] Ends);
