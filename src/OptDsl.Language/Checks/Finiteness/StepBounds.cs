using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>
/// Bounds all values of one step, whichever it is, from bounds of what it reads. What is computed is rounded in the element type, or in
/// double where it is one value a step or a tensor; every operation widens its result by its roundings. A value that may be no number, or
/// out of range, ends the attempt.
/// </summary>
internal sealed class StepBounds(FiniteBox box, Interval steps, ElementFormat format, Interval[] hypers, Interval[] states, Interval parameter, StoredSymbol? followed)
{
    private readonly Dictionary<Definition, Form> _definitions = [];
    private readonly Dictionary<string, Interval> _known = [];

    /// <summary>The largest number of elements of a tensor that is reckoned with.</summary>
    private const double MostElements = 1L << 40;

    /// <summary>The first expression that may be no number, or out of range.</summary>
    public Expr? Obstacle { get; private set; }

    /// <summary>The value of a definition; null where something may go wrong on the way.</summary>
    public Form? Of(Definition definition)
    {
        if (_definitions.TryGetValue(definition, out var known))
            return known;
        if (Of(definition.Value) is not { } value)
            return null;
        if (definition.Cardinality != definition.Value.Cardinality && definition.Cardinality == Cardinality.PerElement)
        {
            if (Stored(definition.Value, value) is not { } stored)
                return null;
            value = stored;
        }
        // Inside a choice it may be bounded by what was decided there.
        if (_known.Count == 0)
            _definitions[definition] = value;
        return value;
    }

    public Form? Of(Expr expression)
    {
        var value = Compute(expression);
        if (value is { } form && _known.TryGetValue(ExpressionKey.ThroughLocals.Of(expression), out var known))
            value = form with { Range = form.Range.Meet(known) };
        return value;
    }

    private Form? Compute(Expr expression)
    {
        switch (expression)
        {
            case NumberExpr number:
                return Form.Free(Interval.Of(number.Value));
            case HyperExpr hyper:
                return Form.Free(hypers[hyper.Symbol.Index]);
            case StepExpr:
                return Form.Free(steps);
            case GradientExpr:
                return Form.Free(Interval.Around(box.Gradient));
            case OldExpr old:
                var range = old.Symbol is StateSymbol state ? states[state.Index] : parameter;
                return old.Symbol.Equals(followed) ? new(Interval.One, Interval.Zero, range) : Form.Free(range);
            case DefinedExpr defined:
                return Of(defined.Definition);
            case UnaryExpr { Operator: Op.Negate } negated:
                return Of(negated.Operand) is { } operand ? new(-operand.Factor, -operand.Rest, -operand.Range) : null;
            case UnaryExpr or BinaryExpr { Operator: >= Op.Less and <= Op.Or }:
                return expression.Children().All(child => Of(child) is not null) ? Form.Free(Truth(expression)) : null;
            case BinaryExpr { Operator: Op.Subtract } approach when new Shares(Of).Approach(approach) is { } between:
                return Form.Free(between);
            case BinaryExpr { Operator: Op.Add or Op.Subtract } sum:
                return Both(sum.Left, sum.Right) is var (left, right) && left is { } first && right is { } second ? Rounded(sum, Sum(first, sum.Operator == Op.Add ? second : new(-second.Factor, -second.Rest, -second.Range))) : null;
            case BinaryExpr { Operator: Op.Multiply } product:
                return Multiply(product);
            case BinaryExpr { Operator: Op.Divide } quotient:
                return Divide(quotient);
            case BinaryExpr { Operator: Op.Power } power:
                return Power(power);
            case CallExpr call:
                return Call(call);
            case ConditionalExpr choice:
                return Choose(choice);
            case ReduceExpr reduction:
                return Reduce(reduction);
            default:
                return Fail(expression);
        }
    }

    private (Form?, Form?) Both(Expr left, Expr right) => (Of(left), Of(right));

    private static Form Sum(Form left, Form right) =>
        Narrow(new(left.Factor + right.Factor, left.Rest + right.Rest, left.Range + right.Range));

    private static Form Narrow(Form form) => form.IsFree ? form with { Range = form.Range.Meet(form.Rest), Rest = form.Rest.Meet(form.Range) } : form;

