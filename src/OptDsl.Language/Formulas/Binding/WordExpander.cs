using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Rewrites a statement so that every <see cref="NameSyntax"/> is one name and every call a <see cref="CallSyntax"/>. A run of
/// letters may be several factors: a root sign before it belongs to the first, an exponent behind it to the last.
/// </summary>
internal sealed class WordExpander(Scope scope, TimeIndices times, NameErrors errors)
{
    public ExprSyntax Expand(ExprSyntax syntax) => syntax switch
    {
        NameSyntax name => ExpandWord(name),
        NablaSyntax nabla => times.GradientAt(nabla),
        HelperCallSyntax call => call with { Arguments = [.. call.Arguments.Select(Expand)] },
        ApplySyntax apply => ExpandApply(apply),
        ProductSyntax product => ExpandProduct(product),
        PowerSyntax power => ExpandPower(power),
        TransposeSyntax transpose => Transpose(transpose.Span, Expand(transpose.Operand)),
        RootSyntax root => ExpandRoot(root),
        GroupSyntax group => group with { Inner = Expand(group.Inner) },
        UnarySyntax unary => unary with { Operand = Expand(unary.Operand) },
        BinarySyntax binary => binary with { Left = Expand(binary.Left), Right = Expand(binary.Right) },
        ConditionalSyntax conditional => conditional with
        {
            Condition = Expand(conditional.Condition),
            WhenTrue = Expand(conditional.WhenTrue),
            WhenFalse = Expand(conditional.WhenFalse),
        },
        AbsoluteSyntax absolute => absolute with { Inner = Expand(absolute.Inner) },
        NormSyntax norm => norm with { Inner = Expand(norm.Inner), Order = norm.Order is null ? null : Expand(norm.Order) },
        _ => syntax,
    };

    /// <summary>The definition of a function, whose arguments are names in it.</summary>
    public HelperSyntax Expand(HelperSyntax helper)
    {
        scope.Arguments = [.. helper.Parameters.Select(times.NameOf)];
        var expanded = helper with { Value = Expand(helper.Value) };
        scope.Arguments = [];
        return expanded;
    }

    private ExprSyntax ExpandProduct(ProductSyntax product) => Product(product.Span, [.. product.Factors.SelectMany(factor => Factors(Expand(factor)))]);

    /// <summary>The transpose of the last factor.</summary>
    private static ExprSyntax Transpose(TextSpan span, ExprSyntax operand)
    {
        var factors = Factors(operand);
        var last = factors[factors.Length - 1];
        return Product(span, factors.SetItem(factors.Length - 1, new TransposeSyntax(TextSpan.FromBounds(last.Span.Start, span.End), last)));
    }

    private bool IsTranspose(ExprSyntax exponent) => exponent switch
    {
        GroupSyntax group => IsTranspose(group.Inner),
        NameSyntax name => name.Letters is "T" or "⊤" && !scope.IsName(times.NameOf(name)),
        _ => false,
    };

    private ExprSyntax ExpandWord(NameSyntax word)
    {
        var name = times.NameOf(word);
        if (scope.IsDeclared(name))
            return word;
        var splits = Split(word);
        if (splits.Length == 0 && WordSplitter.Split(word, SubscriptText(word), part => scope.IsName(part) || IsPrimed(part)) is { Length: 1 } turned)
            return Product(word.Span, [.. Parts(word, turned[0]).Select<NameSyntax, ExprSyntax>(part => scope.IsName(times.NameOf(part)) ? part : Turned(part))]);
        if (splits.Length == 1)
        {
            ImmutableArray<NameSyntax> parts = [.. Parts(word, splits[0])];
            var lost = Enumerable.Range(1, parts.Length - 1).FirstOrDefault(i => times.NameOf(parts[i]) == scope.Step && times.HasTimes(times.NameOf(parts[i - 1])));
            if (lost > 0)
                errors.ReportLostSubscript(TextSpan.Cover(parts[lost - 1].Span, parts[lost].Span), parts[lost - 1], parts[lost].Span);
            return Product(word.Span, [.. parts]);
        }

        if (splits.Length == 0)
            errors.ReportUnknown(word, name, UnknownPart);
        else
            errors.ReportAmbiguous(word, [.. splits.Select(split => Parts(word, split).Select(part => part.Span))]);
        return new MissingSyntax(word.Span);
    }

