using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Declarations;

/// <summary>Where the parts of an attribute stand in the source.</summary>
internal static class AttributeSyntaxes
{
    public static AttributeSyntax? Syntax(AttributeData attribute, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;

    /// <summary>The expression of the named argument, or of the only positional one where <paramref name="name"/> is null.</summary>
    public static ExpressionSyntax? Argument(AttributeData attribute, string? name, CancellationToken cancellation) =>
        Syntax(attribute, cancellation)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;

    /// <summary>The argument's location, or else the attribute's.</summary>
    public static Location Location(AttributeData attribute, string? name, CancellationToken cancellation) =>
        (Argument(attribute, name, cancellation) ?? (SyntaxNode?)Syntax(attribute, cancellation))?.GetLocation()
        ?? Microsoft.CodeAnalysis.Location.None;
}
