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
public sealed class Parameter<T>
    where T : unmanaged
{
    /// <summary>A tensor that is trained.</summary>
    /// <param name="name">Its name, by which groups, freezing and checkpoints know it: <c>"head.weight"</c>.</param>
    /// <param name="value">Its elements, row by row.</param>
    /// <param name="gradient">The gradient's elements, in the same order.</param>
    /// <param name="shape">Its dimensions, outermost first; one dimension of all elements unless given.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or no valid text, the value is empty, value and gradient differ in length or overlap in memory, or the
    /// shape does not have as many elements as the value.
    /// </exception>
    public Parameter(string name, Memory<T> value, Memory<T> gradient, params ReadOnlySpan<int> shape)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!IsWellFormed(name))
            throw new ArgumentException("The name holds half of a surrogate pair: it could not be written to a checkpoint.", nameof(name));
        if (value.IsEmpty)
            throw new ArgumentException($"Parameter '{name}' has no elements; leave it out.", nameof(value));
        if (gradient.Length != value.Length)
            throw new ArgumentException($"Parameter '{name}' has {value.Length} elements and its gradient {gradient.Length}; they must be as many.", nameof(gradient));
        if (value.Span.Overlaps(gradient.Span))
            throw new ArgumentException($"The value and the gradient of parameter '{name}' overlap in memory; give each its own.", nameof(gradient));

        Name = name;
        Value = value;
        Gradient = gradient;
        Shape = shape.IsEmpty ? [value.Length] : Checked(name, shape, value.Length);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The elements, row by row.</summary>
    public Memory<T> Value { get; }

    /// <summary>The elements of the gradient, in the same order.</summary>
    public Memory<T> Gradient { get; }

    /// <summary>The dimensions, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of dimensions: biases and the scales of norms have 1, the weights of layers 2 or more.</summary>
    public int Rank => Shape.Count;

    /// <summary>The number of elements.</summary>
    public int Length => Value.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(" × ", Shape)}]";

    private static int[] Checked(string name, ReadOnlySpan<int> shape, int length)
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
                $"The shape [{string.Join(" × ", shape.ToArray())}] of parameter '{name}' does not have the {length} elements of its value.", nameof(shape));
        }

        return shape.ToArray();
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
