using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Something that was promised to the customer with a date (承诺). What was promised stands in the history, sealed.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="MadeAt">When it was promised.</param>
/// <param name="Due">By when.</param>
/// <param name="Owner">Who must keep it.</param>
/// <param name="KeptAt">When it was kept.</param>
/// <param name="WithdrawnAt">When it was taken back.</param>
public sealed record Commitment(int Number, Instant MadeAt, Instant Due, string Owner, Instant? KeptAt = null, Instant? WithdrawnAt = null)
{
    /// <summary>True while it must still be kept.</summary>
    public bool IsOpen => KeptAt is null && WithdrawnAt is null;
}
