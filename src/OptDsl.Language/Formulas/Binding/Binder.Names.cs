using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>The part of the binder that resolves names, with the time that they carry.</summary>
internal sealed partial class Binder
{
    private Expr BindName(NameSyntax syntax)
    {
        var name = _times.NameOf(syntax);
        if (_given.TryGetValue(name, out var argument))
            return argument is DefinedExpr ? argument with { Span = syntax.Span } : argument;
        if (_times.WithoutTime(syntax.Subscripts).FirstOrDefault(part => part.Offset != 0) is { } odd)
            _errors.Syntax(odd.Span, $"'{Text(odd.Span)}' is no time index: the step is '{_scope.Step}'; if {odd.Text} counts the steps, say so in the attribute: Step = \"{odd.Text}\"");
        if (_times.EarlyOf(name) is { } before)
            return ReadEarly(name, before, syntax.Span);
        if (_times.IsEarlyLocal(name) && _scope.Find(name) is { } early)
            return Read(early, syntax);
        if (name == _scope.Step)
            return StepCount.In(_source, syntax.Span);
        if (PastOf(name, _times.IndexOf(syntax)) is { } past)
            return new OldExpr(syntax.Span, past);
        var symbol = _scope.Find(name);
        switch (symbol)
        {
            case HyperSymbol when _rates.TryGetValue(name, out var rate):
                return Read(rate, syntax);
            case HyperSymbol hyper:
                RefuseIndexOfScalar(name, syntax);
                return ReadHyper(hyper, name, syntax);
            case not null:
                return ReadAt(symbol, syntax);
            case null when name == _scope.Gradient:
                return ReadGradient(name, syntax);
            case null when _scope.Assigned.Contains(name):
                return ReadBeforeValue(name, syntax);
            default:
                return name == Functions.UnitMatrix
                    ? new MatrixExpr(syntax.Span, Op.Identity, [], Cardinality.PerStep)
                    : new NumberExpr(syntax.Span, Functions.Constants[name]);
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

    private Expr ReadEarly(string name, StoredSymbol before, TextSpan span) =>
        _scope.Find(name) is { } early && _assignments.Latest(early) is { } latest ? new DefinedExpr(span, latest) : new OldExpr(span, before);

    private Expr ReadGradient(string name, NameSyntax syntax)
    {
        var now = NowOf(name);
        if (_times.IndexOf(syntax) is not { } index || index >= now)
            return new GradientExpr(syntax.Span);
        return ReportPast(syntax, $"the gradient of {Count(now - index)} before, and a step has one, {name}_{{{_times.Show(now)}}}", name, now, index, isStored: false);
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
        if (index == newIndex && (_assignments.Latest(symbol) is not null || !_times.HasNewIndex(symbol.Name) || _assignments.PartialOf(symbol) is not null || IsGradient(symbol)))
            return Read(symbol, syntax);
        if (index == newIndex && symbol is StoredSymbol own && symbol.Name == _assigning)
        {
            // m_t = β m_t + g_t of a program: the value that it computes cannot be what it computes it from.
            return new OldExpr(syntax.Span, own);
        }

        if (index == newIndex)
            return ReadBeforeValue(symbol.Name, syntax);
        var shown = Text(syntax.Span);
        var isBefore = index == newIndex - 1;
        if (index == newIndex - 2 && _times.EarlyIndexOf(symbol.Name) == newIndex - 1)
        {
            _errors.Report(
                FormulaErrorIds.ReadBeforeValue, syntax.Span,
                $"this text assigns {symbol.Name}_{{{_times.Show(newIndex - 1)}}} and {symbol.Name}_{{{_times.Show(newIndex)}}} in one step, from '{shown}'; a step has one new value, so write both as '{symbol.Name} = …', one below the other, and read '{symbol.Name}' without its time");
            return new NumberExpr(syntax.Span, 0);
        }

        if (index < newIndex - 1)
            return ReportPast(syntax, $"{Count(newIndex - index.Value)} before the new value {symbol.Name}_{{{_times.Show(newIndex)}}}", symbol.Name, newIndex, index.Value, symbol is StoredSymbol);
        var message = !isBefore
            ? $"'{shown}' is {Count(index.Value - newIndex)} after the new value {symbol.Name}_{{{_times.Show(newIndex)}}}; only the new value and the one before are at hand"
            : OtherName(symbol.Name) is { } hint
            ? $"'{shown}' is a value of the step before, and {hint}"
            : $"'{shown}' is a value of the step before, and '{symbol.Name}' is not kept from step to step; declare it as a state";
        _errors.Report(
            FormulaErrorIds.ReadBeforeValue, syntax.Span, message,
            isBefore ? [new DeclareStateFix($"Declare '{symbol.Name}' as a state", symbol.Name)] : []);
        return new NumberExpr(syntax.Span, 0);
    }

    /// <summary>
    /// What a name may be that is no state: one whose subscript was lost in copying, the parameter with the step of another name, or, where
    /// the parameter is never assigned, the parameter itself.
    /// </summary>
    private string? OtherName(string name)
    {
        if (_scope.Step is { Length: > 0 } step && name.Length > step.Length && name.EndsWith(step, StringComparison.Ordinal) && _scope.Find(name.Substring(0, name.Length - step.Length)) is StoredSymbol or HyperSymbol)
            return $"if a subscript was lost in copying, write '{name.Substring(0, name.Length - step.Length)}_{step}'";
        if (_scope.Parameter is not { } parameter || _scope.Assigned.Contains(parameter.Name))
            return null;
        if (name.Length == parameter.Name.Length + 1 && name.StartsWith(parameter.Name, StringComparison.Ordinal) && char.IsLetter(name[name.Length - 1]))
            return $"the parameter '{parameter.Name}' is never assigned; if {name[name.Length - 1]} counts the steps, say so in the attribute: Step = \"{name[name.Length - 1]}\"";
        return $"the parameter '{parameter.Name}' is never assigned; if '{name}' is the parameter, say so in the attribute: Parameter = \"{name}\"";
    }

    private static string Count(int steps) => steps == 1 ? "1 step" : $"{steps} steps";

    /// <summary>The latest value of a name.</summary>
    private Expr Read(Symbol symbol, NameSyntax syntax)
    {
        if (_assignments.Latest(symbol) is { } definition)
            return new DefinedExpr(syntax.Span, definition);
        if (symbol is StoredSymbol stored)
            return new OldExpr(syntax.Span, stored);
        if (IsGradient(symbol))
            return new GradientExpr(syntax.Span);
        if (_assignments.PartialOf(symbol) is not { } choice)
            return ReadBeforeValue(symbol.Name, syntax);
        ReportPartial(syntax, choice);
        return new NumberExpr(syntax.Span, 0);
    }

    /// <summary>True for a temporary that has the gradient's name, which means the gradient until it is assigned.</summary>
    private bool IsGradient(Symbol symbol) => symbol is LocalSymbol && symbol.Name == _scope.Gradient;

    private NumberExpr ReadBeforeValue(string name, NameSyntax syntax)
    {
        var shown = Text(syntax.Span);
        _errors.Report(
            FormulaErrorIds.ReadBeforeValue,
            syntax.Span,
            _scope.Find(name) is StoredSymbol
                ? $"'{shown}' is the new value, which is assigned only further down"
                : _names.StateMeantBy(name) is { } meant
                ? $"'{shown}' is read before it has a value; {meant}"
                : OtherName(name) is { } hint
                ? $"'{shown}' is read before it has a value, and {hint}"
                : $"'{shown}' is read before it has a value; assign it first, or declare it as a state to read the value of the step before",
            _scope.Find(name) is StoredSymbol ? [] : [new DeclareStateFix($"Declare '{name}' as a state", name)]);
        return new NumberExpr(syntax.Span, 0);
    }
}
