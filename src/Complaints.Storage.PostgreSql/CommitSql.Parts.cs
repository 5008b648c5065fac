using Complaints.Core.Storage;

namespace Complaints.Storage.PostgreSql;

/// <content>Which parts a commit has: its statement's text depends on them alone.</content>
internal sealed partial class CommitSql
{
    [Flags]
    private enum Parts
    {
        None = 0,
        New = 1,
        Command = 2,
        Removed = 4,
        Set = 8,
        Messages = 16,
        Lookups = 32,
        Keys = 64,
        Unchanged = 128,
        Number = 256,
        OneEvent = 512,
        OneMessage = 1024,
        Sealed = 2048,
        Persons = 4096,
        WorkRemoved = 8192,
        WorkSet = 16384,
        Unlinked = 32768,
        Linked = 65536,
        OnePerson = 131072,
        Amended = 262144,
        Renewed = 524288,
        PartiesLeft = 1048576,
        PartiesJoined = 2097152,
    }

    private static Parts PartsOf(ComplaintCommit commit) =>
        (commit.ExpectedVersion == 0 ? Parts.New : Parts.None)
        | (commit.Command is null ? Parts.None : Parts.Command)
        | (commit.TimersToRemove.IsEmpty ? Parts.None : Parts.Removed)
        | (commit.TimersToSet.IsEmpty ? Parts.None : Parts.Set)
        | (commit.Outbox.IsEmpty ? Parts.None : Parts.Messages)
        | (commit.Lookups.IsEmpty ? Parts.None : Parts.Lookups)
        | (commit.NewKeys.IsEmpty ? Parts.None : Parts.Keys)
        | (commit.NewPersons.IsEmpty ? Parts.None : Parts.Persons)
        | (commit.Unchanged is null ? Parts.None : Parts.Unchanged)
        | (commit.Number is null ? Parts.None : Parts.Number)
        | (commit.Events.Length == 1 ? Parts.OneEvent : Parts.None)
        | (commit.Outbox.Length == 1 ? Parts.OneMessage : Parts.None)
        | (commit.SealedUnder.IsEmpty ? Parts.None : Parts.Sealed)
        | (commit.SealedUnder.Length == 1 ? Parts.OnePerson : Parts.None)
        | (commit.WorkToRemove.IsEmpty ? Parts.None : Parts.WorkRemoved)
        | (commit.WorkToSet.IsEmpty ? Parts.None : Parts.WorkSet)
        | (commit.LinksToRemove.IsEmpty ? Parts.None : Parts.Unlinked)
        | (commit.LinksToSet.IsEmpty ? Parts.None : Parts.Linked)
        | (commit.PartiesToRemove.IsEmpty ? Parts.None : Parts.PartiesLeft)
        | (commit.PartiesToSet.IsEmpty ? Parts.None : Parts.PartiesJoined)
        | (commit.Amended is null ? Parts.None : Parts.Amended)
        | (commit.Amended?.Lookups is null ? Parts.None : Parts.Renewed);
}
