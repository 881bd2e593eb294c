using System.Collections.Immutable;
using OptDsl.Generators.Kernels.Scheduling;

namespace OptDsl.Generators.Kernels.Emission;

/// <summary>Writes one pass for one element type: the choice of its loop, the loop, and its two bodies.</summary>
internal sealed class PassEmitter
{
    private const int BlockLanes = 16;

    private readonly CodeWriter _writer;
    private readonly PassPlan _pass;
    private readonly PassSignature _signature;
    private readonly PassCode _code;
    private readonly string _type;
    private readonly bool _checkOverflow;
    private readonly ImmutableArray<ReductionVariables> _sums;

    public PassEmitter(CodeWriter writer, PassSignature signature, string type, bool checkOverflow)
    {
        (_writer, _pass, _signature, _code, _type, _checkOverflow) = (writer, signature.Pass, signature, signature.Code, type, checkOverflow);
        _sums = ReductionVariables.Of(_pass, type);
    }

    /// <param name="traffic">What the pass does to memory.</param>
    public void Write(string traffic)
    {
        _writer.Line($"// Pass {CSharp.Int(_pass.Index + 1)}: {traffic}.");
        if (_signature.Switches.Count > 0)
            WriteEntry();
        WriteLoop();
        new PassBodyEmitter(_writer, _signature, _type, isVector: true).Write();
        new PassBodyEmitter(_writer, _signature, _type, isVector: false).Write();
    }

    /// <summary>Chooses the loop by the conditions, once.</summary>
    private void WriteEntry()
    {
        _writer.Header(
            "public static void " + _signature.Entry + _signature.EntryTypeParameters,
            _signature.Parameters(_type), _signature.Constraints(_type, withSwitches: false));
        var switches = _signature.Switches;
        using (_writer.Block())
        {
            if (switches.Count == 1)
            {
                _writer.Line($"if ({Test(switches[0].Slot)})");
                using (_writer.Indent())
                    _writer.Line(Call(["On"]));
                _writer.Line("else");
                using (_writer.Indent())
                    _writer.Line(Call(["Off"]));
            }
            else
            {
                using (_writer.Block($"switch ({string.Join(", ", switches.Select(item => Test(item.Slot)))})"))
                    WriteCases([]);
            }
        }

        _writer.Line();

        void WriteCases(List<string> chosen)
        {
            if (chosen.Count < switches.Count)
            {
                WriteCases([.. chosen, "On"]);
                WriteCases([.. chosen, "Off"]);
                return;
            }

            _writer.Line($"case ({string.Join(", ", chosen.Select(side => CSharp.Bool(side == "On")))}):");
            using (_writer.Indent())
            {
                _writer.Line(Call(chosen));
                _writer.Line("break;");
            }
        }

        static string Test(Slot slot) => $"scalars[{CSharp.Int(slot.Index)}] != 0";

        string Call(IEnumerable<string> chosen)
        {
            IEnumerable<string> types = _pass.ReadsGradient ? ["TGradient", .. chosen] : chosen;
            return $"{_signature.Loop}<{string.Join(", ", types)}>({string.Join(", ", _signature.Arguments)});";
        }
    }

    private void WriteLoop()
    {
        if (_signature.Switches.Count > 0)
            _writer.Line("// " + string.Join(", ", _signature.Switches.Select(item => item.Type + " is " + item.Slot.Name)) + ".");
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        var isEntry = _signature.Switches.Count == 0;
        _writer.Header(
            (isEntry ? "public" : "private") + " static void " + _signature.Loop + _signature.TypeParameters,
            _signature.Parameters(_type), _signature.Constraints(_type));
        using (_writer.Block())
        {
            foreach (var tensor in _signature.Tensors)
                _writer.Line($"ref var {tensor.Reference} = ref MemoryMarshal.GetReference({tensor.Name});");
            foreach (var slot in _code.Values)
            {
                var scalar = $"scalars[{CSharp.Int(slot.Index)}]";
                _writer.Line($"var {slot.Name} = new Vector<{_type}>({(_type == "double" ? "" : $"({_type})")}{scalar});");
            }

            foreach (var flag in _signature.Flags)
                _writer.Line($"var {flag.Name} = scalars[{CSharp.Int(flag.Slot.Index)}] != 0;");
            _writer.Line();
            if (_checkOverflow)
            {
                using (_writer.Block("unchecked"))
                    WriteLoops();
            }
            else
            {
                WriteLoops();
            }
        }

        _writer.Line();
    }

