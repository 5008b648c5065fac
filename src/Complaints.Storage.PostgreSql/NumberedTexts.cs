using System.Collections.Concurrent;
using Complaints.Storage.Relational;

namespace Complaints.Storage.PostgreSql;

/// <summary>Keeps the numbered form of every text that is kept. Thread-safe.</summary>
internal sealed class NumberedTexts(PostgreSqlDialect dialect)
{
    private readonly ConcurrentDictionary<SqlText, NumberedText> _kept = new();

    public NumberedText Of(SqlText sql) =>
        sql.IsKept ? _kept.GetOrAdd(sql, static (text, dialect) => new NumberedText(text, dialect), dialect) : new NumberedText(sql, dialect);
}
