using System.Data.Common;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>What differs between databases, and nothing else.</summary>
internal interface ISqlDialect
{
    /// <summary>Begins a transaction that sees one state of the database and writes nothing.</summary>
    string BeginRead { get; }

    /// <summary>Ends what <see cref="BeginRead"/> began.</summary>
    string EndRead { get; }

    /// <summary>Asks, after <see cref="BeginRead"/>, for a plan that does not depend on what the planner believes to be due; empty where the planner does not guess.</summary>
    string SteadyPlan { get; }

    /// <summary>The database's clock in microseconds since 1970.</summary>
    string Now { get; }

    /// <summary>Begins the transaction of a claim where <see cref="SteadyPlan"/> needs one; empty where it does not.</summary>
    string BeginClaim { get; }

    /// <summary>Ends what <see cref="BeginClaim"/> began.</summary>
    string EndClaim { get; }

    /// <summary>Makes a select lock its rows and pass over those that are locked; empty where one program writes at a time.</summary>
    string SkipLocked { get; }

    /// <summary>The same for the complaints <c>c</c> of a select.</summary>
    string SkipLockedComplaint { get; }

    /// <summary>Keeps the key that a select has found until the transaction ends; empty where one program writes at a time.</summary>
    string KeepKey { get; }

    /// <summary>Begins a transaction that may change the schema, alone among the programs that would.</summary>
    string BeginWrite { get; }

    /// <summary>Answers one row if there is a table named <c>@name</c>.</summary>
    string TableExists { get; }

    /// <summary>Answers a kind and a name for what is damaged (<c>damage</c>), and for what acts by itself and is not ours.</summary>
    string Inspect { get; }

    /// <summary>A statement with its tables' full names.</summary>
    string Qualify(string statement);

    /// <summary>A migration as it is run, after what the store was asked for, such as partitions.</summary>
    string Adapt(string migration);

    /// <summary>The condition that a text column is one of a list that was bound as <see cref="List"/>.</summary>
    string IsOneOf(string column, string parameter);

    /// <summary>The condition that an id column is one of a list that was bound as <see cref="Ids"/>.</summary>
    string IsOneOfIds(string column, string parameter);

    /// <summary>The condition that a text column contains a text.</summary>
    string Contains(string column, string parameter);

    /// <summary>The ids of a group as one text with commas between them; <c>null</c> for none.</summary>
    string JoinIds(string column);

    /// <summary>The condition that a key column is one of those that a select answers: the few rows are sought by the key's index, however many the planner expects.</summary>
    string IsOneOfRows(string column, string select);

    /// <summary>A table whose rows are sought by one of its indexes, whatever else the planner would rather walk.</summary>
    string SoughtBy(string table, string index);

    /// <summary>The value of a list parameter.</summary>
    object List(IEnumerable<string> values);

    /// <summary>The value of a list parameter of ids.</summary>
    object Ids(IEnumerable<Guid> ids);

    /// <summary>True when a row was refused because its key is there already.</summary>
    bool IsDuplicate(DbException error);

    /// <summary>The failure in words for people, by error code and never by message text.</summary>
    StoreException Translate(DbException error);
}
