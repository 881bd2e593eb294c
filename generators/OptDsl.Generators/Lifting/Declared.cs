using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Lifting;

/// <summary>What declarations say about a value before any step: its default, and whether other code changes it.</summary>
internal sealed class Declared(SemanticModel model, CancellationToken cancellation)
{
    /// <summary>The value that a variable begins with, where that is a constant.</summary>
    public double? Initial(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { HasConstantValue: true, ConstantValue: { } constant } => NumberTypes.ToDouble(constant),
        ILocalSymbol { HasConstantValue: true, ConstantValue: { } constant } => NumberTypes.ToDouble(constant),
        IParameterSymbol { HasExplicitDefaultValue: true, ExplicitDefaultValue: { } constant } => NumberTypes.ToDouble(constant),
        IFieldSymbol or IPropertySymbol => InitialOfMember(symbol),
        _ => null,
    };

    /// <summary>True for a field that only this code can change.</summary>
    public static bool IsPrivate(ISymbol symbol) => symbol is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsConst: false, IsReadOnly: false };

    /// <summary>Every assignment, step and reference of a member in the code of its type.</summary>
    public IEnumerable<SyntaxNode> Writes(ISymbol member) => Types(member)
        .SelectMany(type => type.DescendantNodes().OfType<IdentifierNameSyntax>())
        .Where(name => name.Identifier.ValueText == member.Name)
        .Select(name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name)
        .Where(IsWritten);

    /// <summary>True where the code around computes the elements of an array, and does more than to clear them.</summary>
    public bool IsFilled(ISymbol array)
    {
        var scopes = array is IFieldSymbol or IPropertySymbol
            ? Types(array).Cast<SyntaxNode>()
            : array.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation).FirstAncestorOrSelf<MemberDeclarationSyntax>()).OfType<SyntaxNode>();
        return scopes.SelectMany(scope => scope.DescendantNodes().OfType<AssignmentExpressionSyntax>())
            .Any(assignment => !IsZero(assignment.Right) && Last(assignment.Left) == array.Name);

        static bool IsZero(ExpressionSyntax value) => value is LiteralExpressionSyntax { Token.Value: { } number } && NumberTypes.ToDouble(number) == 0;

        static string? Last(ExpressionSyntax target) => target switch
        {
            ElementAccessExpressionSyntax element => Last(element.Expression) ?? (element.Expression as IdentifierNameSyntax)?.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            IdentifierNameSyntax name when name.Parent is ElementAccessExpressionSyntax => name.Identifier.ValueText,
            _ => null,
        };
    }

    /// <summary>The variable's place in its declaration, with the value that it begins with; null where that is in another file.</summary>
    public Location? Place(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == model.SyntaxTree)?.GetSyntax(cancellation).GetLocation();

    /// <summary>What knows the meaning of a file of the same project; null for one of another.</summary>
    public static SemanticModel? ModelOf(SyntaxTree tree, SemanticModel model) => tree == model.SyntaxTree ? model : model.Compilation.ContainsSyntaxTree(tree) ? model.Compilation.GetSemanticModel(tree) : null;

    private double? InitialOfMember(ISymbol member)
    {
        var value = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var initializer } => initializer,
            PropertyDeclarationSyntax { Initializer.Value: var initializer } => initializer,
            PropertyDeclarationSyntax { ExpressionBody.Expression: var body } => body,
            ParameterSyntax { Default.Value: var initializer } => initializer,
            _ => null,
        };
        if (value is not null)
            return Constant(value);
        foreach (var assignment in Writes(member).Select(write => write.Parent).OfType<AssignmentExpressionSyntax>())
        {
            if (assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null && Constant(assignment.Right) is { } constant)
                return constant;
        }

        return null;
    }

    private double? Constant(ExpressionSyntax value)
    {
        if (ModelOf(value.SyntaxTree, model) is not { } own)
            return null;
        if (own.GetConstantValue(value, cancellation) is { HasValue: true, Value: { } constant })
            return NumberTypes.ToDouble(constant);
        return own.GetSymbolInfo(value, cancellation).Symbol is IParameterSymbol { HasExplicitDefaultValue: true, ExplicitDefaultValue: { } given } ? NumberTypes.ToDouble(given) : null;
    }

    private IEnumerable<TypeDeclarationSyntax> Types(ISymbol member) =>
        member.ContainingType?.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>() ?? [];

    private static bool IsWritten(ExpressionSyntax expression) => expression.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == expression,
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };
}
