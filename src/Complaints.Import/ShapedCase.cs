using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Import.Shaping;

namespace Complaints.Import;

/// <summary>A complaint that was made from its row or rows, or why it could not be.</summary>
/// <param name="Id">Its id in the source, if that much could be read.</param>
/// <param name="Lines">The lines of its rows; the first one is at fault, if there is a fault.</param>
/// <param name="Values">The values of the row at fault, or of the last one.</param>
/// <param name="Item">The complaint.</param>
/// <param name="Fault">Why not.</param>
internal readonly record struct ShapedCase(string? Id, IReadOnlyList<long> Lines, string?[] Values, ImportItem? Item, RowFault? Fault);
