using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>A history for people: what of it is damaged is left out and counted, because the rest can still be told.</summary>
internal static class ReadableHistory
{
    public static (ImmutableArray<T> Events, int Unreadable) Of<T>(ImmutableArray<StoredEvent> history, Func<StoredEvent, T> read)
    {
        var events = ImmutableArray.CreateBuilder<T>(history.Length);
        foreach (var stored in history)
        {
            try
            {
                events.Add(read(stored));
            }
            catch (InvalidDataException)
            {
                // It is counted.
            }
        }
        var unreadable = history.Length - events.Count;
        return (events.DrainToImmutable(), unreadable);
    }
}
