using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas.Binding;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Pages;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Compilation;

/// <summary>The front end: from the texts of a declaration to a rule model, or to the errors that stand in the way.</summary>
internal static class FormulaCompiler
{
    private static readonly ImmutableDictionary<string, string> s_notInSchedules = new[] { "g", "grad", "W", "w", "θ" }
        .ToImmutableDictionary(name => name, _ => "a schedule is a function of the step alone, without gradient and parameter");

    public static CompiledRule Compile(RuleSource source, CancellationToken cancellation = default)
    {
        var hypers = source.Hypers.Select((hyper, index) => new HyperSymbol(Name(source, hyper.Symbol), index, hyper)).ToImmutableArray();
        var states = source.States.Select((state, index) => SymbolNames.NormalizeState(state.Symbol, Name(source.Step)) is var (name, past)
            ? new StateSymbol(name, index, state) { Past = past }
            : new StateSymbol(Name(source, state.Symbol), index, state)).ToImmutableArray();
        var parameter = new ParameterSymbol(Name(source, source.Parameter));
        var isRule = source.Kind == RuleKind.UpdateRule;

        var errors = new ErrorSink(TextOrigin.Formulas);
        var scope = new Scope(Name(source.Step), isRule ? Name(source, source.Gradient) : null, isRule ? parameter : null, states, hypers) { Unseen = source.Unseen, Elsewhere = isRule ? ImmutableDictionary<string, string>.Empty : s_notInSchedules };
        var conditions = states.Select(state => StateConditions.Bind(source, state, new Scope(Name(source.Step), gradient: null, parameter, states, hypers) { Unseen = source.Unseen })).ToImmutableArray();
        var (definitions, statements, skipped, shifted) = BindFormulas(source, scope, [.. conditions.Select(condition => condition.Value)], errors);
        cancellation.ThrowIfCancellationRequested();

        var initials = states.Select(state => BindInitial(source, state, parameter, hypers)).ToImmutableArray();
        var inArguments = initials.SelectMany(initial => initial.Errors).Concat(conditions.SelectMany(condition => condition.Errors)).ToImmutableArray();
        if (errors.Count + inArguments.Length > 0)
            return new CompiledRule(null, WithoutEditsInCalls(source.Formulas, errors.ToImmutable()).AddRange(inArguments));

        // Of a symbol nothing goes on but the name that it is.
        var named = source with { Parameter = parameter.Name, Gradient = Name(source, source.Gradient), Step = Name(source.Step) };
        var model = new RuleModel(named, parameter, states, hypers, definitions, [.. initials.Select(initial => initial.Value)])
        {
            Conditions = [.. conditions.Select(condition => condition.Value)],
            Statements = statements,
            Shifted = shifted,
        };
        AbsentStates.Check(model, errors);
        CheckStorage(model, errors);
        return errors.Count > 0 ? new CompiledRule(null, errors.ToImmutable()) : new CompiledRule(model, []) { Skipped = SkippedText.Describe(source.Formulas, skipped) };
    }

    /// <summary>What stands for a command of the text's own is not there to be edited.</summary>
    private static ImmutableArray<FormulaError> WithoutEditsInCalls(string text, ImmutableArray<FormulaError> errors)
    {
        var calls = text.Length > RuleSource.MaximumLength || !errors.Any(error => error.Fixes.Any(fix => fix is ReplaceFix)) ? [] : Macros.CallsIn(text).ToList();
        return calls.Count == 0 ? errors : [.. errors.Select(error => error with { Fixes = [.. error.Fixes.Where(fix => fix is not ReplaceFix replace || !calls.Any(call => call.Start < replace.Span.End && replace.Span.Start < call.End))] })];
    }

    private static void CheckStorage(RuleModel model, ErrorSink errors)
    {
        if (model.States.All(state => state.Source.Storage == StateStorage.Element) || !model.UsesMatrices)
            return;
        foreach (var state in model.States.Where(state => state.Source.Storage != StateStorage.Element))
        {
            errors.Add(new FormulaError(
                FormulaErrorIds.Storage, TextOrigin.StorageOf(state.Index), default,
                $"'{state.Source.Symbol}' cannot be stored so: the rule sees its parameter as a matrix, and passes over rows and columns read whole elements, so its states are of the parameter's element type; leave Storage out", []));
        }
    }

