using System.Security.Cryptography;

namespace Complaints.Core;

/// <summary>
/// A master key, its file or a wrapped key is not what it must be: nothing was changed. The codes are <c>keys.file_missing</c>,
/// <c>keys.file_open</c>, <c>keys.file_owner</c>, <c>keys.owner_lost</c>,
/// <c>keys.file_line</c>, <c>keys.file_empty</c>, <c>keys.file_size</c>, <c>keys.file_full</c>, <c>keys.file_replaced</c>,
/// <c>keys.busy</c>, <c>keys.master_unknown</c>, <c>keys.master_other</c>, <c>keys.wrapped_elsewhere</c>, <c>keys.wrapped_format</c>.
/// </summary>
public sealed class MasterKeyException : CryptographicException
{
    /// <summary>A failure with its stable code.</summary>
    public MasterKeyException(ComplaintError error, Exception? inner = null) : base(MessageOf(error), inner) => Error = error;

    /// <summary>What is wrong and what to do, with a stable code.</summary>
    public ComplaintError Error { get; }

    /// <summary>True where it may be the wrapped key that is damaged; false where no key could be used.</summary>
    internal bool ConcernsOneKey =>
        Error.Code is "keys.master_unknown" or "keys.master_other" or "keys.wrapped_elsewhere" or "keys.wrapped_format";

    private static string MessageOf(ComplaintError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Message;
    }
}
