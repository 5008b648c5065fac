using Complaints.Core;

namespace Complaints.Import.Shaping;

/// <summary>Why a row cannot be used.</summary>
/// <param name="Column">The mapped column's index; -1 when it is about the row as a whole.</param>
/// <param name="Error">The reason.</param>
internal sealed record RowFault(int Column, ComplaintError Error);
