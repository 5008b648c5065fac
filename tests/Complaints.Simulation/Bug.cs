namespace Complaints.Simulation;

/// <summary>Mistakes that a run can be made with, to prove that it would see them. None is in the product: they stand in this project's client and database.</summary>
public enum Bug
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>A client repeats what was not answered under another id.</summary>
    RetryWithANewId,

    /// <summary>The last writer wins.</summary>
    CommitWithoutVersionCheck,

    /// <summary>A message counts as delivered when it is handed out.</summary>
    DeliveredBeforeItIsSent,

    /// <summary>Anybody says what became of a message.</summary>
    SettleWithoutToken,

    /// <summary>The messages are written in a second transaction, which may fail by itself.</summary>
    MessagesInASecondTransaction,

    /// <summary>A timer counts as done when it is handed out.</summary>
    TimerDoneBeforeItFires,

    /// <summary>Whoever asks for a complaint's messages in order gets all of them.</summary>
    ClaimOutOfOrder,

    /// <summary>A merge does not look whether its survivor is still the one that it saw.</summary>
    MergeWithoutLookingAtTheSurvivor,

    /// <summary>A sweeper judges what is due by its own clock, which is minutes ahead of the store's.</summary>
    SweepByTheNodesClock,
}
