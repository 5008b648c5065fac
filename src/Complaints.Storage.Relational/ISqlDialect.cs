using System.Data.Common;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>What differs between databases, and nothing else.</summary>
internal interface ISqlDialect
{
    /// <summary>Begins a transaction that sees one state of the database and writes nothing; empty where a batch is one transaction anyway.</summary>
    string BeginRead { get; }

    /// <summary>Ends what <see cref="BeginRead"/> began.</summary>
    string EndRead { get; }

    /// <summary>Begins a transaction that writes and takes the write lock where there is one.</summary>
    string BeginWrite { get; }

    /// <summary>Answers one row if there is a table named <c>@name</c>.</summary>
    string TableExists { get; }

    /// <summary>The condition that a text column is one of a list that was bound as <see cref="List"/>.</summary>
    string IsOneOf(string column, string parameter);

    /// <summary>The condition that an id column is one of a list that was bound as <see cref="List"/> of hexadecimal texts.</summary>
    string IsOneOfIds(string column, string parameter);

    /// <summary>The value of a list parameter.</summary>
    object List(IEnumerable<string> values);

    /// <summary>True when a row was refused because its key is there already.</summary>
    bool IsDuplicate(DbException error);

    /// <summary>The failure in words for people, by error code and never by message text.</summary>
    StoreException Translate(DbException error);
}