    private Form? Multiply(BinaryExpr product)
    {
        if (ExpressionKey.ThroughLocals.Of(product.Left) == ExpressionKey.ThroughLocals.Of(product.Right))
            return Of(product.Left) is { } same ? Rounded(product, Form.Free(same.Range.Square())) : null;
        if (Both(product.Left, product.Right) is not ({ } left, { } right))
            return null;
        if (new Shares(Of).Product(product) is { } share)
            return Rounded(product, Form.Free(share.Meet(left.Range * right.Range)));
        return Rounded(product, left.IsFree ? Scale(right, left.Range) : Scale(left, right.Range));
    }

    private static Form Scale(Form form, Interval factor) => Narrow(new(form.Factor * factor, form.Rest * factor, form.Range * factor));

    private Form? Divide(BinaryExpr quotient)
    {
        if (Both(quotient.Left, quotient.Right) is not ({ } left, { } right))
            return null;
        if (right.Range.Contains(0))
            return Fail(quotient);
        if (new Shares(Of).Quotient(quotient) is { } share)
            return Rounded(quotient, Form.Free(left.IsFree ? share.Meet(left.Range * right.Range.Reciprocal()) : share));
        var reciprocal = right.Range.Reciprocal();
        // What is divided by the same value everywhere may be multiplied by its reciprocal.
        if (quotient.Right.Cardinality != Cardinality.PerElement && reciprocal.Size > Largest(quotient))
            return Fail(quotient);
        return Rounded(quotient, Scale(left, reciprocal));
    }

    private Form? Power(BinaryExpr power)
    {
        if (Both(power.Left, power.Right) is not ({ } value, { } exponent))
            return null;
        if (power.Right is NumberExpr { Value: 2 })
            return Rounded(power, Form.Free(value.Range.Square()));
        if (exponent.Range is { Low: var whole } && whole == exponent.Range.High && whole == Math.Floor(whole) && whole is >= 0 and <= 16)
        {
            var result = Interval.One;
            for (var factor = 0; factor < whole; factor++)
                result = whole % 2 == 0 ? result * value.Range.Magnitude() : result * value.Range;
            return Rounded(power, Form.Free(result));
        }

        if (!(value.Range.Low > 0 || (value.Range.Low >= 0 && exponent.Range.Low >= 0)))
            return Fail(power);
        var exact = value.Range.Power(exponent.Range);
        // Rounding to nearest does not go past 1.
        return Rounded(power, Form.Free(exact)) is { } rounded
            ? Form.Free(exact.High == 1 ? rounded.Range with { High = 1 } : exact.Low == 1 ? rounded.Range with { Low = 1 } : rounded.Range)
            : null;
    }

    private Form? Call(CallExpr call)
    {
        var arguments = new Form[call.Arguments.Length];
        for (var index = 0; index < arguments.Length; index++)
        {
            if (Of(call.Arguments[index]) is not { } argument)
                return null;
            arguments[index] = argument;
        }

        var (first, range) = (arguments[0], arguments[0].Range);
        switch (call.Function)
        {
            case Op.Max or Op.Min:
                return arguments.Skip(1).Aggregate(first, (result, next) => Pick(result, next, call.Function == Op.Max));
            case Op.Abs:
                return range.Low >= 0 ? first : range.High <= 0 ? new(-first.Factor, -first.Rest, -range) : new(first.Factor.Join(-first.Factor), first.Rest.Join(-first.Rest), range.Magnitude());
            case Op.Sqrt:
                return range.Low >= 0 ? Rounded(call, Form.Free(range.Map(Math.Sqrt))) : Fail(call);
            case Op.Cbrt:
                return Rounded(call, Form.Free(range.Map(value => Math.Sign(value) * Math.Pow(Math.Abs(value), 1 / 3.0))));
            case Op.Exp:
                return Rounded(call, Form.Free(range.Map(Math.Exp)));
            case Op.Ln:
                return range.Low > 0 ? Rounded(call, Form.Free(range.Map(Math.Log))) : Fail(call);
            case Op.Floor:
                return Form.Free(new(Math.Floor(range.Low), Math.Floor(range.High)));
            case Op.Sign:
                return Form.Free(new(Math.Sign(range.Low), Math.Sign(range.High)));
            default:
                var (least, largest) = (OperationTable.Of(call.Function).Least, OperationTable.Of(call.Function).Largest);
                return double.IsInfinity(least) || double.IsInfinity(largest) ? Fail(call) : Rounded(call, Form.Free(new(least, largest)));
        }
    }

