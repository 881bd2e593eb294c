using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the method that leads a pass over its tensors, pack by pack.</summary>
internal sealed class PassLoopEmitter(CodeWriter writer, PassSignature signature, bool checkOverflow)
{
    private const int BlockLanes = 16;

    private bool IsSum => signature.Sums.Count > 0;

    public void Write()
    {
        if (!IsSum)
            writer.Line("/// <summary>From element i to n; returns how far it came.</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        writer.Header(
            $"public static {(IsSum ? "void" : "nuint")} Run", IsSum ? signature.Parameters : ["nuint i", "nuint n", .. signature.LoopParameters], []);
        using (writer.Block())
        {
            foreach (var tensor in signature.Tensors.Where(tensor => IsSum || tensor.Form == TensorForm.OfRows))
                writer.Line(tensor.Form == TensorForm.OfRows ? $"TPack {tensor.Reference} = {tensor.Name};" : $"ref var {tensor.Reference} = ref MemoryMarshal.GetReference({tensor.Name});");
            foreach (var sum in signature.ColumnSums.Where(_ => IsSum))
                writer.Line($"ref var {sum.FirstColumn} = ref MemoryMarshal.GetReference({sum.Columns});");
            foreach (var value in signature.Values)
                writer.Line($"TPack {value.Name} = {ScalarBlockEmitter.Scalar(value.Scalar)};");
            foreach (var flag in signature.Flags)
                writer.Line($"var {flag.Name} = {ScalarBlockEmitter.Scalar(flag.Scalar)} != 0;");
            writer.Line();
            using (checkOverflow ? writer.Block("unchecked") : default)
            {
                if (IsSum)
                    writer.Line($"var n = (nuint){signature.Sized}.Length;");
                writer.Line($"var lanes = (nuint)TPack.{IPack.Count};");
                if (IsSum)
                    WriteBlocks();
                else
                    WriteLoops();
            }
        }
    }

    private void WriteLoops()
    {
        if (signature.Unroll > 1)
        {
            var stride = CSharp.Int(signature.Unroll) + " * lanes";
            using (writer.Block($"for (var end = n - (n % ({stride})); i < end; i += {stride})"))
            {
                WriteMoveTo();
                for (var k = 0; k < signature.Unroll; k++)
                    WriteCall(k);
            }

            writer.Line();
        }

        if (signature.Unroll > 1)
            WriteMoveTo();
        using (writer.BlockOrLine("for (var end = n - (n % lanes); i < end; i += lanes)", signature.HasStates && signature.Unroll == 1 ? 2 : 1))
        {
            if (signature.Unroll == 1)
                WriteMoveTo();
            WriteCall(0);
        }

        if (signature.Unroll == 1)
            WriteMoveTo();
        if (signature.HasWide)
        {
            writer.Line();
            writer.Line("// What wider vectors leave goes on in narrower ones.");
            writer.Line($"if (TPack.{IPack.Count} > Vector<T>.Count)");
            using (writer.Indent())
                writer.Line("return i;");
        }

        writer.Line("for (; i < n; i++)");
        using (writer.Indent())
            WriteElement();
        writer.Line("return i;");
    }

    /// <summary>The loop of a pass that sums up: block by block, in lanes that do not depend on the width of vectors.</summary>
    private void WriteBlocks()
    {
        foreach (var sum in signature.Sums)
        {
            if (sum.IsOfExtremes)
            {
                var first = sum.IsLargest ? "double.NegativeInfinity" : "0";
                writer.Line($"TPack {sum.Pack} = {first};");
                writer.Line($"{ElementPack.Name}<T> {sum.Element} = {first};");
            }
            else
            {
                writer.Line($"var {sum.Total} = default({(sum.IsNorm ? BlockNorm.Name : BlockSum.Name)});");
                writer.Line($"Span<double> {sum.Lanes} = stackalloc double[{BlockSum.LaneValues}];");
                writer.Line($"var {sum.Element} = new {ElementLanes.Name}<T>({sum.Lanes});");
            }

            if (sum.IsNorm)
            {
                writer.Line($"Span<T> {sum.Kept} = stackalloc T[{BlockNorm.KeptOf}<T>(n)];");
                writer.Line($"ref var {sum.FirstKept} = ref MemoryMarshal.GetReference({sum.Kept});");
            }
        }

        using (writer.Block("for (nuint i = 0; i < n;)"))
        {
            writer.Line($"var end = nuint.Min(i + {BlockSum.Length}, n);");
            foreach (var sum in signature.Sums.Where(sum => !sum.IsOfExtremes))
                writer.Line($"var {sum.Pack} = default(TLanes);");
            using (writer.Block($"for (var last = end - ((end - i) % {BlockSum.Lanes}); i < last; i += {BlockSum.Lanes})"))
            {
                WriteMoveTo();
                WriteGroup();
            }

            writer.Line();
            foreach (var sum in signature.Sums.Where(sum => !sum.IsOfExtremes))
                writer.Line($"{sum.Pack}.{IBlockLanes.CopyTo}({sum.Lanes});");
            using (writer.BlockOrLine("if (i < end)", signature.HasStates ? 2 : 1))
            {
                WriteMoveTo();
                writer.Call(ElementClass + ".Rest", Arguments(["i", "end"], name => $"{name}.{IPack.First}", "", sum => sum.Element));
            }

            writer.Line("i = end;");
            foreach (var sum in signature.Sums.Where(sum => !sum.IsOfExtremes))
                writer.Line(sum.IsNorm ? $"{sum.Total}.{BlockNorm.Add}({sum.Lanes}, {sum.Kept}, end);" : $"{sum.Total}.{BlockSum.Add}<T>({sum.Lanes});");
        }

        writer.Line();
        for (var k = 0; k < signature.Sums.Count; k++)
        {
            var sum = signature.Sums[k];
            writer.Line($"partials[{CSharp.Int(k)}] = " + (sum.IsOfExtremes
                ? $"Math.Max({sum.Pack}.{(sum.IsLargest ? IPack.Highest : IPack.Largest)}, {sum.Element}.{(sum.IsLargest ? IPack.Highest : IPack.Largest)});"
                : $"{sum.Total}.{(sum.IsNorm ? BlockNorm.Total : BlockSum.Total)};"));
        }
    }

