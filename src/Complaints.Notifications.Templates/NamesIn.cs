using Fluid;
using Fluid.Ast;

namespace Complaints.Notifications.Templates;

/// <summary>Reads what a parsed template names: fields, filters, and what it must not use.</summary>
internal sealed class NamesIn : AstVisitor
{
    private readonly List<string> _fields = [];
    private readonly List<string> _filters = [];
    private readonly List<string> _others = [];
    private readonly Stack<string> _loops = [];

    private NamesIn() { }

    /// <summary>The fields in the order in which they are met, none twice; a variable of a loop is none.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>The filters.</summary>
    public IReadOnlyList<string> Filters => _filters;

    /// <summary>What is not allowed whatever it is called.</summary>
    public IReadOnlyList<string> NotAllowed => _others;

    public static NamesIn Of(IFluidTemplate template)
    {
        var names = new NamesIn();
        names.VisitTemplate(template);
        return names;
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        Visit(forStatement.Source);
        _loops.Push(forStatement.Identifier);
        foreach (var statement in forStatement.Statements)
            Visit(statement);
        _loops.Pop();
        if (forStatement.Else is { } otherwise)
            Visit(otherwise);
        return forStatement;
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        var segments = memberExpression.Segments;
        if (segments is [IdentifierSegment { Identifier: var first }, ..])
        {
            var isOwn = _loops.Contains(first) || first == "forloop" && _loops.Count > 0;
            var isPlain = segments.Count == 1 || isOwn && segments.Count == 2 || segments is [_, IdentifierSegment { Identifier: "size" }];
            if (!isOwn)
                Add(_fields, isPlain ? first : string.Join('.', segments.Select(Name)));
            else if (!isPlain)
                Add(_others, string.Join('.', segments.Select(Name)));
        }
        else
        {
            Add(_others, "[ ]");
        }
        return memberExpression;
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        Add(_filters, filterExpression.Name);
        foreach (var parameter in filterExpression.Parameters)
            Visit(parameter.Expression);
        Visit(filterExpression.Input);
        return filterExpression;
    }

    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        Add(_others, "( .. )");
        return rangeExpression;
    }

    private static string Name(MemberSegment segment) => segment switch
    {
        IdentifierSegment identifier => identifier.Identifier,
        FunctionCallSegment => "( )",
        _ => "[ ]",
    };

    private static void Add(List<string> names, string name)
    {
        if (!names.Contains(name))
            names.Add(name);
    }
}
