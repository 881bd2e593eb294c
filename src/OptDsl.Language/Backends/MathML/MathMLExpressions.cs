using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.MathML;

/// <summary>Writes expressions as they are printed: fractions, roots, scripts, and brackets only where they are needed.</summary>
internal sealed class MathMLExpressions(RuleModel model)
{
    private readonly ProductSigns _signs = new(model);

    public string Write(ExprSyntax syntax, Precedence loosest = Precedence.Conditional)
    {
        var inner = WithoutBrackets(syntax);
        var text = Bare(inner);
        return PrecedenceOf(inner) < loosest ? MathMLElements.Fenced("(", text, ")") : text;
    }

    private static ExprSyntax WithoutBrackets(ExprSyntax syntax)
    {
        while (syntax is GroupSyntax group)
            syntax = group.Inner;
        return syntax;
    }

    private static Precedence PrecedenceOf(ExprSyntax syntax) => syntax switch
    {
        ConditionalSyntax => Precedence.Conditional,
        CallSyntax { Function: "where" } => Precedence.Conditional,
        UnarySyntax unary => SignOf(unary.Operator).Precedence,
        BinarySyntax { Operator: Op.Divide } => Precedence.Rooted,
        BinarySyntax binary => SignOf(binary.Operator).Precedence,
        ProductSyntax => Precedence.Product,
        PowerSyntax or TransposeSyntax or CallSyntax { Function: "pow" or "square" or "transpose" } => Precedence.Power,
        NumberSyntax { Value: < 0.001 and not 0 } or NumberSyntax { Value: >= 1e6 } => Precedence.Power,
        _ => Precedence.Primary,
    };

    private string Bare(ExprSyntax syntax) => syntax switch
    {
        NumberSyntax number => Number(number.Value),
        NameSyntax name => MathMLNames.Write(name),
        NablaSyntax nabla => MathMLElements.Row(MathMLElements.Operator("∇"), nabla.Function is { } function ? MathMLNames.Write(function) : ""),
        CallSyntax call => Call(call),
        ProductSyntax product => MathMLElements.Row([.. product.Factors.Select(_signs.OfElements).SelectMany((factor, i) => i == 0 ? [Write(factor, Precedence.Rooted)] : new[] { MathMLElements.Times, Write(factor, Precedence.Rooted) })]),
        PowerSyntax { IsOfElements: true } power => Raised(power.Base, MathMLElements.Row(MathMLElements.Operator("∘"), Write(power.Exponent))),
        PowerSyntax power => Power(power.Base, power.Exponent),
        TransposeSyntax transpose => Raised(transpose.Operand, MathMLElements.Operator("⊤")),
        RootSyntax { Degree: null or NumberSyntax { Value: 2 } } root => MathMLElements.Of("msqrt", Write(UnderRoot(root.Operand))),
        RootSyntax root => MathMLElements.Of("mroot", Write(UnderRoot(root.Operand)), Write(root.Degree!)),
        AbsoluteSyntax absolute => MathMLElements.Fenced("|", Write(absolute.Inner), "|"),
        HelperCallSyntax call => MathMLElements.Row(MathMLNames.Write(call.Name), MathMLElements.Apply, Arguments(call.Arguments)),
        NormSyntax norm => Norm(Write(norm.Inner), norm.Kind, norm.Order is null ? "" : Write(norm.Order)),
        UnarySyntax { Operator: Op.Not } not => MathMLElements.Row(MathMLElements.Operator("¬"), Write(not.Operand, Precedence.Not)),
        UnarySyntax negation => MathMLElements.Row(MathMLElements.Operator("−"), Write(negation.Operand, Precedence.Rooted)),
        BinarySyntax { Operator: Op.Divide } quotient => MathMLElements.Of("mfrac", Write(quotient.Left), Write(quotient.Right)),
        BinarySyntax binary => Binary(binary),
        ConditionalSyntax conditional => Cases(conditional),
        _ => throw new ArgumentOutOfRangeException(nameof(syntax)),
    };

    private string Binary(BinarySyntax binary)
    {
        var level = PrecedenceOf(binary);
        var sign = binary.Operator == Op.MatrixProduct ? MathMLElements.Times
            : MathMLElements.Operator(binary.Operator == Op.Subtract ? "−" : binary.Sign == Token.Circle ? Token.Circle : SignOf(binary.Operator).Unicode);
        return MathMLElements.Row(Write(binary.Left, level), sign, Write(binary.Operator == Op.Multiply ? _signs.OfElements(binary.Right) : binary.Right, level + 1));
    }

