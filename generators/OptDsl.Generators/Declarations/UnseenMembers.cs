using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Binding;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Declarations;

/// <summary>
/// Members of a rule's class that somebody may believe formulas see: properties without <c>[Hyper]</c>, fields, parameters of its constructor, hyper-parameters of a
/// base class, attributes in the wrong place.
/// </summary>
internal static class UnseenMembers
{
    /// <summary>Those that may stand for a name of the formulas that is not declared: what others there are is nobody's business, and an edit of them compiles nothing.</summary>
    public static EquatableArray<UnseenMember> Of(INamedTypeSymbol type, RuleSource source, CancellationToken cancellation)
    {
        var members = Of(type, cancellation);
        if (members.Count == 0)
            return members;
        string[] symbols = [source.Parameter, source.Gradient, source.Step, .. source.States.Select(state => state.Symbol), .. source.Hypers.Select(hyper => hyper.Symbol)];
        HashSet<string> declared = [.. symbols.Select(symbol => SymbolNames.Normalize(symbol) ?? symbol)];
        var names = NamesIn(source.Formulas).Where(name => !declared.Contains(name)).ToList();
        return members.Where(member => names.Any(name => member.Symbol == name || UsualNames.AreOne(member.Name, name))).ToImmutableArray();
    }

    /// <summary>What may be a name in a text: words, and each letter with the digits behind it, since products need no sign.</summary>
    private static HashSet<string> NamesIn(string formulas)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var start = 0; start < formulas.Length; start++)
        {
            if (!char.IsLetter(formulas[start]))
                continue;
            var end = start + 1;
            while (end < formulas.Length && (char.IsDigit(formulas[end]) || Scripts.Subscript(formulas[end]) is { } digit && char.IsDigit(digit)))
                end++;
            names.Add(SymbolNames.Normalize(formulas.Substring(start, end - start)) ?? "");
            if (start > 0 && (char.IsLetterOrDigit(formulas[start - 1]) || formulas[start - 1] == '_'))
                continue;
            while (end < formulas.Length && (char.IsLetterOrDigit(formulas[end]) || formulas[end] == '_'))
                end++;
            names.Add(formulas.Substring(start, end - start));
        }

        return names;
    }

    private static EquatableArray<UnseenMember> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        ImmutableArray<UnseenMember>.Builder? found = null;
        foreach (var member in type.GetMembers())
        {
            if (member is { IsImplicitlyDeclared: false } or IPropertySymbol && Read(member, cancellation) is { } unseen)
                (found ??= ImmutableArray.CreateBuilder<UnseenMember>()).Add(unseen);
        }

        foreach (var number in ParametersOf(type, cancellation))
            (found ??= ImmutableArray.CreateBuilder<UnseenMember>()).Add(new UnseenMember(number.Name, null, $"formulas do not see the constructor's parameter {number.Name}: declare a property with [Hyper(\"{{0}}\")]"));

        for (var parent = type.BaseType; parent is { SpecialType: not SpecialType.System_Object }; parent = parent.BaseType)
        {
            foreach (var property in parent.GetMembers().OfType<IPropertySymbol>().Where(property => HyperReader.Attribute(property) is not null))
                (found ??= ImmutableArray.CreateBuilder<UnseenMember>()).Add(new UnseenMember(property.Name, SymbolOf(HyperReader.Attribute(property)!), $"hyper-parameters are those of the class itself, and {property.Name} is one of '{parent.Name}'"));
        }

        return found?.ToImmutable() ?? [];
    }

    private static UnseenMember? Read(ISymbol member, CancellationToken cancellation)
    {
        switch (member)
        {
            case IPropertySymbol property when RuleAttributes.Find(property, RuleAttributes.State).FirstOrDefault() is { } state:
                return MisplacedState(property, state);
            case IFieldSymbol field when RuleAttributes.Find(field, RuleAttributes.State).FirstOrDefault() is { } state:
                return MisplacedState(field, state);
            case IFieldSymbol field when RuleAttributes.Find(field, RuleAttributes.Hyper).FirstOrDefault() is { } hyper:
                return new UnseenMember(field.Name, SymbolOf(hyper), $"'{field.Name}' is a field, and hyper-parameters are properties: {field.Name} {{{{ get; set; }}}}");
            case IPropertySymbol { IsIndexer: false } property when HyperReader.Attribute(property) is null && IsNumber(property.Type) && IsWritten(property, cancellation):
                return new UnseenMember(property.Name, null, property.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is ParameterSyntax
                    ? $"write [property: Hyper(\"{{0}}\")] before the parameter {property.Name}" : $"put [Hyper(\"{{0}}\")] before the property {property.Name}");
            case IFieldSymbol { IsConst: true } field when IsNumber(field.Type) && IsWritten(field, cancellation):
                return new UnseenMember(field.Name, null, $"formulas do not see the constant {field.Name}: write its value, or make it a property with [Hyper(\"{{0}}\")]");
            case IFieldSymbol field when IsNumber(field.Type) && IsWritten(field, cancellation):
                return new UnseenMember(field.Name, null, $"formulas do not see the field {field.Name}: make it a property with [Hyper(\"{{0}}\")]");
            case IFieldSymbol field when IsTensor(field.Type) && IsWritten(field, cancellation):
                return new UnseenMember(field.Name, null, $"formulas do not see the field {field.Name}: what is kept from step to step is a state, [State(\"{{0}}\")] before the class");
            default:
                return null;
        }
    }

    /// <summary>The numbers among the parameters of a primary constructor; those of a record are properties.</summary>
    private static IEnumerable<IParameterSymbol> ParametersOf(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.IsRecord ? [] : type.InstanceConstructors
            .Where(constructor => !constructor.Parameters.IsEmpty && constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is TypeDeclarationSyntax)
            .SelectMany(constructor => constructor.Parameters).Where(parameter => IsNumber(parameter.Type));

    private static UnseenMember MisplacedState(ISymbol member, AttributeData state) =>
        new(member.Name, SymbolOf(state), $"[State(\"{{0}}\")] stands before the class, not before {member.Name}");

    private static string? SymbolOf(AttributeData attribute) =>
        RuleAttributes.Text(attribute) is { } symbol ? SymbolNames.Normalize(symbol) ?? symbol : null;

    /// <summary>True for what stands in the user's part: analyzers see the generated one too.</summary>
    private static bool IsWritten(ISymbol member, CancellationToken cancellation) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } part
        && !part.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString().EndsWith("GeneratedCode", StringComparison.Ordinal));

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) or SpecialType.System_Decimal or SpecialType.System_Single or SpecialType.System_Double || RuleAttributes.IsOurs(type, "Schedule");

    private static bool IsTensor(ITypeSymbol type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Single or SpecialType.System_Double };
}
