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

    /// <summary>
    /// A code of 8 bits, with a scale of 4 bytes for every 256 elements: floating-point numbers of 4 significant bits, whose exponents are
    /// counted from that of the largest of the 256.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Neighbours are 2⁻³ of a power of two apart, and so at most an eighth of a value. Where none of the 256 is negative, as in a second moment, that
    /// holds down to 2⁻²⁹ of the largest, and what is positive and smaller becomes the smallest such number: divisors stay divisors; else it holds down to
    /// 2⁻¹³ of the largest magnitude, below which neighbours are less than 2⁻¹⁶ of it apart.
    /// </para>
    /// <para>
    /// No distance is below 2⁻¹²⁹. A block with a value that is not finite, or whose magnitude is above 3.19e38, becomes NaN as a whole. Blocks begin
    /// at the multiples of 256 of a parameter's elements; rows that have a gradient are written with those that share a block with them, whose
    /// values stay, but for what is small beside a largest value that grows.
    /// </para>
    /// </remarks>
    Block8,
}
