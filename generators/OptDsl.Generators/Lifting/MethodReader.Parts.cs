using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads values of several numbers: tuples, records and structs.</summary>
internal sealed partial class MethodReader
{
    /// <summary>What the method that was read last returned.</summary>
    private ImmutableArray<Part> _parts = [];

    /// <summary>A number of a value that has several.</summary>
    /// <param name="Path">The members that lead to it.</param>
    /// <param name="Value">The number.</param>
    private sealed record Part(ImmutableArray<ISymbol> Path, Term Value);

    /// <summary>The numbers of a value; none where it is not made here.</summary>
    private ImmutableArray<Part> Parts(IOperation value)
    {
        value = Unconverted(value);
        switch (value)
        {
            case ITupleOperation tuple when tuple.Type is INamedTypeSymbol type:
                return [.. tuple.Elements.SelectMany((element, index) => Under(type.TupleElements[index], element))];
            case IObjectCreationOperation { Type: INamedTypeSymbol created } creation:
                var members = creation.Arguments.Where(argument => argument.Parameter is not null)
                    .SelectMany(argument => MemberFor(created, argument.Parameter!.Name) is { } member ? Under(member, argument.Value) : []);
                return [.. members, .. Initialized(creation.Initializer)];
            case IWithOperation { Type: INamedTypeSymbol changed } with:
                var replaced = Initialized(with.Initializer);
                return [.. Copied(with.Operand, changed).Where(part => !replaced.Any(other => SymbolEqualityComparer.Default.Equals(other.Path[0], part.Path[0]))), .. replaced];
            case IInvocationOperation call:
                _parts = [];
                Evaluate(call);
                return _parts;
            default:
                return value.Type is INamedTypeSymbol { IsValueType: true } or INamedTypeSymbol { IsRecord: true } && _paths.Find(value) is not null ? Copied(value, (INamedTypeSymbol)value.Type) : [];
        }
    }

    private IEnumerable<Part> Under(ISymbol member, IOperation value) => IsNumber(value.Type)
        ? [new Part([member], Evaluate(value))]
        : Parts(value).Select(part => part with { Path = part.Path.Insert(0, member) });

    private List<Part> Initialized(IObjectOrCollectionInitializerOperation? initializer) => initializer is null ? [] :
        [.. initializer.Initializers.OfType<ISimpleAssignmentOperation>().SelectMany(assignment => assignment.Target is IMemberReferenceOperation member ? Under(member.Member, assignment.Value) : [])];

    /// <summary>The numbers that another value holds now.</summary>
    private ImmutableArray<Part> Copied(IOperation value, INamedTypeSymbol type)
    {
        if (_paths.Find(value) is not { } place)
            return [];
        var span = SpanOf(value);
        return [.. Numbers(type).Select(member => new Part([member], new ReadTerm(span, PathReader.MemberOf(place, member, TypeOf(member)))))];
    }

    private static IEnumerable<ISymbol> Numbers(INamedTypeSymbol type) => type.IsTupleType ? type.TupleElements.Where(element => IsNumber(element.Type))
        : type.GetMembers().Where(member => member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field ? IsNumber(field.Type)
            : member is IPropertySymbol { IsStatic: false, IsIndexer: false, GetMethod: not null, SetMethod: not null } property && IsNumber(property.Type));

