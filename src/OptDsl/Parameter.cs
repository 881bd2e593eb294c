using System.Runtime.CompilerServices;
using OptDsl.Execution;

namespace OptDsl;

/// <summary>A tensor that is trained: a name, a shape, and the memory of its value and of its gradient.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// The memory stays the caller's: the forward pass reads <see cref="Value"/>, the backward pass writes <see cref="Gradient"/>, and
/// <see cref="Optimizer{T}.Step"/> reads the gradient and writes the value. Arrays convert to <see cref="Memory{T}"/> by
/// themselves; native memory comes as the <c>Memory</c> of a <see cref="System.Buffers.MemoryManager{T}"/>. A
/// <c>System.Numerics.Tensors.Tensor&lt;T&gt;</c> is trained through the array that it was made over:
/// <c>Tensor.Create(array, [2, 3])</c> and <c>new Parameter&lt;float&gt;("w", array, gradient, 2, 3)</c>.
/// </remarks>
public sealed partial class Parameter<T>
    where T : unmanaged
{
    private readonly int[] _shape;
    private ChangeFlag[] _watchers = [];

    /// <summary>A tensor of one dimension, which has all elements.</summary>
    /// <param name="name">Its name, by which groups, freezing and checkpoints know it: <c>"head.bias"</c>.</param>
    /// <param name="value">Its elements.</param>
    /// <param name="gradient">The gradient's elements, in the same order; none unless given. See <see cref="Gradient"/>.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or no valid text, the value is empty, or the gradient has another length or overlaps the value in memory.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public Parameter(string name, Memory<T> value, Memory<T> gradient = default)
        : this(name, value, gradient, [value.Length])
    {
    }

    /// <summary>A tensor.</summary>
    /// <param name="name">Its name, by which groups, freezing and checkpoints know it: <c>"head.weight"</c>.</param>
    /// <param name="value">Its elements, row by row.</param>
    /// <param name="gradient">The gradient's elements, in the same order; empty for none. See <see cref="Gradient"/>.</param>
    /// <param name="shape">Its dimensions, outermost first; an empty array for a tensor of no dimensions, which has one element.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or no valid text, the value is empty, the gradient has another length or overlaps the value in memory,
    /// or the shape does not have as many elements as the value.
    /// </exception>
    [OverloadResolutionPriority(1)]
    public Parameter(string name, Memory<T> value, Memory<T> gradient, params int[] shape)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (!IsWellFormed(name))
            throw new ArgumentException("The name holds half of a surrogate pair: it could not be written to a checkpoint.", nameof(name));
        if (value.IsEmpty)
            throw new ArgumentException($"Parameter '{name}' has no elements; leave it out.", nameof(value));
        CheckGradient(name, value, gradient, nameof(gradient));
        CheckShape(name, shape, value.Length);

        Name = name;
        Value = value;
        Gradient = gradient;
        _shape = [.. shape];
    }

    /// <summary>A tensor whose dimensions are of 64 bits, as other libraries have them.</summary>
    /// <inheritdoc cref="Parameter{T}(string, Memory{T}, Memory{T}, int[])"/>
    public Parameter(string name, Memory<T> value, Memory<T> gradient, params long[] shape)
        : this(name, value, gradient, Narrow(name, shape))
    {
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The elements, row by row.</summary>
    public Memory<T> Value { get; }

    /// <summary>
    /// The elements of the gradient, in the same order; empty, or null, while there is no gradient. May be set before every
    /// step: to the memory that the backward pass has just allocated, or to null.
    /// </summary>
    /// <remarks>
    /// A parameter without gradient takes no part in a step, as in PyTorch: its weights, states and step count stay, and norms
    /// and group reductions leave it out. Averages of the weights count it. One that is frozen needs no memory for a gradient.
    /// </remarks>
    /// <exception cref="ArgumentException">The gradient has another length than the value, or overlaps it in memory.</exception>
    public Memory<T> Gradient
    {
        get;
        set
        {
            if (value.Equals(field) && !HasRowGradient)
                return;
            CheckGradient(Name, Value, value, nameof(Gradient));
            ForgetRows();
            field = value;
            MoveGradient();
        }
    }

    /// <summary>True while there is a gradient: without one, the parameter takes no part in a step.</summary>
    public bool HasGradient => !Gradient.IsEmpty || HasRowGradient;

    /// <summary>The dimensions, outermost first.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The number of dimensions: biases and the scales of norms have 1, the weights of layers 2 or more, single numbers 0.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public int Length => Value.Length;

    /// <summary>The shape as rules of matrices see it.</summary>
    internal TensorShape MatrixShape => new(Rank, RowCount, Length / RowCount);

    /// <summary>How often the gradient has moved.</summary>
    internal int GradientVersion { get; private set; }

    /// <summary>Sets a flag from now on where the memory of the gradient or the limits are set.</summary>
    internal void Watch(ChangeFlag flag)
    {
        if (!_watchers.Contains(flag))
            _watchers = [.. _watchers, flag];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(" × ", Shape)}]";

    private void MoveGradient()
    {
        GradientVersion++;
        TellOfChange();
    }

    private void TellOfChange()
    {
        foreach (var flag in _watchers)
            flag.IsSet = true;
    }

    private static void CheckGradient(string name, Memory<T> value, Memory<T> gradient, string argument)
    {
        if (gradient.IsEmpty)
            return;
        if (gradient.Length != value.Length)
            throw new ArgumentException($"Parameter '{name}' has {value.Length} elements and its gradient {gradient.Length}; they must be as many.", argument);
        if (value.Span.Overlaps(gradient.Span))
            throw new ArgumentException($"The value and the gradient of parameter '{name}' overlap in memory; give each its own.", argument);
    }

    private static int[] Narrow(string name, long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var large = Array.Find(shape, dimension => dimension is < int.MinValue or > int.MaxValue);
        return large == 0
            ? Array.ConvertAll(shape, dimension => (int)dimension)
            : throw new ArgumentException($"Parameter '{name}' has a dimension of {large}; its value has no more than {int.MaxValue} elements.", nameof(shape));
    }

    private static void CheckShape(string name, int[] shape, int length)
    {
        Int128 elements = 1;
        foreach (var dimension in shape)
        {
            if (dimension < 1)
                throw new ArgumentException($"Parameter '{name}' has a dimension of {dimension}; dimensions are at least 1.", nameof(shape));
            elements *= dimension;
            if (elements > length)
                break;
        }

        if (elements != length)
        {
            throw new ArgumentException(
                $"The shape [{string.Join(" × ", shape)}] of parameter '{name}' does not have the {length} elements of its value.", nameof(shape));
        }
    }

    private static bool IsWellFormed(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
