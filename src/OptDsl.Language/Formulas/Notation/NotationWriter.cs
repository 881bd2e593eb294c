using System.Globalization;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Notation;

/// <summary>Writes a statement so that reading it again gives the same model.</summary>
internal sealed class NotationWriter
{
    private readonly NotationStyle _style;
    private readonly bool _joinsLetters;
    private readonly string _step;
    private readonly ProductSigns _signs;
    private bool _insideBars;

    private NotationWriter(RuleModel model, NotationStyle style, bool joinsLetters)
    {
        _style = style;
        _joinsLetters = joinsLetters;
        _step = model.Source.Step;
        _signs = new ProductSigns(model);
    }

    /// <summary>Writes a statement whose words are expanded already, or a choice between statements, which takes several lines.</summary>
    /// <param name="model">The rule, whose step close behind a tensor would read as a lost subscript.</param>
    /// <param name="item">The statement or choice.</param>
    /// <param name="style">The notation.</param>
    /// <param name="joinsLetters">True where every name is one letter, so that <c>μv</c> can only be a product.</param>
    public static string Write(RuleModel model, ItemSyntax item, NotationStyle style, bool joinsLetters) =>
        string.Join("\n", new NotationWriter(model, style, joinsLetters && style == NotationStyle.Unicode).Lines(item));