    /// <summary><c>A'</c> is the transpose of a matrix A, where no such name is declared or assigned.</summary>
    private bool IsPrimed(string name) => name.Length > 1 && name[name.Length - 1] == '\'' && char.IsUpper(name[0]) && !scope.IsName(name) && name.TrimEnd('\'') is var matrix && name.Length == matrix.Length + 1 && (times.HasTimes(matrix) || scope.Assigned.Contains(matrix));

    private static TransposeSyntax Turned(NameSyntax primed)
    {
        var last = primed.Glyphs[primed.Glyphs.Length - 1];
        return new TransposeSyntax(primed.Span, last.Text.EndsWith("'", StringComparison.Ordinal)
            ? primed with { Glyphs = primed.Glyphs.SetItem(primed.Glyphs.Length - 1, last with { Text = last.Text.TrimEnd('\'') }) }
            : primed with { Subscripts = [.. primed.Subscripts.Select(part => part with { Text = part.Text.TrimEnd('\'') }).Where(part => part.Text != "")] });
    }

    private ExprSyntax ExpandApply(ApplySyntax apply)
    {
        var name = times.NameOf(apply.Name);
        var arguments = apply.Arguments.Select((argument, index) => IsCoefficients(name, index, argument) ? argument : Expand(argument)).ToImmutableArray();
        if (scope.Helpers.ContainsKey(name) && !scope.Arguments.Contains(name))
            return new HelperCallSyntax(apply.Span, apply.Name, name, arguments);
        if (Functions.All.TryGetValue(name, out var function) || (!scope.IsName(name) && (function = Functions.Find(name)) is not null))
            return new CallSyntax(apply.Span, apply.Name.Span, function.Name, arguments);
        if (!scope.IsName(name) && SplitFunction(apply.Name) is var (word, called))
        {
            var span = TextSpan.FromBounds(called.Span.Start, apply.Span.End);
            return Product(apply.Span, Factors(ExpandWord(word)).Add(scope.Helpers.ContainsKey(times.NameOf(called))
                ? new HelperCallSyntax(span, called, times.NameOf(called), arguments) : new CallSyntax(span, called.Span, called.Letters, arguments)));
        }

        if (arguments.Length == 1 && (scope.IsName(name) || Split(apply.Name).Length > 0))
        {
            var group = new GroupSyntax(TextSpan.FromBounds(apply.Name.Span.End, apply.Span.End), arguments[0]);
            return Product(apply.Span, Factors(ExpandWord(apply.Name)).Add(group));
        }

        errors.ReportNotAFunction(apply, name, UnknownPart);
        return new MissingSyntax(apply.Span);
    }

    /// <summary>True for the name of a set of coefficients where a function takes one.</summary>
    private bool IsCoefficients(string function, int index, ExprSyntax argument) =>
        argument is NameSyntax name && Functions.TakesCoefficients((Functions.All.ContainsKey(function) ? function : Functions.Find(function)?.Name) ?? "", index)
        && !scope.IsDeclared(times.NameOf(name)) && NewtonSchulzCoefficients.Find(name.Key("")) is not null;

    private ExprSyntax ExpandPower(PowerSyntax power)
    {
        if (IsTranspose(power.Exponent))
            return Transpose(power.Span, Expand(power.Base));
        var exponent = Expand(power.Exponent);
        if (power.Exponent is NameSyntax or ApplySyntax && exponent is ProductSyntax product)
            errors.ReportExponent(power, product.Factors[0].Span);
        var factors = Factors(Expand(power.Base));
        var last = factors[factors.Length - 1];
        if (last is NameSyntax tensor && OffsetOf(exponent) is { } offset && times.HasTimes(times.NameOf(tensor)))
            errors.ReportUpperTime(TextSpan.Cover(tensor.Span, power.Exponent.Span), tensor, power.Exponent.Span, times.Show(offset));
        var span = TextSpan.FromBounds(last.Span.Start, power.Span.End);
        return Product(power.Span, factors.SetItem(factors.Length - 1, new PowerSyntax(span, last, exponent) { IsOfElements = power.IsOfElements }));
    }

