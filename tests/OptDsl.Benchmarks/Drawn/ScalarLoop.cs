using System.Globalization;
using System.Text;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Benchmarks.Drawn;

/// <summary>
/// Writes a rule's model as the plain loop that a programmer would write in C or C#: what is the same for all elements stands
/// before the loop, the rest as the formulas say. For what <see cref="RandomFormulas"/> draws.
/// </summary>
internal sealed class ScalarLoop
{
    private readonly RuleModel _model;
    private readonly bool _isC;
    private readonly List<string> _constants = [];
    private readonly Dictionary<string, string> _names = [];

    private ScalarLoop(RuleModel model, bool isC) => (_model, _isC) = (model, isC);

    /// <summary>A C function with the parameters of those in rules.c.</summary>
    public static string C(RuleModel model, string function) => $$"""
        void {{function}}(float *restrict W, const float *restrict g, float *restrict s0, float *restrict s1, float *restrict s2, long n, const double *restrict h, long t)
        {
        {{new ScalarLoop(model, isC: true).Body("const ", "for (long i = 0; i < n; i++)")}}
        }

        """;

    /// <summary>A C# method over spans.</summary>
    public static string CSharp(RuleModel model, string method) => $$"""
        public static void {{method}}(double[] h, Span<float> W, ReadOnlySpan<float> g, Span<float> s0, Span<float> s1, long t)
        {
        {{new ScalarLoop(model, isC: false).Body("", "for (var i = 0; i < W.Length; i++)")}}
        }

        """;

    private static bool IsElement(Definition definition) => definition.Cardinality == Cardinality.PerElement;

    private string Body(string qualifier, string loop)
    {
        var statements = new List<string>();
        foreach (var definition in _model.Definitions.Where(IsElement))
            statements.Add($"{qualifier}float x{definition.Index} = {Element(definition.Value)};");
        foreach (var definition in _model.Definitions.Where(definition => definition.Target is StoredSymbol stored && _model.Final(stored) == definition && IsElement(definition)))
            statements.Add($"{Memory((StoredSymbol)definition.Target)} = x{definition.Index};");
        var text = new StringBuilder();
        foreach (var constant in _constants)
            text.Append(CultureInfo.InvariantCulture, $"    {qualifier}{constant}\n");
        text.Append(CultureInfo.InvariantCulture, $"    {loop} {{\n");
        foreach (var statement in statements)
            text.Append(CultureInfo.InvariantCulture, $"        {statement}\n");
        return text.Append("    }").ToString();
    }

    private string Element(Expr expression)
    {
        if (expression.Cardinality == Cardinality.PerStep)
            return expression is NumberExpr number ? Single(number.Value) : Constant(Step(expression));
        return expression switch
        {
            GradientExpr => "g[i]",
            OldExpr old => Memory(old.Symbol),
            DefinedExpr defined => $"x{defined.Definition.Index}",
            UnaryExpr { Operator: Op.Negate } negated => $"(-{Element(negated.Operand)})",
            BinaryExpr { Operator: Op.Power } square => Square(Element(square.Left)),
            BinaryExpr binary => $"({Element(binary.Left)} {Sign(binary.Operator)} {Element(binary.Right)})",
            ConditionalExpr choice => $"({Condition(choice.Condition)} ? {Element(choice.WhenTrue)} : {Element(choice.WhenFalse)})",
            CallExpr call => Call(call.Function, [.. call.Arguments.Select(Element)], isElement: true),
            _ => throw new NotSupportedException(expression.GetType().Name),
        };

        string Square(string text) => $"({text} * {text})";
    }

    private string Condition(Expr expression) => expression switch
    {
        _ when expression.Cardinality == Cardinality.PerStep => $"({Constant(Step(expression))} != 0)",
        BinaryExpr relation => $"({Element(relation.Left)} {Sign(relation.Operator)} {Element(relation.Right)})",
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    /// <summary>What is the same for all elements, in double.</summary>
    private string Step(Expr expression) => expression switch
    {
        NumberExpr number => number.Value.ToString("R", CultureInfo.InvariantCulture) + (_isC && number.Value % 1 == 0 ? ".0" : _isC ? "" : "d"),
        HyperExpr hyper => $"h[{hyper.Symbol.Index}]",
        StepExpr => "(double)t",
        DefinedExpr defined => Step(defined.Definition.Value),
        UnaryExpr { Operator: Op.Negate } negated => $"(-{Step(negated.Operand)})",
        BinaryExpr { Operator: Op.Power } power => $"{(_isC ? "pow" : "Math.Pow")}({Step(power.Left)}, {Step(power.Right)})",
        BinaryExpr { Operator: >= Op.Less } relation => $"({Step(relation.Left)} {Sign(relation.Operator)} {Step(relation.Right)} ? 1.0 : 0.0)",
        BinaryExpr binary => $"({Step(binary.Left)} {Sign(binary.Operator)} {Step(binary.Right)})",
        ConditionalExpr choice => $"({StepCondition(choice.Condition)} ? {Step(choice.WhenTrue)} : {Step(choice.WhenFalse)})",
        CallExpr call => Call(call.Function, [.. call.Arguments.Select(Step)], isElement: false),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private string StepCondition(Expr expression) => $"({Step(expression)} != 0)";

    private string Call(Op function, string[] x, bool isElement)
    {
        var (root, magnitude) = (_isC, isElement) switch
        {
            (true, true) => ("sqrtf", "fabsf"),
            (true, false) => ("sqrt", "fabs"),
            (false, true) => ("MathF.Sqrt", "MathF.Abs"),
            (false, false) => ("Math.Sqrt", "Math.Abs"),
        };
        return function switch
        {
            Op.Sqrt => $"{root}({x[0]})",
            Op.Abs => $"{magnitude}({x[0]})",
            Op.Sign => $"({x[0]} > 0 ? 1.0f : {x[0]} < 0 ? -1.0f : 0.0f)",
            Op.Min => $"({x[0]} < {x[1]} ? {x[0]} : {x[1]})",
            Op.Max => $"({x[0]} > {x[1]} ? {x[0]} : {x[1]})",
            _ => throw new NotSupportedException(function.ToString()),
        };
    }

    private string Constant(string value)
    {
        if (!_names.TryGetValue(value, out var name))
        {
            _names[value] = name = $"k{_names.Count}";
            _constants.Add($"float {name} = (float)({value});");
        }

        return name;
    }

    private static string Memory(StoredSymbol symbol) => symbol is StateSymbol state ? $"s{state.Index}[i]" : "W[i]";

    private static string Single(double value) => value.ToString("0.0###########", CultureInfo.InvariantCulture) + "f";

    private static string Sign(Op op) => op switch
    {
        Op.Add => "+",
        Op.Subtract => "-",
        Op.Multiply => "*",
        Op.Divide => "/",
        Op.Less => "<",
        Op.LessOrEqual => "<=",
        Op.Greater => ">",
        Op.GreaterOrEqual => ">=",
        _ => throw new NotSupportedException(op.ToString()),
    };
}
