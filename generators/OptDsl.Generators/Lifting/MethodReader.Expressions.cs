using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads values.</summary>
internal sealed partial class MethodReader
{
    /// <summary>What is nested deeper than people write it is unknown.</summary>
    private const int DeepestNesting = 200;

    private int _nesting;

    /// <summary>What a method is given as a number, and does not change.</summary>
    private readonly Dictionary<ISymbol, double> _constants = new(SymbolEqualityComparer.Default);

    /// <summary>Where a method is given a number: several calls of one method give it different ones.</summary>
    private readonly Dictionary<ISymbol, TextSpan> _given = new(SymbolEqualityComparer.Default);

    private Term Evaluate(IOperation operation)
    {
        if (_nesting >= DeepestNesting)
            return new UnknownTerm(SpanOf(operation));
        _nesting++;
        var value = EvaluateNested(operation);
        _nesting--;
        return value;
    }

    private Term EvaluateNested(IOperation operation)
    {
        var span = SpanOf(operation);
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && operation is not (IFieldReferenceOperation or ILocalReferenceOperation) && !IsOfNames(operation))
        {
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } whole && IsWhole(operation.Type) && ToDouble(whole.LeftOperand.ConstantValue.Value!) is { } over && ToDouble(whole.RightOperand.ConstantValue.Value!) is { } under && over % under != 0)
                return new OperationTerm(span, Op.Divide, [new NumberTerm(SpanOf(whole.LeftOperand), over), new NumberTerm(SpanOf(whole.RightOperand), under)], IsInteger: true);
            return Constant(operation) is { } number ? new NumberTerm(span, number) : new UnknownTerm(span);
        }

        switch (operation)
        {
            case IConversionOperation conversion when IsNumber(conversion.Type) && IsNumber(conversion.Operand.Type):
                return IsWhole(conversion.Type) && !IsWhole(conversion.Operand.Type) ? new UnknownTerm(span) : Evaluate(conversion.Operand);
            case IConversionOperation { OperatorMethod: null } conversion:
                return Evaluate(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand);
            case IParameterReferenceOperation { Parameter: var given } when _constants.TryGetValue(given, out var known):
                return new NumberTerm(_given.TryGetValue(given, out var there) ? there : span, known);
            case IParameterReferenceOperation { Parameter: var argument } when _given.TryGetValue(argument, out var origin) && _paths.Find(operation) is { } passed:
                return new ReadTerm(origin, passed);
            case IObjectCreationOperation creation when IsVectors(creation.Type):
                return Vectors(creation, span);
            case IBinaryOperation binary:
                return Binary(span, OpOf(binary.OperatorKind), Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand), IsWhole(binary.Type));
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } minus:
                return Terms.Of(span, Op.Negate, Evaluate(minus.Operand));
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } plus:
                return Evaluate(plus.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Terms.Of(span, Op.Not, Evaluate(not.Operand));
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return Terms.Of(span, Op.Select, Evaluate(choice.Condition), Evaluate(choice.WhenTrue), Evaluate(whenFalse));
            case ISimpleAssignmentOperation assignment when IsNumber(assignment.Target.Type ?? assignment.Type):
                return Write(assignment.Target, Evaluate(assignment.Value), span);
            case ISimpleAssignmentOperation assignment:
                if (assignment.Target is IMemberReferenceOperation && HandOut(assignment.Value))
                    return new UnknownTerm(span);
                if (!Project(assignment.Target, assignment.Value, span))
                    Write(assignment.Target, Parts(assignment.Value), span);
                return new UnknownTerm(span);
            case ICompoundAssignmentOperation assignment:
                return Compound(assignment, span);
            case IIncrementOrDecrementOperation step:
                return Increment(step, span);
            case IInvocationOperation call:
                return Call(call, span);
            case IDeconstructionAssignmentOperation deconstruction:
                Deconstruct(deconstruction.Target, Unconverted(deconstruction.Value), span);
                return new UnknownTerm(span);
            case IPropertyReferenceOperation { Property: { IsStatic: true, Name: "One" or "Zero" or "NegativeOne" } unit } when IsOfMathematics(unit.ContainingType):
                return new NumberTerm(span, unit.Name switch { "One" => 1, "Zero" => 0, _ => -1 });
            case IPropertyReferenceOperation { Arguments.Length: 0, Instance: null or IInstanceReferenceOperation } property when Computed(property.Property) is { } value:
                return Evaluate(value);
            default:
                return _paths.Find(operation) is { } place && (IsNumber(place.Type) || operation.Type is null) ? new ReadTerm(span, place) : new UnknownTerm(span);
        }
    }

    /// <summary>A constant as it is written: <c>1f - 0.999f</c> is 0.001, and not the float that is nearest to it.</summary>
    private static double? Constant(IOperation operation)
    {
        if (operation.ConstantValue is not { HasValue: true, Value: { } value } || ToDouble(value) is not { } number)
            return null;
        return IsReal(operation.Type) && Exact(operation) is { } exact ? (double)exact : number;

        static decimal? Exact(IOperation part)
        {
            switch (part)
            {
                case IConversionOperation { Operand: var operand } conversion when !IsWhole(conversion.Type) || IsWhole(operand.Type):
                    return Exact(operand);
                case IParenthesizedOperation { Operand: var operand }:
                    return Exact(operand);
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand }:
                    return -Exact(operand);
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply } binary when Exact(binary.LeftOperand) is { } left && Exact(binary.RightOperand) is { } right && Math.Abs(left) < 1000000 && Math.Abs(right) < 1000000:
                    return binary.OperatorKind switch { BinaryOperatorKind.Add => left + right, BinaryOperatorKind.Subtract => left - right, _ => left * right };
                case ILiteralOperation { ConstantValue.Value: { } literal } when ToDouble(literal) is { } written && Math.Abs(written) is 0 or (> 1e-6 and < 1000000):
                    return (decimal)written;
                default:
                    return null;
            }
        }
    }

    private static IOperation Unconverted(IOperation operation) => operation is IConversionOperation conversion ? Unconverted(conversion.Operand) : operation;

    /// <summary>A constant that is made of named constants keeps their names.</summary>
    private static bool IsOfNames(IOperation operation) => operation.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation or ILocalReferenceOperation);

    private static Term Binary(TextSpan span, Op? op, Term left, Term right, bool isWhole) =>
        op is { } known ? new OperationTerm(span, known, [left, right], isWhole && known == Op.Divide) : new UnknownTerm(span);

    private static Op? OpOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => Op.Add,
        BinaryOperatorKind.Subtract => Op.Subtract,
        BinaryOperatorKind.Multiply => Op.Multiply,
        BinaryOperatorKind.Divide => Op.Divide,
        BinaryOperatorKind.LessThan => Op.Less,
        BinaryOperatorKind.LessThanOrEqual => Op.LessOrEqual,
        BinaryOperatorKind.GreaterThan => Op.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => Op.GreaterOrEqual,
        BinaryOperatorKind.Equals => Op.Equal,
        BinaryOperatorKind.NotEquals => Op.NotEqual,
        BinaryOperatorKind.ConditionalAnd => Op.And,
        BinaryOperatorKind.ConditionalOr => Op.Or,
        _ => null,
    };

    private Term Compound(ICompoundAssignmentOperation assignment, TextSpan span)
    {
        if (assignment.Target.Type is IPointerTypeSymbol || _paths.Find(assignment.Target) is not { } place || OpOf(assignment.OperatorKind) is not { } op)
            return new UnknownTerm(span);
        var value = Evaluate(assignment.Value);
        return Write(assignment.Target, new OperationTerm(span, op, [new ReadTerm(SpanOf(assignment.Target), place), value], IsWhole(assignment.Target.Type) && op == Op.Divide), span);
    }

    private Term Increment(IIncrementOrDecrementOperation step, TextSpan span)
    {
        if (step.Target.Type is IPointerTypeSymbol || _paths.Find(step.Target) is not { } place)
            return new UnknownTerm(span);
        var target = new ReadTerm(SpanOf(step.Target), place);
        var (op, back) = step.Kind == Microsoft.CodeAnalysis.OperationKind.Increment ? (Op.Add, Op.Subtract) : (Op.Subtract, Op.Add);
        Assign(place, Terms.Of(span, op, target, new NumberTerm(span, 1)), target.Span, span);
        return step.IsPostfix ? Terms.Of(span, back, target, new NumberTerm(span, 1)) : target;
    }

    private Term Write(IOperation target, Term value, TextSpan span)
    {
        var isDeclaration = target is IDeclarationExpressionOperation or ILocalReferenceOperation { IsDeclaration: true };
        target = target is IDeclarationExpressionOperation declaration ? declaration.Expression : target;
        if (_paths.Find(target) is not { } place)
            return value;
        if (target is ILocalReferenceOperation { Local: var local } && IsWhole(local.Type) && value is NumberTerm)
            _restarted[place.Path] = _loops;
        if (target is ILocalReferenceOperation { Local: var index } && _paths.IsIndex(index))
            return value;
        if (isDeclaration)
            _declared[place.Path] = _loops;
        if (IsNumber(target.Type ?? place.Type))
            Assign(place, value, SpanOf(target), span, isDeclaration);
        return new ReadTerm(span, place);
    }

    /// <summary>What a property computes from others, which is no value of its own.</summary>
    private IOperation? Computed(IPropertySymbol property)
    {
        if (!IsNumber(property.Type) || property.IsVirtual || property.IsOverride || property.DeclaringSyntaxReferences is not [var reference] || Lifting.Declared.ModelOf(reference.SyntaxTree, model) is not { } own
            || reference.GetSyntax(cancellation) is not PropertyDeclarationSyntax { ExpressionBody.Expression: var body } || own.GetOperation(body, cancellation) is not { ConstantValue.HasValue: false } value)
        {
            return null;
        }

        return value.DescendantsAndSelf().All(part => part is IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation or ILiteralOperation or IFieldReferenceOperation or IInstanceReferenceOperation or IInvocationOperation or IArgumentOperation
            || (part is IPropertyReferenceOperation { Property: var other } && !SymbolEqualityComparer.Default.Equals(other, property))) ? value : null;
    }
}
