using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>Words the errors about names: unknown ones with the nearest known, ambiguous ones with their readings.</summary>
internal sealed class NameErrors(string text, Scope scope, ErrorSink errors)
{
    private readonly NameSuggestions _suggestions = new(scope, text);

    public void ReportAmbiguous(NameSyntax word, ImmutableArray<IEnumerable<TextSpan>> splits)
    {
        var readings = splits.Select(split => string.Join("·", split.Select(Text))).ToArray();
        errors.Report(
            FormulaErrorIds.AmbiguousProduct,
            word.Span,
            $"'{Text(word.Span)}' can mean {readings[0]} or {readings[1]}; write which",
            [.. readings.Select(reading => new ReplaceFix($"Write {reading}", word.Span, reading))]);
    }

    public void ReportExponent(PowerSyntax power, TextSpan first)
    {
        var (basis, head) = (Text(power.Base.Span), Text(first));
        var rest = Text(TextSpan.FromBounds(first.End, power.Exponent.Span.End));
        errors.Report(
            FormulaErrorIds.AmbiguousProduct,
            power.Span,
            $"'{Text(power.Span)}' can mean {basis}^{head} · {rest} or {basis}^({head}{rest}); write which",
            new ReplaceFix($"Write {basis}^{head} · {rest}", power.Exponent.Span, $"{head} · {rest}"),
            new ReplaceFix($"Write {basis}^({head}{rest})", power.Exponent.Span, $"({head}{rest})"));
    }

    /// <summary><c>v^t</c> of a tensor, where no left side has the step above it.</summary>
    public void ReportUpperTime(TextSpan span, NameSyntax tensor, TextSpan exponent, string time)
    {
        var name = tensor.Letters;
        var caret = TextSpan.FromBounds(tensor.Span.End, exponent.End);
        errors.Report(
            FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' can mean the value of {name} at {time} or {name} to the power {time}; write which",
            new ReplaceFix($"Write the value {name}_{{{time}}}", caret, $"_{{{time}}}"),
            new ReplaceFix($"Write the power pow({name}, {time})", TextSpan.FromBounds(tensor.Span.Start, exponent.End), $"pow({Text(tensor.Span)}, {time})"));
    }

    /// <summary><c>gt</c>, which is what a page's <c>g_t</c> becomes in copying.</summary>
    public void ReportLostSubscript(TextSpan span, NameSyntax tensor, TextSpan step) => errors.Report(
        FormulaErrorIds.AmbiguousProduct, span, $"'{Text(span)}' can mean the value {tensor.Letters}_{scope.Step}, if a subscript was lost in copying, or the product {tensor.Letters}·{scope.Step}; write which",
        new ReplaceFix($"Write the value {tensor.Letters}_{scope.Step}", step, $"_{{{scope.Step}}}"),
        new ReplaceFix($"Write the product {tensor.Letters}·{scope.Step}", step, $"·{scope.Step}"));

