using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>
/// Runs a rule beside the one that it says it computes, on gradients of all sizes, and finds where the two part. Hyper-parameters
/// correspond by the names of their properties, else by their symbols, else by their defaults; both rules run with the values of the
/// first. What only the reference has is at its default, or where nobody knows that, off.
/// </summary>
internal sealed class Conformance
{
    /// <summary>How many steps show what a slip does.</summary>
    public const int UsualSteps = 48;

    /// <summary>How far two ways may part that are the same in exact arithmetic, in units of what the parameter has moved.</summary>
    private const double Tolerance = 1e-6;

    private readonly ComparableRule _rule;
    private readonly ComparableRule _reference;
    private readonly int?[] _corresponding;

    public Conformance(ComparableRule rule, ComparableRule reference)
    {
        (_rule, _reference) = (rule, reference);
        _corresponding = Correspond();
    }

    /// <summary>Where all runs start.</summary>
    public static double[] Weights { get; } = [1, -2, 0.5, 0.25];

    /// <summary>How many steps both take.</summary>
    public int Steps { get; init; } = UsualSteps;

    /// <summary>How many numbers among the hyper-parameters of the reference have no counterpart, and how many options.</summary>
    public (int Numbers, int Options) Unmatched => (
        _reference.Model.Hypers.Count(hyper => !Specialisation.IsOption(hyper) && _corresponding[hyper.Index] is null),
        _reference.Model.Hypers.Count(hyper => Specialisation.IsOption(hyper) && _corresponding[hyper.Index] is null));

    /// <summary>True if each hyper-parameter of the rule has a counterpart.</summary>
    public bool CoversRule => _rule.Model.Hypers.All(hyper => _corresponding.Contains(hyper.Index));

    /// <summary>The first difference, or null where there is none.</summary>
    public Difference? Find(CancellationToken cancellation)
    {
        double[] defaults = [.. _rule.Model.Hypers.Select(Default)];
        if (Find(defaults, cancellation) is { } difference)
            return difference;

        // What is off by default is compared too, where both have it.
        double[] typical = [.. _rule.Model.Hypers.Select(hyper => _corresponding.Contains(hyper.Index) ? SampleValues.Typical(hyper.Source, defaults[hyper.Index]) : defaults[hyper.Index])];
        if (!typical.SequenceEqual(defaults) && Find(typical, cancellation) is { } other)
            return other;
        return _rule.Model.Hypers.Where(hyper => hyper.Source.Type == HyperType.Boolean && _corresponding.Contains(hyper.Index))
            .Select(hyper => Find([.. typical.Select((value, index) => index == hyper.Index ? 1 - value : value)], cancellation)).FirstOrDefault(found => found is not null);
    }

    private Difference? Find(double[] values, CancellationToken cancellation)
    {
        var own = new RuleRun(_rule.Program, Weights, values);
        var other = new RuleRun(_reference.Program, Weights, [.. _reference.Model.Hypers.Select(hyper => _corresponding[hyper.Index] is { } index ? values[index] : Off(hyper))]);
        for (var step = 1; step <= Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var gradient = Gradient(step);
            own.Step(gradient);
            other.Step(gradient);
            for (var element = 0; element < Weights.Length; element++)
            {
                var (first, second) = (own.Parameter[element], other.Parameter[element]);
                if (!AreSame(first, second, Weights[element]))
                    return new Difference(step, element, gradient[element], first, second) { Statement = Statement(own, other) };
            }
        }

        return null;
    }

    /// <summary>The first statement of the step that gives a name another value than the reference gives it.</summary>
    private Definition? Statement(RuleRun own, RuleRun other) => _rule.Model.Definitions.FirstOrDefault(definition =>
        Counterpart(definition) is { } counterpart && Differ(own.Value(definition.Index), other.Value(counterpart.Index)));

    /// <summary>The statement that assigns the same name, as often as it was assigned before.</summary>
    private Definition? Counterpart(Definition definition) => Assigning(_reference.Model, definition.Target)
        .ElementAtOrDefault(Assigning(_rule.Model, definition.Target).TakeWhile(earlier => earlier != definition).Count());

    private static IEnumerable<Definition> Assigning(RuleModel model, Symbol target) =>
        model.Definitions.Where(definition => target is ParameterSymbol ? definition.Target is ParameterSymbol : definition.Target.Name == target.Name);

    private static bool Differ(double[] first, double[] second) =>
        first.Length != second.Length || first.Zip(second, (a, b) => !a.Equals(b) && !(Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b)))).Any(differs => differs);

    /// <summary>Two weights that started from the same one are the same.</summary>
    public static bool AreSame(double first, double second, double start)
    {
        var moved = Math.Max(Math.Abs(first - start), Math.Abs(second - start));
        return Math.Abs(first - second) <= (Tolerance * moved) + 1e-14 || first.Equals(second);
    }

    /// <summary>Ordinary sizes, then small ones, large ones, and none; the last element has but one.</summary>
    public static double[] Gradient(int step)
    {
        var size = (step % 16) switch { < 6 => 1, < 9 => 0.01, < 12 => 30, < 14 => 0.3, _ => 0 };
        return [size * Scenario.Wave(step), size * Scenario.Wave(step + 50), size * (0.5 + (0.3 * Scenario.Wave(step + 90))), step == 2 ? 1 : 0];
    }

    private static double Default(HyperSymbol hyper) => hyper.Source.Default ?? SampleValues.Assumed(hyper.Source);

    /// <summary>The default of one that the rule does not have; where it is not known the value that switches it off, and of ε, without which 0/0 is, the usual one.</summary>
    public static double Off(HyperSymbol hyper) =>
        hyper.Source.Default ?? (hyper.Source.Type == HyperType.Boolean ? 0 : hyper.Source.Property == "Epsilon" ? SampleValues.UsualEpsilon : Math.Max(hyper.Source.Min, Math.Min(hyper.Source.Max, 0)));

    private int?[] Correspond()
    {
        var result = new int?[_reference.Model.Hypers.Length];
        var left = _rule.Model.Hypers.ToList();
        Match((own, other) => own.Source.Property == other.Source.Property);
        Match((own, other) => own.Name == other.Name);
        Match((own, other) => own.Source.Default is not null && own.Source.Default == other.Source.Default
            && left.Count(hyper => hyper.Source.Default == own.Source.Default) == 1);
        return result;

        void Match(Func<HyperSymbol, HyperSymbol, bool> corresponds)
        {
            foreach (var other in _reference.Model.Hypers.Where(other => result[other.Index] is null))
            {
                if (left.FirstOrDefault(own => (own.Source.Type == HyperType.Boolean) == (other.Source.Type == HyperType.Boolean) && corresponds(own, other)) is not { } own)
                    continue;
                result[other.Index] = own.Index;
                left.Remove(own);
            }
        }
    }
}

/// <summary>A rule that is compared with many others, and so compiled to run once.</summary>
internal sealed class ComparableRule(RuleModel model)
{
    private readonly Lazy<RuleProgram> _program = new(() => RuleProgram.Compile(model));

    public RuleModel Model { get; } = model;

    public RuleProgram Program => _program.Value;
}

/// <summary>Where a rule and its reference part.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Element">The element of the tensor, from 0.</param>
/// <param name="Gradient">Its gradient in that step.</param>
/// <param name="Own">What the rule makes of the parameter.</param>
/// <param name="Other">What the reference makes of it.</param>
internal readonly record struct Difference(int Step, int Element, double Gradient, double Own, double Other)
{
    /// <summary>The first statement of the step that gives a name another value than the reference gives it; null where no name says so.</summary>
    public Definition? Statement { get; init; }
}
