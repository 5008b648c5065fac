using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Capabilities;

/// <summary>What a field of a command takes.</summary>
public enum FieldKind
{
    /// <summary>A text of at most <see cref="Field.MaxLength"/> characters; people may write about people in it, so it is kept
    /// sealed.</summary>
    Text,

    /// <summary>One code of <see cref="Field.ChoicesIn"/>.</summary>
    Code,

    /// <summary>Any number of codes.</summary>
    Codes,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>An amount in the tenant's currency.</summary>
    Amount,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>An instant.</summary>
    Moment,

    /// <summary>A date without a time.</summary>
    Date,

    /// <summary>A part of the case, by its number or code: one of the command's subjects.</summary>
    Subject,

    /// <summary>Another complaint, by its id.</summary>
    Complaint,

    /// <summary>A member of the staff, by the host's id.</summary>
    Person,

    /// <summary>Several values that belong together, such as a draft.</summary>
    Group,

    /// <summary>A team, by the host's id.</summary>
    Team,

    /// <summary>Complaints, by their ids.</summary>
    Complaints,

    /// <summary>An improvement, by its id.</summary>
    Improvement,

    /// <summary>Any number of parts of the case, by their numbers: some of the command's subjects.</summary>
    Subjects,
}

/// <summary>One field of a command: its words, its bounds and its choices. Forms, documentation and checks are made from it.</summary>
/// <param name="Name">The member's name in JSON: <c>reviewOn</c>.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Kind">What it takes.</param>
public sealed record Field(string Name, Label Label, FieldKind Kind)
{
    /// <summary>True when it must be filled in.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when it may hold something personal: it is kept sealed.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The most UTF-16 code units of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The lowest number.</summary>
    public decimal? Lowest { get; init; }

    /// <summary>The highest number.</summary>
    public decimal? Highest { get; init; }

    /// <summary>True when it is a code, and another list than the tenant's is allowed too.</summary>
    public bool IsOpenList { get; init; }

    /// <summary>The code among <see cref="ChoicesIn"/> with which the command's field <c>remark</c> must be filled in; <c>null</c> where no
    /// code asks for it.</summary>
    public string? NeedsRemark { get; init; }

    /// <summary>True for a code that somebody decides on: a form takes none only because it stands first.</summary>
    public bool IsChosen { get; init; }

    /// <summary>True for a part of the case that is named with its kind, because there are several: <c>task/2</c> instead of 2.</summary>
    public bool IsNamedInFull { get; init; }

    /// <summary>The fields of a <see cref="FieldKind.Group"/>.</summary>
    public ImmutableArray<Field> Parts { get; init => field = value.IsDefault ? [] : value; } = [];

    internal Func<Rulebook, IEnumerable<ICodeItem>>? Choices { get; init; }

    /// <summary>Who has something to do by the command, by the host's id; <c>null</c> where the field says nothing of that.</summary>
    internal Func<object, string?>? GivesWorkTo { get; init; }

    /// <summary>What is wrong with the field of a command.</summary>
    internal Func<object, Rulebook, ComplaintError?>? Finding { get; init; }

    /// <summary>The codes to choose from, in order; empty where it takes no code.</summary>
    public ImmutableArray<ICodeItem> ChoicesIn(Rulebook rules) => Choices is null ? [] : [.. Choices(rules)];

    /// <summary>The fields of a command, each named by the member that it reads.</summary>
    internal static ImmutableArray<Field> Of<TCommand>(Func<FieldsOf<TCommand>, ImmutableArray<Field>> fields) where TCommand : class =>
        fields(new());

    /// <inheritdoc/>
    public bool Equals(Field? other) => other is not null && Name == other.Name && Kind == other.Kind;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
