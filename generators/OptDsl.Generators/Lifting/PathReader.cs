using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Reads where a value is kept, and follows the variables that stand for something else.</summary>
internal sealed class PathReader
{
    private readonly Dictionary<ISymbol, Place> _aliases = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, (string Text, ImmutableArray<int> Loops)> _indices = new(SymbolEqualityComparer.Default);

    /// <summary>The object whose method is read; null for that of the method that was asked for.</summary>
    public Place? Self { get; set; }

    /// <summary>Lets a variable stand for a place.</summary>
    public void SetAlias(ISymbol symbol, Place place) => _aliases[symbol] = place;

    /// <summary>Lets a variable count a loop.</summary>
    public void SetIndex(ISymbol symbol, int loop) => _indices[symbol] = (Token(loop), [loop]);

    /// <summary>Lets a variable count the elements of several loops, one within the other.</summary>
    public void SetIndex(ISymbol symbol, ImmutableArray<int> loops) => _indices[symbol] = (loops.Length == 1 ? Token(loops[0]) : $"({string.Join(" then ", loops.Select(Token))})", loops);

    /// <summary>Lets a variable stand for an index that is computed from others, if it is one.</summary>
    public bool SetIndex(ISymbol symbol, IOperation value)
    {
        if (Index(value) is not { Loops.Length: > 0 } index || value.ConstantValue.HasValue)
            return false;
        _indices[symbol] = index;
        return true;
    }

    public bool IsIndex(ISymbol symbol) => _indices.ContainsKey(symbol);

    /// <summary>The element of a collection at which a loop is.</summary>
    public static Place ElementOf(Place collection, int loop, ITypeSymbol? type) => collection with
    {
        Path = $"{collection.Path}[{Token(loop)}]",
        Loops = Union(collection.Loops, [loop]),
        Type = type,
    };

