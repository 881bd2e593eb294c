namespace OptDsl.Language.Operations;

/// <summary>All that the compiler knows of an operation, in one place: a new one is an entry of <see cref="OperationTable"/>.</summary>
internal sealed record Operation
{
    public required OperationKind Kind { get; init; }

    /// <summary>How many operands it has; of a normal form 0.</summary>
    public required int Arity { get; init; }

    /// <summary>The value of an element from those of its operands; null for functions of whole tensors and for leaves.</summary>
    public required Func<double, double, double, double>? Value { get; init; }

    /// <summary>The value over a tensor; null for what is computed element by element.</summary>
    public TensorFunction? Total { get; init; }

    /// <summary>The value of matrices; null for what is no function of matrices.</summary>
    public MatrixFunction? OfMatrices { get; init; }

    /// <summary>How far the result may move when the operands do.</summary>
    public required ErrorRule? Inherited { get; init; }

    /// <summary>
    /// How many roundings an implementation may take: a division by a reciprocal three; functions are within two units in the
    /// last place, four roundoffs, with some room; what only picks or negates takes none.
    /// </summary>
    public required int Roundings { get; init; }

    /// <summary>The least value, whatever the operands.</summary>
    public required double Least { get; init; }

    /// <summary>The largest value, whatever the operands.</summary>
    public required double Largest { get; init; }

    /// <summary>
    /// The power of a factor on all operands that are numbers which the result has as a factor; null where it has none. So a
    /// root has ½, and a product 2.
    /// </summary>
    public required double? Degree { get; init; }

    /// <summary>Its sign, where it is written with one.</summary>
    public SignSpelling? Sign { get; init; }

    /// <summary>Its names, where it is written as a call.</summary>
    public NameSpelling? Names { get; init; }

    /// <summary>What C# kernels call it, where they call it.</summary>
    public KernelFunction? Kernel { get; init; }

    /// <summary>What other languages call it, where it is a function.</summary>
    public ForeignFunction? Foreign { get; init; }
}

/// <summary>A function of the first so many elements of one or two tensors; a tensor of one element stands for one full of it.</summary>
internal delegate double TensorFunction(double[] first, double[] second, int count);
