using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;
using OptDsl.Generators.Formulas.Syntax;

namespace OptDsl.Generators.Formulas.Binding;

/// <summary>The part of the binder that resolves names, cutting runs of letters where that has one reading.</summary>
internal sealed partial class Binder
{
    private int? _gradientIndex;

    private string Canonical(NameSyntax name) => Names.Canonical(name.Letters, _times.WithoutTime(name.Subscripts));

    private string SubscriptText(NameSyntax name) => Names.Canonical("", _times.WithoutTime(name.Subscripts));

    private ImmutableArray<Expr> BindWord(NameSyntax word)
    {
        var name = Canonical(word);
        if (_scope.IsDeclared(name))
            return [Resolve(name, word)];
        var splits = WordSplitter.Split(word, SubscriptText(word), _scope.IsName);
        if (splits.Length == 1)
            return [.. Parts(word, splits[0]).Select(part => Resolve(Canonical(part), part))];
        if (splits.Length == 0)
            ReportUnknown(word);
        else
            ReportAmbiguous(word, splits);
        return [new NumberExpr(word.Span, 0)];
    }

    /// <summary>A part of a run of letters; the scripts stay with the last letter.</summary>
    private static NameSyntax Part(NameSyntax word, int start, int end)
    {
        var glyphs = ImmutableArray.Create(word.Glyphs, start, end - start);
        var isLast = end == word.Glyphs.Length;
        var from = start == 0 ? word.Span.Start : glyphs[0].Span.Start;
        var to = isLast ? word.Span.End : glyphs[glyphs.Length - 1].Span.End;
        return new NameSyntax(TextSpan.FromBounds(from, to), glyphs, isLast ? word.Subscripts : [], isLast ? word.TimeIndex : null);
    }

    private static IEnumerable<NameSyntax> Parts(NameSyntax word, ImmutableArray<int> lengths)
    {
        var start = 0;
        foreach (var length in lengths)
        {
            yield return Part(word, start, start + length);
            start += length;
        }
    }

    private Expr Resolve(string name, NameSyntax syntax)
    {
        if (_times.WithoutTime(syntax.Subscripts).FirstOrDefault(part => part.Offset != 0) is { } odd)
            _errors.Syntax(odd.Span, $"'{Text(odd.Span)}' is no time index: the step is '{_scope.Step}'");
        if (name == _scope.Step)
            return new StepExpr(syntax.Span);
        var symbol = _scope.Find(name);
        switch (symbol)
        {
            case HyperSymbol hyper:
                RefuseIndexOfScalar(name, syntax);
                return new HyperExpr(syntax.Span, hyper);
            case not null:
                return ReadAt(symbol, syntax);
            case null when name == _scope.Gradient:
                CheckGradientIndex(syntax);
                return new GradientExpr(syntax.Span);
            case null when _scope.Assigned.Contains(name):
                return ReadBeforeValue(name, syntax);
            default:
                return new NumberExpr(syntax.Span, FunctionTable.Constants[name]);
        }
    }

