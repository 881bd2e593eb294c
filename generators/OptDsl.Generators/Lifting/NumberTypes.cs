using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Lifting;

/// <summary>Which types hold one number.</summary>
internal static class NumberTypes
{
    /// <summary>True for numbers with and without a fraction, for conditions, and for the type parameters of generic mathematics.</summary>
    public static bool IsNumber(ITypeSymbol? type) => IsReal(type) || IsWhole(type) || type?.SpecialType == SpecialType.System_Boolean;

    public static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64
        or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;

    public static bool IsReal(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal
        || type is INamedTypeSymbol { Name: "Half", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
        || IsVectors(type) || (type is ITypeParameterSymbol parameter && parameter.ConstraintTypes.Any(IsOfMathematics));

    /// <summary>True for several numbers that are computed with as if they were one.</summary>
    public static bool IsVectors(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Vector" or "Vector64" or "Vector128" or "Vector256" or "Vector512", TypeArguments: [var element] } named
        && named.ContainingNamespace.Name is "Numerics" or "Intrinsics" && element.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    /// <summary>True for the static types of functions of such numbers.</summary>
    public static bool IsOfVectors(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Vector" or "Vector64" or "Vector128" or "Vector256" or "Vector512", IsStatic: true, ContainingNamespace.Name: "Numerics" or "Intrinsics" };

    /// <summary>True for the interfaces that numbers have in common.</summary>
    public static bool IsOfMathematics(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Interface, ContainingNamespace: { Name: "Numerics", ContainingNamespace.Name: "System" } };

    public static double? ToDouble(object value) => value switch
    {
        // A float is what its literal says, and not the double that is nearest to it.
        float number => double.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture),
        bool holds => holds ? 1 : 0,
        string or char => null,
        IConvertible number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
