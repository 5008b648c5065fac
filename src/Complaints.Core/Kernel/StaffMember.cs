namespace Complaints.Core;

/// <summary>A member of the staff, whose name only the host knows.</summary>
/// <param name="Id">The host's id.</param>
internal readonly record struct StaffMember(string Id);
