using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Benchmarks.Generation;

/// <summary>Adds a file for every class with an attribute, and asks for no symbol: what it costs the compiler to have as many generated files.</summary>
internal sealed class FilesOnlyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var spaces = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { AttributeLists.Count: > 0, Parent: BaseNamespaceDeclarationSyntax },
            static (target, _) => ((BaseNamespaceDeclarationSyntax)target.Node.Parent!).Name.ToString());
        context.RegisterSourceOutput(spaces, static (output, space) =>
            output.AddSource(space + ".Rule.g.cs", SourceText.From($"namespace {space} {{ partial class Rule {{ }} }}", Encoding.UTF8)));
    }
}
