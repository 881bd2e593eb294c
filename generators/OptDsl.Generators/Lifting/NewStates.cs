using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Lifting;

/// <summary>Arrays of states that a step makes anew: what it adds to them is gone before the next one.</summary>
internal static class NewStates
{
    public static IEnumerable<LoopFinding> Find(Slice slice, IEnumerable<Place> states) => slice.Region.IsEmpty && slice.Parameter.Root is not (ILocalSymbol or null)
        ? states.Where(state => state.Root is ILocalSymbol && slice.IsElement(state) && Slice.Varies(state)).Select(state => Find((ILocalSymbol)state.Root!)).OfType<LoopFinding>() : [];

    private static LoopFinding? Find(ILocalSymbol local)
    {
        if (local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: var made } declarator
            || made is not (ArrayCreationExpressionSyntax { Initializer: null } or StackAllocArrayCreationExpressionSyntax { Initializer: null })
            || declarator.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || !method.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == local.Name).All(IsElement))
        {
            return null;
        }

        return new LoopFinding(LoopIds.StateBeginsAnew, declarator.Span, $"'{local.Name}' is made anew in every step and so is always 0 before it: keep it from step to step");
    }

    /// <summary>True for a use that gives the array to no other code.</summary>
    private static bool IsElement(IdentifierNameSyntax name) => (name.Parent is ElementAccessExpressionSyntax { Parent: not ArgumentSyntax } element && element.Expression == name && !element.Parent.IsKind(SyntaxKind.RefExpression))
        || name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" };
}
