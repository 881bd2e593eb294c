using System.Globalization;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT302 by the parts of a formula. Measures, with every average filled by one constant gradient, what each product of factors that
/// hold powers of 1-βᵗ and of tensors comes to at every age. Proves: the product still changes by a power of one of the 1-βᵗ that it
/// is multiplied or divided by. However something else changes the step with age, a correction that fits leaves no such power.
/// </summary>
internal sealed class CorrectionChains
{
    private static readonly int[] s_ages = [1, 2, 3, 5, 8, 15, 40];
    private static readonly double[] s_exponents = [-0.5, 0.5, -1, 1, -1.5, 1.5, -2, 2];
    private static readonly double[] s_corrections = [1, 0.5, -1, -0.5];
    private readonly LintContext _context;
    private readonly double[][] _tensorValues;
    private readonly List<Expr> _tensors = [];
    private readonly Dictionary<Expr, (double Decay, int Shift, double Power)?> _matches = new(ByIdentity.Instance);
    private readonly List<Expr> _visited = [];
    private readonly double[] _decays;
    private readonly double[] _averaged;
    private readonly Prober _prober;
    private readonly HashSet<StateSymbol> _filling;

    private CorrectionChains(LintContext context, AverageResponse response)
    {
        _context = context;
        _prober = context.Experiments.Probe();
        _decays =
        [
            .. context.Model.Hypers.Select(hyper => context.Typical[hyper.Index]).Concat(context.Recurrences.Select(recurrence => recurrence.SettledDecay))
                .Where(decay => decay is > 0.3 and < 1).Distinct(),
        ];
        _averaged = [.. response.Averages.Where(average => average.Decays.Length == 1).Select(average => average.SettledDecay).Distinct()];
        _filling = [.. context.Model.States.Where(state => context.Dependence.IsDriven(state) && IsUnknown(state, response))];
        All = [.. Tops().Select(top => Flatten(top, 1, [])).Where(chain => chain.Any(factor => factor.Factor.Cardinality != Cardinality.PerStep) && chain.Any(factor => Match(factor.Factor) is not null))];
        Chains = [.. All.Where(chain => chain.All(factor => IsKnown(factor.Factor)))];
        foreach (var factor in Chains.SelectMany(chain => chain).Select(factor => factor.Factor).Where(factor => factor.Cardinality != Cardinality.PerStep))
        {
            if (!_tensors.Contains(factor, ByIdentity.Instance))
                _tensors.Add(factor);
        }

        _tensorValues = _tensors.Count == 0 ? [] : response.Values(_tensors, s_ages, gradient: 1);
    }

    private List<List<(Expr Factor, double Power)>> Chains { get; }

    private List<List<(Expr Factor, double Power)>> All { get; }

    /// <summary>An average of the step before, corrected by what it holds after this one: a step too early for its statement.</summary>
    private bool ReportOld()
    {
        foreach (var chain in All)
        {
            foreach (var old in chain.Select(factor => factor.Factor).OfType<OldExpr>().Where(old => old.Symbol is StateSymbol))
            {
                var average = _context.Recurrences.FirstOrDefault(recurrence => recurrence is { Driven: true, Forgets: true, Decays.Length: 1 } && recurrence.State.Equals(old.Symbol) && _context.InitialValue(recurrence.State) is 0);
                if (average is null || average.Final.Index < Owner(old).Index || ReferenceEquals(Owner(old), average.Final)
                    || !chain.Any(factor => Match(factor.Factor) is { Shift: >= 0 } match && match.Decay == average.SettledDecay && match.Power * factor.Power < 0))
                    continue;
                _context.Report(
                    LintIds.ReadOrder, old.Span,
                    $"{average.State.Name} is read before this step's gradient enters it, but its bias correction counts this step: move the statement of {average.State.Name} up",
                    OrderFixes.Read(_context, average.State));
                return true;
            }
        }

        return false;

        Definition Owner(Expr node) => _context.Model.Definitions.First(definition => Expressions.Nodes(definition.Value).Contains(node, ByIdentity.Instance));
    }