    private static (ImmutableArray<Definition> Definitions, ImmutableArray<ItemSyntax> Statements, ImmutableArray<TextSpan> Skipped, ImmutableArray<HyperSymbol> Shifted) BindFormulas(
        RuleSource source, Scope scope, ImmutableArray<Expr?> conditions, ErrorSink errors)
    {
        var text = source.Formulas;
        if (text.Length > RuleSource.MaximumLength)
        {
            errors.Syntax(new TextSpan(RuleSource.MaximumLength, 0), $"the formulas are longer than {RuleSource.MaximumLength} characters");
            return ([], [], [], []);
        }

        var (statements, skipped) = Parser.ParseStatements(text, VocabularyOf(source), errors);
        if (statements.Length == 0 && errors.Count == 0)
            errors.Syntax(new TextSpan(0, text.Length), "there is no formula; write one assignment a line, as in 'W = W - ηg'");
        var binder = new Binder(source, text, scope, errors) { AllowsReductions = true, Conditions = conditions };
        var (definitions, bound) = binder.BindStatements(statements);
        if (definitions.Length == 0 && errors.Count == 0)
            errors.Syntax(new TextSpan(0, text.Length), "there is no formula; write one assignment a line, as in 'W = W - ηg'");
        return (definitions, bound, [.. skipped.Concat(binder.UncalledHelpers).OrderBy(span => span.Start)], [.. binder.Shifted]);
    }

    /// <summary>The statements of a declaration's formulas, as far as they can be read.</summary>
    public static ImmutableArray<ItemSyntax> ReadStatements(RuleSource source) => source.Formulas.Length > RuleSource.MaximumLength
        ? [] : Parser.ParseStatements(source.Formulas, VocabularyOf(source), new ErrorSink(TextOrigin.Formulas)).Items;

    private static Vocabulary VocabularyOf(RuleSource source)
    {
        var names = new Vocabulary(Name(source.Step), Name(source, source.Parameter), Name(source, source.Gradient))
        {
            FirstStep = source.FirstStep.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var state in source.States)
        {
            if (SymbolNames.NormalizeState(state.Symbol, names.Step) is { Name: var name, Past: null })
                names.AddState(name, state.Initial);
        }

        foreach (var hyper in source.Hypers)
            names.AddHyper(Name(source, hyper.Symbol), hyper.Default);
        return names;
    }

    /// <summary>An initial value is an expression in the parameter, as <c>W</c> or <c>W₀</c>, the hyper-parameters and constants.</summary>
    private static (Expr Value, ImmutableArray<FormulaError> Errors) BindInitial(
        RuleSource source, StateSymbol state, ParameterSymbol parameter, ImmutableArray<HyperSymbol> hypers)
    {
        var text = state.Source.Initial;
        var errors = new ErrorSink(TextOrigin.InitialOf(state.Index));
        var nothing = new NumberExpr(default, 0);
        if (text.Length > RuleSource.MaximumLength || Parser.ParseExpressionText(text, Vocabulary.Empty, errors) is not { } syntax)
        {
            if (errors.Count == 0)
                errors.Syntax(default, "the initial value is no expression");
            return (nothing, errors.ToImmutable());
        }

        var scope = new Scope(step: null, gradient: null, parameter, [], hypers) { Unseen = source.Unseen, Elsewhere = NotInInitials(source) };
        scope.AddAlias(parameter.Name + "0", parameter);
        return (new Binder(source, text, scope, errors).BindInitial(syntax, state), errors.ToImmutable());
    }

    /// <summary>What an initial value cannot be made of, and why.</summary>
    private static Dictionary<string, string> NotInInitials(RuleSource source)
    {
        var reasons = source.States.ToLookup(state => Name(source, state.Symbol)).ToDictionary(
            group => group.Key, _ => "an initial value is made of numbers, hyper-parameters and the parameter, not of other states");
        reasons[Name(source, source.Gradient)] = "an initial value is what a state has before the first step, when there is no gradient yet";
        reasons[Name(source.Step)] = "an initial value is what a state has before the first step, when nothing is counted yet";
        return reasons;
    }

    /// <summary>A symbol that is no name is the declaration's error, not the formulas'.</summary>
    private static string Name(string symbol) => SymbolNames.Normalize(symbol) ?? symbol;

    /// <summary>A symbol that carries the step, as <c>α_t</c>, is the name without it, unless that is declared too.</summary>
    private static string Name(RuleSource source, string symbol)
    {
        var (name, step) = (Name(symbol), Name(source.Step));
        if (step == "" || symbol.IndexOf(step, StringComparison.Ordinal) < 0 || SymbolNames.Normalize(symbol, step) is not { Length: > 0 } timeless || timeless == name)
            return name;
        var symbols = source.Hypers.Select(hyper => hyper.Symbol).Concat(source.States.Select(state => state.Symbol)).Concat([source.Parameter, source.Gradient]);
        return symbols.Any(other => other != symbol && Name(other) == timeless) ? name : timeless;
    }
}

/// <summary>A model, or else the errors.</summary>
internal sealed record CompiledRule(RuleModel? Model, ImmutableArray<FormulaError> Errors)
{
    /// <summary>What of the text was left out as no formula, or null where nothing was.</summary>
    public FormulaError? Skipped { get; init; }
}