    private ExprSyntax UnderRoot(ExprSyntax operand) => _signs.UnderRoot(operand, side => Write(side));

    private string Power(ExprSyntax @base, ExprSyntax exponent) => Raised(@base, Write(exponent));

    private string Raised(ExprSyntax @base, string above) => WithoutBrackets(@base) is NameSyntax name
        ? MathMLNames.Write(name, above)
        : MathMLElements.Of("msup", Write(@base, Precedence.Primary), above);

    /// <summary>Arguments in brackets.</summary>
    public string Arguments(IEnumerable<ExprSyntax> arguments) =>
        MathMLElements.Fenced("(", string.Join(MathMLElements.Operator(","), arguments.Select(argument => Write(argument))), ")");

    private static string Norm(string inner, NormKind kind, string order = "") => kind switch
    {
        NormKind.NonZeros => MathMLElements.Of("msub", MathMLElements.Fenced("‖", inner, "‖"), MathMLElements.Number("0")),
        NormKind.Powers => MathMLElements.Of("msub", MathMLElements.Fenced("‖", inner, "‖"), order),
        NormKind.SumOfAbsolutes => MathMLElements.Of("msub", MathMLElements.Fenced("‖", inner, "‖"), MathMLElements.Number("1")),
        NormKind.LargestAbsolute => MathMLElements.Of("msub", MathMLElements.Fenced("‖", inner, "‖"), MathMLElements.Identifier("∞")),
        _ => MathMLElements.Fenced("‖", inner, "‖"),
    };

    private string Call(CallSyntax call)
    {
        string Argument(int index) => Write(call.Arguments[index]);
        return call.Function switch
        {
            "sqrt" => MathMLElements.Of("msqrt", Write(UnderRoot(call.Arguments[0]))),
            "cbrt" => MathMLElements.Of("mroot", Argument(0), MathMLElements.Number("3")),
            "abs" => MathMLElements.Fenced("|", Argument(0), "|"),
            "norm" => Norm(Argument(0), NormKind.Euclidean),
            "norm1" => Norm(Argument(0), NormKind.SumOfAbsolutes),
            "maxabs" => Norm(Argument(0), NormKind.LargestAbsolute),
            "dot" => MathMLElements.Fenced("⟨", Argument(0) + MathMLElements.Operator(",") + Argument(1), "⟩"),
            "transpose" => Raised(call.Arguments[0], MathMLElements.Operator("⊤")),
            "square" => Power(call.Arguments[0], new NumberSyntax(call.Span, 2)),
            "pow" => Power(call.Arguments[0], call.Arguments[1]),
            "where" => Cases(new ConditionalSyntax(call.Span, call.Arguments[0], call.Arguments[1], call.Arguments[2])),
            _ => MathMLElements.Row(
                MathMLElements.Identifier(call.Function), MathMLElements.Apply, Arguments(call.Arguments)),
        };
    }

    private string Cases(ConditionalSyntax conditional)
    {
        var rows = "";
        ExprSyntax rest = conditional;
        for (; WithoutBrackets(rest) is ConditionalSyntax next; rest = next.WhenFalse)
            rows += Case(Write(next.WhenTrue), MathMLElements.Words("if\u00a0") + Write(next.Condition));
        rows += Case(Write(rest), MathMLElements.Words("otherwise"));
        return $"<mrow><mo fence=\"true\">{{</mo><mtable columnalign=\"left left\">{rows}</mtable></mrow>";
    }

    private static string Case(string value, string condition) =>
        $"<mtr><mtd style=\"text-align: left\">{value}</mtd><mtd style=\"text-align: left; padding-left: 1em\">{condition}</mtd></mtr>";

    /// <summary>Small and large numbers as powers of ten.</summary>
    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        if (exponent < 0 && value is 0 or (>= 0.001 and < 1e6))
            return MathMLElements.Number(text);
        text = value.ToString("E16", CultureInfo.InvariantCulture);
        exponent = text.IndexOf('E');
        var power = int.Parse(text.Substring(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = (value / Math.Pow(10, power)).ToString("G12", CultureInfo.InvariantCulture);
        var digits = MathMLElements.Number(Math.Abs(power).ToString(CultureInfo.InvariantCulture));
        var ten = MathMLElements.Of("msup", MathMLElements.Number("10"), power < 0 ? MathMLElements.Row(MathMLElements.Operator("−"), digits) : digits);
        return mantissa == "1" ? ten : MathMLElements.Row(MathMLElements.Number(mantissa), MathMLElements.Operator("×"), ten);
    }

    private static SignSpelling SignOf(Op op) => OperationTable.Of(op).Sign!;
}
