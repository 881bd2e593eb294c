using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>
/// Reads the body of a method as the list of assignments that it makes, in order, with the loops around each. Methods of the same
/// type that it calls are read where they are called.
/// </summary>
internal sealed partial class MethodReader(SemanticModel model, CancellationToken cancellation)
{
    private const int Deepest = 3;
    private readonly PathReader _paths = new();
    private readonly List<Assignment> _assignments = [];
    private readonly List<Enclosure> _enclosures = [];
    private readonly List<Term> _guards = [];
    private readonly HashSet<IMethodSymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, ImmutableArray<int>> _declared = [];
    private ImmutableArray<int> _loops = [];
    private Term? _returned;

    public IReadOnlyList<Assignment> Assignments => _assignments;

    /// <summary>Loops and choices, by their number.</summary>
    public IReadOnlyList<Enclosure> Enclosures => _enclosures;

    /// <summary>The loops around the declaration of a local, by its path.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<int>> Declared => _declared;

    /// <summary>Methods that were read where they are called.</summary>
    public HashSet<IMethodSymbol> Inlined { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Structs that were copied and whose changes go nowhere.</summary>
    public HashSet<string> LostCopies { get; } = [];

    public static MethodReader Read(IOperation body, SemanticModel model, CancellationToken cancellation)
    {
        var reader = new MethodReader(model, cancellation);
        reader.Visit(body);
        if (reader._returned is { } value)
            reader.Return(value);
        return reader;
    }

    private void Visit(IOperation? operation)
    {
        cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case IMethodBodyOperation body:
                Visit(body.BlockBody ?? body.ExpressionBody);
                break;
            case IConstructorBodyOperation body:
                Visit(body.BlockBody ?? body.ExpressionBody);
                break;
            case IBlockOperation block:
                VisitAll(block.Operations);
                break;
            case IExpressionStatementOperation statement:
                Evaluate(statement.Operation);
                break;
            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    Declare(declarator);
                break;
            case IForLoopOperation loop:
                VisitFor(loop);
                break;
            case IForEachLoopOperation loop:
                VisitForEach(loop);
                break;
            case IWhileLoopOperation loop:
                Enclose(new Enclosure(_enclosures.Count, null, null, IsChoice: false), () => Visit(loop.Body));
                break;
            case IConditionalOperation choice:
                VisitIf(choice);
                break;
            case ISwitchOperation choice:
                foreach (var section in choice.Cases)
                    Choose(() => VisitAll(section.Body));
                break;
            case ITryOperation attempt:
                Visit(attempt.Body);
                break;
            case IUsingOperation use:
                Visit(use.Body);
                break;
            case ILockOperation locked:
                Visit(locked.Body);
                break;
            case ILabeledOperation labeled:
                Visit(labeled.Operation);
                break;
            case IReturnOperation { ReturnedValue: { } value }:
                _returned = IsNumber(value.Type) ? Evaluate(value) : null;
                break;
        }
    }

    /// <summary>Statements in order; what follows a conditional <c>continue</c> happens where that did not.</summary>
    private void VisitAll(ImmutableArray<IOperation> operations)
    {
        var guards = _guards.Count;
        foreach (var operation in operations)
        {
            if (operation is IConditionalOperation { WhenFalse: null } leave && IsContinue(leave.WhenTrue) && Evaluate(leave.Condition) is var condition && condition.IsKnown())
                _guards.Add(Terms.Of(condition.Span, Op.Not, condition));
            else
                Visit(operation);
        }

        _guards.RemoveRange(guards, _guards.Count - guards);
    }

