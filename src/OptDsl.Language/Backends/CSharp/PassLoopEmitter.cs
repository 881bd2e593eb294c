using System.Collections.Immutable;
using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Writes the method that leads a pass over its tensors in vectors of one kind. The usual one does everything; it leaves to the
/// widest what they can do, where the processor has them.
/// </summary>
internal sealed class PassLoopEmitter(CodeWriter writer, PassSignature signature, string type, ElementForm form, bool checkOverflow)
{
    private const int BlockLanes = 16;

    private readonly PassPlan _pass = signature.Pass;
    private readonly ImmutableArray<ReductionVariables> _sums = ReductionVariables.Of(signature.Pass, type, form);

    private bool IsWide => form == ElementForm.Vector512;

    public void Write()
    {
        if (signature.Switches.Count > 0 && !IsWide)
            writer.Line("// " + string.Join(", ", signature.Switches.Select(item => item.Name + " is " + item.Scalar.Name)) + ".");
        if (LeavesToWide)
        {
            WriteEntry();
            writer.Line("// From element i on, which the widest vectors left.");
        }

        WriteHeader("AggressiveOptimization", LeavesToWide ? signature.Rest : IsWide ? signature.Wide : signature.Loop);
        using (writer.Block())
        {
            if (!IsWide && signature.HasWide && !_sums.IsEmpty)
            {
                using (writer.Block("if (Vector512.IsHardwareAccelerated)"))
                {
                    writer.Line(Call(signature.Wide, signature.Arguments) + ";");
                    writer.Line("return;");
                }

                writer.Line();
            }

            WriteVariables();
            writer.Line();
            if (checkOverflow)
            {
                using (writer.Block("unchecked"))
                    WriteLoops();
            }
            else
            {
                WriteLoops();
            }
        }

        writer.Line();
    }

    /// <summary>True where the widest vectors come first, and the loop does what they leave.</summary>
    private bool LeavesToWide => !IsWide && signature.HasWide && _sums.IsEmpty;

    /// <summary>Small enough to vanish into its callers, as small tensors feel a call; most leave nothing to the other vectors.</summary>
    private void WriteEntry()
    {
        WriteHeader("AggressiveInlining", signature.Loop);
        using (writer.Block())
        {
            writer.Line($"var i = Vector512.IsHardwareAccelerated ? {Call(signature.Wide, signature.Arguments)} : 0;");
            writer.Line($"if (i < (nuint){signature.Sized}.Length)");
            using (writer.Indent())
                writer.Line(Call(signature.Rest, [.. signature.Arguments, "i"]) + ";");
        }

        writer.Line();
    }

    private void WriteHeader(string options, string name)
    {
        writer.Line($"[MethodImpl(MethodImplOptions.{options})]");
        writer.Header(
            $"{(name == signature.Entry ? "public" : "private")} static {(IsWide && _sums.IsEmpty ? "nuint" : "void")} {name}{signature.TypeParameters}",
            name == signature.Rest ? [.. signature.Parameters(type), "nuint i"] : signature.Parameters(type), signature.Constraints(type));
    }

    private string Call(string method, IEnumerable<string> arguments) =>
        $"{method}{(signature.Switches.Count > 0 ? signature.TypeParameters : "")}({string.Join(", ", arguments)})";

    private void WriteVariables()
    {
        foreach (var tensor in signature.Tensors)
            writer.Line($"ref var {tensor.Reference} = ref MemoryMarshal.GetReference({tensor.Name});");
        foreach (var value in signature.Values)
        {
            var scalar = ScalarBlockEmitter.Scalar(value.Scalar);
            writer.Line($"var {value.Name} = {form.Broadcast(type, type == "double" ? scalar : $"({type}){scalar}")};");
        }

        foreach (var flag in signature.Flags)
            writer.Line($"var {flag.Name} = {ScalarBlockEmitter.Scalar(flag.Scalar)} != 0;");
    }

    private void WriteLoops()
    {
        writer.Line($"var n = (nuint){signature.Sized}.Length;");
        if (!_sums.IsEmpty)
        {
            WriteBlocks();
            return;
        }

        writer.Line($"var lanes = (nuint){form.Type(type)}.Count;");
        if (!LeavesToWide)
            writer.Line("nuint i = 0;");
        var unroll = signature.Unroll;
        if (unroll > 1)
        {
            var stride = CSharp.Int(unroll) + " * lanes";
            using (writer.Block($"for (var end = n - (n % ({stride})); i < end; i += {stride})"))
            {
                for (var k = 0; k < unroll; k++)
                    WriteCall(form, k);
            }

            writer.Line();
        }

        writer.Line("for (var end = n - (n % lanes); i < end; i += lanes)");
        using (writer.Indent())
            WriteCall(form, 0);
        if (IsWide)
        {
            writer.Line("return i;");
            return;
        }

        writer.Line("for (; i < n; i++)");
        using (writer.Indent())
            WriteCall(ElementForm.Element, 0);
    }