    /// <summary>The larger or the smaller of two is one of the two.</summary>
    private static Form Pick(Form left, Form right, bool isLarger)
    {
        if (isLarger ? left.Range.Low >= right.Range.High : left.Range.High <= right.Range.Low)
            return left;
        if (isLarger ? right.Range.Low >= left.Range.High : right.Range.High <= left.Range.Low)
            return right;
        var range = isLarger
            ? new Interval(Math.Max(left.Range.Low, right.Range.Low), Math.Max(left.Range.High, right.Range.High))
            : new Interval(Math.Min(left.Range.Low, right.Range.Low), Math.Min(left.Range.High, right.Range.High));
        return new(left.Factor.Join(right.Factor), left.Rest.Join(right.Rest), range);
    }

    private Form? Choose(ConditionalExpr choice)
    {
        if (Of(choice.Condition) is not { } condition)
            return null;
        var (canHold, canFail) = (condition.Range.High != 0 || condition.Range.Low != 0, condition.Range.Contains(0));
        var (whenTrue, whenFalse) = (canHold ? Under(choice.Condition, true, choice.WhenTrue) : default, canFail ? Under(choice.Condition, false, choice.WhenFalse) : default);
        if ((canHold && whenTrue is null) || (canFail && whenFalse is null))
            return null;
        if (whenTrue is not { } first || whenFalse is not { } second)
            return whenTrue ?? whenFalse;
        return new(first.Factor.Join(second.Factor), first.Rest.Join(second.Rest), first.Range.Join(second.Range));
    }

    /// <summary>A branch, with what its condition says of the values that it compares.</summary>
    private Form? Under(Expr condition, bool holds, Expr branch)
    {
        var facts = Facts(condition, holds).ToArray();
        var before = facts.Select(fact => (fact.Key, Had: _known.TryGetValue(fact.Key, out var known), Known: known)).ToArray();
        foreach (var (key, range) in facts)
            _known[key] = _known.TryGetValue(key, out var known) ? known.Meet(range) : range;
        var value = Of(branch);
        foreach (var (key, had, known) in before)
        {
            if (had)
                _known[key] = known;
            else
                _known.Remove(key);
        }

        return value;
    }

    private IEnumerable<(string Key, Interval Range)> Facts(Expr condition, bool holds)
    {
        switch (condition)
        {
            case DefinedExpr defined:
                return Facts(defined.Definition.Value, holds);
            case UnaryExpr { Operator: Op.Not } not:
                return Facts(not.Operand, !holds);
            case BinaryExpr { Operator: Op.And } both when holds:
                return Facts(both.Left, true).Concat(Facts(both.Right, true));
            case BinaryExpr { Operator: Op.Or } either when !holds:
                return Facts(either.Left, false).Concat(Facts(either.Right, false));
            case BinaryExpr { Operator: >= Op.Less and <= Op.NotEqual } comparison when Both(comparison.Left, comparison.Right) is ({ } left, { } right):
                var relation = holds ? comparison.Operator : Comparisons.Opposite(comparison.Operator);
                return new[] { (ExpressionKey.ThroughLocals.Of(comparison.Left), Bounded(left.Range, relation, right.Range, comparison.Left)), (ExpressionKey.ThroughLocals.Of(comparison.Right), Bounded(right.Range, Comparisons.Turned(relation), left.Range, comparison.Right)) };
            default:
                return [];
        }
    }

    /// <summary>What is left of a value that compares so with another; what is not zero is at least the smallest number of its type.</summary>
    private Interval Bounded(Interval value, Op relation, Interval other, Expr expression)
    {
        var smallest = IsOfElements(expression) ? format.Smallest : double.Epsilon;
        return relation switch
        {
            Op.Less when other.High <= 0 && value.High >= 0 => value with { High = Math.Min(value.High, other.High == 0 ? -smallest : other.High) },
            Op.Less or Op.LessOrEqual => value with { High = Math.Min(value.High, other.High) },
            Op.Greater when other.Low >= 0 => value with { Low = Math.Max(value.Low, other.Low == 0 ? smallest : other.Low) },
            Op.Greater or Op.GreaterOrEqual => value with { Low = Math.Max(value.Low, other.Low) },
            Op.Equal => value.Meet(other),
            Op.NotEqual when other.IsZero && value.Low >= 0 => value with { Low = Math.Max(value.Low, smallest) },
            _ => value,
        };
    }

