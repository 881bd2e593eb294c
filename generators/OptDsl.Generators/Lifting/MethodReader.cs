using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>
/// Reads the body of a method as the list of assignments that it makes, in order, with the loops around each. Methods of the same
/// type that it calls are read where they are called.
/// </summary>
internal sealed partial class MethodReader(SemanticModel model, CancellationToken cancellation)
{
    private readonly PathReader _paths = new();
    private readonly List<Assignment> _assignments = [];
    private readonly List<Enclosure> _enclosures = [];
    private readonly List<Term> _guards = [];
    private readonly Dictionary<string, ImmutableArray<int>> _declared = [];
    private ImmutableArray<int> _loops = [];

    public IReadOnlyList<Assignment> Assignments => _assignments;

    /// <summary>Loops and choices, by their number.</summary>
    public IReadOnlyList<Enclosure> Enclosures => _enclosures;

    /// <summary>The loops around the declaration of a local, by its path.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<int>> Declared => _declared;

    /// <summary>The number that the method returns.</summary>
    public Term? Outcome { get; private set; }

    /// <summary>Structs that were copied and whose changes go nowhere.</summary>
    public HashSet<string> LostCopies { get; } = [];

    public static MethodReader Read(IOperation body, SemanticModel model, CancellationToken cancellation)
    {
        var reader = new MethodReader(model, cancellation);
        reader.Visit(body);
        reader.KeepScalars([.. reader._assignments.Where(assignment => assignment.IsOfVectors)]);
        reader.KeepReturned();
        reader.Outcome = reader.Result();
        if (reader.Outcome is { } value)
            reader.Return(value);
        return reader;
    }

