using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>
/// The part of the parser that reads the calls of programs: <c>m.mul_(β).add_(g, alpha=1-β)</c>, <c>p.grad</c>, <c>torch.clamp(x, min=0)</c>,
/// <c>m.assign(…)</c>.
/// </summary>
internal sealed partial class Parser
{
    private readonly record struct Argument(string? Label, ExprSyntax Value);

    /// <summary>True for labels of what changes how a value is stored, and not what it is.</summary>
    private static bool SaysNothing(string? label) => label is "dim" or "axis" or "keepdim" or "keepdims" or "dtype" or "name" or "inplace" or "uselocking" or "readvalue";

    /// <summary>Arguments up to a closing bracket, those with a label too: <c>alpha=1-β</c>.</summary>
    private ImmutableArray<Argument> ParseArgumentList(TokenKind closing) => Nested(() => InsideBrackets(() => ParseArgumentsTo(closing)));

    private ImmutableArray<Argument> ParseArgumentsTo(TokenKind closing)
    {
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        while (Current.Kind != closing)
        {
            if (arguments.Count > 0 && Current.Kind == TokenKind.Comma)
                Advance();
            else if (arguments.Count > 0)
                Expect(closing, TokenText.Of(closing));
            if (arguments.Count > 0 && Current.Kind == closing)
                break;
            arguments.Add(ParseArgumentOf());
        }

        Advance();
        return arguments.ToImmutable();
    }

    private Argument ParseArgumentOf()
    {
        if (_rest is not null || Current.Kind != TokenKind.Name)
            return new Argument(null, ParseExpression());
        var (label, end) = ("", _index);
        while (_tokens[end].Kind is TokenKind.Name or TokenKind.Underscore)
            label += _tokens[end++].Name;
        if (_tokens[end] is { Kind: TokenKind.Member, Text: "dtype" or "device" or "shape" } && At(end + 1 - _index).Kind is TokenKind.Comma or TokenKind.CloseParenthesis)
        {
            // How a value is stored: calls are read without it.
            var span = TextSpan.Cover(Current.Span, _tokens[end].Span);
            MoveTo(end + 1);
            return new Argument("dtype", new NumberSyntax(span, 0));
        }

        if (_tokens[end].Kind != TokenKind.Assign)
            return new Argument(null, ParseExpression());
        MoveTo(end + 1);
        if (label is "dim" or "axis" && BehindBothAxes() is { } behind)
        {
            var span = TextSpan.Cover(Current.Span, _tokens[behind - 1].Span);
            MoveTo(behind);
            return new Argument("dtype", new NumberSyntax(span, 0));
        }

        return new Argument(label, ParseExpression());
    }

    /// <summary>Where <c>(-2, -1)</c> ends, both axes of a matrix, over which there is one value a tensor; null where nothing of the kind stands here.</summary>
    private int? BehindBothAxes()
    {
        if (Current.Kind is not (TokenKind.OpenParenthesis or TokenKind.OpenBracket) || Labels.Closing(_tokens, _index) is not (> 0 and var close))
            return null;
        var inside = string.Concat(ImmutableArray.Create(_tokens, _index + 1, close - _index - 1).Select(token => token.Kind == TokenKind.Minus ? "-" : token.Kind == TokenKind.Comma ? "," : token.Text));
        return inside is "-2,-1" or "-1,-2" or "0,1" or "1,0" ? close + 1 : null;
    }

