using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>
/// The ways that known rules take with the hyper-parameters of a rule. These have values of their own, no two alike, so that one that
/// stands for another shows; and guards against zero are so large that their place does.
/// </summary>
internal sealed class KnownPaths
{
    private const int Steps = 24;
    private static readonly ImmutableArray<double> s_changes = [0.75, 0.25];
    private readonly ImmutableArray<double> _values;
    private readonly ImmutableArray<(NamedRule Rule, double[] Path)> _paths;

    /// <param name="known">The known rules.</param>
    /// <param name="rule">The rule that has the hyper-parameters.</param>
    /// <param name="cancellation">Stops the runs.</param>
    public KnownPaths(IEnumerable<NamedRule> known, RuleModel rule, CancellationToken cancellation)
    {
        var found = new List<(NamedRule Rule, double[] Path, int Unmatched)>();
        _values = [.. rule.Hypers.Select(hyper => Apart(hyper.Source, hyper.Index))];
        foreach (var other in known.Where(other => !other.Rule.Model.UsesMatrices && other.Rule.Model.States.Length >= rule.States.Length && other.Rule.Model.Hypers.Length >= rule.Hypers.Length))
        {
            var hypers = other.Rule.Model.Hypers;
            foreach (var assigned in HyperAssignments.Of(rule, other.Rule.Model).Where(assigned => hypers.All(hyper => assigned[hyper.Index] is not null || !other.Own.Contains(hyper.Source.Property))))
            {
                cancellation.ThrowIfCancellationRequested();
                if (Path(other.Rule.Program, [.. hypers.Select(hyper => assigned[hyper.Index] is { } own ? _values[own] : Conformance.Off(hyper))]) is { } path)
                    found.Add((other, path, hypers.Count(hyper => assigned[hyper.Index] is null && !Specialisation.IsOption(hyper))));
            }
        }

        // Many a rule is a plainer one where what it adds is off.
        _paths = [.. found.OrderBy(entry => entry.Unmatched).ThenBy(entry => entry.Rule.Rule.Model.States.Length).Select(entry => (entry.Rule, entry.Path))];
    }

    /// <summary>The first known rule that a rule with these hyper-parameters moves like, if all that it declares matters.</summary>
    public NamedRule? Find(RuleModel rule)
    {
        if (_paths.IsEmpty)
            return null;
        var liveness = new Liveness(rule, Expressions.EffectiveNodes);
        if (!rule.Hypers.All(liveness.IsLive) || !rule.States.All(liveness.IsLive))
            return null;
        var program = RuleProgram.Compile(rule);
        return Path(program, _values) is { } path && Known(path) is { } found && rule.Hypers.All(Matters) ? found : null;

        // What is only written and changes nothing may stand for anything that is off. Signs of averages hear only of larger changes.
        bool Matters(HyperSymbol hyper) => Specialisation.IsOption(hyper) || s_changes.Any(change =>
            Path(program, _values.SetItem(hyper.Index, change * _values[hyper.Index])) is not { } other || !AreSame(path, other));
    }

    /// <summary>True if a rule moves like a known one, whatever of it matters.</summary>
    public bool IsKnown(RuleModel rule) => !_paths.IsEmpty && Path(RuleProgram.Compile(rule), _values) is { } path && Known(path) is not null;

    private NamedRule? Known(double[] path) => _paths.FirstOrDefault(known => AreSame(known.Path, path)).Rule;

    /// <summary>The weights after each step; null where they are no numbers, which equal all that are none.</summary>
    private static double[]? Path(RuleProgram program, IReadOnlyList<double> values)
    {
        var run = new RuleRun(program, Conformance.Weights, values);
        var path = new double[Steps * Conformance.Weights.Length];
        for (var step = 0; step < Steps; step++)
        {
            run.Step(Conformance.Gradient(step + 1));
            if (run.Parameter.Any(value => double.IsNaN(value) || double.IsInfinity(value)))
                return null;
            run.Parameter.CopyTo(path, step * Conformance.Weights.Length);
        }

        return path;
    }

    private static bool AreSame(double[] first, double[] second)
    {
        for (var index = 0; index < first.Length; index++)
        {
            if (!Conformance.AreSame(first[index], second[index], Conformance.Weights[index % Conformance.Weights.Length]))
                return false;
        }

        return true;
    }

    /// <summary>A value of the same kind that no other hyper-parameter of the rule has.</summary>
    private static double Apart(HyperSource hyper, int index)
    {
        var value = SampleValues.Typical(hyper, hyper.Default ?? SampleValues.Assumed(hyper));
        if (hyper.Type == HyperType.Boolean)
            return value;
        var apart = value is > 0 and < 1e-5 ? 0.003 * (1 + index) : value is >= 0.5 and < 1 ? SampleValues.Moved(value, 1 + (0.23 * (index + 1))) : value * (1 + (0.17 * (index + 1)));
        return Math.Max(hyper.Min, Math.Min(hyper.Max, apart));
    }
}
