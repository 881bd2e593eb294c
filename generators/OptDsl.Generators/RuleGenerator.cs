using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Declarations;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators;

/// <summary>
/// Adds the kernels to annotated classes, one file each. The pipeline compares nothing but <see cref="RuleDeclaration"/>:
/// an edit that leaves the declaration alone costs a comparison, and everything after it is a pure function of it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RuleGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads declarations, by the name under which the driver tracks it.</summary>
    internal const string DeclarationStep = "Declaration";

    /// <summary>The step that begins the files of new and changed declarations.</summary>
    internal const string FileStep = "File";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, RuleKind.UpdateRule);
        Register(context, RuleKind.Schedule);
    }

    private static void Register(IncrementalGeneratorInitializationContext context, RuleKind kind)
    {
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                RuleAttributes.MetadataName(kind), static (node, _) => node is TypeDeclarationSyntax, static (target, cancellation) => Read(target, cancellation))
            .WithTrackingName(DeclarationStep)
            .Where(static declaration => declaration is not null);
        var files = declarations
            .Select(static (declaration, cancellation) => GeneratedFile.Begin(declaration!, cancellation))
            .WithTrackingName(FileStep);
        context.RegisterSourceOutput(files, static (output, file) => file.AddTo(output));
    }

    /// <summary>Reads the declaration at the attribute that counts, and nothing at any other that the class may carry too.</summary>
    private static RuleDeclaration? Read(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)target.TargetSymbol;
        return RuleAttributes.Declaring(type, out _)?.ApplicationSyntaxReference is { } first
            && first.SyntaxTree == target.TargetNode.SyntaxTree && target.TargetNode.Span.Contains(first.Span)
            && target.Attributes.Any(attribute => attribute.ApplicationSyntaxReference?.Span == first.Span)
                ? DeclarationReader.Read(type, target.SemanticModel.Compilation, cancellation)
                : null;
    }
}
