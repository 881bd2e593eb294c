using System.Globalization;
using System.Text;

namespace OptDsl;

/// <summary>What a compiled rule is (its formulas, states and hyper-parameters) and what a step of it costs.</summary>
public sealed record RuleDescription
{
    /// <summary>The name of the declaring class.</summary>
    public required string Name { get; init; }

    /// <summary>The formulas, one statement a line, in plain Unicode notation.</summary>
    public required string Formulas { get; init; }

    /// <summary>The formulas in LaTeX, one statement a line.</summary>
    public string Latex { get; init; } = "";

    /// <summary>What the formulas' step is at the first step: 1, or 0 for a rule that counts from 0.</summary>
    public int FirstStep { get; init; } = 1;

    /// <summary>
    /// Identifies the algorithm: equal for equal formulas, roles and states, whatever the notation, the layout and the names of
    /// the properties, and whatever the compiler makes of them. The version of the way in which it is found stands before it.
    /// Checkpoints carry it.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>All states in the order of their declaration.</summary>
    public required IReadOnlyList<StateDescription> States { get; init; }

    /// <summary>All hyper-parameters in the order of their declaration.</summary>
    public required IReadOnlyList<HyperDescription> Hypers { get; init; }

    /// <summary>The passes over memory that a step makes.</summary>
    public required IReadOnlyList<PassDescription> Passes { get; init; }

    /// <summary>How many values <see cref="IUpdateRule.BeginStep"/> and <see cref="IUpdateRule.BeforePass"/> compute.</summary>
    public required int ScalarCount { get; init; }

    /// <summary>True unless all of them are the same for all tensors, so that <see cref="IUpdateRule.BeforePass"/> has nothing to compute.</summary>
    public bool HasTensorScalars { get; init; } = true;

    /// <summary>
    /// By what power of the gradients' size the step grows, measured with the defaults: 1 for gradient descent, 0 for Adam; null
    /// where it is no single one.
    /// </summary>
    public double? GradientDegree { get; init; }

    /// <summary>
    /// By what power of the step size, the first hyper-parameter of type <see cref="Schedule"/>, the step grows; null where it is
    /// no single one, or there is no such hyper-parameter.
    /// </summary>
    public double? StepSizeDegree { get; init; }

    /// <summary>True for a rule that sees its parameters as matrices: a step then needs their shape, see <see cref="RuleStep.Shape"/>.</summary>
    public bool UsesShape { get; init; }

    /// <summary>
    /// True for a rule of whole matrices that says nothing about vectors, as it does not ask for <c>rank(W)</c>: an optimizer refuses to update
    /// vectors and numbers by it.
    /// </summary>
    public bool IsForMatrices { get; init; }

    /// <summary>
    /// The dimensions of the tensors that a step computes on the way and that an optimizer keeps memory for, such as <c>rows×columns</c>, the
    /// operand of a matrix product, or <c>1×columns</c>, what is summed up down the columns.
    /// </summary>
    public IReadOnlyList<string> Scratch { get; init; } = [];

    /// <summary>True for a rule whose passes read and write states of every <see cref="Storage"/>, as compiled rules do.</summary>
    public bool SupportsStorage { get; init; }

    /// <summary>True where moving averages are corrected for their start, by a decay to the power of the step.</summary>
    public bool HasBiasCorrection { get; init; }

    /// <summary>True where a small hyper-parameter keeps a denominator from zero.</summary>
    public bool HasEpsilon { get; init; }

    /// <summary>
    /// The gradients for which steps are proven to stay finite, one range an element type; empty for rules that the library does not
    /// have and for those of its rules that have no proof.
    /// </summary>
    public IReadOnlyList<FiniteRange> FiniteRanges => Rules.ProvenRanges.Of(Hash);

    /// <summary>How many states hold one value an element.</summary>
    public int ElementStateCount => States.Count(state => state.IsOfElements);

    /// <summary>How many states hold one value a tensor.</summary>
    public int TensorStateCount => States.Count(state => state.Per == Per.Tensor);

    /// <summary>How many states hold one value for all tensors of a group.</summary>
    public int GroupStateCount => States.Count(state => state.Per == Per.Group);

    /// <summary>The reductions of all passes, in order.</summary>
    public IEnumerable<ReductionDescription> Reductions => Passes.SelectMany(pass => pass.Reductions);

    /// <summary>Bytes read and written a step for each element, with the defaults.</summary>
    /// <param name="elementSize">The size of an element: 4 for float, 8 for double.</param>
    public int BytesPerElement(int elementSize) => BytesPerElement(elementSize, state => state.IsThereByDefault);