    /// <summary>What a call of an array library computes; null for functions that are called as formulas call them.</summary>
    private ExprSyntax? ProgramCall(string function, TextSpan span, TextSpan place, ImmutableArray<Argument> arguments)
    {
        var values = arguments.Where(argument => argument.Label is null).Select(argument => argument.Value).ToImmutableArray();
        foreach (var label in OperandsOf(function))
        {
            if (values.Length > 0 && arguments.FirstOrDefault(argument => argument.Label == label) is { Label: not null } named)
            {
                values = values.Add(named.Value);
                arguments = arguments.Remove(named);
            }
        }

        if (values.Length > 1 && values[values.Length - 1] is NameSyntax { Letters: "true" or "false" or "True" or "False" } flag && !_names.IsKnown(flag.Key(Step)) && Functions.Find(function) is { Arguments: 1 })
        {
            // Whether a library copies its argument first.
            return Call(function, span, place, values[0]);
        }

        ExprSyntax? Labelled(params string[] labels) => arguments.FirstOrDefault(argument => labels.Contains(argument.Label)).Value;
        BinarySyntax Operate(Op op, ExprSyntax left, ExprSyntax right) => new(span, op, left, right is ProductSyntax or UnarySyntax ? new GroupSyntax(right.Span, right) : right);
        ExprSyntax Scaled(ExprSyntax? factor, ExprSyntax term) => factor is null ? term : Operate(Op.Multiply, factor, term);

        if (Labelled("out") is NameSyntax target)
        {
            _changed ??= target;
            arguments = arguments.RemoveAll(argument => argument.Label == "out");
        }

        if ((Labelled("dim", "axis") ?? PositionalAxis(function, values)) is { } axis and not NameSyntax { Letters: "None" })
            return values.Length > 0 ? AlongAxis(function, span, place, values[0], axis) : throw Error(span, $"what '{function}' is taken of stands first in its brackets: {function}(x, dim=…)");
        arguments = arguments.RemoveAll(argument => SaysNothing(argument.Label));
        var hasLabels = arguments.Any(argument => argument.Label is not null);
        var first = values.Length > 0 ? values[0] : null;
        switch (function, values.Length)
        {
            case ("add" or "iadd" or "assignadd" or "updateadd", 3):
                return Operate(Op.Add, values[0], Scaled(values[1], values[2]));
            case ("sub" or "subtract", 3):
                return Operate(Op.Subtract, values[0], Scaled(values[1], values[2]));
            case ("addcmul" or "addcdiv", 4):
                return Operate(Op.Add, values[0], Operate(function == "addcmul" ? Op.Multiply : Op.Divide, Scaled(values[1], values[2]), values[3]));
            case ("addcmul" or "addcdiv", 3):
                return Operate(Op.Add, values[0], Operate(function == "addcmul" ? Op.Multiply : Op.Divide, Scaled(Labelled("value"), values[1]), values[2]));
            case ("lerp", 2 or 3) when (values.Length == 3 ? values[2] : Labelled("weight")) is { } weight:
                return Operate(Op.Add, values[0], Operate(Op.Multiply, weight, Operate(Op.Subtract, values[1], values[0])));
            case ("assign" or "set" or "update" or "assignadd" or "assignsub" or "updateadd" or "updatesub", 2):
                if (values[0] is NameSyntax assigned)
                    _changed ??= assigned;
                return function.EndsWith("add", StringComparison.Ordinal) ? Operate(Op.Add, values[0], values[1])
                    : function.EndsWith("sub", StringComparison.Ordinal) ? Operate(Op.Subtract, values[0], values[1]) : values[1];
            case ("copy", 2):
                return values[1];
            case ("zero" or "zeroslike", 1):
                return new NumberSyntax(span, 0);
            case ("oneslike", 1):
                return new NumberSyntax(span, 1);
            case ("fill", 2) or ("fulllike", 2):
                return values[1];
            case ("clone" or "detach" or "item" or "float" or "double" or "half" or "bfloat16" or "cpu" or "cuda" or "numpy" or "copy" or "contiguous" or "conj" or "tensor" or "asarray" or "array" or "Variable" or "identity" or "astensor" or "asdetachedtensor" or "borrow" or "borrowmut" or "unwrap" or "toowned" or "asref" or "valueof" or "constant" or "float32" or "float64", 1):
                return values[0];
            case ("updatemoment" or "treeupdatemoment" or "treeupdatemomentperelemnorm" or "updatemomentperelemnorm", 4) when values[3] is NumberSyntax { Value: var order }:
                return Average(span, values[1], order == 1 ? values[0] : new PowerSyntax(span, new GroupSyntax(span, values[0]), values[3]), values[2]);
            case ("updateinfinitymoment" or "treeupdateinfinitymoment", 4):
                return Call("max", span, place, Operate(Op.Add, Call("abs", span, place, values[0]), values[3]), Operate(Op.Multiply, values[2], new GroupSyntax(span, values[1])));
            case ("biascorrection" or "treebiascorrection", 3):
                return Operate(Op.Divide, new GroupSyntax(span, values[0]), new GroupSyntax(span, new BinarySyntax(span, Op.Subtract, new NumberSyntax(span, 1), new PowerSyntax(span, new GroupSyntax(span, values[1]), values[2]))));
            case ("applyupdates", 2):
                return Operate(Op.Add, values[0], values[1]);
            case ("treescalarmul" or "treescale", 2):
                return Operate(Op.Multiply, values[0], new GroupSyntax(span, values[1]));
            case ("treeaddscalarmul" or "treeaddscale", 3):
                return Operate(Op.Add, values[0], Operate(Op.Multiply, values[1], new GroupSyntax(span, values[2])));
            case ("getvalue", 1) when Step != "" && values[0] is NameSyntax { Letters: "step" or "steps" }:
                return NameSyntax.OfKey(Step, span);
            case ("getvalue", 1):
                return values[0];
            case ("safeincrement" or "safeint32increment", 1) when Step != "":
                return NameSyntax.OfKey(Step, span);
            case ("powi" or "powf", 2):
                return Call("pow", span, place, [.. values]);
            case ("sqr" or "squared", 1) when place.Start > values[0].Span.Start:
                return Call("square", span, place, values[0]);
            case ("vectornorm" or "matrixnorm" or "frobeniusnorm" or "l2norm", 1) when !hasLabels:
                return Call("norm", span, place, values[0]);
            case ("t", 1):
                return new TransposeSyntax(span, values[0]);
            case ("transpose" or "swapaxes" or "permute" or "moveaxis", 3):
                return new TransposeSyntax(span, values[0]);
            case ("size", 2):
                return SizeAlong(span, place, values[0], values[1]);
            case ("len", 1):
                return Call("rows", span, place, values[0]);
            case ("dim" or "ndim" or "ndimension", 1):
                return Call("rank", span, place, values[0]);
            case ("to" or "type" or "astype" or "typeas" or "view" or "viewas" or "reshape" or "cast" or "converttotensor", >= 1):
                return values[0];
            case ("clamp" or "clip" or "clipbyvalue" or "clampmin" or "clampmax", >= 1) when values.Length < 3 && (hasLabels || place.Start > values[0].Span.Start || function.StartsWith("clampm", StringComparison.Ordinal)):
                return Clamped(function, values, Labelled("min", "amin", "clipvaluemin", "xmin"), Labelled("max", "amax", "clipvaluemax", "xmax"), span, place);
            case ("maskedfill", 3):
                return new ConditionalSyntax(span, values[1], values[2], values[0]);
            case ("norm", 1 or 2) when (values.Length == 2 ? values[1] : Labelled("p", "ord")) is { } order:
                return NormOf(values[0], order, span);
            case (ForeignNotation.SamplePrefix + "std" or ForeignNotation.SamplePrefix + "var", 1):
            case ("std" or "var", 1) when hasLabels:
                return Deviation(function, values[0], Labelled("unbiased", "correction", "ddof"), span, place);
            default:
                if (OperationTable.Called(function) is { } called && called.Arity == values.Length && !(hasLabels && Labelled("alpha") is null))
                    return called.Arity == 1 ? new UnarySyntax(span, called.Op, first!) : Operate(called.Op, values[0], Scaled(Labelled("alpha"), values[1]));
                if (hasLabels)
                    throw Error(span, $"formulas know no argument '{arguments.First(argument => argument.Label is not null).Label}' of {function}; write what it computes");
                return null;
        }
    }

