using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>Reads the <c>[Hyper]</c> properties of a class.</summary>
internal sealed class HyperReader(Compilation compilation, RoleTable roles, DeclarationReport report, CancellationToken cancellation)
{
    public ImmutableArray<HyperSource> Read(INamedTypeSymbol type)
    {
        var hypers = ImmutableArray.CreateBuilder<HyperSource>();
        foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
        {
            cancellation.ThrowIfCancellationRequested();
            if (Attribute(property) is { } attribute && Read(property, attribute) is { } hyper)
                hypers.Add(hyper);
        }

        return hypers.ToImmutable();
    }

    /// <summary>The attribute, which a partial property may carry on either of its two parts.</summary>
    public static AttributeData? Attribute(IPropertySymbol property) =>
        RuleAttributes.Find(property, RuleAttributes.Hyper).FirstOrDefault();

    private HyperSource? Read(IPropertySymbol property, AttributeData attribute)
    {
        CheckShape(property);
        var type = Type(property);
        var symbol = RuleAttributes.Text(attribute);
        if (!roles.TryAdd(symbol, $"the hyper-parameter '{property.Name}'", () => AttributeSyntaxes.Location(attribute, null, cancellation)))
            return null;

        var initialiser = Initialiser(property);
        var hyper = new HyperSource(
            symbol!, property.Name, type,
            RuleAttributes.Named(attribute, "Min", double.NegativeInfinity),
            RuleAttributes.Named(attribute, "Max", double.PositiveInfinity),
            Constant(initialiser))
        {
            CanBeSet = property.SetMethod is not { IsInitOnly: true },
        };
        CheckRange(hyper, attribute, initialiser);
        return hyper;
    }

    private void CheckShape(IPropertySymbol property)
    {
        var kind = property switch
        {
            { IsStatic: true } => "static",
            { IsIndexer: true } => "an indexer",
            { ExplicitInterfaceImplementations.IsEmpty: false } => "an explicit interface implementation",
            { RefKind: not RefKind.None } => "a reference",
            _ when property.GetAttributes().Any(attribute => RuleAttributes.IsOf(attribute.AttributeClass, "ObsoleteAttribute", "System") && attribute.ConstructorArguments.Any(argument => argument.Value is true))
                => "obsolete, and using it an error",
            _ => null,
        };
        if (kind is not null)
            report.Add(DeclarationDescriptors.HyperKind, Location(property), property.Name, kind);
        else if (property.GetMethod is null || property.SetMethod is null)
            report.Add(DeclarationDescriptors.HyperAccessors, Location(property), property.Name);
    }

    private HyperType Type(IPropertySymbol property)
    {
        switch (property.Type)
        {
            case { SpecialType: SpecialType.System_Double } or { TypeKind: TypeKind.Error }:
                return HyperType.Double;
            case { SpecialType: SpecialType.System_Single }:
                return HyperType.Single;
            case { SpecialType: SpecialType.System_Boolean }:
                return HyperType.Boolean;
            case { NullableAnnotation: not NullableAnnotation.Annotated } type when RuleAttributes.IsOurs(type, "Schedule"):
                return HyperType.Schedule;
            default:
                report.Add(
                    DeclarationDescriptors.HyperType, Location(property), property.Name,
                    $"'{property.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}'{Advice(property.Type)}");
                return HyperType.Double;
        }
    }

    private static string Advice(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 ? ": a double holds whole numbers too"
        : type.SpecialType == SpecialType.System_Decimal || RuleAttributes.IsOf(type, "Half", "System") ? ": formulas are computed in double"
        : type.TypeKind == TypeKind.Delegate ? ": a value a step is a Schedule, which Schedule.From(t => …) makes of a function"
        : type.NullableAnnotation == NullableAnnotation.Annotated || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? ": it has a value at every step"
        : "";

    private void CheckRange(HyperSource hyper, AttributeData attribute, ExpressionSyntax? initialiser)
    {
        var (min, max) = (Text(hyper.Min), Text(hyper.Max));
        if (!(hyper.Min <= hyper.Max))
        {
            report.Add(
                DeclarationDescriptors.EmptyRange, AttributeSyntaxes.Syntax(attribute, cancellation)?.GetLocation(),
                hyper.Property, min, max);
        }
        else if (hyper.Default is { } value && !(value >= hyper.Min && value <= hyper.Max))
        {
            report.Add(DeclarationDescriptors.DefaultOutOfRange, initialiser!.GetLocation(), hyper.Property, Text(value), min, max);
        }
    }

    /// <summary>The expression that gives the default: of the property, or of the parameter of a record that declares it.</summary>
    private ExpressionSyntax? Initialiser(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation) switch
            {
                PropertyDeclarationSyntax declaration => declaration.Initializer?.Value,
                ParameterSyntax parameter => parameter.Default?.Value,
                _ => null,
            })
            .FirstOrDefault(value => value is not null);

    private double? Constant(ExpressionSyntax? expression)
    {
        if (expression is null)
            return null;
        var value = Literal(expression) ?? compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression, cancellation).Value;
        return value is bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>The value of a literal, which needs no binding: most defaults are one, and all are read anew after any edit.</summary>
    private static object? Literal(ExpressionSyntax expression) => (expression as LiteralExpressionSyntax)?.Token.Value;

    private static Location? Location(IPropertySymbol property) => property.Locations.FirstOrDefault();

    private static string Text(double value) => value switch
    {
        double.NegativeInfinity => "-∞",
        double.PositiveInfinity => "∞",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
