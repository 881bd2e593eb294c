using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Makes a rule of a slice: names, formulas, states and hyper-parameters.</summary>
internal sealed class RuleWriter(Slice slice, Gradients gradients, Counting counting, List<Place> states, MethodReader reader, Declared declared)
{
    private const double BelowOne = 0.9999999;

    public LiftedLoop? Write(CancellationToken cancellation) => Write(new Naming(isPlain: false), cancellation) ?? Write(new Naming(isPlain: true), cancellation);

    private LiftedLoop? Write(Naming naming, CancellationToken cancellation)
    {
        var step = naming.Of(Counting.Step.Path, counting.Name ?? "t");
        var parameter = naming.Of(slice.Parameter);
        var gradient = naming.Of("gradient!", gradients.Single?.Name ?? "g");
        var stateNames = states.Select(state => naming.Of(state)).ToList();
        var hypers = Hypers();
        var hyperSources = hypers.Select(hyper => Source(hyper, naming.Of(hyper))).ToImmutableArray();
        var text = new LiftedFormulas(naming.Of, gradient);
        foreach (var line in slice.Lines)
            text.Write(line);
        var source = new RuleSource(
            RuleKind.UpdateRule, text.Text, parameter, gradient, step, Maximize: false,
            states.Select((state, index) => new StateSource(stateNames[index], Initial(state), IsScalar(state) ? Cardinality.PerTensor : Cardinality.PerElement, Output: false)).ToImmutableArray(),
            Unique(hyperSources))
        {
            FirstStep = counting.FirstStep,
        };
        if (FormulaCompiler.Compile(source, cancellation).Model is not { } model)
            return null;
        return new LiftedLoop(model, text.Map,
        [
            new Role(RoleKind.Parameter, parameter, slice.Parameter),
            .. gradients.Sources.Select(place => new Role(RoleKind.Gradient, gradient, place)),
            .. states.Select((state, index) => new Role(RoleKind.State, stateNames[index], state)),
            .. hypers.Select((hyper, index) => new Role(RoleKind.Hyper, hyperSources[index].Symbol, hyper)),
        ])
        {
            Accesses = Accesses(states.Select((state, index) => (state.Path, stateNames[index])).Append((slice.Parameter.Path, parameter)), gradient),
            NamesInCode = naming.InCode,
            LostStates = gradients.LostStates.ToImmutableDictionary(pair => naming.Of(pair.Key, pair.Key), pair => pair.Value.Source.Span),
        };
    }

    private ImmutableDictionary<string, ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan>> Accesses(IEnumerable<(string Path, string Symbol)> places, string gradient)
    {
        var nodes = slice.Lines.SelectMany(line => line.Value.Nodes()).ToList();
        return places.Select(place => (place.Symbol, Spans: slice.Lines.Where(line => line.Key == place.Path).Select(line => line.Source.TargetSpan)
                .Concat(place.Path == slice.Parameter.Path ? slice.Copies.Select(copy => copy.TargetSpan) : [])
                .Concat(nodes.OfType<ReadTerm>().Where(read => read.Place.Path == place.Path).Select(read => read.Span)).ToImmutableArray()))
            .Append((gradient, [.. nodes.OfType<GradientTerm>().Select(node => node.Span)]))
            .ToImmutableDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    private bool IsScalar(Place state) => slice.Ranges != "" && !Slice.Varies(state);

    private List<Place> Hypers()
    {
        var known = new HashSet<string>(slice.Lines.Select(line => line.Key).Concat(states.Select(state => state.Path))) { slice.Parameter.Path, Counting.Step.Path };
        var hypers = new List<Place>();
        foreach (var place in slice.Lines.SelectMany(line => line.Value.Reads()))
        {
            if (known.Add(place.Path))
                hypers.Add(place);
        }

        return hypers;
    }

    private HyperSource Source(Place place, string symbol)
    {
        var isDecay = IsDecay(place);
        var property = PropertyNames.Of(place.Name);
        var value = DefaultOf(place) ?? PropertyNames.Usual(property);
        var isBoolean = place.Type?.SpecialType == SpecialType.System_Boolean;
        // Code declares no bounds; what divides is not meant to be zero.
        const double minimum = 1e-300;
        var (low, high) = isDecay ? (0, BelowOne) : isBoolean ? (double.NegativeInfinity, double.PositiveInfinity) : (minimum, double.PositiveInfinity);
        return new HyperSource(symbol, property, isBoolean ? HyperType.Boolean : HyperType.Double, Math.Min(low, value ?? low), Math.Max(high, value ?? high), value);
    }

    /// <summary>What is taken from 1, raised to the power of the step, or multiplies what a state was.</summary>
    private bool IsDecay(Place place) => slice.Lines.SelectMany(line => line.Value.Nodes()).OfType<OperationTerm>().Any(node => node switch
    {
        { Op: Op.Subtract, Operands: [NumberTerm { Value: 1 }, ReadTerm read] } => read.Place.Path == place.Path,
        { Op: Op.Power, Operands: [ReadTerm read, var exponent] } => read.Place.Path == place.Path && exponent.Reads().Contains(Counting.Step),
        _ => false,
    }) || slice.Lines.Any(line => states.Any(state => state.Path == line.Key) && line.Value.Nodes().Any(node => node is OperationTerm { Op: Op.Multiply, Operands: [ReadTerm first, ReadTerm second] }
        && ((first.Place.Path == place.Path && second.Place.Path == line.Key) || (second.Place.Path == place.Path && first.Place.Path == line.Key))));

    private double? DefaultOf(Place place)
    {
        if (place.Root is ILocalSymbol { HasConstantValue: false } && SymbolEqualityComparer.Default.Equals(place.Root, place.Symbol))
        {
            return reader.Assignments.LastOrDefault(assignment => assignment.Target.Path == place.Path)?.Value switch
            {
                NumberTerm number => number.Value,
                _ => null,
            };
        }

        return place.Symbol is { } symbol ? declared.Initial(symbol) : null;
    }

    private string Initial(Place state) => IsScalar(state) && state.Symbol is { } symbol && declared.Initial(symbol) is { } value ? LiftedFormulas.Number(value) : "0";

    private static ImmutableArray<HyperSource> Unique(ImmutableArray<HyperSource> hypers)
    {
        var taken = new HashSet<string>();
        return [.. hypers.Select(hyper => taken.Add(hyper.Property) ? hyper : hyper with { Property = hyper.Property + hyper.Symbol })];
    }
}
