namespace Complaints.Core;

/// <summary>A refusal's code and what it says: what was wrong, where, and what to do. Codes are never renamed.</summary>
/// <param name="Code">The code: <c>hold.not_found</c>.</param>
/// <param name="En">In English, with the names of its values in braces.</param>
/// <param name="Zh">In Chinese.</param>
internal sealed record Refusal(string Code, string En, string Zh)
{
    /// <summary>The refusal with the values that its text mentions.</summary>
    public ComplaintError With(params ReadOnlySpan<(string Name, object? Value)> data) => new(this, data);

    /// <summary>The refusal, whose text mentions no value.</summary>
    public ComplaintError Plain => field ??= new(this);
}
