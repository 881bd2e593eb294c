using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Declarations;

/// <summary>Finds methods of a rule or schedule that the generated part would declare a second time.</summary>
internal sealed class MemberCollisions(DeclarationReport report, CancellationToken cancellation)
{
    private static readonly string[] s_elements = ["float", "double"];

    /// <summary>True if there is one; it is reported at the method.</summary>
    public bool Check(INamedTypeSymbol type, RuleSource source)
    {
        var name = source.Kind == RuleKind.Schedule ? "At" : "Update";
        var collision = type.GetMembers(name).OfType<IMethodSymbol>()
            .FirstOrDefault(method => !IsGenerated(method) && method.Arity == 0 && HasGeneratedParameters(method, source));
        if (collision is not null)
            report.Add(DeclarationDescriptors.MemberTaken, collision.Locations.FirstOrDefault(), type.Name, name);
        return collision is not null;
    }

    /// <summary>Analyzers see the generated part too.</summary>
    private bool IsGenerated(IMethodSymbol method) => method.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>())
        .Any(part => part is not null && part.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().EndsWith("GeneratedCode", StringComparison.Ordinal)));

    private static bool HasGeneratedParameters(IMethodSymbol method, RuleSource source)
    {
        var types = method.Parameters.Select(parameter => (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)).ToArray();
        return source.Kind == RuleKind.Schedule
            ? types.Length == 1 && types[0] == "long"
            : s_elements.Any(element => types.SequenceEqual(
            [
                "long", $"Span<{element}>", $"ReadOnlySpan<{element}>",
                .. source.States.Select(state => state.Shape != Shape.PerElement ? "ref double" : $"Span<{element}>"),
            ]));
    }
}
