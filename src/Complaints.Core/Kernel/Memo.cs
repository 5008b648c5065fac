namespace Complaints.Core;

/// <summary>A memo of a pure function, which is no part of the value of the record that has it: all are equal. A copy of the record takes
/// it along.</summary>
/// <param name="Last">What was worked out last, of this record or of the one that it was made of; <c>null</c> for nothing yet.</param>
internal readonly record struct Memo<T>(T? Last) where T : class
{
    public bool Equals(Memo<T> other) => true;

    public override int GetHashCode() => 0;
}
