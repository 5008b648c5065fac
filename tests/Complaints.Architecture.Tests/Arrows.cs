using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Complaints.Architecture.Tests;

/// <summary>One use of a type of one folder by a file of another.</summary>
internal sealed record Arrow(string From, string To, string File, string Type);

/// <summary>
/// Which folders of a package use which, as the compiler understands its sources: by short names, qualified ones, those of a parent
/// namespace that need no using, extension members, and types that are only inferred. What documentation mentions does not count.
/// </summary>
internal sealed class Arrows
{
    private readonly CSharpCompilation _compilation;

    public Arrows(IEnumerable<(string Path, string Text)> sources)
    {
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, path: source.Path));
        var usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
            + " global using System.Threading; global using System.Threading.Tasks;";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("Complaints.", StringComparison.Ordinal));
        _compilation = CSharpCompilation.Create(
            "Sources", [.. trees, CSharpSyntaxTree.ParseText(usings, path: "usings.cs")],
            references.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>What the compiler could not make sense of, so that an arrow might be missing. Generators do not run here: what they would
    /// add
    /// to partial types is left out.</summary>
    public IEnumerable<string> NotUnderstood() =>
        from error in _compilation.GetDiagnostics()
        where error.Severity == DiagnosticSeverity.Error && !IsOfGenerators(error)
        select error.ToString();

    public IEnumerable<Arrow> All() =>
        from tree in _compilation.SyntaxTrees
        let model = _compilation.GetSemanticModel(tree)
        let folder = FolderOf(tree)
        from node in tree.GetRoot().DescendantNodes()
        let used = Used(model, node)
        where used is not null
        from place in Places(used).Take(1)
        let other = FolderOf(place.SyntaxTree)
        where other != folder
        select new Arrow(folder, other, tree.FilePath, used.ContainingType?.Name ?? used.Name);

    private static ISymbol? Used(SemanticModel model, SyntaxNode node)
    {
        var symbol = node switch
        {
            SimpleNameSyntax name => model.GetSymbolInfo(name) is var found
                ? found.Symbol ?? found.CandidateSymbols.FirstOrDefault()
                : null,
            ImplicitObjectCreationExpressionSyntax made => model.GetTypeInfo(made).Type,
            _ => null,
        };
        return symbol switch
        {
            IAliasSymbol alias => alias.Target,
            INamespaceSymbol or IParameterSymbol or ILocalSymbol or ITypeParameterSymbol or IRangeVariableSymbol => null,
            _ => symbol?.OriginalDefinition,
        };
    }

    /// <summary>Where it is written, or the type that it belongs to; nothing for what comes from elsewhere.</summary>
    private static IEnumerable<SyntaxReference> Places(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Concat(symbol.ContainingType?.OriginalDefinition.DeclaringSyntaxReferences ?? []);

    private static string FolderOf(SyntaxTree tree) => Path.GetDirectoryName(tree.FilePath)!.Replace('\\', '/').Split('/')[0];

    private static bool IsOfGenerators(Diagnostic error) => error.Id switch
    {
        // A partial method without its other half, a context without its members and without its constructor.
        "CS8795" or "CS0534" or "CS7036" => true,
        "CS0117" => error.GetMessage().EndsWith("'Default'", StringComparison.Ordinal),
        _ => false,
    };
}
