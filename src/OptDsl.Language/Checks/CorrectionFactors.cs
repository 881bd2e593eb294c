using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks;

/// <summary>
/// Looks for a correction by 1-βᵗ among the factors of the step, in whatever way it is written: what tells a rule that rectifies
/// its step on purpose and corrects its averages from one that only rectifies.
/// </summary>
internal sealed class CorrectionFactors
{
    private static readonly int[] s_ages = [1, 2, 7, 30];
    private readonly LintContext _context;
    private readonly List<double[]> _factors = [];

    public CorrectionFactors(LintContext context)
    {
        _context = context;
        var factors = new HashSet<Expr>(ByIdentity.Instance);
        foreach (var definition in context.Model.Definitions.Where(context.Liveness.IsLive))
            Collect(definition.Value, factors);
        var prober = context.Experiments.Probe();
        var values = factors.ToDictionary(factor => factor, _ => new double[s_ages.Length], ByIdentity.Instance);
        for (var index = 0; index < s_ages.Length; index++)
        {
            prober.Step(s_ages[index], parameter: 1, gradient: 1);
            foreach (var factor in factors)
                values[factor][index] = prober.Value(factor);
        }

        _factors.AddRange(values.Values);
    }

    /// <summary>Some factor is a power of 1-βᵗ or of its neighbours in time.</summary>
    public bool Has(double decay) => _factors.Any(values => new[] { -1, 0, 1 }.Any(shift => IsPower(values, decay, shift)));

    private bool IsPower(double[] values, double decay, int shift)
    {
        var powers = s_ages.Select((age, index) => Math.Log(values[index]) / Math.Log(1 - Math.Pow(decay, age + _context.Options.FirstStep - 1 + shift))).Skip(1).ToArray();
        return Math.Abs(powers[0]) > 0.1 && powers.All(power => Math.Abs(power - powers[0]) < Tolerances.Measured);
    }

    /// <summary>The factors of one value a step in products, quotients, roots and powers, and in what these are made of.</summary>
    private static void Collect(Expr expression, HashSet<Expr> factors)
    {
        foreach (var node in Expressions.Nodes(expression))
        {
            if (node is BinaryExpr { Operator: Op.Multiply or Op.Divide } product && product.Cardinality != Cardinality.PerStep)
            {
                Split(product.Left, factors);
                Split(product.Right, factors);
            }
        }
    }

    private static void Split(Expr factor, HashSet<Expr> factors)
    {
        if (factor.Cardinality != Cardinality.PerStep || !factors.Add(factor))
            return;
        switch (factor)
        {
            case DefinedExpr local:
                Split(local.Definition.Value, factors);
                break;
            case UnaryExpr unary:
                Split(unary.Operand, factors);
                break;
            case BinaryExpr { Operator: Op.Multiply or Op.Divide } product:
                Split(product.Left, factors);
                Split(product.Right, factors);
                break;
            case BinaryExpr { Operator: Op.Power } power:
                Split(power.Left, factors);
                break;
            case CallExpr call:
                foreach (var argument in call.Arguments)
                    Split(argument, factors);
                break;
            case ConditionalExpr choice:
                Split(choice.WhenTrue, factors);
                Split(choice.WhenFalse, factors);
                break;
        }
    }
}