    private static bool IsContinue(IOperation? operation) => operation is IBranchOperation { BranchKind: BranchKind.Continue }
        || (operation is IBlockOperation { Operations: [var only] } && IsContinue(only));

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        var local = declarator.Symbol;
        var value = declarator.Initializer?.Value ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer?.Value;
        var isNumber = IsNumber(local.Type);
        if (value is not null && (!isNumber || local.IsRef) && _paths.Find(value) is { } place)
        {
            _paths.SetAlias(local, place);
            if (local.Type.IsValueType && !local.IsRef && !local.Type.IsRefLikeType && !IsWrittenBack(declarator, local))
                LostCopies.Add(place.Path);
            return;
        }

        var name = declarator.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax syntax ? syntax.Identifier.Span : declarator.Syntax.Span;
        var target = new Place($"{local.Name}@{(local.Locations.Length > 0 ? local.Locations[0].SourceSpan.Start : 0)}", local.Name, [], local.Type, local) { Symbol = local };
        _declared[target.Path] = _loops;
        if (isNumber && value is not null)
            Assign(target, Evaluate(value), name, declarator.Syntax.Span, isDeclaration: true);
    }

    private static bool IsWrittenBack(IOperation declarator, ILocalSymbol local)
    {
        var root = declarator;
        while (root.Parent is { } parent)
            root = parent;
        return root.Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment =>
            assignment.Value is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, local) && assignment.Target is not ILocalReferenceOperation);
    }

    private void VisitFor(IForLoopOperation loop)
    {
        var declarators = loop.Before.OfType<IVariableDeclarationGroupOperation>().SelectMany(group => group.Declarations).SelectMany(declaration => declaration.Declarators).ToList();
        var counter = declarators.FirstOrDefault(declarator => IsNumber(declarator.Symbol.Type));
        var symbol = (ISymbol?)counter?.Symbol ?? (loop.Before is [IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation variable } }] ? variable.Local : null);
        var start = counter?.Initializer?.Value.ConstantValue is { HasValue: true, Value: { } value } ? ToDouble(value) : null;
        var enclosure = new Enclosure(_enclosures.Count, symbol, start, IsChoice: false);
        if (symbol is not null)
            _paths.SetIndex(symbol, enclosure.Id);
        Enclose(enclosure, () => Visit(loop.Body));
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
        Counters(loop.Body, id);
        Enclose(new Enclosure(id, variables.FirstOrDefault(), null, IsChoice: false), () => Visit(loop.Body));
    }

    /// <summary>A variable that is stepped once an element, and indexes something, is the index of the loop.</summary>
    private void Counters(IOperation body, int loop)
    {
        var indices = body.Descendants().OfType<IArrayElementReferenceOperation>().SelectMany(element => element.Indices)
            .Concat(body.Descendants().OfType<IPropertyReferenceOperation>().SelectMany(indexer => indexer.Arguments.Select(argument => argument.Value)))
            .SelectMany(index => index.DescendantsAndSelf()).OfType<ILocalReferenceOperation>().Select(read => read.Local);
        foreach (var index in indices.Distinct<ILocalSymbol>(SymbolEqualityComparer.Default))
        {
            if (body.Descendants().OfType<IIncrementOrDecrementOperation>().Any(step => step.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, index)))
                _paths.SetIndex(index, loop);
        }
    }

    /// <summary>What a variable of a loop over a collection is.</summary>
    private void Range(ISymbol variable, int position, int count, IOperation collection, int id)
    {
        while (collection is IConversionOperation conversion)
            collection = conversion.Operand;
        var type = (variable as ILocalSymbol)?.Type ?? (variable as IParameterSymbol)?.Type;
        if (collection is IInvocationOperation call)
        {
            var source = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
            var isPair = count == 2 && call.TargetMethod.Name is "Select" or "Index" or "Zip";
            var item = call.TargetMethod.Name switch { "Index" => 1, _ => 0 };
            if (isPair && position == item && _paths.Find(source) is { } items)
                _paths.SetAlias(variable, PathReader.ElementOf(items, id, type));
            else if (isPair && call.TargetMethod.Name == "Zip" && call.Arguments.Length == 2 && _paths.Find(call.Arguments[1].Value) is { } others)
                _paths.SetAlias(variable, PathReader.ElementOf(others, id, type));
            else
                _paths.SetIndex(variable, id);
            return;
        }

        if (count == 1 && _paths.Find(collection) is { } list && list.Symbol?.Name != "Keys")
            _paths.SetAlias(variable, PathReader.ElementOf(list, id, type));
        if (type is not null && (!IsNumber(type) || IsWhole(type)))
            _paths.SetIndex(variable, id);
    }

    private void VisitIf(IConditionalOperation choice)
    {
        var condition = Evaluate(choice.Condition);
        if (!condition.IsKnown() || !choice.WhenTrue.Descendants().OfType<IAssignmentOperation>().Any())
        {
            Choose(() => Visit(choice.WhenTrue));
            if (choice.WhenFalse is not null)
                Choose(() => Visit(choice.WhenFalse));
            return;
        }

        condition = Kept(condition, choice);
        Guarded(condition, choice.WhenTrue);
        if (choice.WhenFalse is not null)
            Guarded(Terms.Of(condition.Span, Op.Not, condition), choice.WhenFalse);
    }

    /// <summary>A condition whose parts its own branches change is a value of its own.</summary>
    private Term Kept(Term condition, IConditionalOperation choice)
    {
        var read = condition.Reads().Select(place => place.Path).ToList();
        var changes = choice.WhenTrue.Descendants().Concat(choice.WhenFalse?.Descendants() ?? []).OfType<IAssignmentOperation>().Select(assignment => _paths.Find(assignment.Target)?.Path);
        if (!changes.Any(path => path is not null && read.Contains(path)))
            return condition;
        if (choice.WhenFalse is null && choice.WhenTrue.Descendants().OfType<IAssignmentOperation>().Count() == 1)
            return condition;
        var holds = new Place($"holds@{choice.Syntax.SpanStart}", "holds", [], model.Compilation.GetSpecialType(SpecialType.System_Double), null);
        _declared[holds.Path] = _loops;
        Assign(holds, condition, condition.Span, condition.Span, isDeclaration: true);
        return new ReadTerm(condition.Span, holds);
    }

    private void Guarded(Term condition, IOperation branch)
    {
        _guards.Add(condition);
        Visit(branch);
        _guards.RemoveAt(_guards.Count - 1);
    }

    private void Choose(Action visit) => Enclose(new Enclosure(_enclosures.Count, null, null, IsChoice: true), visit);

    private void Enclose(Enclosure enclosure, Action visit)
    {
        var outer = _loops;
        _enclosures.Add(enclosure);
        _loops = _loops.Add(enclosure.Id);
        visit();
        _loops = outer;
    }

    private void Assign(Place target, Term value, TextSpan targetSpan, TextSpan span, bool isDeclaration = false)
    {
        if (_guards.Count > 0 && !isDeclaration)
        {
            var condition = _guards.Aggregate((first, second) => Terms.Of(first.Span, Op.And, first, second));
            value = Terms.Of(span, Op.Select, condition, value, new ReadTerm(targetSpan, target));
        }

        _assignments.Add(new Assignment(target, value, targetSpan, span, _loops) { IsDeclaration = isDeclaration });
    }

    /// <summary>A result that is what an argument was, and a step: the argument is the parameter.</summary>
    private void Return(Term value)
    {
        var first = value;
        while (first is OperationTerm { Op: Op.Add or Op.Subtract } sum)
            first = sum.Operands[0];
        if (first != value && first is ReadTerm { Place: { Root: IParameterSymbol, Loops.Length: 0 } place })
            Assign(place, value, first.Span, value.Span);
    }

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Boolean || IsWhole(type);

    private static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64 or SpecialType.System_Int16 or SpecialType.System_Byte;

    private static double? ToDouble(object value) => value switch
    {
        float number => double.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture),
        bool holds => holds ? 1 : 0,
        double or int or long or uint or ulong or short or byte => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
