using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>What clear words are wanted for: a code such as <c>case-work</c>. A host may have others of its own.</summary>
/// <param name="Value">1 to 100 characters.</param>
[JsonConverter(typeof(CodeJsonConverter<Purpose>))]
public readonly record struct Purpose(string Value) : ICode<Purpose>
{
    /// <summary>Somebody works on the case.</summary>
    public static Purpose CaseWork => new("case-work");

    /// <summary>Somebody looks for a case in a list.</summary>
    public static Purpose Search => new("search");

    /// <summary>Words leave the system in a file.</summary>
    public static Purpose Export => new("export");

    /// <summary>The answer to a person who asks what is kept about them.</summary>
    public static Purpose AccessRequest => new("access-request");

    /// <summary>Somebody keeps the system running.</summary>
    public static Purpose Maintenance => new("maintenance");

    /// <inheritdoc/>
    public static Purpose From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
