namespace OptDsl.Kernels;

/// <summary>
/// What the codes of a block of <see cref="Storage.Block8"/> mean: small floating-point numbers with three bits behind the leading one, whose
/// least exponent the block has in common.
/// </summary>
/// <remarks>
/// A magnitude <c>8e + m</c> with m below 8 is <c>2^(q+e-1) · (1 + m/8)</c> for e ≥ 1, and <c>2^q · m/8</c> for e = 0. In a block without negative
/// values, zeros included, it takes all eight bits, so that e goes to 31; else seven, and the eighth is the sign. q is such that the largest value
/// of the block has the greatest e. As q is an exponent, whatever a code says is a float, and reading, writing and reading again changes nothing.
/// Positive values of a block of the first kind are at least 2^q: second moments are divisors. A code in its place among the bits of a float is
/// the value times 2^(-126-q), so that a product reads it and a product, of which the lower bits are dropped, writes it.
/// </remarks>
internal readonly struct BlockFrame
{
    /// <summary>The number of elements that have a frame in common.</summary>
    public const int Length = 256;

    /// <summary>How many bits of a float's fraction are not kept.</summary>
    public const int Dropped = 20;

    /// <summary>The bit of a code that is its sign, where it has one.</summary>
    public const uint Sign = 0x80;

    /// <summary>2^126: what the bits of a code, as those of a float, are to be multiplied with, beside the scale.</summary>
    public const float Unit = 8.507059e37f;

    /// <summary>2^-120, the factor that reduces values of large frames.</summary>
    public const float Reduction = 7.5231638e-37f;

    // 1.875 · 2¹²⁷: what is above would be rounded to 2¹²⁸.
    private const uint LargestMagnitude = 0x7F70_0000;
    private const int GreatestUnsigned = 30;
    private const int GreatestSigned = 14;
    private const int Bias = 127;
    private const int ReductionExponent = 120;
    private const int ExponentBits = 23;

    private BlockFrame(uint least, bool isSigned) => (LeastBits, IsSigned) = (least, isSigned);

    /// <summary>The frame of some values.</summary>
    /// <param name="magnitude">The largest of their magnitudes, as bits of a float.</param>
    /// <param name="isSigned">True where one has a sign.</param>
    public static BlockFrame Of(uint magnitude, bool isSigned)
    {
        if (magnitude > LargestMagnitude)
            return default;

        // Rounded up to the bits that are kept, so that nothing is rounded to more than the largest code.
        var exponent = (int)((magnitude + (1u << Dropped) - 1) >> ExponentBits);
        return new BlockFrame((uint)Math.Max(exponent - (isSigned ? GreatestSigned : GreatestUnsigned), 1) << ExponentBits, isSigned);
    }

    /// <summary>The bits of a float that are those of a code, moved up by <see cref="Dropped"/> as a number with a sign.</summary>
    /// <param name="scale">The scale of the block.</param>
    public static uint MaskOf(float scale) => scale < 0 ? 0x87F0_0000 : 0x0FF0_0000;

    /// <summary>What stands for the frame in memory: 2^q, negative where codes have a sign; NaN where a value was not finite, or above 3.19e38.</summary>
    public float Scale => IsNaN ? float.NaN : BitConverter.UInt32BitsToSingle(LeastBits) * (IsSigned ? -1 : 1);

    /// <summary>True where all values are NaN.</summary>
    public bool IsNaN => LeastBits == 0;

    /// <summary>True where codes have a sign.</summary>
    public bool IsSigned { get; }

    /// <summary>2^q, the least number of full precision, as bits of a float.</summary>
    public uint LeastBits { get; }

    /// <summary>True where <see cref="Factor"/> is no number of full precision.</summary>
    public bool IsLarge => Exponent > Bias;

    /// <summary>The frame of the values of a large one times <see cref="Reduction"/>.</summary>
    public BlockFrame Reduced => new((uint)(Exponent - ReductionExponent) << ExponentBits, IsSigned);

    /// <summary>2^(-126-q): values times it have the bits of codes.</summary>
    public float Factor => BitConverter.UInt32BitsToSingle((uint)(Bias + 1 - Exponent) << ExponentBits);

    private int Exponent => (int)(LeastBits >> ExponentBits);
}
