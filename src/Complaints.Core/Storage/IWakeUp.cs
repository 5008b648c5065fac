namespace Complaints.Core.Storage;

/// <summary>
/// Says that messages were written, so that nobody need wait for the next round to send them. A hint and no more: it may be lost or come
/// for nothing, and whoever waits for it must also
/// look by itself now and then.
/// </summary>
public interface IWakeUp
{
    /// <summary>Completes at the first hint after it was read; never fails. Read it before looking for work, so that nothing falls between.
    /// Thread-safe.</summary>
    Task Next { get; }
}
