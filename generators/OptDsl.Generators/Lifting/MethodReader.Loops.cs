using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads loops, and what is called once an element.</summary>
internal sealed partial class MethodReader
{
    /// <summary>The loops in which a variable was last given a constant or declared.</summary>
    private readonly Dictionary<string, ImmutableArray<int>> _restarted = [];

    private void VisitFor(IForLoopOperation loop)
    {
        var id = _enclosures.Count;
        var stepped = loop.AtLoopBottom.Select(Stepped).OfType<ILocalSymbol>().ToList();
        var declarators = loop.Before.OfType<IVariableDeclarationGroupOperation>().SelectMany(group => group.Declarations).SelectMany(declaration => declaration.Declarators).ToList();
        var counter = declarators.FirstOrDefault(declarator => stepped.Contains(declarator.Symbol, SymbolEqualityComparer.Default)) ?? declarators.FirstOrDefault(declarator => IsNumber(declarator.Symbol.Type));
        var started = loop.Before.OfType<IExpressionStatementOperation>().Select(statement => statement.Operation).OfType<ISimpleAssignmentOperation>().FirstOrDefault();
        var symbol = (ISymbol?)counter?.Symbol ?? (started?.Target as ILocalReferenceOperation)?.Local ?? stepped.FirstOrDefault();
        var start = counter?.Initializer?.Value ?? started?.Value;
        foreach (var index in stepped)
            _paths.SetIndex(index, id);
        if (symbol is not null)
            _paths.SetIndex(symbol, id);
        Counters(loop, loop.Body, id);
        Enclose(new Enclosure(id, symbol, start?.ConstantValue is { HasValue: true, Value: { } value } ? ToDouble(value) : null), () => Visit(loop.Body));
    }

    private void VisitWhile(IWhileLoopOperation loop)
    {
        var id = _enclosures.Count;
        Counters(loop, loop.Body, id);
        Enclose(new Enclosure(id), () => Visit(loop.Body));
    }

    private void VisitForEach(IForEachLoopOperation loop)
    {
        var id = _enclosures.Count;
        var variables = loop.LoopControlVariable switch
        {
            IVariableDeclaratorOperation declarator => [declarator.Symbol],
            { } other => other.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Select(reference => (ISymbol)reference.Local).ToList(),
            _ => new List<ISymbol>(),
        };
        foreach (var (variable, index) in variables.Select((variable, index) => (variable, index)))
            Range(variable, index, variables.Count, loop.Collection, id);
        Counters(loop, loop.Body, id);
        Enclose(new Enclosure(id, variables.FirstOrDefault()), () => Visit(loop.Body));
    }

