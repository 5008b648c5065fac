using Complaints.Core.Intake;
namespace Complaints.Core;

/// <summary>A place where complaints come in by themselves: a mailbox, a social network, a web form's queue. A port of the host.</summary>
public interface IIntakeSource
{
    /// <summary>The drafts that wait. Each carries an <see cref="ExternalRef"/>; one that was taken in before is recognised by
    /// it.</summary>
    IAsyncEnumerable<IntakeDraft> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Tells the source that a draft was taken in, or refused and why, so that it can mark, move or answer it.</summary>
    Task AnswerAsync(IntakeDraft draft, CommandResult result, CancellationToken cancellationToken);
}
