using System.Globalization;
using Complaints.Storage.Relational;

namespace Complaints.Storage.PostgreSql;

/// <summary>A <see cref="SqlText"/> as PostgreSQL takes it: full table names, and parameters by number, so that the driver need not parse it at every call.</summary>
internal sealed class NumberedText
{
    public NumberedText(SqlText sql, PostgreSqlDialect dialect)
    {
        var statements = new List<NumberedStatement>(sql.Statements.Count);
        foreach (var statement in sql.Statements)
        {
            var parameters = new List<int>();
            var text = SqlText.Name().Replace(dialect.Qualify(statement), match =>
            {
                var value = ((IList<string>)sql.Parameters).IndexOf(match.Value);
                if (!parameters.Contains(value))
                    parameters.Add(value);
                return "$" + (parameters.IndexOf(value) + 1).ToString(CultureInfo.InvariantCulture);
            });
            statements.Add(new(text, parameters));
        }
        Statements = statements;
        BeginsTransaction = sql.Statements[0] == dialect.BeginRead;
    }

    public IReadOnlyList<NumberedStatement> Statements { get; }

    /// <summary>True when the first statement begins a transaction.</summary>
    public bool BeginsTransaction { get; }
}

/// <summary>One statement.</summary>
/// <param name="Text">With <c>$1</c>, <c>$2</c>, ...</param>
/// <param name="Parameters">Which values they are.</param>
internal sealed record NumberedStatement(string Text, IReadOnlyList<int> Parameters);