    /// <summary>A state that fills in some way of its own: no average, and not full after the first gradient either.</summary>
    private bool IsUnknown(StateSymbol state, AverageResponse response)
    {
        if (response.Averages.Any(average => average.State.Equals(state)) || _context.Model.Final(state) is not { } final)
            return false;
        if (final.Value is CallExpr { Function: Op.Max or Op.Min } && response.Averages.Any(average => Reaches.Definition(final.Value, average.Final)))
            return false;
        var (once, settled) = (After(1), After(40));
        return !(Math.Abs(once - settled) <= 0.01 * Math.Abs(settled));

        double After(int steps) => _context.Experiments.Finish(Situation.Constant(1, steps)).State(state.Index)[0];
    }

    /// <summary>Read after its statement, and from states of which it is known how full they are.</summary>
    private bool IsKnown(Expr factor)
    {
        if (factor.Cardinality == Cardinality.PerStep)
            return true;
        var read = Reaches.Definitions(factor);
        return !_context.Dependence.Reads(factor).OfType<StateSymbol>().Any(state => _filling.Contains(state) || (_context.Dependence.IsDriven(state) && !read.Any(definition => definition.Target.Equals(state))));
    }

    public static void Run(LintContext context)
    {
        if (ReportSum(context))
            return;
        if (context.Model.Final(context.Model.Parameter) is null || !Expressions.Nodes(context.Model).Any(node => node is StepExpr))
            return;
        var response = new AverageResponse(context);
        if (response.Averages.Length > 6)
            return;
        var chains = new CorrectionChains(context, response);
        // What corrects one product may be part of another that is not meant to be flat by itself.
        var fitting = new HashSet<Expr>(chains.Chains.Where(chains.IsFlat).SelectMany(chain => chain).Select(factor => factor.Factor), ByIdentity.Instance);
        if (chains.ReportOld())
            return;
        foreach (var chain in chains.Chains.Where(chain => !chain.Any(factor => chains.Match(factor.Factor) is not null && fitting.Contains(factor.Factor))))
        {
            if (chains.Report(chain, response))
                return;
        }
    }

