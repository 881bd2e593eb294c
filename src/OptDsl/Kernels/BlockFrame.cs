namespace OptDsl.Kernels;

/// <summary>
/// What the codes of a block of <see cref="Storage.Block8"/> mean: small floating-point numbers with three bits behind the leading one, whose
/// least exponent the block has in common.
/// </summary>
/// <remarks>
/// A magnitude <c>8e + m</c> with m below 8 is <c>2^(q+e-1) · (1 + m/8)</c> for e ≥ 1, and <c>2^q · m/8</c> for e = 0. In a block without negative
/// values, zeros included, it takes all eight bits, so that e goes to 31; else seven, and the eighth is the sign. q is such that the largest value
/// of the block has the greatest e. As q is an exponent, whatever a code says is a float, and reading, writing and reading again changes nothing.
/// A positive value of a block of the first kind never becomes zero: second moments are divisors.
/// </remarks>
internal readonly struct BlockFrame
{
    /// <summary>The number of elements that have a frame in common.</summary>
    public const int Length = 256;

    /// <summary>How many bits of a float's fraction are not kept.</summary>
    public const int Dropped = 20;

    /// <summary>1 in the exponent of a float.</summary>
    public const uint One = 1u << 23;

    /// <summary>The bit of a code that is its sign, where it has one.</summary>
    public const uint Sign = 0x80;

    // 1.875 · 2¹²⁷: what is above would be rounded to 2¹²⁸.
    private const uint LargestMagnitude = 0x7F70_0000;
    private const int GreatestUnsigned = 30;
    private const int GreatestSigned = 14;

    private BlockFrame(uint least, bool isSigned) => (LeastBits, IsSigned) = (least, isSigned);

    /// <summary>The frame of some values.</summary>
    /// <param name="magnitude">The largest of their magnitudes, as bits of a float.</param>
    /// <param name="isSigned">True where one has a sign.</param>
    public static BlockFrame Of(uint magnitude, bool isSigned)
    {
        if (magnitude > LargestMagnitude)
            return default;

        // Rounded up to the bits that are kept, so that nothing is rounded to more than the largest code.
        var exponent = (int)((magnitude + (1u << Dropped) - 1) >> 23);
        return new BlockFrame((uint)Math.Max(exponent - (isSigned ? GreatestSigned : GreatestUnsigned), 1) << 23, isSigned);
    }

    /// <summary>The frame that a scale stands for.</summary>
    public static BlockFrame OfScale(float scale) =>
        float.IsNaN(scale) ? default : new BlockFrame(Math.Max(BitConverter.SingleToUInt32Bits(Math.Abs(scale)), One), scale < 0);

    /// <summary>What stands for the frame in memory: 2^q, negative where codes have a sign; NaN where a value was not finite, or above 3.19e38.</summary>
    public float Scale => IsNaN ? float.NaN : BitConverter.UInt32BitsToSingle(LeastBits) * (IsSigned ? -1 : 1);

    /// <summary>True where all values are NaN.</summary>
    public bool IsNaN => LeastBits == 0;

    /// <summary>True where codes have a sign.</summary>
    public bool IsSigned { get; }

    /// <summary>2^q, the least number of full precision, as bits of a float.</summary>
    public uint LeastBits { get; }
}
