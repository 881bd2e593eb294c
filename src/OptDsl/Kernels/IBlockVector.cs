namespace OptDsl.Kernels;

/// <summary>Neighbouring elements of a block of <see cref="Storage.Block8"/>, as numbers of 32 bits: floats, or codes.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
internal interface IBlockVector<TSelf>
    where TSelf : struct, IBlockVector<TSelf>
{
    /// <summary>The number of elements.</summary>
    static abstract int Count { get; }

    /// <summary>0, 1, 2 and so on.</summary>
    static abstract TSelf Indices { get; }

    /// <summary>The largest of the numbers.</summary>
    uint Largest { get; }

    /// <summary>The same number for each element.</summary>
    static abstract implicit operator TSelf(uint value);

    /// <summary>The sums.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The differences.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The lower halves of the products.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The bits that both have.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>The bits that one of them has.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>The bits that one alone has.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>The bits moved up.</summary>
    static abstract TSelf operator <<(TSelf value, int count);

    /// <summary>The bits moved down.</summary>
    static abstract TSelf operator >>>(TSelf value, int count);

    /// <summary>The larger numbers.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The products of the floats.</summary>
    static abstract TSelf MultiplyFloats(TSelf left, TSelf right);

    /// <summary>The larger floats, of which none is negative; zero where the first is.</summary>
    static abstract TSelf RaisePositive(TSelf value, TSelf least);

    /// <summary>Reads floats.</summary>
    static abstract TSelf Load(ref float source, nuint index);

    /// <summary>Writes floats.</summary>
    void Store(ref float destination, nuint index);

    /// <summary>Reads four vectors of codes as numbers with a sign.</summary>
    static abstract (TSelf First, TSelf Second, TSelf Third, TSelf Fourth) LoadCodes(ref byte source, nuint index);

    /// <summary>Writes four vectors of codes, of each number the eight bits above the <see cref="BlockFrame.Dropped"/> lower ones.</summary>
    static abstract void StoreCodes(ref byte destination, nuint index, TSelf first, TSelf second, TSelf third, TSelf fourth);

    /// <summary>Writes four vectors of codes, of each number the highest bit and the seven above the <see cref="BlockFrame.Dropped"/> lower ones.</summary>
    static abstract void StoreSignedCodes(ref byte destination, nuint index, TSelf first, TSelf second, TSelf third, TSelf fourth);
}