    /// <summary><c>β^{(t-1)}</c> is a power to some and an index to others.</summary>
    private void RefuseIndexOfScalar(string name, NameSyntax syntax)
    {
        if (syntax.TimeIndex is not { } index)
            return;
        var shown = _times.Show(index.Offset);
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct,
            syntax.Span,
            $"'{Text(syntax.Span)}' can mean the power {name}^{{{shown}}} or the value of {name} at {shown}; write which",
            new ReplaceFix($"Write the power {name}^{{{shown}}}", index.Span, $"^{{{shown}}}"),
            new ReplaceFix($"Write the value {name}_{{{shown}}}", index.Span, $"_{{{shown}}}"));
    }

    private void CheckGradientIndex(NameSyntax syntax)
    {
        if (_times.IndexOf(syntax) is not { } index)
            return;
        _gradientIndex ??= index;
        if (_gradientIndex != index)
        {
            var symbol = _scope.Gradient + "'";
            _errors.Report(
                FormulaErrorIds.ReadBeforeValue,
                syntax.Span,
                $"the gradient is read at two times, {_times.Show(_gradientIndex.Value)} and {_times.Show(index)}; a step has one gradient, and an earlier one must be kept in a state",
                new DeclareStateFix($"Declare a state '{symbol}'", symbol));
        }
    }

    /// <summary>The value of a name at the index that it carries, or its latest value.</summary>
    private Expr ReadAt(Symbol symbol, NameSyntax syntax)
    {
        var index = _times.IndexOf(syntax);
        if (index is null || !_scope.Assigned.Contains(symbol.Name))
            return Read(symbol, syntax);
        var newIndex = _times.NewIndexOf(symbol.Name);
        if (index == newIndex - 1 && symbol is StoredSymbol stored)
            return new OldExpr(syntax.Span, stored);
        if (index == newIndex && (_scope.Latest(symbol) is not null || !_times.HasNewIndex(symbol.Name)))
            return Read(symbol, syntax);
        if (index == newIndex)
            return ReadBeforeValue(symbol.Name, syntax);
        _errors.Report(
            FormulaErrorIds.ReadBeforeValue,
            syntax.Span,
            index == newIndex - 1
                ? $"'{Text(syntax.Span)}' is a value of the step before, and '{symbol.Name}' is not kept from step to step; declare it as a state"
                : $"'{Text(syntax.Span)}' is {Distance(newIndex - index.Value)} the new value {symbol.Name}_{{{_times.Show(newIndex)}}}; only the new value and the one before are at hand",
            index == newIndex - 1 ? [new DeclareStateFix($"Declare '{symbol.Name}' as a state", symbol.Name)] : []);
        return new NumberExpr(syntax.Span, 0);
    }

    private static string Distance(int steps) => steps > 0 ? $"{steps} steps before" : $"{-steps} steps after";

    /// <summary>The latest value of a name.</summary>
    private Expr Read(Symbol symbol, NameSyntax syntax) => (_scope.Latest(symbol), symbol) switch
    {
        ({ } definition, _) => new DefinedExpr(syntax.Span, definition),
        (null, StoredSymbol stored) => new OldExpr(syntax.Span, stored),
        _ when symbol.Name == _scope.Gradient => new GradientExpr(syntax.Span),
        _ => ReadBeforeValue(symbol.Name, syntax),
    };

    private NumberExpr ReadBeforeValue(string name, NameSyntax syntax)
    {
        var shown = Text(syntax.Span);
        _errors.Report(
            FormulaErrorIds.ReadBeforeValue,
            syntax.Span,
            _scope.Find(name) is StoredSymbol
                ? $"'{shown}' is the new value, which is assigned only further down"
                : $"'{shown}' is read before it has a value; assign it first, or declare it as a state to read the value of the step before",
            _scope.Find(name) is StoredSymbol ? [] : [new DeclareStateFix($"Declare '{name}' as a state", name)]);
        return new NumberExpr(syntax.Span, 0);
    }

    private void ReportAmbiguous(NameSyntax word, ImmutableArray<ImmutableArray<int>> splits)
    {
        var readings = splits.Select(split => string.Join("·", Parts(word, split).Select(part => Text(part.Span)))).ToArray();
        _errors.Report(
            FormulaErrorIds.AmbiguousProduct,
            word.Span,
            $"'{Text(word.Span)}' can mean {readings[0]} or {readings[1]}; write which",
            [.. readings.Select(reading => new ReplaceFix($"Write {reading}", word.Span, reading))]);
    }

    private void ReportUnknown(NameSyntax word)
    {
        if (FunctionTable.All.TryGetValue(Canonical(word), out var function))
        {
            _errors.Report(FormulaErrorIds.BadCall, word.Span, $"{function.Name} is a function; write its argument in parentheses: {function.Name}(…)");
            return;
        }

        var unknown = UnknownPart(word);
        var name = Canonical(unknown);
        var display = Text(unknown.Span);
        FormulaFix[] declare = IsSchedule || !_allowReductions
            ? [new DeclareHyperFix($"Declare '{display}' as a hyper-parameter", name)]
            : [new DeclareHyperFix($"Declare '{display}' as a hyper-parameter", name), new DeclareStateFix($"Declare '{display}' as a state", name)];
        if (Suggestion(name) is { } nearest)
        {
            var rename = new ReplaceFix($"Change to '{nearest}'", unknown.Span, nearest);
            _errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{display}' is not declared; did you mean '{nearest}'?", [rename, .. declare]);
        }
        else
        {
            _errors.Report(FormulaErrorIds.UnknownName, unknown.Span, $"'{display}' is not declared; add a [Hyper] property or a [State] for it", declare);
        }
    }

    /// <summary>The declared name that was probably meant, as it is declared.</summary>
    private string? Suggestion(string name)
    {
        var letters = new string([.. name.TakeWhile(char.IsLetter)]);
        if (LatexCommands.LetterNames.TryGetValue(letters, out var greek) && _scope.IsDeclared(greek + name.Substring(letters.Length)))
            return Display(greek + name.Substring(letters.Length));
        return Nearest.To(name, _scope.Visible.Where(visible => visible != _scope.Step)) is { } nearest ? Display(nearest) : null;
    }

    private string Display(string name) => _scope.Find(name) switch
    {
        HyperSymbol hyper => hyper.Source.Symbol,
        StateSymbol state => state.Source.Symbol,
        _ => name,
    };

    /// <summary>
    /// In a run of symbols such as <c>μx</c> the letters that no declared name explains; a word of plain letters is taken whole.
    /// </summary>
    private NameSyntax UnknownPart(NameSyntax word)
    {
        var count = word.Glyphs.Length;
        var isPlainWord = word.Letters.All(letter => letter < 128) && (count > 2 || Suggestion(Canonical(word)) is not null);
        if (count == 1 || isPlainWord)
            return word;
        var start = Enumerable.Range(0, count).Last(end => end == 0 || WordSplitter.Split(Part(word, 0, end), "", _scope.IsName).Length > 0);
        var end = Enumerable.Range(start + 1, count - start)
            .First(from => from == count || WordSplitter.Split(Part(word, from, count), SubscriptText(word), _scope.IsName).Length > 0);
        return Part(word, start, end);
    }
}