    public void ReportNotAFunction(ApplySyntax apply, string name, Func<NameSyntax, NameSyntax> unknownPart)
    {
        var span = apply.Name.Span;
        if (apply.Name.Subscripts.Length > 0 && !apply.Name.Subscripts[0].IsLabel && Functions.Find(apply.Name.Letters) is { } indexed)
        {
            errors.Report(FormulaErrorIds.BadCall, span, IndexedFunction(indexed, apply.Name.Subscripts[0].Text));
            return;
        }

        var nearest = Nearest.To(name, Functions.All.Keys);
        if (scope.Helpers.Values.FirstOrDefault(helper => helper.Target.Letters == apply.Name.Letters) is { } family)
        {
            errors.Report(
                FormulaErrorIds.BadCall, span, $"'{Text(family.Target.Span)}' is defined, and '{Text(span)}' is another name; make what stands below it an argument, as in '{apply.Name.Letters}({string.Join(", ", family.Parameters.Select(parameter => parameter.Letters))}, {family.Target.Subscripts.FirstOrDefault()?.Text ?? "a"}) = …'");
            return;
        }

        if (ForeignNotation.IsLoss(apply.Name.Letters) && scope.Parameter is { } parameter && apply.Arguments[0] is NameSyntax point && point.Letters == parameter.Name)
        {
            var loss = apply.Name.Letters;
            errors.Report(
                FormulaErrorIds.UnknownName, apply.Span,
                $"'{Text(apply.Span)}' is the value of the function to minimise, and a rule is given its gradient only; declare a hyper-parameter [Hyper(\"{loss}\")] whose property is set to it before each step, and write '{loss}'",
                new ReplaceFix($"Write '{loss}'", apply.Span, loss), new DeclareHyperFix($"Declare '{loss}' as a hyper-parameter", loss));
            return;
        }

        if (ForeignNotation.OfFunction(apply.Name.Letters is "N" or "𝒩" && apply.Arguments.Length == 2 ? "normal" : apply.Name.Letters == "prox" ? "prox" : name) is { } advice)
        {
            errors.Report(FormulaErrorIds.BadCall, span, $"'{Text(span)}' has no meaning in a formula: {advice}");
            return;
        }

        if (scope.IsName(name))
            errors.Report(FormulaErrorIds.BadCall, span, $"'{name}' is not a function; it cannot take {apply.Arguments.Length} arguments");
        else if (nearest is not null)
            errors.Report(FormulaErrorIds.BadCall, span, $"there is no function '{name}'; did you mean '{nearest}'? A function of your own is defined in a line of its own: {Text(span)}(x) = …", new ReplaceFix($"Change to '{nearest}'", span, nearest));
        else if (apply.Arguments.Length > 1 || name.Length > 2)
            errors.Report(FormulaErrorIds.BadCall, span, $"there is no function '{Text(span)}'; define it in a line of its own, '{Text(span)}({string.Join(", ", apply.Arguments.Select((_, i) => i < 3 ? "xyz"[i].ToString() : $"x{i}"))}) = …', or use one of {string.Join(", ", Functions.All.Values.Where(function => function.Alias is null).Select(function => function.Name))}");
        else
            ReportUnknown(apply.Name, name, unknownPart, isApplied: true);
    }

