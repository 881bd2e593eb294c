using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads what makes a collection of others, and several numbers at once.</summary>
internal sealed partial class MethodReader
{
    /// <summary>Elements that several numbers at once are stored in.</summary>
    private readonly HashSet<string> _vectorStores = [];

    /// <summary><c>m = m.Select((x, i) => …).ToArray()</c> is a loop over the elements; false where the value is no such thing.</summary>
    private bool Project(IOperation target, IOperation value, TextSpan span) => _paths.Find(target) is { } place && Project(place, value, SpanOf(target), span);

    private bool Project(Place target, IOperation value, TextSpan targetSpan, TextSpan span)
    {
        if (Projection(value) is not var (call, function))
            return false;
        var id = _enclosures.Count;
        Enclose(new Enclosure(id, function.Symbol.Parameters[0]), () =>
        {
            Range(call, function.Symbol, id);
            var result = ResultOf(function.Body);
            var type = call.TargetMethod.TypeArguments.LastOrDefault();
            Assign(PathReader.ElementOf(target, id, type), result ?? new UnknownTerm(span), targetSpan, span);
        });
        return true;
    }

    /// <summary>What a method returns that gives the next values back: the collection that it is made of moves.</summary>
    private void ReturnProjection(IOperation value)
    {
        if (Projection(value) is var (call, _) && _paths.Find(Collection(call.Arguments[0].Value)) is { } source)
            Project(source, value, SpanOf(call.Arguments[0]), SpanOf(value));
    }

    private (IInvocationOperation Call, CodeFunction Function)? Projection(IOperation value)
    {
        var call = Unconverted(value) as IInvocationOperation;
        while (call is { TargetMethod: { Name: "ToArray" or "ToList" or "AsEnumerable", ContainingNamespace.Name: "Linq" }, Arguments: [{ Value: var inner }] })
            call = Unconverted(inner) as IInvocationOperation;
        return call is { TargetMethod: { Name: "Select" or "Zip", ContainingNamespace.Name: "Linq" } } && call.Arguments.Length >= 2 && IsReal(call.TargetMethod.TypeArguments.LastOrDefault())
            && Function(call.Arguments[call.Arguments.Length - 1].Value) is { Symbol.Parameters.IsEmpty: false } function ? (call, function) : null;
    }

    private void Range(IInvocationOperation call, IMethodSymbol function, int id)
    {
        var parameters = function.Parameters;
        SetElement(parameters[0], call.Arguments[0].Value);
        if (parameters.Length < 2)
            return;
        if (call.TargetMethod.Name == "Select")
            _paths.SetIndex(parameters[1], id);
        else
            SetElement(parameters[1], call.Arguments[1].Value);

        void SetElement(IParameterSymbol parameter, IOperation collection)
        {
            collection = Collection(collection);
            if (collection is IInvocationOperation { TargetMethod.Name: "Range" })
                _paths.SetIndex(parameter, id);
            else if (_paths.Find(collection) is { } items)
                _paths.SetAlias(parameter, PathReader.ElementOf(items, id, parameter.Type));
        }
    }

    private static IOperation Collection(IOperation value)
    {
        value = Unconverted(value);
        return value is IInvocationOperation { TargetMethod: { Name: "AsParallel" or "AsEnumerable" or "ToArray" or "ToList", ContainingNamespace.Name: "Linq" }, Arguments: [{ Value: var inner }, ..] } ? Collection(inner) : value;
    }

    /// <summary>Several numbers that are made of one, or read from an array.</summary>
    private Term Vectors(IObjectCreationOperation creation, TextSpan span) => creation.Arguments switch
    {
        [{ Value: var only }] when IsNumber(Unconverted(only).Type) => Evaluate(only),
        [{ Value: var array }] => ElementAt(array, null, span),
        [{ Value: var array }, { Value: var index }] => ElementAt(array, index, span),
        _ => new UnknownTerm(span),
    };

    private Term Vectors(IInvocationOperation call, TextSpan span)
    {
        var arguments = call.Arguments.Select(argument => argument.Value).ToList();
        switch (call.TargetMethod.Name)
        {
            case "Create" when arguments.Count == 1 && IsNumber(Unconverted(arguments[0]).Type):
                return Evaluate(arguments[0]);
            case "Create" or "LoadUnsafe" when arguments.Count is 1 or 2:
                return ElementAt(arguments[0], arguments.ElementAtOrDefault(1), span);
            case "CopyTo" or "StoreUnsafe" when call.Instance is { } vector && arguments.Count is 1 or 2:
                Store(vector, arguments[0], arguments.ElementAtOrDefault(1));
                return new UnknownTerm(span);
            case "CopyTo" or "StoreUnsafe" when arguments.Count is 2 or 3:
                Store(arguments[0], arguments[1], arguments.ElementAtOrDefault(2));
                return new UnknownTerm(span);
            default:
                return new UnknownTerm(span);
        }

        void Store(IOperation vector, IOperation array, IOperation? index)
        {
            if (Place(array, index) is not { } place)
                return;
            _vectorStores.Add(place.Path);
            Assign(place, Evaluate(vector), SpanOf(array), span);
        }
    }

    private Term ElementAt(IOperation array, IOperation? index, TextSpan span) => Place(array, index) is { } place ? new ReadTerm(span, place) : new UnknownTerm(span);

    private Place? Place(IOperation array, IOperation? index)
    {
        // A slice that begins at an index is that element.
        if (index is null && Unconverted(array) is IInvocationOperation { TargetMethod.Name: "Slice" or "AsSpan" } slice)
        {
            var arguments = slice.Arguments.Select(argument => argument.Value).ToList();
            return slice.Instance is null && arguments.Count >= 2 ? Place(arguments[0], arguments[1]) : slice.Instance is not null && arguments.Count >= 1 ? Place(slice.Instance, arguments[0]) : null;
        }

        return index is not null && _paths.Find(array) is { } items ? _paths.Element(items, [index], model.Compilation.GetSpecialType(SpecialType.System_Double)) : null;
    }

    /// <summary>A loop over several numbers at once does what the loop over the rest does: that one is read.</summary>
    private void KeepScalars(HashSet<Assignment> vectors)
    {
        var scalars = new HashSet<string>(_assignments.Where(assignment => !vectors.Contains(assignment) && assignment.Target.Loops.Length > 0).Select(assignment => assignment.Target.Container));
        if (vectors.Any(assignment => scalars.Contains(assignment.Target.Container)))
            _assignments.RemoveAll(vectors.Contains);
    }
}