    /// <summary>Bytes read and written a step for each element.</summary>
    /// <param name="elementSize">The size of an element: 4 for float, 8 for double.</param>
    /// <param name="exists">True for the states that exist, of those with a condition.</param>
    public int BytesPerElement(int elementSize, Func<StateDescription, bool> exists) => BytesPerElement(elementSize, exists, pass => pass.IsThereByDefault);

    /// <summary>Bytes read and written a step for each element.</summary>
    /// <param name="elementSize">The size of an element: 4 for float, 8 for double.</param>
    /// <param name="exists">True for the states that exist, of those with a condition.</param>
    /// <param name="runs">
    /// True for the passes that run, of those with a condition. What the others read only where such a pass runs counts where
    /// one of them does.
    /// </param>
    public int BytesPerElement(int elementSize, Func<StateDescription, bool> exists, Func<PassDescription, bool> runs)
    {
        ArgumentNullException.ThrowIfNull(exists);
        ArgumentNullException.ThrowIfNull(runs);
        var absent = States.Where(state => state.When != "" && !exists(state)).Select(state => state.Symbol).ToHashSet();
        var running = Passes.Where(pass => pass.When == "" || runs(pass)).ToList();
        var hasOptions = running.Exists(pass => pass.When != "");
        absent.UnionWith(States.Where(state => !state.IsScalar && !state.IsOfElements).Select(state => state.Symbol));
        return running.Sum(pass => pass.Reads.Where(symbol => hasOptions || !pass.OptionalReads.Contains(symbol)).Concat(pass.Writes).Where(symbol => !absent.Contains(symbol)).Sum(SizeOf));

        int SizeOf(string symbol) => States.FirstOrDefault(state => state.Symbol == symbol)?.Storage switch
        {
            Storage.BFloat16 => sizeof(ushort),
            Storage.Block8 => sizeof(byte),
            _ => elementSize,
        };
    }

    /// <summary>The formulas, the hyper-parameters with their defaults, and the passes with what they read and write, for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name).AppendLine();
        foreach (var line in Formulas.Split('\n'))
            text.Append("    ").AppendLine(line);
        foreach (var hyper in Hypers)
            text.AppendLine(CultureInfo.InvariantCulture, $"{hyper.Symbol}: {hyper.Property}{(hyper.Default is { } value ? $" = {value}" : "")}");
        foreach (var state in States)
            text.AppendLine(CultureInfo.InvariantCulture, $"{state.Symbol}: {(state.Meaning == "" ? "" : state.Meaning + ", ")}{(state.Shape == "" ? $"one value {state.PerWords}" : $"a matrix of {state.Shape}")}, {state.Initial} before the first step{(state.Storage == Storage.Element ? "" : $", {state.Storage} in memory")}{(state.When == "" ? "" : $", only while {state.When}")}");
        for (var i = 0; i < Passes.Count; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"pass {i + 1}: {Passes[i]}");
        foreach (var range in FiniteRanges)
            text.AppendLine(CultureInfo.InvariantCulture, $"{range}");
        return text.Append(CultureInfo.InvariantCulture, $"{BytesPerElement(sizeof(float))} bytes an element in float, {BytesPerElement(sizeof(double))} in double").ToString();
    }
}

/// <summary>A state of a rule.</summary>
/// <param name="Symbol">Its symbol in the formulas.</param>
/// <param name="Initial">Its value before the first step, as declared.</param>
/// <param name="Per">What it has one value of.</param>
/// <param name="Output">True for a result in its own right.</param>
public sealed record StateDescription(string Symbol, string Initial, Per Per, bool Output)
{
    /// <summary>True for one number, a tensor or a group.</summary>
    internal bool IsScalar => Per is Per.Tensor or Per.Group;

    /// <summary>True for a tensor like the parameter.</summary>
    internal bool IsOfElements => Per == Per.Element && Shape == "";

    /// <summary>
    /// The dimensions of a matrix of another shape than the parameter: <c>rows×rows</c>, <c>columns×columns</c>, <c>columns×rows</c>; empty for
    /// what <see cref="Per"/> says.
    /// </summary>
    public string Shape { get; init; } = "";

    /// <summary>True where tensors of some shapes do without it, as the rule does not look at it for them.</summary>
    public bool DependsOnShape { get; init; }

    /// <summary>What it has one value of, in words.</summary>
    internal string PerWords => Per switch
    {
        Per.Group => "a group",
        Per.Tensor => "a tensor",
        Per.Row => "a row",
        Per.Column => "a column",
        _ => "an element",
    };

