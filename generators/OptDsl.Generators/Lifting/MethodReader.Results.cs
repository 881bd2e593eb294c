using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads what a method gives back to be kept: new collections in a record, and functions that step.</summary>
internal sealed partial class MethodReader
{
    /// <summary>A function that is handed out is called once a step: what is declared around it is kept from step to step.</summary>
    private bool HandOut(IOperation value)
    {
        if (_open.Count > 0 || Function(value) is not { Symbol.MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } function || !_open.Add(function.Symbol))
            return false;
        Enclose(new Enclosure(_enclosures.Count), () => Visit(function.Body));
        _open.Remove(function.Symbol);
        return true;
    }

    /// <summary><c>return state with { Weights = weights }</c>: the new collections take the place of the old ones.</summary>
    private void KeepMembers(IOperation value)
    {
        value = Unconverted(value);
        var members = value switch
        {
            IWithOperation with when _paths.Find(with.Operand) is { } owner => with.Initializer.Initializers.OfType<ISimpleAssignmentOperation>()
                .Select(assignment => (Owner: owner, Member: (assignment.Target as IPropertyReferenceOperation)?.Property as ISymbol ?? (assignment.Target as IFieldReferenceOperation)?.Field, assignment.Value)),
            IObjectCreationOperation { Type: INamedTypeSymbol created } creation when Before(created) is { } owner => creation.Arguments
                .Select(argument => (Owner: owner, Member: argument.Parameter is { } parameter ? MemberFor(created, parameter.Name) : null, argument.Value)),
            _ => [],
        };
        foreach (var (owner, member, made) in members.ToList())
        {
            if (member is not null && !IsNumber(TypeOf(member)))
                Keep(PathReader.MemberOf(owner, member, TypeOf(member)), made);
        }

        // The value of the same type that the method was given.
        Place? Before(INamedTypeSymbol type) => Method(value)?.Parameters.Where(parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, type)).ToList() is [var only]
            ? new Place(only.Name, only.Name, [], type, only) { Symbol = only } : null;
    }

    private IMethodSymbol? Method(IOperation operation) => operation.Syntax.FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>() is { } method && IsHere(operation)
        ? model.GetDeclaredSymbol(method, cancellation) as IMethodSymbol : null;

    /// <summary>A collection that this code fills is what another place holds from then on.</summary>
    private bool Keep(Place place, IOperation made)
    {
        if (Unconverted(made) is not ILocalReferenceOperation { Local: var local } || IsNumber(local.Type) || _paths.Find(local) is not { Root: ILocalSymbol } filled
            || !_assignments.Any(assignment => IsWithin(assignment.Target)))
        {
            return Projection(made) is not null && Project(place, made, SpanOf(made), SpanOf(made));
        }

        for (var i = 0; i < _assignments.Count; i++)
            _assignments[i] = _assignments[i] with { Target = Kept(_assignments[i].Target), Value = _assignments[i].Value.Replace(part => part is ReadTerm read && IsWithin(read.Place) ? read with { Place = Kept(read.Place) } : null) };
        return true;

        bool IsWithin(Place element) => element.Path.StartsWith(filled.Path + "[", StringComparison.Ordinal);

        Place Kept(Place element) => IsWithin(element) ? element with { Path = place.Path + element.Path.Substring(filled.Path.Length), Name = place.Name, Root = place.Root, Symbol = place.Symbol } : element;
    }
}
