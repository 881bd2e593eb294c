using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>The public surface of an assembly as text, one member a line.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat s_format = new SymbolDisplayFormat(
            typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
            propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
            miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeRef | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue)
        .WithKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword)
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    public static string Describe(Assembly assembly)
    {
        var compilation = CSharpCompilation.Create("Api", references: TestCompilation.References);
        var reference = compilation.References.Single(candidate => candidate.Display == assembly.Location);
        var types = Types(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace);
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal))
        {
            var bases = new[] { type.BaseType }.Concat(type.Interfaces)
                .Where(parent => parent is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum) })
                .Select(parent => parent!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))
                .ToImmutableArray();
            text.Append($"{type.ContainingNamespace.ToDisplayString()}: " + Modifiers(type) + type.ToDisplayString(s_format) + (bases.IsEmpty ? "" : $" : {string.Join(", ", bases)}") + "\n");
            foreach (var member in type.GetMembers().Where(IsVisible).Select(member => member.ToDisplayString(s_format)).Order(StringComparer.Ordinal))
                text.Append("    " + member + "\n");
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol parent) =>
        parent.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member switch
        {
            // What the compiler makes of an extension block; the members are those of the class around it.
            INamedTypeSymbol { Name: ['<', ..] } => [],
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public or Accessibility.Protected } type => Types(type).Prepend(type),
            INamespaceSymbol space => Types(space),
            _ => [],
        });

    private static string Modifiers(INamedTypeSymbol type) => type switch
    {
        { IsStatic: true } => "static ",
        { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
        { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
        _ => "",
    };

    private static bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && member is not INamedTypeSymbol and not { IsImplicitlyDeclared: true, Name: not ".ctor" }
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && member is not IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.TypeKind: TypeKind.Enum or TypeKind.Struct, Parameters.IsEmpty: true };
}
