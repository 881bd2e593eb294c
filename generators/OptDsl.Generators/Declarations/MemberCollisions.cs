using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>Finds members of a rule or schedule, of its own or inherited, beside which the generated part cannot stand.</summary>
internal sealed class MemberCollisions(DeclarationReport report, CancellationToken cancellation)
{
    private static readonly string[] s_elements = ["float", "double"];

    /// <summary>True if there is one; it is reported where it is declared.</summary>
    public bool Check(INamedTypeSymbol type, RuleSource source)
    {
        var name = source.Kind == RuleKind.Schedule ? "At" : "Update";
        var collision = type.Name == name ? type
            : type.TypeParameters.FirstOrDefault(parameter => parameter.Name == name)
                ?? type.GetMembers(name).FirstOrDefault(member => HasThePlace(member, source))
                ?? type.GetMembers().FirstOrDefault(IsOfTheInterface)
                ?? Inherited(type, name, source);
        if (collision is null)
            return false;
        var place = SymbolEqualityComparer.Default.Equals(collision.ContainingType, type) || collision.Equals(type, SymbolEqualityComparer.Default) ? collision : type;
        report.Add(DeclarationDescriptors.MemberTaken, place.Locations.FirstOrDefault(), type.Name, collision.Name);
        return true;
    }

    /// <summary>True for a method with the parameters of the generated one, and for anything else of its name.</summary>
    private bool HasThePlace(ISymbol member, RuleSource source) =>
        member is not IMethodSymbol method || (!IsGenerated(method) && method.Arity == 0 && HasGeneratedParameters(method, source));

    /// <summary>True for a member of the interface that the generated part implements.</summary>
    private bool IsOfTheInterface(ISymbol member) => (member switch
    {
        IMethodSymbol { ExplicitInterfaceImplementations: { IsEmpty: false } implemented } => implemented[0].ContainingType,
        IPropertySymbol { ExplicitInterfaceImplementations: { IsEmpty: false } implemented } => implemented[0].ContainingType,
        _ => null,
    }) is { } type && RuleAttributes.IsOurs(type, "IUpdateRule") && !IsGenerated(member);

    /// <summary>A method that must be overridden, where the generated one would hide it; what need not be may be hidden.</summary>
    private ISymbol? Inherited(INamedTypeSymbol type, string name, RuleSource source)
    {
        for (var parent = type.BaseType; parent is not null && source.Kind == RuleKind.UpdateRule; parent = parent.BaseType)
        {
            if (parent.GetMembers(name).FirstOrDefault(member => member.IsAbstract && HasThePlace(member, source)) is { } member)
                return member;
        }

        return null;
    }

    /// <summary>Analyzers see the generated part too.</summary>
    private bool IsGenerated(ISymbol member) => member.DeclaringSyntaxReferences
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
                .. source.States.Select(state => state.Cardinality != Cardinality.PerElement ? "ref double" : $"Span<{element}>"),
            ]));
    }
}
