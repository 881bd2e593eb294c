using Microsoft.CodeAnalysis;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>
/// Whether a step is clearly that of an optimizer. A filter, a body that moves and a gain that follows do the same arithmetic; what
/// tells them apart is what the code calls things, and the root of an average of squares below the step.
/// </summary>
internal sealed class Evidence
{
    public Evidence(Slice slice, Gradients gradients, List<Place> states, ISymbol owner, Declared declared)
    {
        var parameter = slice.Parameter.Name;
        var reads = slice.Lines.SelectMany(line => line.Value.Reads()).ToList();
        var scalars = reads.Where(place => !Slice.Varies(place)).Select(place => place.Name).ToList();
        var isGradient = gradients.Sources.Any(source => Words.IsGradient(source.Name));
        var isParameter = Words.IsParameter(parameter) || (parameter is "b" or "W" or "B" or "p");
        var isRate = scalars.Any(Words.IsRate);
        var isContext = Contexts(owner).Any(Words.IsContext);
        var isAdaptive = IsAdaptive(slice, states, isGradient);
        var isPhysics = reads.Any(place => Words.IsPhysics(place.Name)) || Words.IsPhysics(parameter);
        // What is only accumulated is no parameter; nor is what follows its input.
        var isState = Words.IsState(parameter);
        IsOptimizer = !isState && !(isPhysics && !isGradient) && (
            (isGradient && (isParameter || isRate || isAdaptive || isContext))
            || (isAdaptive && (isParameter || isRate || isContext))
            || (Words.IsParameter(parameter) && scalars.Any(name => Words.IsRate(name) && Words.Plain(name) != "alpha")));
        IsClear = IsOptimizer && (isGradient || isAdaptive);
        KnowsDirection = isGradient && slice.Parameter.Root is not null && gradients.Single is { } single && Words.IsGradient(single.Name) && !IsComputed(single, declared)
            && !Contexts(owner).Any(Words.IsAscent) && !reads.Any(place => Words.IsAscent(place.Name));
    }

    /// <summary>True where nothing else is likely.</summary>
    public bool IsOptimizer { get; }

    /// <summary>True where the mathematics can be judged: the gradient is one, or the step is divided by its size.</summary>
    public bool IsClear { get; }

    /// <summary>True where the gradient is that of something to be made small, as far as the code says.</summary>
    public bool KnowsDirection { get; }

    private static IEnumerable<string> Contexts(ISymbol owner)
    {
        for (var symbol = owner; symbol is not null and not INamespaceSymbol { IsGlobalNamespace: true }; symbol = symbol.ContainingSymbol)
            yield return symbol.Name;
    }

    /// <summary>A root of an average or sum of squares below a fraction bar; where nothing is called a gradient, below what was squared.</summary>
    private static bool IsAdaptive(Slice slice, List<Place> states, bool isGradient)
    {
        var squares = states.Where(state => slice.Lines.Any(line => line.Key == state.Path && slice.Expanded(line.Value).Nodes().Any(IsSquare))).Select(state => state.Path).ToList();
        if (squares.Count == 0)
            return false;
        if (isGradient)
            return slice.Lines.SelectMany(line => line.Value.Nodes()).Any(IsRoot);
        var moments = states.Where(state => slice.IsElement(state) && !squares.Contains(state.Path)).Select(state => state.Path).ToList();
        return slice.Lines.SelectMany(line => slice.Expanded(line.Value).Nodes()).Any(node => node is OperationTerm { Op: Op.Multiply or Op.Divide, Operands: var parts } && parts.SelectMany(Terms.Nodes).Any(IsRoot) && parts.Any(IsStep));

        bool IsStep(Term term) => term switch
        {
            GradientTerm => true,
            ReadTerm read => moments.Contains(read.Place.Path),
            OperationTerm { Op: Op.Sqrt } or SumTerm => false,
            OperationTerm operation => operation.Operands.Any(IsStep),
            _ => false,
        };
    }

    private static bool IsRoot(Term node) => node is OperationTerm { Op: Op.Sqrt };

    public static bool IsSquare(Term term) => term is OperationTerm { Op: Op.Power, Operands: [_, NumberTerm { Value: 2 }] }
        || (term is OperationTerm { Op: Op.Multiply, Operands: [var first, var second] } && HasGradient(first) && HasGradient(second));

    private static bool HasGradient(Term term) => term.Nodes().Any(node => node is GradientTerm);

    /// <summary>A gradient that this code computes may be one of what is to be made large; then the sign is nobody's slip.</summary>
    private static bool IsComputed(Place gradient, Declared declared)
    {
        var root = gradient.Symbol ?? gradient.Root;
        return root is not null && declared.IsFilled(root);
    }
}