    /// <summary>Adds what other code makes of a method's result.</summary>
    public void Add(Assignment assignment) => _assignments.Add(assignment);

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
                VisitWhile(loop);
                break;
            case IConditionalOperation choice:
                VisitIf(choice);
                break;
            case ISwitchOperation choice:
                var first = _enclosures.Count;
                foreach (var section in choice.Cases)
                    Choose(first, () => VisitAll(section.Body));
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
                VisitReturn(value);
                break;
            // A fixed statement has no operation of its own.
            case { Kind: Microsoft.CodeAnalysis.OperationKind.None, Syntax: StatementSyntax }:
                foreach (var part in operation.ChildOperations)
                    Visit(part);
                break;
        }
    }

    /// <summary>Statements in order; what follows a conditional <c>continue</c> or <c>return</c> happens where that did not.</summary>
    private void VisitAll(ImmutableArray<IOperation> operations)
    {
        var guards = _guards.Count;
        for (var i = 0; i < operations.Length; i++)
        {
            if (operations[i] is not IConditionalOperation { WhenFalse: null } leave || !IsLeft(leave.WhenTrue))
            {
                Visit(operations[i]);
                continue;
            }

            var condition = Evaluate(leave.Condition);
            if (!condition.IsKnown() || !IsPart(condition, leave.WhenTrue))
            {
                // What follows is the other branch.
                var first = _enclosures.Count;
                Choose(first, () => Visit(leave.WhenTrue));
                if (!leave.WhenTrue.Descendants().OfType<IAssignmentOperation>().Any())
                    continue;
                Choose(first, () => VisitAll([.. operations.Skip(i + 1)]));
                break;
            }

            condition = Kept(condition, leave.Syntax.SpanStart, operations.Skip(i + 1).Prepend(leave.WhenTrue));
            if (!IsContinue(leave.WhenTrue))
                Guarded(condition, leave.WhenTrue);
            _guards.Add(Terms.Of(condition.Span, Op.Not, condition));
        }

        _guards.RemoveRange(guards, _guards.Count - guards);
    }

    /// <summary>True where what follows does not happen.</summary>
    private static bool IsLeft(IOperation? operation) => IsContinue(operation) || operation is IReturnOperation || (operation is IBlockOperation { Operations: [.., var last] } && IsLeft(last));

    private static bool IsContinue(IOperation? operation) => operation is IBranchOperation { BranchKind: BranchKind.Continue }
        || (operation is IBlockOperation { Operations: [var only] } && IsContinue(only));

    /// <summary>True where leaving is a part of the mathematics; a step that is left because there is nothing to do is none.</summary>
    private bool IsPart(Term condition, IOperation leave) => IsContinue(leave) || _open.Count > 0 || condition.Reads().Any(place => !place.IsWhole);

    private void Declare(IVariableDeclaratorOperation declarator)
    {
        var local = declarator.Symbol;
        var value = declarator.Initializer?.Value ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer?.Value;
        var isNumber = IsNumber(local.Type);
        if (value is not null && (!isNumber || local.IsRef) && _paths.Find(Pointed(value)) is { } place)
        {
            if (IsCopied(declarator, local))
            {
                var copy = new Place($"{local.Name}@{local.Locations[0].SourceSpan.Start}", local.Name, [], local.Type, local) { Symbol = local };
                _declared[copy.Path] = _loops;
                Write(copy, Copied(value, (INamedTypeSymbol)local.Type), SpanOf(declarator), isDeclaration: true);
                return;
            }

            _paths.SetAlias(local, (place.IsPart && IsOneOfSeveral(value, place) ? place with { Name = local.Name } : place) with { Type = local.IsRef ? place.Type : local.Type, IsPart = false });
            if (local.Type.IsValueType && local.Type.TypeKind is not (TypeKind.Pointer or TypeKind.TypeParameter) && !local.IsRef && !local.Type.IsRefLikeType && !IsWrittenBack(declarator, local) && IsChanged(declarator, local))
                LostCopies.Add(place.Path);
            return;
        }

        if (value is not null && Function(value) is { } function)
            _functions[local] = function;
        var name = IsHere(declarator) && declarator.Syntax is VariableDeclaratorSyntax syntax ? syntax.Identifier.Span : SpanOf(declarator);
        var target = new Place($"{local.Name}@{(local.Locations.Length > 0 ? local.Locations[0].SourceSpan.Start : 0)}", local.Name, [], local.Type, local) { Symbol = local };
        _declared[target.Path] = _loops;
        if (isNumber && value is not null)
            Assign(target, Evaluate(value), name, SpanOf(declarator), isDeclaration: true);
        else if (!isNumber && value is not null && Project(target, value, name, SpanOf(declarator)))
            return;
        else if (!isNumber && value is not null && Parts(value) is { IsEmpty: false } parts)
            Write(target, parts, SpanOf(declarator), isDeclaration: true);
        if (IsWhole(local.Type) && value is not null)
            _paths.SetIndex(local, value);
    }

    /// <summary>The array that a pointer is fixed to.</summary>
    private static IOperation Pointed(IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IAddressOfOperation { Reference: IArrayElementReferenceOperation first }:
                    return first.ArrayReference;
                case { Kind: Microsoft.CodeAnalysis.OperationKind.None, ChildOperations: { Count: 1 } parts } when value.Syntax is not (StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax):
                    value = parts.First();
                    break;
                default:
                    return value;
            }
        }
    }

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>True for a copy whose members are assigned.</summary>
    private static bool IsChanged(IOperation declarator, ILocalSymbol local) => RootOf(declarator).Descendants().OfType<IAssignmentOperation>()
        .Any(assignment => assignment.Target is IMemberReferenceOperation { Instance: ILocalReferenceOperation owner } && SymbolEqualityComparer.Default.Equals(owner.Local, local));

    private static bool IsWrittenBack(IOperation declarator, ILocalSymbol local) => RootOf(declarator).Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment =>
        assignment.Value.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(read => SymbolEqualityComparer.Default.Equals(read.Local, local) && read.Parent is not (IFieldReferenceOperation or IPropertyReferenceOperation))
        && assignment.Target is not ILocalReferenceOperation);

    /// <summary>True for a struct that keeps what it was when the place that it comes from is assigned another.</summary>
    private static bool IsCopied(IOperation declarator, ILocalSymbol local) => local is { IsRef: false, Type: INamedTypeSymbol { IsValueType: true, IsRefLikeType: false } } && !IsNumber(local.Type)
        && !RootOf(declarator).Descendants().OfType<IAssignmentOperation>().Any(assignment => assignment.Target.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(written => SymbolEqualityComparer.Default.Equals(written.Local, local)))
        && RootOf(declarator).Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment => assignment.Target is not ILocalReferenceOperation && SymbolEqualityComparer.Default.Equals(assignment.Target.Type, local.Type));

    /// <summary>True where an array is divided among several views.</summary>
    private bool IsOneOfSeveral(IOperation value, Place place) => place.Path.Contains('~') || RootOf(value).Descendants().OfType<IInvocationOperation>()
        .Count(call => call.TargetMethod.Name is "Slice" or "AsSpan" && _paths.Find(call) is { IsPart: true } part && SymbolEqualityComparer.Default.Equals(part.Symbol, place.Symbol)) > 1;

    private void VisitIf(IConditionalOperation choice)
    {
        var condition = Evaluate(choice.Condition);
        if (!condition.IsKnown() || condition.Reads().Any(place => place is { IsWhole: true, Name: "Length" or "Count" }) || !choice.WhenTrue.Descendants().OfType<IAssignmentOperation>().Any())
        {
            var first = _enclosures.Count;
            Choose(first, () => Visit(choice.WhenTrue));
            if (choice.WhenFalse is not null)
                Choose(first, () => Visit(choice.WhenFalse));
            return;
        }

        condition = Kept(condition, choice);
        Guarded(condition, choice.WhenTrue);
        if (choice.WhenFalse is not null)
            Guarded(Terms.Of(condition.Span, Op.Not, condition), choice.WhenFalse);
    }

    /// <summary>A condition whose parts its own branches change is a value of its own.</summary>
    private Term Kept(Term condition, IConditionalOperation choice) =>
        choice.WhenFalse is null && choice.WhenTrue.Descendants().OfType<IAssignmentOperation>().Count() == 1
            ? condition : Kept(condition, choice.Syntax.SpanStart, choice.WhenFalse is null ? [choice.WhenTrue] : [choice.WhenTrue, choice.WhenFalse]);

    private Term Kept(Term condition, int position, IEnumerable<IOperation> guarded)
    {
        var read = condition.Reads().Select(place => place.Path).ToList();
        var changes = guarded.SelectMany(operation => operation.DescendantsAndSelf()).OfType<IAssignmentOperation>().Select(assignment => _paths.Find(assignment.Target)?.Path);
        if (!changes.Any(path => path is not null && read.Contains(path)))
            return condition;
        var holds = new Place($"holds@{position}", "holds", [], model.Compilation.GetSpecialType(SpecialType.System_Double), null);
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

    /// <summary>Reads a branch of a choice that says nothing.</summary>
    private void Choose(int choice, Action visit) => Enclose(new Enclosure(_enclosures.Count, Choice: choice), visit);

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
            value = Terms.Of(span, Op.Select, Guard(0)!, value, new ReadTerm(targetSpan, target));
        _assignments.Add(new Assignment(target, value, targetSpan, span, _loops) { IsDeclaration = isDeclaration, Site = _site, IsOfVectors = IsOfVectors(target, value) });
    }

    private bool IsOfVectors(Place target, Term value) => IsVectors(target.Type) || value.Reads().Any(place => IsVectors(place.Type)) || _vectorStores.Contains(target.Path);

    /// <summary>What must hold here, of what was asked since.</summary>
    private Term? Guard(int since) => _guards.Count == since ? null : _guards.Skip(since).Aggregate((first, second) => Terms.Of(first.Span, Op.And, first, second));

    /// <summary>
    /// A new array that gets what another holds, moved, is that other after the step: <c>next[i] = weights[i] - rate * gradient[i]</c>,
    /// as methods have it that change no argument.
    /// </summary>
    private void KeepReturned()
    {
        for (var i = 0; i < _assignments.Count; i++)
        {
            var assignment = _assignments[i];
            if (assignment.Target is not { Loops.Length: > 0, Root: ILocalSymbol } target || assignment.Value is not OperationTerm { Op: Op.Add or Op.Subtract } sum || IsRead(target))
                continue;
            var moved = sum.Operands.OfType<ReadTerm>().Select(read => read.Place).Where(place => place.Loops.SequenceEqual(target.Loops) && place.Symbol is not null && !Words.IsGradient(place.Name) && !IsAssigned(place)).ToList();
            if (moved.FirstOrDefault(place => Words.IsParameter(place.Name)) is { } parameter || (moved is [var only] && (parameter = only) is not null))
                _assignments[i] = assignment with { Target = parameter };
        }

        bool IsRead(Place place) => _assignments.Any(assignment => assignment.Value.Reads().Any(read => read.Container == place.Container));

        bool IsAssigned(Place place) => _assignments.Any(assignment => assignment.Target.Container == place.Container);
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
}