    /// <summary>An element, or a norm of elements, which is at least as large as the largest of them.</summary>
    private static bool IsOfElements(Expr expression) => expression.Cardinality == Cardinality.PerElement
        || expression is ReduceExpr { Reduction: Op.Norm or Op.MaxAbs }
        || (expression is DefinedExpr { Definition: { Target: LocalSymbol, Value: var value } } && IsOfElements(value));

    /// <summary>1 where a condition certainly holds, 0 where it certainly does not, else either.</summary>
    private Interval Truth(Expr condition)
    {
        switch (condition)
        {
            case UnaryExpr { Operator: Op.Not } not when Of(not.Operand) is { } operand:
                return operand.Range.IsZero ? Interval.One : operand.Range.Contains(0) ? new(0, 1) : Interval.Zero;
            case BinaryExpr { Operator: Op.And or Op.Or } both when Both(both.Left, both.Right) is ({ } left, { } right):
                var (first, second) = (Certain(left.Range), Certain(right.Range));
                var decides = both.Operator == Op.Or;
                return first == decides || second == decides ? Interval.Of(decides ? 1 : 0) : first is null || second is null ? new(0, 1) : Interval.Of(decides ? 0 : 1);
            case BinaryExpr comparison when Both(comparison.Left, comparison.Right) is ({ } left, { } right):
                return Comparisons.Holds(left.Range, comparison.Operator, right.Range) switch { true => Interval.One, false => Interval.Zero, _ => new(0, 1) };
            default:
                return new(0, 1);
        }

        static bool? Certain(Interval range) => range.IsZero ? false : range.Contains(0) ? null : true;
    }

    /// <summary>Sums over a tensor, or a group of tensors, of any number of elements; accumulated in double.</summary>
    private Form? Reduce(ReduceExpr reduction)
    {
        if (reduction.Reduction == Op.Count)
            return Form.Free(new(1, MostElements));
        if (Of(reduction.Arguments[0]) is not { } first)
            return null;
        switch (reduction.Reduction)
        {
            case Op.MaxAbs:
                return Form.Free(first.Range.Magnitude());
            case Op.Norm:
                return Rounded(reduction, Form.Free(first.Range.Magnitude() * new Interval(1, Math.Sqrt(MostElements))));
            case Op.Sum:
                return Rounded(reduction, Form.Free(first.Range * new Interval(1, MostElements)));
            default:
                if (Of(reduction.Arguments[reduction.Arguments.Length - 1]) is not { } second)
                    return null;
                var terms = ExpressionKey.ThroughLocals.Of(reduction.Arguments[0]) == ExpressionKey.ThroughLocals.Of(reduction.Arguments[reduction.Arguments.Length - 1]) ? first.Range.Square() : first.Range * second.Range;
                return Rounded(reduction, Form.Free(terms * new Interval(1, MostElements)));
        }
    }

    private Form? Rounded(Expr expression, Form exact)
    {
        // A number of the step or the tensor that meets elements is one of them.
        if (expression.Cardinality == Cardinality.PerElement && expression.Children().Any(child => child.Cardinality != Cardinality.PerElement && Of(child) is { } scalar && Stored(child, scalar) is null))
            return null;
        var (part, amount) = expression.Cardinality == Cardinality.PerElement && format != ElementFormat.Double
            ? (8 * format.UnitRoundoff, format.Smallest)
            : (16 * ElementFormat.Double.UnitRoundoff, double.Epsilon);
        var result = new Form(exact.Factor.Widen(part, 0), exact.Rest.Widen(part, amount), exact.Range.Widen(part, amount));
        return result.Range.IsFinite && result.Range.Size <= Largest(expression) ? result : Fail(expression);
    }

    private double Largest(Expr expression) => expression.Cardinality == Cardinality.PerElement ? format.Max / 2 : double.MaxValue / 2;

    /// <summary>A number of the step or the tensor, as elements hold it.</summary>
    private Form? Stored(Expr expression, Form value) => value.Range.Size <= format.Max / 2 ? value : Fail(expression);

    private Form? Fail(Expr expression)
    {
        Obstacle ??= expression;
        return null;
    }
}
