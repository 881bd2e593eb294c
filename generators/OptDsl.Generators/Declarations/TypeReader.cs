using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>Reads how to reopen the annotated type, and checks that generated code can.</summary>
internal sealed class TypeReader(DeclarationReport report, CancellationToken cancellation)
{
    /// <summary>How to reopen the type, and whether that is possible: a part beside a type that is not partial would only bring errors of its own.</summary>
    public (TypeHeader Header, bool IsOpen) Read(INamedTypeSymbol type)
    {
        var isOpen = true;
        var containers = new Stack<TypePart>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (Closed(outer) is { } identifier)
            {
                report.Add(DeclarationDescriptors.ContainerNotPartial, identifier, outer.Name, type.Name);
                isOpen = false;
            }

            containers.Push(Part(outer));
        }

        if (Closed(type) is { } name)
        {
            report.Add(DeclarationDescriptors.NotPartial, name, type.Name);
            isOpen = false;
        }

        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(Unescaped);
        return (new TypeHeader(space, containers.ToImmutableArray(), Part(type)), isOpen);
    }

    /// <summary>True where generated code can make the type a rule; else reports why not.</summary>
    public bool CheckKind(INamedTypeSymbol type, RuleKind kind)
    {
        var what = kind == RuleKind.Schedule ? "a schedule" : "an update rule";
        var why = type switch
        {
            { TypeKind: not TypeKind.Class } => "only a class or a record class can",
            { IsStatic: true } => "it is static",
            _ when IsFileLocal(type) => "it is local to its file, where generated code cannot reach it",
            { IsRecord: true } when kind == RuleKind.Schedule => "a record cannot derive from Schedule, so make it a class",
            { BaseType: { SpecialType: not SpecialType.System_Object } parent } when kind == RuleKind.Schedule && !RuleAttributes.IsOurs(parent, "Schedule")
                => $"it derives from '{parent.Name}' and not from Schedule",
            _ => null,
        };
        if (why is not null)
            report.Add(DeclarationDescriptors.UnsupportedType, type.Locations.FirstOrDefault(), type.Name, what, why);
        return why is null;
    }

    private static readonly SymbolDisplayFormat Unescaped = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static bool IsFileLocal(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal)
                return true;
        }

        return false;
    }

    /// <summary>The identifier of a declaration without <c>partial</c>, or null where all have it.</summary>
    private Location? Closed(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(declaration => !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            ?.Identifier.GetLocation();

    private static TypePart Part(INamedTypeSymbol type) => new(
        type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        },
        type.Name,
        type.TypeParameters.Select(parameter => parameter.Name).ToImmutableArray());
}
