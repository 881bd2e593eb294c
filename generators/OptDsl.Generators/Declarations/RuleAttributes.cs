using Microsoft.CodeAnalysis;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>The attributes that declare rules, found by their names without a lookup in the compilation.</summary>
internal static class RuleAttributes
{
    public const string UpdateRule = "UpdateRuleAttribute";
    public const string Schedule = "ScheduleAttribute";
    public const string State = "StateAttribute";
    public const string Hyper = "HyperAttribute";
    private const string Namespace = "OptDsl";

    public static string MetadataName(RuleKind kind) => $"{Namespace}.{(kind == RuleKind.Schedule ? Schedule : UpdateRule)}";

    /// <summary>
    /// The attribute that makes a class a rule: where there are several, the first update rule. A class that is being typed and has
    /// no name yet is none.
    /// </summary>
    public static AttributeData? Declaring(INamedTypeSymbol type, out RuleKind kind)
    {
        kind = RuleKind.UpdateRule;
        if (!IsNamed(type))
            return null;
        if (Find(type, UpdateRule).FirstOrDefault() is { } rule)
            return rule;
        kind = RuleKind.Schedule;
        return Find(type, Schedule).FirstOrDefault();
    }

    private static bool IsNamed(INamedTypeSymbol type) =>
        type.Name != "" && type.TypeParameters.All(parameter => parameter.Name != "") && (type.ContainingType is null || IsNamed(type.ContainingType));

    public static IEnumerable<AttributeData> Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass is { } type && IsOurs(type, name));

    /// <summary>True for the runtime's type of that name.</summary>
    public static bool IsOurs(ITypeSymbol type, string name) =>
        type.Name == name && type.ContainingType is null
        && type.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>True for a type of the framework, told without writing its full name down: that is dear, and asked of every attribute after every edit.</summary>
    public static bool IsOf(ITypeSymbol? type, string name, params string[] spaces)
    {
        if (type?.Name != name || type.ContainingType is not null)
            return false;
        var space = type.ContainingNamespace;
        for (var i = spaces.Length - 1; i >= 0; i--, space = space.ContainingNamespace)
        {
            if (space.Name != spaces[i])
                return false;
        }

        return space.IsGlobalNamespace;
    }

    public static T Named<T>(AttributeData attribute, string name, T otherwise)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value is { Kind: TypedConstantKind.Primitive, Value: T value } ? value : default!;
        }

        return otherwise;
    }

    /// <summary>The number of a member of an enumeration; 0 where none is given.</summary>
    public static int Enumeration(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Enum, Value: int value } ? value : 0;

    /// <summary>The text of the only positional argument, or null where it is none.</summary>
    public static string? Text(AttributeData attribute) =>
        attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0] is { Kind: TypedConstantKind.Primitive, Value: string text }
            ? text
            : null;
}
