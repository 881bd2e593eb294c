using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Reads where a value is kept, and follows the variables that stand for something else.</summary>
internal sealed class PathReader
{
    private readonly Dictionary<ISymbol, Place> _aliases = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, int> _indices = new(SymbolEqualityComparer.Default);

    /// <summary>Lets a variable stand for a place.</summary>
    public void SetAlias(ISymbol symbol, Place place) => _aliases[symbol] = place;

    /// <summary>Lets a variable count a loop.</summary>
    public void SetIndex(ISymbol symbol, int loop) => _indices[symbol] = loop;

    public bool IsIndex(ISymbol symbol) => _indices.ContainsKey(symbol);

    /// <summary>The element of a collection at which a loop is.</summary>
    public static Place ElementOf(Place collection, int loop, ITypeSymbol? type) => collection with
    {
        Path = $"{collection.Path}[{{{loop.ToString(CultureInfo.InvariantCulture)}}}]",
        Loops = Union(collection.Loops, [loop]),
        Type = type,
    };

    public Place? Find(IOperation? operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return Find(local.Local, local.Local.Type);
            case IParameterReferenceOperation parameter:
                return Find(parameter.Parameter, parameter.Parameter.Type);
            case IConversionOperation conversion:
                return Find(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Find(parenthesized.Operand);
            case IFieldReferenceOperation field:
                return Member(field.Instance, field.Field, field.Field.Type);
            case IPropertyReferenceOperation { Arguments.Length: 0 } property:
                return property.Property is { Name: "Span" or "Value" } && property.Property.ContainingType is { Name: "Memory" or "KeyValuePair" } ? Find(property.Instance)
                    : Member(property.Instance, property.Property, property.Property.Type);
            case IPropertyReferenceOperation indexer:
                return Find(indexer.Instance) is { } list ? Element(list, [.. indexer.Arguments.Select(argument => argument.Value)], indexer.Type) : null;
            case IArrayElementReferenceOperation element:
                return Find(element.ArrayReference) is { } array ? Element(array, element.Indices, element.Type) : null;
            case IInvocationOperation { TargetMethod: { Name: "AsSpan" or "AsMemory", Parameters.Length: <= 1 } method } call:
                return call.Instance is null && call.Arguments.Length == 1 ? Find(call.Arguments[0].Value) : method.Parameters.Length == 0 ? Find(call.Instance) : null;
            default:
                return null;
        }
    }

    private Place Find(ISymbol symbol, ITypeSymbol type)
    {
        if (_aliases.TryGetValue(symbol, out var place))
            return place;
        var position = symbol is ILocalSymbol && symbol.Locations.Length > 0 ? "@" + symbol.Locations[0].SourceSpan.Start.ToString(CultureInfo.InvariantCulture) : "";
        return new Place(symbol.Name + position, symbol.Name, [], type, symbol) { Symbol = symbol };
    }

    private Place? Member(IOperation? instance, ISymbol member, ITypeSymbol type)
    {
        if (instance is null or IInstanceReferenceOperation)
            return new Place(member.Name, member.Name, [], type, member) { Symbol = member };
        return Find(instance) is { } owner ? owner with { Path = $"{owner.Path}.{member.Name}", Name = member.Name, Type = type, Symbol = member } : null;
    }

    private Place? Element(Place array, ImmutableArray<IOperation> indices, ITypeSymbol? type)
    {
        var texts = new List<string>();
        var loops = array.Loops;
        foreach (var index in indices)
        {
            if (Index(index) is not var (text, ranges))
                return null;
            texts.Add(text);
            loops = Union(loops, ranges);
        }

        return array with { Path = $"{array.Path}[{string.Join(",", texts)}]", Loops = loops, Type = type };
    }

    /// <summary>An index as a text in which loops stand for their variables.</summary>
    private (string Text, ImmutableArray<int> Loops)? Index(IOperation index)
    {
        if (index.ConstantValue is { HasValue: true, Value: { } value })
            return (Convert.ToString(value, CultureInfo.InvariantCulture), []);
        switch (index)
        {
            case IConversionOperation conversion:
                return Index(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Index(parenthesized.Operand);
            case ILocalReferenceOperation local when _indices.TryGetValue(local.Local, out var loop):
                return ($"{{{loop.ToString(CultureInfo.InvariantCulture)}}}", [loop]);
            case IParameterReferenceOperation parameter when _indices.TryGetValue(parameter.Parameter, out var loop):
                return ($"{{{loop.ToString(CultureInfo.InvariantCulture)}}}", [loop]);
            case IBinaryOperation binary when Index(binary.LeftOperand) is var (left, leftLoops) && Index(binary.RightOperand) is var (right, rightLoops):
                return ($"({left} {binary.OperatorKind} {right})", Union(leftLoops, rightLoops));
            default:
                return Find(index) is { } place ? (place.Loops.Length == 1 && place.Type is { IsReferenceType: true } ? $"{{{place.Loops[0].ToString(CultureInfo.InvariantCulture)}}}" : place.Path, place.Loops) : null;
        }
    }

    private static ImmutableArray<int> Union(ImmutableArray<int> first, ImmutableArray<int> second) => [.. first.Concat(second).Distinct()];
}
