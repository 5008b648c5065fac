using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>Puts a message into the words that a robot says. The host registers one; it reads what it needs, in the group's language.
/// Called by several threads at once.</summary>
public interface IRobotText
{
    /// <summary>The words, or <c>null</c> when the group is told nothing of it; the message is done then.</summary>
    /// <param name="robot">The channel's name.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    ValueTask<RobotText?> OfAsync(string robot, ClaimedMessage message, CancellationToken cancellationToken);
}

/// <summary>What a robot says. It is plain text: nothing in it is markup, and it mentions nobody.</summary>
/// <param name="Title">One line.</param>
/// <param name="Lines">The lines below it. What is longer than the platform takes is cut at its end, with <c>…</c>.</param>
public sealed record RobotText(string Title, ImmutableArray<string> Lines)
{
    /// <summary>The lines below the title.</summary>
    public ImmutableArray<string> Lines { get; init; } = Lines.IsDefault ? [] : [.. Lines.Where(line => line is not null)];
}