    /// <summary>A member of a value.</summary>
    public static Place MemberOf(Place owner, ISymbol member, ITypeSymbol type)
    {
        // The parts of a tuple are the same under any names.
        var name = member is IFieldSymbol { CorrespondingTupleField: { } item } ? item.Name : member.Name;
        return owner with { Path = $"{owner.Path}.{name}", Name = member.Name, Type = type, Symbol = member };
    }

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
            case IInstanceReferenceOperation:
                return Self;
            case ICoalesceAssignmentOperation assignment:
                return Find(assignment.Target);
            case ICoalesceOperation choice:
                return Find(choice.Value);
            case IFieldReferenceOperation field:
                return Member(field.Instance, field.Field, field.Field.Type);
            case IPropertyReferenceOperation { Arguments.Length: 0 } property:
                return property.Property is { Name: "Span" or "Value" } && property.Property.ContainingType is { Name: "Memory" or "ReadOnlyMemory" or "KeyValuePair" } ? Find(property.Instance)
                    : Member(property.Instance, property.Property, property.Property.Type);
            case IPropertyReferenceOperation indexer:
                return Find(indexer.Instance) is { } list ? Element(list, [.. indexer.Arguments.Select(argument => argument.Value)], indexer.Type) : null;
            case IArrayElementReferenceOperation element:
                return Find(element.ArrayReference) is { } array ? Element(array, element.Indices, element.Type) : null;
            case IInvocationOperation call:
                return Call(call);
            // What pointers point at has no operation of its own.
            case { Kind: Microsoft.CodeAnalysis.OperationKind.None, Syntax: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression }, ChildOperations: { Count: 1 } parts }:
                return Pointed(parts.First());
            case { Kind: Microsoft.CodeAnalysis.OperationKind.None, Syntax: ElementAccessExpressionSyntax, ChildOperations: { Count: 2 } parts }:
                return Find(parts.First()) is { Type: IPointerTypeSymbol { PointedAtType: var pointed } } pointer ? Element(pointer, [parts.Last()], pointed) : null;
            default:
                return null;
        }
    }

    /// <summary>The element at which a pointer is: one that a loop steps is at each in turn.</summary>
    private Place? Pointed(IOperation pointer)
    {
        switch (pointer)
        {
            case IConversionOperation conversion:
                return Pointed(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Pointed(parenthesized.Operand);
            case IIncrementOrDecrementOperation { IsPostfix: true } step:
                return Pointed(step.Target);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: { Type: IPointerTypeSymbol { PointedAtType: var type } } first, RightOperand: var offset }:
                return Find(first) is { } start ? Element(start, [offset], type) : null;
            default:
                var symbol = (pointer as ILocalReferenceOperation)?.Local ?? (ISymbol?)(pointer as IParameterReferenceOperation)?.Parameter;
                if (Find(pointer) is not { } array || pointer.Type is not IPointerTypeSymbol { PointedAtType: var pointed })
                    return null;
                var (text, loops) = symbol is not null && _indices.TryGetValue(symbol, out var stepped) ? stepped : ("0", []);
                return array with { Path = $"{array.Path}[{text}]", Loops = Union(array.Loops, loops), Type = pointed };
        }
    }

    public Place Find(ILocalSymbol local) => Find(local, local.Type);

    private Place Find(ISymbol symbol, ITypeSymbol type)
    {
        if (_aliases.TryGetValue(symbol, out var place))
            return place;
        var position = symbol is ILocalSymbol && symbol.Locations.Length > 0 ? "@" + symbol.Locations[0].SourceSpan.Start.ToString(CultureInfo.InvariantCulture) : "";
        return new Place(symbol.Name + position, symbol.Name, [], type, symbol) { Symbol = symbol };
    }

    private Place? Member(IOperation? instance, ISymbol member, ITypeSymbol type)
    {
        if (instance is null || (instance is IInstanceReferenceOperation && Self is null))
            return new Place(member.Name, member.Name, [], type, member) { Symbol = member };
        return Find(instance) is { } owner ? MemberOf(owner, member, type) : null;
    }

    /// <summary>What calls give access to: views of arrays, and what collections keep.</summary>
    private Place? Call(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        IOperation[] arguments = [.. call.Arguments.Select(argument => argument.Value)];
        var owner = call.Instance ?? arguments.FirstOrDefault();
        IOperation[] rest = call.Instance is null ? [.. arguments.Skip(1)] : arguments;
        switch (method.Name)
        {
            case "AsSpan" or "AsMemory" or "Slice" or "AsReadOnlySpan":
                var parts = rest.Select(part => Index(part)).ToList();
                if (Find(owner) is not { } array)
                    return null;
                return parts.Count == 0 ? array : parts is [{ Text: "0" }, ..] ? array with { IsPart = true }
                    : array with
                    {
                        Path = $"{array.Path}~{string.Join(",", parts.Select((part, index) => part?.Text ?? rest[index].Syntax.ToString()))}",
                        Loops = Union(array.Loops, [.. parts.SelectMany(part => part?.Loops ?? [])]),
                        IsPart = true,
                    };
            // Views of the same elements, and references to the first of them.
            case "Cast" or "GetReference" or "GetArrayDataReference" when method.ContainingType.Name == "MemoryMarshal":
                return Find(First(owner));
            case "Add" when method.ContainingType.Name == "Unsafe" && rest.Length == 1:
                return Find(First(owner)) is { } start ? Element(start, [rest[0]], method.ReturnType) : null;
            case "GetOrAdd" or "GetValueOrDefault" or "GetValueRefOrAddDefault" or "GetValueRefOrNullRef" or "ElementAt" when rest.Length > 0:
                return Find(owner) is { } collection ? Element(collection, [rest[0]], method.ReturnType) : null;
            default:
                return null;
        }
    }

    /// <summary>The array of which a reference is the first element.</summary>
    private static IOperation? First(IOperation? reference) => reference is IArrayElementReferenceOperation { Indices: [{ ConstantValue: { HasValue: true, Value: 0 } }] } first ? first.ArrayReference : reference;

    /// <summary>An element of a collection.</summary>
    public Place? Element(Place array, ImmutableArray<IOperation> indices, ITypeSymbol? type)
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
            case ILocalReferenceOperation local when _indices.TryGetValue(local.Local, out var counted):
                return counted;
            case IParameterReferenceOperation parameter when _indices.TryGetValue(parameter.Parameter, out var counted):
                return counted;
            // w[i++] is the element before the step.
            case IIncrementOrDecrementOperation { IsPostfix: true } step:
                return Index(step.Target);
            case IBinaryOperation binary when Index(binary.LeftOperand) is var (left, leftLoops) && Index(binary.RightOperand) is var (right, rightLoops):
                return ($"({left} {binary.OperatorKind} {right})", Union(leftLoops, rightLoops));
            default:
                return Find(index) is { } place ? (place.Loops.Length == 1 && place.Type is { IsReferenceType: true } ? Token(place.Loops[0]) : place.Path, place.Loops) : null;
        }
    }

    private static string Token(int loop) => $"{{{loop.ToString(CultureInfo.InvariantCulture)}}}";

    private static ImmutableArray<int> Union(ImmutableArray<int> first, ImmutableArray<int> second) => [.. first.Concat(second).Distinct()];
}