    private IEnumerable<string> Lines(ItemSyntax item) => item switch
    {
        ChoiceSyntax choice => IsLatex ? LatexLines(choice, "if").Append(@"\textbf{end if}") : PlainLines(choice, "if"),
        RepeatSyntax repeat => IsLatex
            ? [$@"\textbf{{repeat}}\; {TimesOf(repeat)}:", .. repeat.Body.SelectMany(Lines).Select(line => @"\quad " + line), @"\textbf{end repeat}"]
            : [$"repeat {TimesOf(repeat)}:", .. repeat.Body.SelectMany(Lines).Select(line => "    " + line)],
        StatementSyntax statement => [WriteStatement(statement)],
        HelperSyntax helper => [$"{WriteCall(helper.Target, helper.Parameters.Select(parameter => NameWriter.Write(parameter, _style).TrimEnd()))} = {Write(helper.Value, Precedence.Conditional)}"],
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    private string TimesOf(RepeatSyntax repeat) => repeat.Times is { } times ? Write(times, Precedence.Conditional) : Number(repeat.Count);

    private IEnumerable<string> PlainLines(ChoiceSyntax choice, string keyword)
    {
        var lines = choice.WhenTrue.SelectMany(Lines).Select(line => "    " + line).Prepend($"{keyword} {Write(choice.Condition, Precedence.Conditional)}:");
        return choice switch
        {
            { WhenFalse.Length: 0 } => lines,
            { ElseIf: { } next } => lines.Concat(PlainLines(next, "elif")),
            _ => lines.Append("else:").Concat(choice.WhenFalse.SelectMany(Lines).Select(line => "    " + line)),
        };
    }

    private IEnumerable<string> LatexLines(ChoiceSyntax choice, string keyword)
    {
        var lines = choice.WhenTrue.SelectMany(Lines).Select(line => @"\quad " + line).Prepend($@"\textbf{{{keyword}}}\; {Write(choice.Condition, Precedence.Conditional)} \;\textbf{{then}}");
        return choice switch
        {
            { WhenFalse.Length: 0 } => lines,
            { ElseIf: { } next } => lines.Concat(LatexLines(next, "else if")),
            _ => lines.Append(@"\textbf{else}").Concat(choice.WhenFalse.SelectMany(Lines).Select(line => @"\quad " + line)),
        };
    }

    private string WriteStatement(StatementSyntax statement)
    {
        var sign = statement.Operator switch
        {
            Op.Add => "+=",
            Op.Subtract => "-=",
            Op.Multiply => "*=",
            Op.Divide => "/=",
            _ => "=",
        };
        return $"{NameWriter.Write(statement.Target, _style).TrimEnd()} {sign} {Write(statement.Value, Precedence.Conditional)}";
    }

    private bool IsLatex => _style == NotationStyle.Latex;

    private string Write(ExprSyntax syntax, Precedence loosest)
    {
        var inner = WithoutBrackets(syntax);
        var text = WriteBare(inner).TrimEnd();
        return PrecedenceOf(inner) < loosest ? Bracket(text) : text;
    }

    private string Bracket(string text) => IsLatex ? $"\\left({text}\\right)" : $"({text})";

    private static ExprSyntax WithoutBrackets(ExprSyntax syntax)
    {
        while (syntax is GroupSyntax group)
            syntax = group.Inner;
        return syntax;
    }

    private Precedence PrecedenceOf(ExprSyntax syntax) => syntax switch
    {
        ConditionalSyntax => IsLatex ? Precedence.Primary : Precedence.Conditional,
        UnarySyntax unary => SignOf(unary.Operator).Precedence,
        BinarySyntax { Operator: Op.Divide } when IsLatex => Precedence.Primary,
        BinarySyntax binary => SignOf(binary.Operator).Precedence,
        ProductSyntax => Precedence.Product,
        RootSyntax when IsLatex => Precedence.Primary,
        RootSyntax root => IsSign(root) ? Precedence.Rooted : Precedence.Power,
        PowerSyntax or TransposeSyntax => Precedence.Power,
        _ => Precedence.Primary,
    };

    private string WriteBare(ExprSyntax syntax) => syntax switch
    {
        NumberSyntax { IsOnes: true } => IsLatex ? "\\mathbf{1}_n" : "1_n",
        NumberSyntax number => Number(number.Value),
        NameSyntax name => NameWriter.Write(name, _style),
        NablaSyntax nabla => (IsLatex ? "\\nabla " : "∇") + (nabla.Function is { } function ? NameWriter.Write(function, _style) : ""),
        CallSyntax call => WriteCall(call),
        HelperCallSyntax call => WriteCall(call.Name, call.Arguments.Select(argument => Write(argument, Precedence.Conditional))),
        ProductSyntax product => WriteProduct(product),
        PowerSyntax { IsOfElements: true } power => $"{Write(power.Base, Precedence.Primary)}^{{{(IsLatex ? "\\circ " : "∘")}{Write(power.Exponent, Precedence.Conditional)}}}",
        PowerSyntax power => Write(power.Base, Precedence.Primary) + Exponent(power.Exponent),
        RootSyntax root => WriteRoot(root),
        TransposeSyntax transpose => WriteBase(transpose.Operand) + (IsLatex ? "^\\top" : "ᵀ"),
        AbsoluteSyntax absolute => WriteAbsolute(absolute),
        NormSyntax norm => WriteNorm(norm),
        UnarySyntax { Operator: Op.Not } not => $"{Sign(not.Operator)} {Write(not.Operand, Precedence.Not)}",
        UnarySyntax negation => "-" + Write(negation.Operand, Precedence.Rooted),
        BinarySyntax { Operator: Op.Divide } quotient when IsLatex =>
            $"\\frac{{{Write(quotient.Left, Precedence.Conditional)}}}{{{Write(quotient.Right, Precedence.Conditional)}}}",
        BinarySyntax binary => WriteBinary(binary),
        ConditionalSyntax conditional when IsLatex => WriteCases(conditional),
        ConditionalSyntax conditional =>
            $"{Write(conditional.Condition, Precedence.Or)} ? {Write(conditional.WhenTrue, Precedence.Conditional)} : {Write(conditional.WhenFalse, Precedence.Conditional)}",
        _ => throw new ArgumentOutOfRangeException(nameof(syntax)),
    };

    private string WriteCases(ConditionalSyntax conditional)
    {
        var rows = "";
        ExprSyntax rest = conditional;
        for (; WithoutBrackets(rest) is ConditionalSyntax next; rest = next.WhenFalse)
            rows += $@"{Write(next.WhenTrue, Precedence.Conditional)} & \text{{if }} {Write(next.Condition, Precedence.Conditional)} \\ ";
        return $@"\begin{{cases}} {rows}{Write(rest, Precedence.Conditional)} & \text{{otherwise}} \end{{cases}}";
    }

    private string WriteBinary(BinarySyntax binary)
    {
        var level = PrecedenceOf(binary);
        var right = binary.Operator == Op.Divide ? Precedence.Rooted : level + 1;
        return $"{Write(binary.Left, level)} {(binary.Sign == Token.Circle ? Circle : Sign(binary.Operator))} {Write(binary.Operator == Op.Multiply ? _signs.OfElements(binary.Right) : binary.Right, right)}";
    }

    private string Circle => IsLatex ? "\\odot" : Token.Circle;

    private string Sign(Op op) => IsLatex ? SignOf(op).Latex : SignOf(op).Unicode;

    private static SignSpelling SignOf(Op op) => OperationTable.Of(op).Sign!;

    /// <summary>The base of a power; what stands above it already would run together with the exponent.</summary>
    private string WriteBase(ExprSyntax @base)
    {
        var text = Write(@base, Precedence.Primary);
        if (WithoutBrackets(@base) is not NameSyntax name || !NameWriter.HasScriptAbove(name))
            return text;
        return IsLatex ? $"{{{text}}}" : Bracket(text);
    }

    private string WriteProduct(ProductSyntax product)
    {
        var text = "";
        for (var i = 0; i < product.Factors.Length; i++)
        {
            var factor = _signs.OfElements(product.Factors[i]);
            var written = Write(factor, Precedence.Rooted);
            // Brackets directly behind the gradient would read as the point at which it is taken.
            if (factor is NablaSyntax && i < product.Factors.Length - 1)
                written = Bracket(written);
            text += (i == 0 ? "" : Separator(WithoutBrackets(product.Factors[i - 1]), text, factor, written)) + written;
        }

        return text;
    }

    private string Separator(ExprSyntax left, string before, ExprSyntax right, string after)
    {
        if (left is NumberSyntax)
            return char.IsDigit(after[0]) || after[0] is 'e' or 'E' or '.' ? " " : "";
        var joins = !IsLatex && IsName(right) && !IsStep(right) && (before[before.Length - 1] == ')' || (_joinsLetters && IsName(left)
            && (before[before.Length - 1] > 127 || after[0] > 127)));
        return joins ? "" : " ";
    }

    private bool IsStep(ExprSyntax syntax) => (syntax is PowerSyntax power ? power.Base : syntax) is NameSyntax { Subscripts.Length: 0 } name && name.Letters == _step;

    private static bool IsName(ExprSyntax syntax) => syntax is NameSyntax or PowerSyntax { Base: NameSyntax };

    private string WriteCall(CallSyntax call)
    {
        var arguments = string.Join(", ", call.Arguments.Select(argument => Write(call.Function == LatexCommands.SquareRoot ? UnderRoot(argument) : argument, Precedence.Conditional)));
        if (!IsLatex)
            return $"{call.Function}({arguments})";
        if (call.Function == LatexCommands.SquareRoot)
            return $"\\sqrt{{{arguments}}}";
        var name = Functions.IsCommand(call.Function) ? $"\\{call.Function}" : $"\\operatorname{{{call.Function}}}";
        return $"{name}\\left({arguments}\\right)";
    }

    private string WriteCall(NameSyntax name, IEnumerable<string> arguments) => NameWriter.Write(name, _style).TrimEnd() + Bracket(string.Join(", ", arguments));

    private ExprSyntax UnderRoot(ExprSyntax operand) => _signs.UnderRoot(operand, side => Write(side, Precedence.Conditional));

    private static bool IsSign(RootSyntax root) => root.Degree is null or NumberSyntax { Value: 2 or 3 };

    private string WriteRoot(RootSyntax root)
    {
        var operand = UnderRoot(root.Operand);
        if (IsLatex)
        {
            var degree = root.Degree is null ? "" : $"[{Write(root.Degree, Precedence.Conditional)}]";
            return $"\\sqrt{degree}{{{Write(operand, Precedence.Conditional)}}}";
        }

        return root.Degree switch
        {
            null or NumberSyntax { Value: 2 } => "√" + Write(operand, Precedence.Rooted),
            NumberSyntax { Value: 3 } => "∛" + Write(operand, Precedence.Rooted),
            { } degree => $"{Write(operand, Precedence.Primary)}^(1 / {Write(degree, Precedence.Rooted)})",
        };
    }

    private string Exponent(ExprSyntax exponent)
    {
        var inner = WithoutBrackets(exponent);
        var text = Write(inner, Precedence.Conditional);
        if (IsLatex)
            return $"^{{{text}}}";
        var compact = text.Replace(" ", "");
        var isPlain = inner is NumberSyntax or NameSyntax { Glyphs.Length: 1 } or UnarySyntax or BinarySyntax { Operator: Op.Add or Op.Subtract };
        if (isPlain && !compact.Contains("(") && Scripts.TryToSuperscript(compact, out var script))
            return script;
        return inner is NumberSyntax or NameSyntax { Subscripts.Length: 0 } ? "^" + text : $"^({text})";
    }

    private string WriteAbsolute(AbsoluteSyntax absolute)
    {
        if (_insideBars)
            return WriteCall(new CallSyntax(absolute.Span, absolute.Span, "abs", [absolute.Inner]));
        _insideBars = true;
        var inner = Write(absolute.Inner, Precedence.Conditional);
        _insideBars = false;
        return IsLatex ? $"\\left|{inner}\\right|" : $"|{inner}|";
    }

    private string WriteNorm(NormSyntax norm)
    {
        var inner = Write(norm.Inner, Precedence.Conditional);
        var text = IsLatex ? $"\\left\\|{inner}\\right\\|" : $"‖{inner}‖";
        return text + norm.Kind switch
        {
            NormKind.SumOfAbsolutes => IsLatex ? "_1" : "₁",
            NormKind.LargestAbsolute => IsLatex ? "_\\infty" : "_∞",
            NormKind.NonZeros => IsLatex ? "_0" : "₀",
            NormKind.Powers => Below(Write(norm.Order!, Precedence.Primary).TrimEnd()),
            _ => "",
        };
    }

    private string Below(string order) => !IsLatex && Scripts.TryToSubscript(order, out var script) ? script : $"_{{{order}}}";

    private static string Number(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : text.Substring(0, exponent) + "e" + int.Parse(text.Substring(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