    private void WriteLoops()
    {
        _writer.Line($"var n = (nuint){_signature.Tensors[0].Name}.Length;");
        _writer.Line($"var lanes = (nuint)Vector<{_type}>.Count;");
        if (!_pass.Reductions.IsEmpty)
        {
            WriteBlocks();
            return;
        }

        _writer.Line("nuint i = 0;");
        var unroll = _code.Unroll;
        if (unroll > 1)
        {
            var stride = CSharp.Int(unroll) + " * lanes";
            using (_writer.Block($"for (var end = n - (n % ({stride})); i < end; i += {stride})"))
            {
                for (var k = 0; k < unroll; k++)
                    WriteCall(isVector: true, k);
            }

            _writer.Line();
        }

        _writer.Line("for (var end = n - (n % lanes); i < end; i += lanes)");
        using (_writer.Indent())
            WriteCall(isVector: true, 0);
        _writer.Line("for (; i < n; i++)");
        using (_writer.Indent())
            WriteCall(isVector: false, 0);
    }

    /// <summary>The loop of a pass that sums up: block by block, in lanes that do not depend on the width of vectors.</summary>
    private void WriteBlocks()
    {
        foreach (var sum in _sums)
        {
            if (sum.IsMax)
            {
                _writer.Line($"var {sum.Block} = Vector<{_type}>.Zero;");
                _writer.Line($"{_type} {sum.Lane} = 0;");
            }
            else
            {
                _writer.Line($"var {sum.Total} = default(BlockSum);");
                _writer.Line($"Span<{sum.LaneType}> {sum.Lanes} = stackalloc {sum.LaneType}[BlockSum.Lanes];");
            }
        }

        using (_writer.Block("for (nuint i = 0; i < n;)"))
        {
            _writer.Line("var end = nuint.Min(i + BlockSum.Length, n);");
            foreach (var sum in _sums.Where(sum => !sum.IsMax))
                _writer.Line($"var {sum.Block} = default({sum.BlockType});");
            using (_writer.Block("for (var last = end - ((end - i) % BlockSum.Lanes); i < last; i += BlockSum.Lanes)"))
                WriteGroup();
            _writer.Line();
            foreach (var sum in _sums.Where(sum => !sum.IsMax))
                _writer.Line($"{sum.Block}.CopyTo({sum.Lanes});");
            _writer.Line("for (; i < end; i++)");
            using (_writer.Indent())
                WriteCall(isVector: false, 0);
            foreach (var sum in _sums.Where(sum => !sum.IsMax))
                _writer.Line($"{sum.Total}.Add({sum.Lanes});");
        }

        _writer.Line();
        for (var k = 0; k < _sums.Length; k++)
        {
            _writer.Line($"partials[{CSharp.Int(k)}] = " + (_sums[k].IsMax
                ? $"ElementMath.Largest({_sums[k].Block}, {_sums[k].Lane});"
                : $"{_sums[k].Total}.Total;"));
        }
    }

    /// <summary>As many vectors as make up all lanes.</summary>
    private void WriteGroup()
    {
        // The narrowest vectors have 16 bytes, the widest 64: a group of 16 elements is one to eight of them.
        var narrowest = _type == "float" ? 4 : 2;
        var written = 0;
        for (var width = 4 * narrowest; width >= narrowest; width /= 2)
        {
            var count = (BlockLanes / width) - written;
            if (width == 4 * narrowest)
            {
                WriteCalls(count);
                continue;
            }

            using (_writer.BlockOrLine($"if (Vector<{_type}>.Count <= {CSharp.Int(width)})", count))
                WriteCalls(count);
        }

        void WriteCalls(int count)
        {
            for (; count > 0; count--)
                WriteCall(isVector: true, written++);
        }
    }

    private void WriteCall(bool isVector, int position)
    {
        var index = position switch
        {
            0 => "i",
            1 => "i + lanes",
            _ => "i + (" + CSharp.Int(position) + " * lanes)",
        };
        string[] arguments =
        [
            .. _pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
            index,
            .. _signature.Tensors.Select(tensor => "ref " + tensor.Reference),
            .. _code.Values.Select(slot => isVector ? slot.Name : slot.Name + ".ToScalar()"),
            .. _signature.Flags.Select(flag => flag.Name),
            .. isVector && !_sums.IsEmpty ? [CSharp.Int(position)] : Array.Empty<string>(),
            .. _sums.Select(sum => "ref " + (isVector ? sum.Block : sum.IsMax ? sum.Lane : sum.Lanes + "[(int)(i % BlockSum.Lanes)]")),
        ];
        _writer.Line(_signature.Body(isVector) + (_signature.Switches.Count > 0 ? _signature.TypeParameters : "") + "(" + string.Join(", ", arguments) + ");");
    }
}
