using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.Python;

/// <summary>Writes the statements of a rule: what one step makes of one tensor.</summary>
internal sealed class PythonBody(RuleModel model, PythonNames names, PythonDialect dialect)
{
    private readonly PythonExpressions _expressions = new(names, dialect);

    /// <summary>What the rule leaves behind: the parameter and its states, by their last values.</summary>
    public IEnumerable<string> Results => Kept.Select(symbol => model.Final(symbol) is { } final ? names.Of(final) : names.Old(symbol));

    /// <summary>What a step is given beside the gradient.</summary>
    public IEnumerable<string> Arguments => Kept.Select(names.Old);

    /// <param name="assigned">What is assigned, by the text that computes it for one tensor; null to assign that text.</param>
    public IEnumerable<string> Lines(Func<Definition, Expr, string, string>? assigned = null)
    {
        string Assigned(Definition definition, Expr value) => assigned?.Invoke(definition, value, Whole(definition, value)) ?? Whole(definition, value);

        var liveness = new Liveness(model, ExpressionTree.Nodes);
        var live = model.Definitions.Where(liveness.IsLive).ToList();
        var lazy = new LazyLocals(live, _expressions, dialect);
        foreach (var definition in live)
        {
            // The innermost first: the others are made of them.
            foreach (var total in definition.Value.Nodes().OfType<ReduceExpr>().Where(reduce => reduce.OverGroup).Distinct().Reverse())
            {
                var (part, combination) = _expressions.Part(total);
                var value = $"yield {combination}, {part.Text}";
                yield return $"{names.Total(total)} = {(PythonExpressions.IsRootOfSum(total) ? $"({value}) ** 0.5" : value)}";
            }

            var name = names.Of(definition);
            if (OptionalValue(definition) is { } optional && name == names.Old((StoredSymbol)definition.Target))
            {
                yield return $"if {_expressions.Condition(optional.Condition).Text}:";
                yield return $"    {name} = {Assigned(definition, optional.WhenTrue)}";
            }
            else if (Conditions(definition, lazy) is { Count: > 0 } conditions)
            {
                yield return $"if {string.Join(" and ", conditions)}:";
                yield return $"    {name} = {Assigned(definition, definition.Value)}";
            }
            else
            {
                yield return $"{name} = {Assigned(definition, definition.Value)}";
            }
        }
    }

    /// <summary>The value of a state before the first step.</summary>
    public CodeText Initial(StateSymbol state) => _expressions.Value(model.Initials[state.Index]);

    /// <summary>The condition while which a state exists.</summary>
    public CodeText? When(StateSymbol state) => model.Conditions[state.Index] is { } condition ? _expressions.Condition(condition) : null;

    private List<string> Conditions(Definition definition, LazyLocals lazy)
    {
        var needed = Needed(definition);
        return lazy.Of(definition) is { } condition && !needed.Contains(condition) ? [needed.Count > 0 && condition.Contains(" or ") ? $"({condition})" : condition, .. needed] : needed;
    }

    /// <summary>Under which conditions there is what a temporary is made of: nothing asks for it elsewhere.</summary>
    private List<string> Needed(Definition definition) => definition.Target is LocalSymbol
        ? [.. Eager(definition.Value).SelectMany(Absent).Distinct()]
        : [];

    private IEnumerable<string> Absent(Expr read) => read switch
    {
        OldExpr { Symbol: StateSymbol { IsConditional: true } state } => [When(state)!.Value.Within(Tightness.And)],
        DefinedExpr { Definition.Target: StateSymbol { IsConditional: true } state } => [When(state)!.Value.Within(Tightness.And)],
        DefinedExpr { Definition: { Target: LocalSymbol } local } => Needed(local),
        _ => [],
    };

    /// <summary>What is evaluated whatever choices lead to.</summary>
    private IEnumerable<Expr> Eager(Expr expression) => expression is ConditionalExpr choice && !dialect.IsArray(choice.Condition)
        ? Eager(choice.Condition)
        : expression.Children().SelectMany(Eager).Prepend(expression);

    private IEnumerable<StoredSymbol> Kept => model.States.Cast<StoredSymbol>().Prepend(model.Parameter);

    /// <summary>What the statement of a state that need not exist computes where it does.</summary>
    private static ConditionalExpr? OptionalValue(Definition definition) =>
        definition.Target is StateSymbol { IsConditional: true } state && definition.Value is ConditionalExpr { WhenFalse: OldExpr old } choice && old.Symbol.Equals(state)
            ? choice
            : null;

    /// <summary>A value as large as what keeps it.</summary>
    private string Whole(Definition definition, Expr value)
    {
        var text = _expressions.Value(value);
        return definition.Target is StateSymbol && MayBeCallers(value) ? dialect.Copied(text).Text
            : definition.Target is not StoredSymbol stored || value.Cardinality == stored.Cardinality ? text.Text
            : stored.Cardinality == Cardinality.PerElement ? dialect.Filled(names.Parameter, text).Text
            : dialect.IsArray(value) ? text.Text
            : dialect.Single(names.Parameter, text).Text;
    }

    /// <summary>True for what may be the very memory of the parameter or the gradient, which their owner writes again.</summary>
    private static bool MayBeCallers(Expr value) => value switch
    {
        GradientExpr or OldExpr { Symbol: ParameterSymbol } => true,
        DefinedExpr { Definition: { Target: not StateSymbol } definition } => MayBeCallers(definition.Value),
        ConditionalExpr choice => MayBeCallers(choice.WhenTrue) || MayBeCallers(choice.WhenFalse),
        _ => false,
    };
}