    /// <summary>1+βᵗ corrects nothing: no average holds that much after t steps.</summary>
    private static bool ReportSum(LintContext context)
    {
        var sum = context.Model.Definitions.Where(context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().FirstOrDefault(node =>
            node is { Operator: Op.Add, Left: NumberExpr { Value: 1 }, Right: BinaryExpr { Operator: Op.Power, Right: StepExpr } power } && IsDecay(power.Left));
        // The sum of squared weights, (1-β)(1+βᵗ)/((1+β)(1-βᵗ)), has it beside 1+β.
        if (sum is null || context.Model.Definitions.SelectMany(definition => Expressions.Nodes(definition.Value)).OfType<BinaryExpr>().Any(node =>
            node is { Operator: Op.Add, Left: NumberExpr { Value: 1 }, Right: HyperExpr lone } && IsSame(lone, sum)))
            return false;
        context.Report(
            LintIds.WrongBiasCorrection, sum.Span, $"'{context.Text(sum)}' corrects no average: after {context.Model.Source.Step} steps one holds 1-βᵗ of its settled value",
            DirectionFixes.FlipOperator(context, sum));
        return true;

        static bool IsSame(Expr decay, BinaryExpr sum) => (decay, ((BinaryExpr)sum.Right).Left) is (HyperExpr first, HyperExpr second) && first.Symbol.Equals(second.Symbol);

        bool IsDecay(Expr power) => context.Recurrences.Any(recurrence => recurrence.Driven && power switch
        {
            HyperExpr hyper => recurrence.DecayHypers.Contains(hyper.Symbol.Index),
            NumberExpr number => Math.Abs(recurrence.SettledDecay - number.Value) < Tolerances.Exact,
            _ => false,
        });
    }

    private bool Report(List<(Expr Factor, double Power)> chain, AverageResponse response)
    {
        var matched = chain.Select(factor => (factor.Factor, factor.Power, Match: Match(factor.Factor))).Where(factor => factor.Match is not null).ToArray();
        var logs = new double[s_ages.Length];
        var isInfinite = false;
        for (var age = 0; age < s_ages.Length; age++)
        {
            foreach (var (factor, power) in chain)
            {
                if (factor.Cardinality != Cardinality.PerStep)
                    logs[age] += power * Math.Log(Math.Abs(_tensorValues[_tensors.FindIndex(tensor => ReferenceEquals(tensor, factor))][age]));
                else if (Match(factor) is { } match)
                    logs[age] += power * match.Power * Math.Log(1 - Math.Pow(match.Decay, Age(s_ages[age]) + match.Shift));
            }

            if (double.IsNaN(logs[age]) || (age > 0 && double.IsInfinity(logs[age])))
                return false;
            isInfinite |= double.IsInfinity(logs[age]);
        }

        if (IsShare(chain))
            return false;
        var decays = matched.Select(factor => factor.Match!.Value.Decay).Distinct().ToArray();
        if (Explain(logs, decays, isInfinite) is not { } left)
            return false;
        var (place, decay) = matched.Where(factor => factor.Match!.Value.Decay == left.Decay).Select(factor => (factor.Factor, left.Decay)).First();
        var first = isInfinite ? "so that the first step is not finite" : $"so that the first step is {Numbers.Ratio(Math.Exp(logs[0] - logs[s_ages.Length - 1]) * Math.Pow(1 - Math.Pow(decay, s_ages[s_ages.Length - 1]), left.Power))} times a settled one";
        _context.Report(
            LintIds.WrongBiasCorrection, place.Span,
            $"the correction '{_context.Text(place)}' does not fit what it corrects: the power {left.Power.ToString(CultureInfo.InvariantCulture)} of 1-{Name(decay)}^{_context.Model.Source.Step} is left, {first}",
            CorrectionFixes.Mend(_context, response));
        return true;
    }

    /// <summary>The power of 1-βᵗ, of one of the decays, that explains what is left at every age; null where nothing is, or something else.</summary>
    private (double Decay, double Power)? Explain(double[] logs, double[] decays, bool isInfinite)
    {
        var start = isInfinite ? 1 : 0;
        var last = logs.Length - 1;
        if (!isInfinite && logs.All(log => Math.Abs(log - logs[last]) < Tolerances.Visible))
            return null;
        foreach (var decay in decays)
        {
            foreach (var power in s_exponents)
            {
                if (Fits(power, 0, 0))
                    return (decay, power);
            }

            foreach (var shift in new[] { -1, 1 })
            {
                foreach (var power in s_corrections)
                {
                    // Beside a neighbour in time: together they leave twice the power, or only the neighbour's first step.
                    if (Fits(power, power, shift))
                        return (decay, 2 * power);
                    if (isInfinite && Fits(-power, power, shift))
                        return (decay, power);
                }
            }

            bool Fits(double power, double neighbour, int shift) => Enumerable.Range(start, last - start + 1).All(age =>
                Math.Abs(logs[age] - logs[last] - (power * (Fill(age, 0) - Fill(last, 0))) - (neighbour == 0 ? 0 : neighbour * (Fill(age, shift) - Fill(last, shift)))) < 2e-3);

            double Fill(int age, int shift) => Math.Log(1 - Math.Pow(decay, Age(s_ages[age]) + shift));
        }

        // Corrected by 1-βᵗ of another average: that is left, and its own.
        if (isInfinite)
            return null;
        foreach (var decay in decays)
        {
            foreach (var own in _averaged.Where(own => own != decay))
            {
                foreach (var power in s_corrections)
                {
                    if (Enumerable.Range(0, last + 1).All(age => Math.Abs(logs[age] - logs[last]
                        - (power * (Log(own, age) - Log(own, last) - Log(decay, age) + Log(decay, last)))) < 2e-3))
                        return (decay, -power);
                }
            }
        }

        return null;

        double Log(double decay, int age) => Math.Log(1 - Math.Pow(decay, Age(s_ages[age])));
    }

    /// <summary>The gradient's own share of a corrected average, (1-β)/(1-βᵗ).</summary>
    private bool IsShare(List<(Expr Factor, double Power)> chain)
    {
        _prober.Step(7, 1, 1);
        return chain.Where(factor => factor.Factor.Cardinality != Cardinality.PerStep && factor.Power > 0).All(factor => !_context.Dependence.Reads(factor.Factor).OfType<StateSymbol>().Any(_context.Dependence.IsDriven))
            && chain.Any(factor => factor.Factor is { Cardinality: Cardinality.PerStep } and not NumberExpr && factor.Power == 1
                && _decays.Any(decay => Math.Abs(_prober.Value(factor.Factor) - (1 - decay)) < Tolerances.Exact));
    }

    /// <summary>Run from the start with a constant gradient, the product is the same at every age from the second step on.</summary>
    private bool IsFlat(List<(Expr Factor, double Power)> chain)
    {
        var trial = _context.Experiments.Observe([1, 1], _context.Undecayed);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var age = 1; age <= 40; age++)
        {
            trial.Run.Parameter[0] = trial.Run.Parameter[1] = 1;
            trial.Step([1, -1]);
            if (age == 1)
                continue;
            var log = chain.Where(factor => factor.Factor.Cardinality != Cardinality.PerStep || Match(factor.Factor) is not null)
                .Sum(factor => factor.Power * Math.Log(Math.Abs(trial.Value(factor.Factor))));
            (low, high) = (Math.Min(low, log), Math.Max(high, log));
        }

        return high - low < Tolerances.Visible;
    }

