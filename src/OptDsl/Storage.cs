namespace OptDsl;

/// <summary>What the values of an element-wise state are in memory. Arithmetic stays in the type of the elements.</summary>
public enum Storage
{
    /// <summary>The type of the elements: 4 bytes in <see cref="float"/>, 8 in <see cref="double"/>.</summary>
    Element,

    /// <summary>
    /// The upper half of a <see cref="float"/>, 2 bytes: its range, and 8 significant bits. Reading one is exact; writing one rounds,
    /// as <see cref="OptDsl.Rounding"/> says.
    /// </summary>
    BFloat16,
}
