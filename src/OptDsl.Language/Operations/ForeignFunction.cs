namespace OptDsl.Language.Operations;

/// <summary>How a function is written in other languages, with its operands as <c>{0}</c> and <c>{1}</c>.</summary>
/// <param name="Number">Of numbers in Python.</param>
/// <param name="Torch">Of tensors of PyTorch.</param>
/// <param name="Jax">Of arrays of JAX.</param>
/// <param name="C">Of numbers and elements in C with <c>tgmath.h</c>; in capitals a macro of the export.</param>
internal sealed record ForeignFunction(string Number, string Torch, string Jax, string C)
{
    /// <summary>Of lists of tensors in every PyTorch since 1.13; null where it has none.</summary>
    public string? Foreach { get; init; }
}
