namespace Complaints.Core.Notifications;

/// <summary>Hands short messages to a gateway. It tries once and says what came of it; when to try again is the dispatcher's business.
/// Called by several threads at once.</summary>
public interface ISmsSender
{
    /// <summary>Hands one over. The same one may come again after a crash, with the same id.</summary>
    ValueTask<DeliveryResult> SendAsync(ShortMessage message, CancellationToken cancellationToken);
}

/// <summary>A short message to a person.</summary>
/// <param name="Id">The message's id: the same in every attempt, so that the gateway knows it again.</param>
/// <param name="To">The number in E.164: <c>+8613800138000</c>.</param>
/// <param name="Text">What it says, 1 to 1,000 characters.</param>
/// <param name="Template">The gateway's code of an approved template, where it wants one (短信模板); <c>null</c> otherwise.</param>
public sealed record ShortMessage(Guid Id, string To, string Text, string? Template = null)
{
    /// <summary>Names the message and neither the person nor the words.</summary>
    public override string ToString() => $"{nameof(ShortMessage)} {Id}";
}
