using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>
/// A plan, an instant at most ten days before and five after its clock change, and three numbers to make of what is needed.
/// </summary>
public sealed class Question
{
    internal Question(Planned planned, Instant at, int one, int two, int three) =>
        (Planned, At, One, Two, Three) = (planned, at, one, two, three);

    internal Planned Planned { get; }

    internal Instant At { get; }

    internal int One { get; }

    internal int Two { get; }

    internal int Three { get; }

    /// <summary>What a failure prints; the seed beside it makes the plan again.</summary>
    public override string ToString() => $"{Planned.Plan.Zone} at {At}, {One}, {Two}, {Three}";

    internal void Deconstruct(out Planned planned, out Instant at, out int one, out int two, out int three) =>
        (planned, at, one, two, three) = (Planned, At, One, Two, Three);
}

/// <summary>Questions about any plan.</summary>
public static class Questions
{
    public static Arbitrary<Question> All { get; } = PlanPool.Questions(PlanPool.All);
}

/// <summary>
/// Questions about plans in which each working day closes later than the one before: no night shift outlasts the next day.
/// </summary>
public static class OrderlyQuestions
{
    public static Arbitrary<Question> All { get; } = PlanPool.Questions(PlanPool.Orderly);
}
