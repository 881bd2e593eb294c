using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// What a value can depend on: within a step through the statements, and over any number of steps through the stored tensors.
/// It is a bound from above: what it denies is impossible.
/// </summary>
internal sealed class Dependence
{
    /// <summary>Stands for the gradient among the symbols.</summary>
    public static Symbol Gradient { get; } = new LocalSymbol("∇");

    /// <summary>Stands for the step count among the symbols.</summary>
    public static Symbol Step { get; } = new LocalSymbol("#");

    private readonly RuleModel _model;
    private readonly Dictionary<Definition, HashSet<Symbol>> _definitions = [];
    private readonly HashSet<Symbol> _driven = [];

    public Dependence(RuleModel model)
    {
        _model = model;
        foreach (var definition in model.Definitions)
            _definitions[definition] = Reads(definition.Value);
        FindDriven();
    }

    /// <summary>The gradient, step count, hyper-parameters and old stored values that an expression reads, also through definitions.</summary>
    public HashSet<Symbol> Reads(Expr expression)
    {
        var symbols = new HashSet<Symbol>();
        foreach (var node in Expressions.Nodes(expression))
        {
            switch (node)
            {
                case GradientExpr:
                    symbols.Add(Gradient);
                    break;
                case StepExpr:
                    symbols.Add(Step);
                    break;
                case HyperExpr hyper:
                    symbols.Add(hyper.Symbol.Base ?? hyper.Symbol);
                    break;
                case OldExpr old:
                    symbols.Add(old.Symbol);
                    break;
                case DefinedExpr defined:
                    symbols.UnionWith(_definitions[defined.Definition]);
                    break;
            }
        }

        return symbols;
    }

    public HashSet<Symbol> Reads(Definition definition) => _definitions[definition];

    /// <summary>True if gradients, of this step or earlier ones, can change the value.</summary>
    public bool IsDriven(Expr expression) => Reads(expression).Overlaps(_driven);

    /// <summary>True if gradients can change the stored value.</summary>
    public bool IsDriven(StoredSymbol symbol) => _driven.Contains(symbol);

    private void FindDriven()
    {
        _driven.Add(Gradient);
        bool changed;
        do
        {
            changed = false;
            foreach (var definition in _model.Definitions)
            {
                if (definition.Target is StoredSymbol && Reads(definition).Overlaps(_driven))
                    changed |= _driven.Add(definition.Target);
            }
        }
        while (changed);
    }
}