    /// <summary>What it is, in words; empty where the declaration does not say.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>The condition while which it exists, as declared; empty for always.</summary>
    public string When { get; init; } = "";

    /// <summary>False where the defaults of the hyper-parameters leave it out.</summary>
    public bool IsThereByDefault { get; init; } = true;

    /// <summary>What its values are in memory, unless a group says otherwise.</summary>
    public Storage Storage { get; init; }

    /// <summary>How values are rounded where <see cref="Storage"/> is narrower than the elements.</summary>
    public Rounding Rounding { get; init; }

    /// <summary>True for a state whose value before the first step depends on the parameter: weights rather than a moment of gradients.</summary>
    public bool BeginsAsParameter { get; init; }
}

/// <summary>A hyper-parameter of a rule.</summary>
/// <param name="Symbol">Its symbol in the formulas.</param>
/// <param name="Property">The property that holds it.</param>
/// <param name="Default">Its default, where the declaration gives a constant.</param>
/// <param name="Min">The smallest legal value.</param>
/// <param name="Max">The largest legal value.</param>
public sealed record HyperDescription(string Symbol, string Property, double? Default, double Min, double Max)
{
    /// <summary>
    /// True for the learning rate, which groups may change: the first hyper-parameter of type <see cref="Schedule"/>, or else the
    /// number in the property <c>LearningRate</c>.
    /// </summary>
    public bool IsLearningRate { get; init; }
}

/// <summary>One pass over memory.</summary>
/// <param name="Reads">The symbols of the tensors it reads.</param>
/// <param name="Writes">The symbols of the tensors it writes.</param>
/// <param name="Reductions">What it sums up on the way.</param>
public sealed record PassDescription(
    IReadOnlyList<string> Reads, IReadOnlyList<string> Writes, IReadOnlyList<ReductionDescription> Reductions)
{
    /// <summary>The condition under which the pass runs, as the formulas write it; empty for always.</summary>
    public string When { get; init; } = "";

    /// <summary>False where the defaults of the hyper-parameters leave it out.</summary>
    public bool IsThereByDefault { get; init; } = true;

    /// <summary>What is read only where a pass with a condition runs, of <see cref="Reads"/>.</summary>
    public IReadOnlyList<string> OptionalReads { get; init; } = [];

    /// <summary>True for a pass over something else than the elements of the parameter, made at once: over the rows or the columns, over a square state, or a matrix product.</summary>
    public bool IsWhole { get; init; }

    /// <summary>True for a pass over elements that looks at their rows or columns.</summary>
    public bool IsByRows { get; init; }

    /// <summary>What it sums up down the columns.</summary>
    public IReadOnlyList<ColumnReductionDescription> ColumnReductions { get; init; } = [];

    /// <summary>What the pass reads, writes and sums up, in words.</summary>
    public override string ToString() => string.Join("; ", new[]
    {
        Reads.Count > 0 ? $"reads {string.Join(", ", Reads)}" : "",
        Writes.Count > 0 ? $"writes {string.Join(", ", Writes)}" : "",
        Reductions.Count > 0 ? $"reduces {string.Join(", ", Reductions.Select(reduction => reduction.Text))}" : "",
        When != "" ? $"only while {When}" : "",
    }.Where(part => part != ""));
}

/// <summary>A value over a whole tensor that a pass computes.</summary>
/// <param name="Text">The reduction as the formulas write it.</param>
/// <param name="Kind">How the slices of a tensor, and the tensors of a group, combine.</param>
public sealed record ReductionDescription(string Text, ReductionKind Kind)
{
    /// <summary>What there is one value of: a tensor, or all tensors of a group.</summary>
    public Per Per { get; init; } = Per.Tensor;
}

/// <summary>A value a column that a pass computes.</summary>
/// <param name="Kind">How the blocks of rows combine; of a norm, the root is taken in the end.</param>
/// <param name="Scratch">Where it is kept: the position in <see cref="RuleDescription.Scratch"/>.</param>
public sealed record ColumnReductionDescription(ReductionKind Kind, int Scratch);

/// <summary>How partial reductions combine.</summary>
public enum ReductionKind
{
    /// <summary>By adding, in a fixed tree.</summary>
    Sum,

    /// <summary>By the larger of the two.</summary>
    Max,

    /// <summary>
    /// As sums of squares, in the same tree; a sum too large or too small for a double is given by its root, with a minus
    /// before it.
    /// </summary>
    Norm,
}