    /// <summary>A variable that is stepped once an element, and indexes something, is the index of the loop, and of those around it since it began.</summary>
    private void Counters(ILoopOperation loop, IOperation body, int id)
    {
        foreach (var pointer in loop.Descendants().Where(step => LoopAround(step) == loop).OfType<IIncrementOrDecrementOperation>().Where(step => step.Target.Type is IPointerTypeSymbol).Select(step => step.Target))
        {
            if (((pointer as ILocalReferenceOperation)?.Local ?? (ISymbol?)(pointer as IParameterReferenceOperation)?.Parameter) is { } stepped)
                _paths.SetIndex(stepped, id);
        }

        var indices = body.Descendants().OfType<IArrayElementReferenceOperation>().SelectMany(element => element.Indices)
            .Concat(body.Descendants().OfType<IPropertyReferenceOperation>().SelectMany(indexer => indexer.Arguments.Select(argument => argument.Value)))
            .SelectMany(index => index.DescendantsAndSelf()).OfType<ILocalReferenceOperation>().Select(read => read.Local)
            .Where(local => IsWhole(local.Type)).Distinct<ILocalSymbol>(SymbolEqualityComparer.Default).ToList();
        if (indices.Count == 0)
            return;
        foreach (var index in body.Descendants().Where(step => LoopAround(step) == loop).Select(Stepped).OfType<ILocalSymbol>().Where(local => indices.Contains(local, SymbolEqualityComparer.Default)))
        {
            if (_paths.Find(index) is not { } place || !(_restarted.TryGetValue(place.Path, out var since) || _declared.TryGetValue(place.Path, out since)))
                continue;
            var around = _loops.Skip(since.Length).Where(outer => !_enclosures[outer].IsChoice);
            _paths.SetIndex(index, [.. around, id]);
        }
    }

    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation loop)
                return loop;
        }

        return null;
    }

    /// <summary>The variable that an operation counts up or down.</summary>
    private static ILocalSymbol? Stepped(IOperation operation) => operation switch
    {
        IExpressionStatementOperation statement => Stepped(statement.Operation),
        IIncrementOrDecrementOperation { Target: ILocalReferenceOperation target } => target.Local,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Target: ILocalReferenceOperation target } when IsWhole(target.Type) => target.Local,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target, Value: IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, LeftOperand: ILocalReferenceOperation old } }
            when IsWhole(target.Type) && SymbolEqualityComparer.Default.Equals(target.Local, old.Local) => target.Local,
        _ => null,
    };

    /// <summary>What a variable of a loop over a collection is.</summary>
    private void Range(ISymbol variable, int position, int count, IOperation collection, int id)
    {
        while (collection is IConversionOperation conversion)
            collection = conversion.Operand;
        var type = (variable as ILocalSymbol)?.Type ?? (variable as IParameterSymbol)?.Type;
        var items = _paths.Find(collection);
        if (items is null && collection is IInvocationOperation call)
        {
            var source = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
            var isPair = count == 2 && call.TargetMethod.Name is "Select" or "Index" or "Zip";
            var item = call.TargetMethod.Name switch { "Index" => 1, _ => 0 };
            if (isPair && position == item && _paths.Find(source) is { } elements)
                _paths.SetAlias(variable, PathReader.ElementOf(elements, id, type));
            else if (isPair && call.TargetMethod.Name == "Zip" && call.Arguments.Length == 2 && _paths.Find(call.Arguments[1].Value) is { } others)
                _paths.SetAlias(variable, PathReader.ElementOf(others, id, type));
            else
                _paths.SetIndex(variable, id);
            return;
        }

        if (count == 1 && items is not null && items.Symbol?.Name != "Keys")
            _paths.SetAlias(variable, PathReader.ElementOf(items, id, type));
        else if (count > 1 && items is not null && type is not null)
            RangePart(variable, position, items, ElementType(collection.Type), type, id);
        if (type is not null && (!IsNumber(type) || IsWhole(type)))
            _paths.SetIndex(variable, id);
    }

    /// <summary>What a variable is that holds a part of each element: of a dictionary the value, of tuples and records a member.</summary>
    private void RangePart(ISymbol variable, int position, Place items, ITypeSymbol? element, ITypeSymbol type, int id)
    {
        if (element is INamedTypeSymbol { Name: "KeyValuePair" })
        {
            if (position == 1)
                _paths.SetAlias(variable, PathReader.ElementOf(items, id, type));
        }
        else if (PartOf(element, position) is { } part)
        {
            var place = PathReader.MemberOf(PathReader.ElementOf(items, id, element), part, type);
            _paths.SetAlias(variable, part.Name.StartsWith("Item", StringComparison.Ordinal) ? place with { Name = variable.Name } : place);
        }
    }

    private static ITypeSymbol? ElementType(ITypeSymbol? collection) => collection switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol named => named.AllInterfaces.Prepend(named).FirstOrDefault(type => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0]
            ?? (named.TypeArguments.Length == 1 ? named.TypeArguments[0] : null),
        _ => null,
    };

    /// <summary>The function that a value is: a lambda, or the name of a method.</summary>
    private CodeFunction? Function(IOperation value) => value switch
    {
        IDelegateCreationOperation creation => Function(creation.Target),
        IConversionOperation conversion => Function(conversion.Operand),
        IAnonymousFunctionOperation lambda => new CodeFunction(lambda.Symbol, lambda.Body),
        IMethodReferenceOperation method => BodyOf(method.Method) is { } body ? new CodeFunction(method.Method, body) : null,
        ILocalReferenceOperation local when _functions.TryGetValue(local.Local, out var known) => known,
        _ => null,
    };

    /// <summary>The function that a call runs once an element; where several are handed over, the one with the most parameters.</summary>
    private CodeFunction? Repeated(IInvocationOperation call) =>
        call is { TargetMethod.Name: "For" or "ForEach" or "ForAll" } && call.TargetMethod.ContainingType is { Name: "Parallel" or "List" or "Array" or "ParallelEnumerable" }
            ? call.Arguments.Select(argument => Function(argument.Value)).OfType<CodeFunction>().OrderByDescending(function => function.Symbol.Parameters.Length).FirstOrDefault() : null;

    /// <summary><c>Parallel.For</c> and its like are loops.</summary>
    private UnknownTerm Run(IInvocationOperation call, CodeFunction function, TextSpan span)
    {
        var (id, parameters) = (_enclosures.Count, function.Symbol.Parameters);
        if (_open.Count >= Deepest || !_open.Add(function.Symbol))
            return new UnknownTerm(span);
        if (parameters.FirstOrDefault() is { } variable)
        {
            if (call.TargetMethod.Name == "For")
                _paths.SetIndex(variable, id);
            else
                Range(variable, 0, 1, call.Instance ?? call.Arguments[0].Value, id);
        }

        Enclose(new Enclosure(id, parameters.FirstOrDefault()), () => Visit(function.Body));
        _open.Remove(function.Symbol);
        return new UnknownTerm(span);
    }

    /// <summary>An operation of <c>TensorPrimitives</c> is a loop over its spans.</summary>
    private UnknownTerm WholeSpans(IInvocationOperation call, TextSpan span)
    {
        var id = _enclosures.Count;
        var arguments = call.Arguments.Select(argument => argument.Value).ToArray();
        if (arguments.Length < 2 || _paths.Find(arguments[arguments.Length - 1]) is not { } destination)
            return new UnknownTerm(span);
        Term[] values = [.. arguments.Take(arguments.Length - 1).Select(Element)];
        Term? value = (call.TargetMethod.Name, values.Length) switch
        {
            ("Add", 2) => Terms.Of(span, Op.Add, values),
            ("Subtract", 2) => Terms.Of(span, Op.Subtract, values),
            ("Multiply", 2) => Terms.Of(span, Op.Multiply, values),
            ("Divide", 2) => Terms.Of(span, Op.Divide, values),
            ("Negate", 1) => Terms.Of(span, Op.Negate, values),
            ("MultiplyAdd" or "FusedMultiplyAdd" or "MultiplyAddEstimate", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], values[1]), values[2]),
            ("AddMultiply", 3) => Terms.Of(span, Op.Multiply, Terms.Of(span, Op.Add, values[0], values[1]), values[2]),
            ("Lerp", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], Terms.Of(span, Op.Subtract, new NumberTerm(span, 1), values[2])), Terms.Of(span, Op.Multiply, values[1], values[2])),
            var (name, _) => Function(name, span, values),
        };
        var type = model.Compilation.GetSpecialType(SpecialType.System_Double);
        Enclose(new Enclosure(id), () => Assign(PathReader.ElementOf(destination, id, type), value ?? new UnknownTerm(span), SpanOf(arguments[arguments.Length - 1]), span));
        return new UnknownTerm(span);

        Term Element(IOperation argument) => !IsNumber(Unconverted(argument).Type) && _paths.Find(argument) is { } array
            ? new ReadTerm(SpanOf(argument), PathReader.ElementOf(array, id, model.Compilation.GetSpecialType(SpecialType.System_Double))) : Evaluate(argument);
    }
}
