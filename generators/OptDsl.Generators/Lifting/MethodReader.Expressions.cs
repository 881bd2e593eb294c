using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads values.</summary>
internal sealed partial class MethodReader
{
    private Term Evaluate(IOperation operation)
    {
        var span = operation.Syntax.Span;
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && operation is not (IFieldReferenceOperation or ILocalReferenceOperation) && !IsOfNames(operation))
        {
            if (operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } whole && IsWhole(operation.Type) && ToDouble(whole.LeftOperand.ConstantValue.Value!) is { } over && ToDouble(whole.RightOperand.ConstantValue.Value!) is { } under && over % under != 0)
                return new OperationTerm(span, Op.Divide, [new NumberTerm(whole.LeftOperand.Syntax.Span, over), new NumberTerm(whole.RightOperand.Syntax.Span, under)], IsInteger: true);
            return ToDouble(constant) is { } number ? new NumberTerm(span, number) : new UnknownTerm(span);
        }

        switch (operation)
        {
            case IConversionOperation conversion when IsNumber(conversion.Type) && IsNumber(conversion.Operand.Type):
                return IsWhole(conversion.Type) && !IsWhole(conversion.Operand.Type) ? new UnknownTerm(span) : Evaluate(conversion.Operand);
            case IConversionOperation { OperatorMethod: null } conversion:
                return Evaluate(conversion.Operand);
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand);
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
            case ISimpleAssignmentOperation assignment:
                return Write(assignment.Target, Evaluate(assignment.Value), span);
            case ICompoundAssignmentOperation assignment:
                return Compound(assignment, span);
            case IIncrementOrDecrementOperation step:
                return Increment(step, span);
            case IInvocationOperation call:
                return Call(call, span);
            case IDeconstructionAssignmentOperation { Target: ITupleOperation targets, Value: var source } when Unconverted(source) is ITupleOperation values:
                return Deconstruct(targets, values, span);
            default:
                return _paths.Find(operation) is { } place && (IsNumber(place.Type) || operation.Type is null) ? new ReadTerm(span, place) : new UnknownTerm(span);
        }
    }

    private static IOperation Unconverted(IOperation operation) => operation is IConversionOperation conversion ? Unconverted(conversion.Operand) : operation;

    /// <summary>A constant that is made of named constants keeps their names.</summary>
    private static bool IsOfNames(IOperation operation) => operation.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation or ILocalReferenceOperation);

    private UnknownTerm Deconstruct(ITupleOperation targets, ITupleOperation values, TextSpan span)
    {
        foreach (var (target, value) in targets.Elements.Zip(values.Elements, (target, value) => (target, value)))
            Write(target, Evaluate(value), span);
        return new UnknownTerm(span);
    }

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
        if (_paths.Find(assignment.Target) is not { } place || OpOf(assignment.OperatorKind) is not { } op)
            return new UnknownTerm(span);
        var value = Evaluate(assignment.Value);
        return Write(assignment.Target, new OperationTerm(span, op, [new ReadTerm(assignment.Target.Syntax.Span, place), value], IsWhole(assignment.Target.Type) && op == Op.Divide), span);
    }

    private Term Increment(IIncrementOrDecrementOperation step, TextSpan span)
    {
        if (_paths.Find(step.Target) is not { } place)
            return new UnknownTerm(span);
        var target = new ReadTerm(step.Target.Syntax.Span, place);
        var (op, back) = step.Kind == Microsoft.CodeAnalysis.OperationKind.Increment ? (Op.Add, Op.Subtract) : (Op.Subtract, Op.Add);
        Assign(place, Terms.Of(span, op, target, new NumberTerm(span, 1)), target.Span, span);
        return step.IsPostfix ? Terms.Of(span, back, target, new NumberTerm(span, 1)) : target;
    }

    private Term Write(IOperation target, Term value, TextSpan span)
    {
        if (target is ILocalReferenceOperation { Local: var local } && _paths.IsIndex(local))
            return value;
        if (_paths.Find(target) is not { } place)
            return value;
        if (IsNumber(target.Type))
            Assign(place, value, target.Syntax.Span, span);
        return new ReadTerm(span, place);
    }

    private Term Call(IInvocationOperation call, TextSpan span)
    {
        var method = call.TargetMethod;
        if (IsFunctions(method.ContainingType) && Function(method.Name, span, [.. call.Arguments.Select(argument => argument.Value)]) is { } value)
            return value;
        if (method.ContainingType is { Name: "TensorPrimitives" })
            return WholeSpans(call, span);
        if (Lambda(call) is { } lambda)
            return Run(call, lambda, span);
        return Inline(call, span);
    }

    private static bool IsFunctions(INamedTypeSymbol? type) =>
        type is { Name: "Math" or "MathF" or "Double" or "Single", ContainingNamespace.Name: "System" };

    private Term? Function(string name, TextSpan span, IOperation[] arguments)
    {
        Op? op = (name, arguments.Length) switch
        {
            ("Sqrt", 1) => Op.Sqrt,
            ("Cbrt", 1) => Op.Cbrt,
            ("Abs", 1) => Op.Abs,
            ("Sign", 1) => Op.Sign,
            ("Exp", 1) => Op.Exp,
            ("Log", 1) => Op.Ln,
            ("Sin", 1) => Op.Sin,
            ("Cos", 1) => Op.Cos,
            ("Tanh", 1) => Op.Tanh,
            ("Floor", 1) => Op.Floor,
            ("Pow", 2) => Op.Power,
            ("Min", 2) => Op.Min,
            ("Max", 2) => Op.Max,
            ("Atan2", 2) => Op.Atan2,
            _ => null,
        };
        Term[] values = [.. arguments.Select(Evaluate)];
        if (op is { } known)
            return Terms.Of(span, known, values);
        return (name, values.Length) switch
        {
            ("Clamp", 3) => Terms.Of(span, Op.Min, Terms.Of(span, Op.Max, values[0], values[1]), values[2]),
            ("FusedMultiplyAdd", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], values[1]), values[2]),
            _ => null,
        };
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
            ("Max", 2) => Terms.Of(span, Op.Max, values),
            ("Min", 2) => Terms.Of(span, Op.Min, values),
            ("Pow", 2) => Terms.Of(span, Op.Power, values),
            ("Sqrt", 1) => Terms.Of(span, Op.Sqrt, values),
            ("Abs", 1) => Terms.Of(span, Op.Abs, values),
            ("Negate", 1) => Terms.Of(span, Op.Negate, values),
            ("MultiplyAdd" or "FusedMultiplyAdd", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], values[1]), values[2]),
            ("AddMultiply", 3) => Terms.Of(span, Op.Multiply, Terms.Of(span, Op.Add, values[0], values[1]), values[2]),
            ("Lerp", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], Terms.Of(span, Op.Subtract, new NumberTerm(span, 1), values[2])), Terms.Of(span, Op.Multiply, values[1], values[2])),
            _ => null,
        };
        var type = model.Compilation.GetSpecialType(SpecialType.System_Double);
        Enclose(new Enclosure(id, null, null, IsChoice: false), () => Assign(PathReader.ElementOf(destination, id, type), value ?? new UnknownTerm(span), arguments[arguments.Length - 1].Syntax.Span, span));
        return new UnknownTerm(span);

        Term Element(IOperation argument) => !IsNumber(Unconverted(argument).Type) && _paths.Find(argument) is { } array
            ? new ReadTerm(argument.Syntax.Span, PathReader.ElementOf(array, id, model.Compilation.GetSpecialType(SpecialType.System_Double))) : Evaluate(argument);
    }

    private static IAnonymousFunctionOperation? Lambda(IInvocationOperation call) =>
        call is { TargetMethod.Name: "For" or "ForEach" } && call.TargetMethod.ContainingType is { Name: "Parallel" or "List" or "Array" }
            ? call.Arguments.Select(argument => argument.Value).Select(value => value is IDelegateCreationOperation creation ? creation.Target : Unconverted(value)).OfType<IAnonymousFunctionOperation>().LastOrDefault() : null;

    /// <summary><c>Parallel.For</c> and its like are loops.</summary>
    private UnknownTerm Run(IInvocationOperation call, IAnonymousFunctionOperation lambda, TextSpan span)
    {
        var id = _enclosures.Count;
        if (lambda.Symbol.Parameters.FirstOrDefault() is { } variable)
        {
            if (call.TargetMethod.Name == "For")
                _paths.SetIndex(variable, id);
            else
                Range(variable, 0, 1, call.Instance ?? call.Arguments[0].Value, id);
        }

        Enclose(new Enclosure(id, lambda.Symbol.Parameters.FirstOrDefault(), null, IsChoice: false), () => Visit(lambda.Body));
        return new UnknownTerm(span);
    }

    /// <summary>Reads a method of the same file where it is called.</summary>
    private Term Inline(IInvocationOperation call, TextSpan span)
    {
        var method = call.TargetMethod;
        if (_open.Count >= Deepest || method.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != model.SyntaxTree
            || method.IsVirtual || method.IsOverride || method.IsAsync || !_open.Add(method))
        {
            return new UnknownTerm(span);
        }

        var body = model.GetOperation(reference.GetSyntax(cancellation), cancellation);
        body = body is ILocalFunctionOperation local ? local.Body : body;
        if (body is null || body.Descendants().OfType<IReturnOperation>().Count(result => result.ReturnedValue is not null) > 1)
        {
            _open.Remove(method);
            return new UnknownTerm(span);
        }

        Inlined.Add(method);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            if ((parameter.RefKind != RefKind.None || !IsNumber(parameter.Type)) && _paths.Find(argument.Value) is { } place)
            {
                _paths.SetAlias(parameter, place);
            }
            else if (IsNumber(parameter.Type))
            {
                var target = new Place($"{parameter.Name}@{call.Syntax.SpanStart}", parameter.Name, [], parameter.Type, parameter) { Symbol = parameter };
                _declared[target.Path] = _loops;
                _paths.SetAlias(parameter, target);
                Assign(target, Evaluate(argument.Value), argument.Syntax.Span, argument.Syntax.Span, isDeclaration: true);
            }
        }

        var returned = _returned;
        _returned = null;
        Visit(body);
        var result = _returned;
        _returned = returned;
        _open.Remove(method);
        return result ?? new UnknownTerm(span);
    }
}
