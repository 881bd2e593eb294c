namespace OptDsl.Language.Formulas.Model;

/// <summary>What can reach the parameter or a state that is an output, over any number of steps; of a schedule, its value.</summary>
internal sealed class Liveness
{
    private readonly RuleModel _model;
    private readonly Func<Expr, IEnumerable<Expr>> _parts;
    private readonly HashSet<Definition> _definitions = [];
    private readonly HashSet<Symbol> _symbols = [];

    /// <param name="model">The rule or schedule.</param>
    /// <param name="parts">The parts of an expression that it can depend on.</param>
    public Liveness(RuleModel model, Func<Expr, IEnumerable<Expr>> parts)
    {
        (_model, _parts) = (model, parts);
        if (model.Source.Kind == RuleKind.Schedule)
            Mark(model.Result);
        Mark(model.Parameter);
        foreach (var state in model.States.Where(state => state.Source.Output))
            Mark(state);
    }

    public bool IsLive(Definition definition) => _definitions.Contains(definition);

    /// <summary>True for a hyper-parameter whose value matters, and for a state whose value matters to the steps after.</summary>
    public bool IsLive(Symbol symbol) => _symbols.Contains(symbol);

    private void Mark(StoredSymbol symbol)
    {
        if (!_symbols.Add(symbol))
            return;
        if (_model.Final(symbol) is { } final)
            Mark(final);
        if (symbol is StateSymbol state)
            Mark(_model.Initials[state.Index]);
    }

    private void Mark(Definition definition)
    {
        if (_definitions.Add(definition))
            Mark(definition.Value);
    }

    private void Mark(Expr expression)
    {
        foreach (var node in _parts(expression))
        {
            switch (node)
            {
                case HyperExpr hyper:
                    _symbols.Add(hyper.Symbol.Base ?? hyper.Symbol);
                    break;
                case OldExpr old:
                    Mark(old.Symbol);
                    break;
                case DefinedExpr defined:
                    Mark(defined.Definition);
                    break;
            }
        }
    }
}