    /// <summary>The offset of an exponent that is the step, or the step and a whole number.</summary>
    private int? OffsetOf(ExprSyntax exponent) => exponent switch
    {
        GroupSyntax group => OffsetOf(group.Inner),
        NameSyntax { TimeIndex: null } name when times.NameOf(name) == scope.Step => 0,
        BinarySyntax { Operator: Op.Add, Left: var left, Right: NumberSyntax number } when OffsetOf(left) == 0 => (int)number.Value,
        BinarySyntax { Operator: Op.Subtract, Left: var left, Right: NumberSyntax number } when OffsetOf(left) == 0 => -(int)number.Value,
        _ => null,
    };

    private ExprSyntax ExpandRoot(RootSyntax root)
    {
        var factors = Factors(Expand(root.Operand));
        var span = TextSpan.FromBounds(root.Span.Start, factors[0].Span.End);
        var degree = root.Degree is null ? null : Expand(root.Degree);
        return Product(root.Span, factors.SetItem(0, new RootSyntax(span, factors[0], degree)));
    }

    private static ImmutableArray<ExprSyntax> Factors(ExprSyntax syntax) => syntax is ProductSyntax product ? product.Factors : [syntax];

    private static ExprSyntax Product(TextSpan span, ImmutableArray<ExprSyntax> factors) =>
        factors.Length == 1 ? factors[0] : new ProductSyntax(span, factors);

    /// <summary>Names and then a function, as in <c>βsqrt(v)</c>.</summary>
    private (NameSyntax Word, NameSyntax Function)? SplitFunction(NameSyntax name)
    {
        for (var split = 1; split < name.Glyphs.Length; split++)
        {
            var function = name.Part(split, name.Glyphs.Length);
            var word = name.Part(0, split);
            var isFunction = scope.Helpers.ContainsKey(times.NameOf(function)) || (function.Subscripts.Length == 0 && Functions.All.ContainsKey(function.Letters));
            if (isFunction && Split(word).Length > 0)
                return (word, function);
        }

        return null;
    }

    /// <summary>
    /// In a run of symbols such as <c>μx</c> the letters that no declared name explains; a word of plain letters is taken whole.
    /// </summary>
    private NameSyntax UnknownPart(NameSyntax word)
    {
        var count = word.Glyphs.Length;
        var isPlainWord = word.Letters.All(letter => letter < 128) && (count > 2 || errors.HasSuggestion(times.NameOf(word)));
        if (count == 1 || isPlainWord)
            return word;
        if (ForeignNotation.GradientSuffix(word.Letters) is > 0 and var suffix && suffix < count && Split(word.Part(0, count - suffix)).Length > 0)
            return word.Part(count - suffix, count);
        var start = Enumerable.Range(0, count).Last(end => end == 0 || Split(word.Part(0, end)).Length > 0);
        var end = Enumerable.Range(start + 1, count - start).First(from => from == count || Split(word.Part(from, count)).Length > 0);
        return word.Part(start, end);
    }

    private ImmutableArray<ImmutableArray<int>> Split(NameSyntax word) => WordSplitter.Split(word, SubscriptText(word), scope.IsName);

    private static IEnumerable<NameSyntax> Parts(NameSyntax word, ImmutableArray<int> lengths)
    {
        var start = 0;
        foreach (var length in lengths)
        {
            yield return word.Part(start, start + length);
            start += length;
        }
    }

    private string SubscriptText(NameSyntax name) => NameSyntax.KeyOf("", times.WithoutTime(name.Subscripts));
}