    public void ReportUnknown(NameSyntax word, string name, Func<NameSyntax, NameSyntax> unknownPart, bool isApplied = false)
    {
        if (Functions.All.TryGetValue(name, out var function))
        {
            errors.Report(FormulaErrorIds.BadCall, word.Span, $"{function.Name} is a function; write its argument in parentheses: {function.Name}(…)");
            return;
        }

        if (word.Subscripts.Length > 0 && !word.Subscripts[0].IsLabel && word.Subscripts[0].Text.Length < 3 && Functions.Find(word.Letters) is { } indexed)
        {
            errors.Report(FormulaErrorIds.BadCall, word.Span, IndexedFunction(indexed, word.Subscripts[0].Text));
            return;
        }

        if (scope.Helpers.ContainsKey(name))
        {
            errors.Report(FormulaErrorIds.BadCall, word.Span, $"'{Text(word.Span)}' is a function of this text; write its argument in parentheses: {Text(word.Span)}(…)");
            return;
        }

        var unknown = unknownPart(word);
        if (scope.Elsewhere.TryGetValue(NameSyntax.KeyOf(unknown.Letters, unknown.Subscripts), out var elsewhere))
        {
            errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' has no meaning here: {elsewhere}");
            return;
        }

        if (unknown is { Letters: "RMS", Subscripts.Length: > 0 } && unknown.Subscripts[0].Text.StartsWith("[", StringComparison.Ordinal))
        {
            var of = unknown.Subscripts[0].Text.Trim('[', ']');
            errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' is short for the root of an average: write √(E[{of}²] + ε), with the state E[{of}²] at the same time, or as it is declared");
            return;
        }

        if (ForeignNotation.OfKeyword(unknown.Letters) is { } advice)
        {
            errors.Syntax(unknown.Span, $"'{unknown.Letters}' has no meaning in a formula: {advice}");
            return;
        }

        if (ForeignNotation.OfCommand(unknown.Letters) is { } meaning)
        {
            errors.Syntax(unknown.Span, $"'{unknown.Letters}' has no meaning in a formula: {meaning}");
            return;
        }

        if (scope.Gradient is { } taken && ForeignNotation.IsAhead(unknown.Letters + string.Concat(unknown.Subscripts.Select(part => part.Text))))
        {
            errors.Report(
                FormulaErrorIds.UnknownName, unknown.Span,
                $"'{Text(unknown.Span)}' is a gradient at another point than the parameter, and the caller computes '{taken}' at the parameter only; rules that look ahead have a form in which that point is the parameter, as v = μv - ηg; W = W + μv - ηg of Nesterov");
            return;
        }

        if (scope.Gradient is { } caller && unknown.Letters == "g" && caller != "g" && unknown.Subscripts.All(part => part.Text == scope.Step))
        {
            errors.Report(
                FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' is not declared; the gradient is '{caller}'",
                new ReplaceFix($"Change to '{caller}'", unknown.Span, caller));
            return;
        }

        if (unknown is { Letters: "d" or "D", Subscripts.Length: 0 } && unknown.Span.Start > 1 && char.IsDigit(text[unknown.Span.Start - 1]) && unknown.Span.End < text.Length && (char.IsDigit(text[unknown.Span.End]) || text[unknown.Span.End] is '-' or '+' or '−'))
        {
            errors.Report(
                FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' is not declared; a number with a power of ten is written 1e-8",
                new ReplaceFix("Write 'e'", unknown.Span, "e"));
            return;
        }

        if (unknown is { Letters: "x" or "X", Subscripts.Length: 0 } && IsBetweenBlanks(unknown.Span))
        {
            errors.Report(
                FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' is not declared; a multiplication sign is written '×' or '*'",
                new ReplaceFix("Write '×'", unknown.Span, "×"));
            return;
        }

        if (scope.Gradient is { } gradient && (ForeignNotation.GradientSuffix(unknown.Letters) == unknown.Letters.Length || unknown.Letters == "d" + scope.Parameter?.Name))
        {
            errors.Report(
                FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' is not declared; the gradient is '{gradient}'",
                new ReplaceFix($"Change to '{gradient}'", unknown.Span, gradient));
            return;
        }

        if (IsDrawn(unknown))
        {
            errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{Text(unknown.Span)}' is random: {ForeignNotation.Noise}");
            return;
        }

        if (MeanOf(unknown) is { } averaged && !isApplied)
        {
            var mean = $"mean({averaged})";
            var state = NameWriter.Write(unknown with { TimeIndex = null, Subscripts = unknown.Subscripts.RemoveAll(part => part.Text == scope.Step) }, NotationStyle.Unicode);
            errors.Report(
                FormulaErrorIds.UnknownName, unknown.Span,
                $"'{Text(unknown.Span)}' can mean the mean of {averaged} over the tensor, {mean}, or an average that is kept from step to step, a state of that name; write which",
                new ReplaceFix($"Write {mean}", unknown.Span, mean), new DeclareStateFix($"Declare '{state}' as a state", state));
            return;
        }

        var timeless = unknown with { Subscripts = unknown.Subscripts.RemoveAll(part => part.Text == scope.Step), TimeIndex = null };
        var symbol = NameWriter.Write(timeless, NotationStyle.Unicode);
        var display = Text(unknown.Span);
        var declareHyper = new DeclareHyperFix($"Declare '{symbol}' as a hyper-parameter", symbol);
        var declareState = new DeclareStateFix($"Declare '{symbol}' as a state", symbol);
        var key = NameSyntax.KeyOf(timeless.Letters, timeless.Subscripts);

        // What stands at another time than the step is no symbol of its own.
        FormulaFix[] declare = SymbolNames.Normalize(symbol, scope.Step ?? "") != key ? [] : scope.Gradient is null ? [declareHyper] : [declareHyper, declareState];
        if (!isApplied && _suggestions.Unseen(key, isExact: true) is { } marked)
        {
            errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{display}' is not declared; {marked}", declare);
        }
        else if (_suggestions.Find(key) is var (nearest, why))
        {
            var rename = new ReplaceFix($"Change to '{nearest}'", unknown.Span, nearest);
            errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{display}' is not declared; {why}", [rename, .. declare]);
        }
        else
        {
            var remedy = _suggestions.Unseen(key, isExact: false) ?? (scope.Gradient is null ? "add a [Hyper] property for it" : "add a [Hyper] property or a [State] for it");
            if (isApplied)
                remedy += $"; if it is a function, define it in a line of its own: {symbol}(x) = …";
            else if (_suggestions.Unused(key) is { } hyper)
                (remedy, declare) = ($"{remedy}, or write '{hyper.Symbol}' if {hyper.Property} is meant", [new ReplaceFix($"Change to '{hyper.Symbol}'", unknown.Span, hyper.Symbol), .. declare]);
            errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{display}' is not declared; {remedy}", declare);
        }
    }