    /// <summary>What libraries call the operands behind the first, which stand there without a label too.</summary>
    private static string[] OperandsOf(string function) => function switch
    {
        "lerp" => ["end", "weight"],
        "addcmul" or "addcdiv" => ["tensor1", "tensor2"],
        "add" or "sub" or "subtract" or "mul" or "multiply" or "div" or "divide" or "maximum" or "minimum" or "copysign" => ["other"],
        "pow" => ["exponent"],
        _ => [],
    };

    /// <summary><c>β·m + (1 - β)·x</c>.</summary>
    private static BinarySyntax Average(TextSpan span, ExprSyntax average, ExprSyntax value, ExprSyntax decay) => new(
        span, Op.Add,
        new BinarySyntax(span, Op.Multiply, new GroupSyntax(span, decay), new GroupSyntax(span, average)),
        new BinarySyntax(span, Op.Multiply, new GroupSyntax(span, new BinarySyntax(span, Op.Subtract, new NumberSyntax(span, 1), new GroupSyntax(span, decay))), new GroupSyntax(span, value)));

    /// <summary>The axis of <c>x.sum(1)</c>, which is no second operand.</summary>
    private static ExprSyntax? PositionalAxis(string function, ImmutableArray<ExprSyntax> values) =>
        values.Length == 2 && function is "sum" or "mean" or "amax" or "amin" && AxisOf(values[1]) is not null ? values[1] : null;

