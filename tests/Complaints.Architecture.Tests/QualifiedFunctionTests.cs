using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Complaints.Architecture.Tests;

/// <summary>
/// A search path may name a schema before pg_catalog. Every function of a statement is therefore named with its schema, where it is written
/// or by the dialect of PostgreSQL, which must know it.
/// </summary>
public sealed partial class QualifiedFunctionTests
{
    private static readonly string[] Syntax =
    [
        "all", "any", "array", "as", "cast", "coalesce", "exists", "extract", "greatest", "in", "least", "not",
        "nullif", "row", "values", "x",
    ];

    [Fact]
    public void Every_function_of_a_statement_is_known_to_the_dialect()
    {
        var dialect = File.ReadAllText(Repository.At("src", "Complaints.Storage.PostgreSql", "PostgreSqlDialect.cs"));
        var known = Known().Match(dialect).Value.Split('|', '(', ')', '"', '+', '@', ' ', '\n', '\r', '[', ']').ToHashSet();
        known.ShouldContain("statement_timestamp");
        string[] projects = ["Complaints.Storage.Relational", "Complaints.Storage.PostgreSql"];
        var called = projects
            .SelectMany(project => Directory.EnumerateFiles(Repository.At("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/"))
            .SelectMany(file => Called(File.ReadAllText(file)).Select(name => $"{name} in {Path.GetFileName(file)}"))
            .Distinct().ToArray();
        called.ShouldContain("count in OutboxSql.cs");
        called.Where(call => !known.Contains(call.Split(' ')[0])).ShouldBeEmpty();
    }

    [Fact]
    public void Control_a_function_without_its_schema_is_found() =>
        Called("""var sql = $"select lower(name), pg_catalog.upper(name), cast(x as text), {Method(1)} from unnest({a}, {b})";""")
            .ShouldBe(["lower", "unnest"]);

    private static IEnumerable<string> Called(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
        .Where(token => !token.Text.StartsWith('@'))
        .SelectMany(token => Call().Matches(token.ValueText).Select(match => match.Value))
        .Where(name => !Syntax.Contains(name));

    [GeneratedRegex(@"(?<![\w.$@'])[a-z_]+(?=\()")]
    private static partial Regex Call();

    [GeneratedRegex(@"\(unnest[^""]*""\s*\+ @""[^""]*")]
    private static partial Regex Known();
}