    /// <summary><c>max_i |g_i|</c>, <c>log_2(x)</c>.</summary>
    private static string IndexedFunction(Function function, string subscript) => function.Name switch
    {
        "max" or "min" => $"{function.Name} compares its arguments, as in {function.Name}(x, y), and has no index '{subscript}'; the largest magnitude of a whole tensor is maxabs(x)",
        "log" or "ln" => $"the logarithm is the natural one; to another base write log(x) / log({subscript})",
        "norm" => "a norm is written ‖x‖, ‖x‖_1 or ‖x‖_∞",
        _ => $"{function.Name} has no index '{subscript}'; write {function.Name}(…)",
    };

    /// <summary>True where the text says of a name that it is drawn from a distribution: <c>ξ ∼ N(0, 1)</c>.</summary>
    private bool IsDrawn(NameSyntax name)
    {
        if (name.Span.Length <= 0)
            return false;
        _draws ??= [.. Enumerable.Range(0, text.Length).Where(i => text[i] is '∼' or '~' || (text[i] == '\\' && string.CompareOrdinal(text, i, "\\sim", 0, 4) == 0))];
        var shown = _draws.Count > 0 ? Text(name.Span) : "";
        return _draws.Any(sign =>
        {
            while (sign > 0 && text[sign - 1] is ' ' or '&' or '\\')
                sign--;
            return sign >= shown.Length && string.CompareOrdinal(text, sign - shown.Length, shown, 0, shown.Length) == 0;
        });
    }

    /// <summary>Where the text says that something is drawn.</summary>
    private List<int>? _draws;

    /// <summary>The declared tensor that an unknown name is with a bar over it.</summary>
    private string? MeanOf(NameSyntax name)
    {
        const char Bar = '\u0304';
        var letters = LetterForms.Decompose(name.Letters);
        if (letters.Length < 2 || letters[letters.Length - 1] != Bar)
            return null;
        var bare = NameSyntax.KeyOf(LetterForms.Compose(letters.Substring(0, letters.Length - 1)), name.Subscripts.RemoveAll(part => part.Text == scope.Step));
        return bare == scope.Gradient || scope.Find(bare) is ParameterSymbol or StateSymbol || scope.Assigned.Contains(bare) ? scope.Display(bare) : null;
    }

    /// <summary>True between two values, each apart by a blank: <c>η x g</c>.</summary>
    private bool IsBetweenBlanks(TextSpan span) => span.Start > 1 && span.End + 1 < text.Length && text[span.Start - 1] == ' ' && text[span.End] == ' '
        && (char.IsLetterOrDigit(text[span.Start - 2]) || text[span.Start - 2] is ')' or ']' or '}') && (char.IsLetterOrDigit(text[span.End + 1]) || text[span.End + 1] is '(' or '√' or '\\' or '|' or '‖')
        && !text.Substring(0, span.Start - 1).EndsWith("if", StringComparison.Ordinal);

    /// <summary>True where a declared name is near enough to be meant.</summary>
    public bool HasSuggestion(string name) => _suggestions.Find(name) is not null;

    /// <summary>What to write for a state that the declaration has in another form or under another name; null where there is none.</summary>
    public string? StateMeantBy(string name) => _suggestions.Unseen(name, isExact: true)
        ?? (scope.States.FirstOrDefault(state => state.Name != name && string.Equals(state.Name, name, StringComparison.OrdinalIgnoreCase)) is { } state
            ? $"the state is declared as '{state.Source.Symbol}', and '{name}' is another name" : null);

    private string Text(TextSpan span) => span.Length > 0 ? text.Substring(span.Start, span.Length) : "";
}