    /// <summary><c>x.size(0)</c> and <c>x.shape[-1]</c>: how many rows or columns there are.</summary>
    private ApplySyntax SizeAlong(TextSpan span, TextSpan place, ExprSyntax value, ExprSyntax axis) => AxisOf(axis) is { } number
        ? Call(number == 0 ? "rows" : "columns", span, place, value)
        : throw Error(axis.Span, "a matrix has rows, the first dimension (0 or -2), and columns (1 or -1), which are all others together");

    private static int? AxisOf(ExprSyntax axis) => axis switch
    {
        GroupSyntax group => AxisOf(group.Inner),
        NumberSyntax { Value: 0 or 1 } number => (int)number.Value,
        UnarySyntax { Operator: Op.Negate, Operand: NumberSyntax { Value: 1 or 2 } number } => number.Value == 1 ? 1 : 0,
        _ => null,
    };

    /// <summary>What array libraries take along the last axis there is one of for each row, and along the first for each column.</summary>
    private ApplySyntax AlongAxis(string function, TextSpan span, TextSpan place, ExprSyntax value, ExprSyntax axis)
    {
        if (AxisOf(axis) is not { } number)
            throw Error(axis.Span, "a function is taken over a whole tensor, for each row (the last axis, 1 or -1) or for each column (axis 0)");
        var kind = function switch
        {
            "amax" => "max",
            "amin" => "min",
            _ => function,
        };
        var name = (number == 1 ? "row" : "col") + kind;
        if (!Functions.All.ContainsKey(name))
            throw Error(span, $"'{function}' is not known for rows and columns; sum, mean, norm, max and min are");
        return Call(name, span, place, value);
    }

    private static ExprSyntax Clamped(string function, ImmutableArray<ExprSyntax> values, ExprSyntax? low, ExprSyntax? high, TextSpan span, TextSpan place)
    {
        if (values.Length == 2)
            (low, high) = function == "clampmax" ? (low, high ?? values[1]) : (values[1], high);
        var value = values[0];
        if (low is not null)
            value = Call("max", span, place, value, low);
        return high is null ? value : Call("min", span, place, value, high);
    }

    private static NormSyntax NormOf(ExprSyntax value, ExprSyntax order, TextSpan span) => order switch
    {
        NumberSyntax { Value: 1 } => new NormSyntax(span, value, NormKind.SumOfAbsolutes),
        NumberSyntax { Value: 2 } => new NormSyntax(span, value, NormKind.Euclidean),
        NameSyntax { Letters: "inf" or "Inf" } => new NormSyntax(span, value, NormKind.LargestAbsolute),
        _ => new NormSyntax(span, value, NormKind.Powers) { Order = order },
    };

    /// <summary>The deviation of a sample, for which the sum of squares is divided by one less than the number of elements; or of all elements.</summary>
    private ExprSyntax Deviation(string function, ExprSyntax value, ExprSyntax? less, TextSpan span, TextSpan place)
    {
        var isRoot = function.EndsWith("std", StringComparison.Ordinal);
        var isSample = less switch
        {
            null => true,
            NameSyntax { Letters: "False" } or NumberSyntax { Value: 0 } => false,
            NameSyntax { Letters: "True" } or NumberSyntax { Value: 1 } => true,
            _ => throw Error(less.Span, "this says by how much less than the number of elements a sum of squares is divided; only 0 and 1 are known"),
        };
        ExprSyntax deviation = Call(isRoot ? "std" : "var", span, place, value);
        if (!isSample)
            return deviation;
        ExprSyntax count = Call("count", span, place, value);
        ExprSyntax factor = new BinarySyntax(span, Op.Divide, count, new BinarySyntax(span, Op.Subtract, count, new NumberSyntax(span, 1)));
        return new BinarySyntax(span, Op.Multiply, deviation, isRoot ? new RootSyntax(span, factor, null) : factor);
    }
}