    /// <summary>States that are kept in blocks are read and written block by block; each begins at the beginning of a turn of a loop, or of what it leaves.</summary>
    private void WriteMoveTo()
    {
        if (signature.HasStates)
            writer.Line($"states.{IStateMemory.MoveTo}(i);");
    }

    /// <summary>As many packs as make up all lanes: the narrowest vectors have 16 bytes, so that eight of doubles do.</summary>
    private void WriteGroup()
    {
        WriteCall(0);
        for (var width = BlockLanes / 2; width >= 2; width /= 2)
        {
            var (first, end) = (BlockLanes / 2 / width, BlockLanes / width);
            using (writer.BlockOrLine($"if ({IsAtMost(width)})", end - first))
            {
                for (var k = first; k < end; k++)
                    WriteCall(k);
            }
        }
    }

    /// <summary>
    /// Writes the loop over the elements that fill no lanes. It stands by itself: a method of many variables inlines no more, and
    /// then keeps its lanes in memory.
    /// </summary>
    public void WriteRest()
    {
        writer.Line("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        writer.Header("private static void Rest", ["nuint i", "nuint end", .. signature.ElementParameters(sum => sum.Element)], []);
        using (writer.Block())
        {
            writer.Line("for (; i < end; i++)");
            using (writer.Indent())
                writer.Call("At", Arguments(["i"], name => name, $"(int)(i % {BlockSum.Lanes})", sum => sum.Element));
        }
    }

    private string ElementClass => signature.ClassFor("Element", signature.Switches.Select(item => item.Name));

    /// <summary>
    /// Whether a pack has at most so many elements, in words that the just-in-time compiler decides before it inlines: what it would
    /// leave out later counts as inlined too.
    /// </summary>
    private string IsAtMost(int width)
    {
        var vector = $"Vector<T>.Count <= {CSharp.Int(width)}";
        const string isWide = $"typeof(TPack) == typeof({WidePack.Name}<T>)", isNotWide = $"typeof(TPack) != typeof({WidePack.Name}<T>)";
        return !signature.HasWide ? vector
            : width == 8 ? $"({isWide} && typeof(T) == typeof(double)) || ({isNotWide} && {vector})"
            : $"{isNotWide} && {vector}";
    }

    private void WriteCall(int position) => writer.Call(
        "At", Arguments([position switch { 0 => "i", 1 => "i + lanes", _ => $"i + ({CSharp.Int(position)} * lanes)" }], name => name, CSharp.Int(position), sum => sum.Pack));

    private void WriteElement() => writer.Call(ElementClass + ".At", Arguments(["i"], name => $"{name}.{IPack.First}", "", sum => sum.Element));

    private IReadOnlyList<string> Arguments(IEnumerable<string> index, Func<string, string> value, string position, Func<ReductionVariables, string> sum) =>
    [
        .. index,
        .. signature.Pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
        .. signature.HasStates ? ["states"] : Array.Empty<string>(),
        .. signature.Tensors.Select(tensor => tensor.Form == TensorForm.OfRows ? value(tensor.Reference) : "ref " + tensor.Reference),
        .. signature.ColumnSums.Select(item => "ref " + item.FirstColumn),
        .. signature.Values.Select(item => value(item.Name)),
        .. signature.Flags.Select(flag => flag.Name),
        .. signature.HasLanes && position != "" ? [position] : Array.Empty<string>(),
        .. signature.Sums.Select(item => "ref " + sum(item)),
        .. signature.Sums.Where(item => item.IsNorm).Select(item => "ref " + item.FirstKept),
    ];
}
