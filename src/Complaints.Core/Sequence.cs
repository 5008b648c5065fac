using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core;

/// <summary>
/// Several commands in one: all of them or none, one version, one moment, one command id. Each is decided on the state that the one before
/// it left; the first refusal refuses all and says which.
/// </summary>
/// <param name="Commands">2 to 20 commands. Errors: <c>sequence.length</c>; <c>sequence.not_allowed</c> for a command that begins a case,
/// refers to another case, is the system's own, or is a sequence.</param>
public sealed record Sequence(params ImmutableArray<ComplaintCommand> Commands) : ComplaintCommand
{
    /// <summary>The most commands: 20.</summary>
    public const int Most = 20;

    /// <summary>The commands; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintCommand> Commands { get; init => field = Given.Of(value); } = Given.Of(Commands);

    internal override bool BringsPersons => Commands.Any(command => command.BringsPersons);

    internal override bool ReadsComplainant => Commands.Any(command => command.ReadsComplainant);

    internal override IEnumerable<string> PeopleNamed => Commands.SelectMany(command => command.PeopleNamed);

    /// <inheritdoc/>
    public bool Equals(Sequence? other) => other is not null && Commands.AsSpan().SequenceEqual(other.Commands.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Commands.Length;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink<Complaint> events) =>
        throw new InvalidOperationException("The decider decides the parts one by one.");
}