    private int Age(int age) => age + _context.Options.FirstStep - 1;

    private string Name(double decay)
    {
        var hyper = _context.Model.Hypers.FirstOrDefault(hyper => _context.Typical[hyper.Index] == decay);
        return hyper?.Name ?? Numbers.Of(decay);
    }

    /// <summary>Products that are no factors of others: a local that only such products read is part of them.</summary>
    private IEnumerable<Expr> Tops()
    {
        var products = _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value)).Where(IsProduct).ToArray();
        var inside = new HashSet<Expr>(ByIdentity.Instance);
        foreach (var product in products)
        {
            var before = _visited.Count;
            Flatten(product, 1, []);
            inside.UnionWith(_visited.Skip(before + 1));
        }

        return products.Where(product => !inside.Contains(product));
    }

    private static bool IsProduct(Expr node) => node is BinaryExpr { Operator: Op.Multiply or Op.Divide };

    /// <summary>The factors of a product and their powers, through locals, roots and signs; what matches a correction is one.</summary>
    private List<(Expr Factor, double Power)> Flatten(Expr node, double power, List<(Expr, double)> factors)
    {
        _visited.Add(node);
        switch (node)
        {
            case { Cardinality: Cardinality.PerStep } when Match(node) is not null:
                factors.Add((node, power));
                break;
            case BinaryExpr { Operator: Op.Multiply } product:
                Flatten(product.Left, power, factors);
                Flatten(product.Right, power, factors);
                break;
            case BinaryExpr { Operator: Op.Divide } quotient:
                Flatten(quotient.Left, power, factors);
                Flatten(quotient.Right, -power, factors);
                break;
            case UnaryExpr { Operator: Op.Negate } negated:
                Flatten(negated.Operand, power, factors);
                break;
            case CallExpr { Function: Op.Sqrt } root:
                Flatten(root.Arguments[0], power / 2, factors);
                break;
            case CallExpr { Function: Op.Min or Op.Max } bounded when bounded.Arguments.FirstOrDefault(HoldsMatch) is { } argument:
                Flatten(argument, power, factors);
                break;
            case DefinedExpr { Definition.Target: LocalSymbol } local:
                Flatten(local.Definition.Value, power, factors);
                break;
            default:
                factors.Add((node, power));
                break;
        }

        return factors;
    }

    /// <summary>Holds a correction, also in a local: what bounds it is not looked at.</summary>
    private bool HoldsMatch(Expr expression) =>
        Expressions.Nodes(expression).Any(node => Match(node) is not null || (node is DefinedExpr { Definition.Target: LocalSymbol } local && HoldsMatch(local.Definition.Value)));

    /// <summary>The decay and the power where the value of a step is a power of 1-βᵗ at every age.</summary>
    private (double Decay, int Shift, double Power)? Match(Expr factor)
    {
        if (factor.Cardinality != Cardinality.PerStep || factor is NumberExpr or HyperExpr or StepExpr)
            return null;
        if (_matches.TryGetValue(factor, out var known))
            return known;
        if (!_context.Dependence.Reads(factor).Contains(Dependence.Step))
            return _matches[factor] = null;
        var values = new double[3];
        int[] ages = [2, 5, 20];
        for (var index = 0; index < ages.Length; index++)
        {
            _prober.Step(ages[index], 1, 1);
            values[index] = _prober.Value(factor);
        }

        foreach (var decay in _decays)
        {
            foreach (var shift in new[] { 0, -1, 1 })
            {
                foreach (var power in s_corrections)
                {
                    if (Enumerable.Range(0, ages.Length).All(index => Math.Abs(values[index] - Math.Pow(1 - Math.Pow(decay, Age(ages[index]) + shift), power)) < Tolerances.Exact * Math.Abs(values[index])))
                        return _matches[factor] = (decay, shift, power);
                }
            }
        }

        return _matches[factor] = null;
    }
}