    /// <summary>The loop of a pass that sums up: block by block, in lanes that do not depend on the width of vectors.</summary>
    private void WriteBlocks()
    {
        if (!IsWide)
            writer.Line($"var lanes = (nuint){form.Type(type)}.Count;");
        foreach (var sum in _sums)
        {
            if (sum.IsMax)
            {
                writer.Line($"var {sum.Block} = {form.Type(type)}.Zero;");
                writer.Line($"{type} {sum.Lane} = 0;");
            }
            else
            {
                writer.Line($"var {sum.Total} = default(BlockSum);");
                writer.Line($"Span<{sum.LaneType}> {sum.Lanes} = stackalloc {sum.LaneType}[BlockSum.Lanes];");
            }
        }

        using (writer.Block("for (nuint i = 0; i < n;)"))
        {
            writer.Line("var end = nuint.Min(i + BlockSum.Length, n);");
            foreach (var sum in _sums.Where(sum => !sum.IsMax))
                writer.Line($"var {sum.Block} = default({sum.BlockType});");
            using (writer.Block("for (var last = end - ((end - i) % BlockSum.Lanes); i < last; i += BlockSum.Lanes)"))
                WriteGroup();
            writer.Line();
            foreach (var sum in _sums.Where(sum => !sum.IsMax))
                writer.Line($"{sum.Block}.CopyTo({sum.Lanes});");
            writer.Line("for (; i < end; i++)");
            using (writer.Indent())
                WriteCall(ElementForm.Element, 0);
            foreach (var sum in _sums.Where(sum => !sum.IsMax))
                writer.Line($"{sum.Total}.Add({sum.Lanes});");
        }

        writer.Line();
        for (var k = 0; k < _sums.Length; k++)
        {
            writer.Line($"partials[{CSharp.Int(k)}] = " + (_sums[k].IsMax
                ? $"ElementMath.Largest({_sums[k].Block}, {_sums[k].Lane});"
                : $"{_sums[k].Total}.Total;"));
        }
    }

    /// <summary>As many vectors as make up all lanes.</summary>
    private void WriteGroup()
    {
        // The narrowest vectors have 16 bytes, the widest 64: a group of 16 elements is one to eight of them.
        var narrowest = type == "float" ? 4 : 2;
        var widest = 4 * narrowest;
        var written = 0;
        if (IsWide)
        {
            WriteCalls(BlockLanes / widest);
            return;
        }

        for (var width = widest; width >= narrowest; width /= 2)
        {
            var count = (BlockLanes / width) - written;
            if (width == widest)
            {
                WriteCalls(count);
                continue;
            }

            using (writer.BlockOrLine($"if (Vector<{type}>.Count <= {CSharp.Int(width)})", count))
                WriteCalls(count);
        }

        void WriteCalls(int count)
        {
            for (; count > 0; count--)
                WriteCall(form, written++);
        }
    }

    private void WriteCall(ElementForm callee, int position)
    {
        string[] arguments =
        [
            .. _pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
            Index(position),
            .. signature.Tensors.Select(tensor => "ref " + tensor.Reference),
            .. signature.Values.Select(value => callee.IsVector ? value.Name : value.Name + ".ToScalar()"),
            .. signature.Flags.Select(flag => flag.Name),
            .. callee.IsVector && !_sums.IsEmpty ? [CSharp.Int(position)] : Array.Empty<string>(),
            .. _sums.Select(sum => "ref " + (callee.IsVector ? sum.Block : sum.IsMax ? sum.Lane : sum.Lanes + "[(int)(i % BlockSum.Lanes)]")),
        ];
        writer.Line(signature.Body(callee) + (signature.Switches.Count > 0 ? signature.TypeParameters : "") + "(" + string.Join(", ", arguments) + ");");
    }

    private string Index(int position) => (position, IsWide && !_sums.IsEmpty) switch
    {
        (0, _) => "i",
        (_, true) => $"i + {CSharp.Int(position * (type == "float" ? 16 : 8))}",
        (1, _) => "i + lanes",
        _ => $"i + ({CSharp.Int(position)} * lanes)",
    };
}
