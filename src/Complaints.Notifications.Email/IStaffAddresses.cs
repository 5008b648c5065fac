using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Email;

/// <summary>The mail addresses of our own people. The default reads the definition <c>mail-addresses</c>; a host that keeps them elsewhere
/// registers its own before <c>AddEmail</c>. Implementations are thread-safe.</summary>
public interface IStaffAddresses
{
    /// <summary>The addresses of an addressee; empty where there is none. With more than 50 nothing is
    /// sent (<see cref="MailReasons.TooManyAddresses"/>).</summary>
    /// <param name="tenant">Whose people.</param>
    /// <param name="to">A member of the staff, a team, a department, a role or a subscriber.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<string>> FindAsync(TenantId tenant, Addressee to, CancellationToken cancellationToken);
}
