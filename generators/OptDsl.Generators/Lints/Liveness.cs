using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Lints;

/// <summary>What can reach the parameter or a state that is an output, over any number of steps; of a schedule, its value.</summary>
internal sealed class Liveness
{
    private readonly RuleModel _model;
    private readonly HashSet<Definition> _definitions = [];
    private readonly HashSet<Symbol> _symbols = [];

    public Liveness(RuleModel model)
    {
        _model = model;
        if (model.Source.Kind == Formulas.RuleKind.Schedule)
            Mark(model.Result);
        Mark(model.Parameter);
        foreach (var state in model.States.Where(state => state.Source.Output))
            Mark(state);
    }

    public bool IsLive(Definition definition) => _definitions.Contains(definition);

    /// <summary>True for a state or hyper-parameter whose value matters.</summary>
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
        foreach (var node in Expressions.EffectiveNodes(expression))
        {
            switch (node)
            {
                case HyperExpr hyper:
                    _symbols.Add(hyper.Symbol);
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