    private static ITypeSymbol TypeOf(ISymbol member) => member switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };

    /// <summary>The member that a constructor's argument becomes, by its name.</summary>
    private static ISymbol? MemberFor(INamedTypeSymbol type, string parameter) => type.GetMembers().FirstOrDefault(member =>
        member is IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { IsStatic: false, IsIndexer: false } && Words.Plain(member.Name) == Words.Plain(parameter));

    /// <summary>The member that stands at a position of what a type is taken apart into.</summary>
    private static ISymbol? PartOf(ITypeSymbol? type, int position) => type switch
    {
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.ElementAtOrDefault(position),
        INamedTypeSymbol named => named.GetMembers("Deconstruct").OfType<IMethodSymbol>().Select(method => method.Parameters.ElementAtOrDefault(position)).FirstOrDefault(parameter => parameter is not null) is { } parameter
            ? MemberFor(named, parameter.Name) : null,
        _ => null,
    };

    private void Write(IOperation target, ImmutableArray<Part> parts, TextSpan span)
    {
        if (!parts.IsEmpty && _paths.Find(target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) is { } place)
            Write(place, parts, span, isDeclaration: false);
    }

    private void Write(Place target, ImmutableArray<Part> parts, TextSpan span, bool isDeclaration)
    {
        // What is copied onto itself stays.
        var changed = parts.Select(part => (Place: part.Path.Aggregate(target, (owner, member) => PathReader.MemberOf(owner, member, TypeOf(member))), part.Value))
            .Where(part => part.Value is not ReadTerm read || read.Place.Path != part.Place.Path).ToList();
        foreach (var (place, value) in Separated(changed))
        {
            if (isDeclaration)
                _declared[place.Path] = _loops;
            Assign(place, value, value.Span, value.Span, isDeclaration);
        }
    }

    /// <summary>Assignments that happen at once: what an earlier one changes and a later one reads is kept before.</summary>
    private List<(Place Place, Term Value)> Separated(List<(Place Place, Term Value)> assignments)
    {
        var result = new List<(Place, Term)>();
        for (var i = 0; i < assignments.Count; i++)
        {
            var value = assignments[i].Value;
            if (value.Reads().Any(read => assignments.Take(i).Any(earlier => earlier.Place.Path == read.Path)))
            {
                var kept = new Place($"{assignments[i].Place.Name}@{value.Span.Start}!", assignments[i].Place.Name + "Next", [], assignments[i].Place.Type, null);
                _declared[kept.Path] = _loops;
                Assign(kept, value, value.Span, value.Span, isDeclaration: true);
                value = new ReadTerm(value.Span, kept);
            }

            result.Add((assignments[i].Place, value));
        }

        return result;
    }

    /// <summary>Takes a value apart into variables.</summary>
    private void Deconstruct(IOperation target, IOperation source, TextSpan span)
    {
        if ((target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) is not ITupleOperation targets)
            return;
        var isPlace = source is not ITupleOperation && _paths.Find(source) is not null;
        var parts = Parts(source);
        var changed = new List<(IOperation Target, Place Place, Term Value)>();
        for (var i = 0; i < targets.Elements.Length; i++)
        {
            var element = targets.Elements[i];
            var inner = element is IDeclarationExpressionOperation declared ? declared.Expression : element;
            if (inner is IDiscardOperation || PartOf(source.Type, i) is not { } member)
                continue;
            var own = parts.Where(part => IsSame(part.Path[0], member)).ToImmutableArray();
            if (IsNumber(inner.Type))
            {
                if (own is [{ Path.Length: 1 } number] && _paths.Find(inner) is { } place)
                    changed.Add((element, place, number.Value));
            }
            else if (inner is ILocalReferenceOperation local && isPlace)
            {
                var item = PathReader.MemberOf(_paths.Find(source)!, member, TypeOf(member));
                _paths.SetAlias(local.Local, member.Name.StartsWith("Item", StringComparison.Ordinal) ? item with { Name = local.Local.Name } : item);
            }
            else if (_paths.Find(inner) is { } owner)
            {
                Write(owner, [.. own.Where(part => part.Path.Length > 1).Select(part => part with { Path = part.Path.RemoveAt(0) })], span, isDeclaration: false);
            }
        }

        foreach (var ((element, _, _), (_, value)) in changed.Zip(Separated([.. changed.Select(change => (change.Place, change.Value))]), (first, second) => (first, second)))
            Write(element, value, source is ITupleOperation ? value.Span : span);

        static bool IsSame(ISymbol first, ISymbol second) => SymbolEqualityComparer.Default.Equals(first, second)
            || (first is IFieldSymbol { CorrespondingTupleField: { } one } && second is IFieldSymbol { CorrespondingTupleField: { } other } && one.Name == other.Name);
    }
}
