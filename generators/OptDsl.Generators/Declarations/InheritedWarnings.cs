using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>
/// The warnings that the generated part would give for what the user's part is: it hides members of a base class, and reads
/// properties that are obsolete or experimental.
/// </summary>
internal static class InheritedWarnings
{
    public static EquatableArray<string> Of(INamedTypeSymbol type, RuleKind kind)
    {
        var warnings = new SortedSet<string>(StringComparer.Ordinal);
        if (kind == RuleKind.UpdateRule && type.BaseType is not { SpecialType: SpecialType.System_Object })
            warnings.UnionWith(["CS0108", "CS0114"]);
        var symbols = type.GetMembers().OfType<IPropertySymbol>().Where(property => HyperReader.Attribute(property) is not null)
            .SelectMany(property => new ISymbol?[] { property, property.GetMethod, property.Type }).Append(type);
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            symbols = symbols.Append(outer);
        foreach (var attribute in symbols.OfType<ISymbol>().SelectMany(symbol => symbol.GetAttributes()))
        {
            if (RuleAttributes.IsOf(attribute.AttributeClass, "ObsoleteAttribute", "System"))
            {
                warnings.UnionWith(["CS0612", "CS0618"]);
                if (Id(attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "DiagnosticId").Value) is { } own)
                    warnings.Add(own);
            }
            else if (RuleAttributes.IsOf(attribute.AttributeClass, "ExperimentalAttribute", "System", "Diagnostics", "CodeAnalysis")
                && attribute.ConstructorArguments.Length == 1 && Id(attribute.ConstructorArguments[0]) is { } id)
            {
                warnings.Add(id);
            }
        }

        return warnings.ToImmutableArray();
    }

    private static string? Id(TypedConstant value) => value is { Kind: TypedConstantKind.Primitive, Value: string id } && SyntaxFacts.IsValidIdentifier(id) ? id : null;
}
