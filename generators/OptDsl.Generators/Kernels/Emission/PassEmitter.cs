using System.Globalization;
using OptDsl.Generators.Kernels.Graph;
using OptDsl.Generators.Kernels.Scheduling;

namespace OptDsl.Generators.Kernels.Emission;

/// <summary>Writes the loop of one pass for one element type, with its two bodies: a vector of elements, and one element.</summary>
internal sealed class PassEmitter
{
    private const string Inline = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";

    private readonly CodeWriter _writer;
    private readonly PassPlan _pass;
    private readonly PassSignature _signature;
    private readonly PassCode _code;
    private readonly string _type;
    private readonly bool _checkOverflow;

    public PassEmitter(CodeWriter writer, PassSignature signature, PassCode code, string type, bool checkOverflow)
    {
        (_writer, _pass, _signature, _code, _type, _checkOverflow) = (writer, signature.Pass, signature, code, type, checkOverflow);
    }

    private string Name => _signature.Name;

    public void Write()
    {
        WriteLoop();
        WriteBody(isVector: true);
        WriteBody(isVector: false);
    }

    private void WriteLoop()
    {
        _writer.Line("// " + _signature.Summary);
        _writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        string[] parameters =
        [
            .. _pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
            "ReadOnlySpan<double> scalars",
            .. _pass.Reductions.IsEmpty ? Array.Empty<string>() : ["Span<double> partials"],
            .. _signature.Tensors.Select(tensor => (tensor.IsGradient ? "ReadOnlySpan<" : "Span<") + _type + "> " + tensor.Name),
        ];
        WriteHeader("public static void " + Name + _signature.TypeParameters, parameters);
        using (_writer.Block(""))
        {
            foreach (var tensor in _signature.Tensors)
                _writer.Line($"ref var {tensor.Reference} = ref MemoryMarshal.GetReference({tensor.Name});");
            foreach (var slot in _code.Values)
            {
                var scalar = $"scalars[{slot.Index.ToString(CultureInfo.InvariantCulture)}]";
                _writer.Line($"var {slot.Name} = new Vector<{_type}>({(_type == "double" ? "" : $"({_type})")}{scalar});");
            }

            foreach (var flag in _signature.Flags)
                _writer.Line($"var {flag.Name} = scalars[{flag.Slot.Index.ToString(CultureInfo.InvariantCulture)}] != 0;");
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
            var stride = unroll.ToString(CultureInfo.InvariantCulture) + " * lanes";
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

    private void WriteBlocks()
    {
    }

    private void WriteCall(bool isVector, int position)
    {
        var index = position switch
        {
            0 => "i",
            1 => "i + lanes",
            _ => "i + (" + position.ToString(CultureInfo.InvariantCulture) + " * lanes)",
        };
        string[] arguments =
        [
            .. _pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(),
            index,
            .. _signature.Tensors.Select(tensor => "ref " + tensor.Reference),
            .. _code.Values.Select(slot => isVector ? slot.Name : slot.Name + ".ToScalar()"),
            .. _signature.Flags.Select(flag => flag.Name),
        ];
        _writer.Line(Method(isVector) + _signature.TypeParameters + "(" + string.Join(", ", arguments) + ");");
    }

    private string Method(bool isVector) => Name + (isVector ? "Vector" : "Element");

    private void WriteBody(bool isVector)
    {
        var value = isVector ? $"Vector<{_type}>" : _type;
        string[] parameters =
        [
            .. _pass.ReadsGradient ? ["TGradient gradient"] : Array.Empty<string>(),
            "nuint i",
            .. _signature.Tensors.Select(tensor => $"ref {_type} {tensor.Reference}"),
            .. _code.Values.Select(slot => value + " " + slot.Name),
            .. _signature.Flags.Select(flag => "bool " + flag.Name),
        ];
        _writer.Line(Inline);
        WriteHeader("private static void " + Method(isVector) + _signature.TypeParameters, parameters);
        using (_writer.Block(""))
        {
            var text = new ElementText(_type, isVector, Variable, _signature.Switch);
            var afterLoads = false;
            foreach (var statement in _code.Statements)
            {
                if (statement is CommentStatement && afterLoads)
                    _writer.Line();
                afterLoads = true;
                WriteStatement(statement, text, isVector);
            }

            if (_pass.ReadsGradient)
            {
                _writer.Line();
                _writer.Line($"gradient.Release{(isVector ? "" : "Element")}(ref {_signature.GradientReference}, i);");
            }
        }

        _writer.Line();
    }

    private string? Variable(Node node) =>
        _code.Variable(node) ?? _code.Values.FirstOrDefault(slot => slot.Node == node)?.Name;

    private void WriteStatement(Statement statement, ElementText text, bool isVector)
    {
        switch (statement)
        {
            case CommentStatement comment:
                _writer.Lines(comment.Formulas.Select(formula => "// " + formula));
                break;
            case LoadStatement { Node: var node }:
                var reference = _signature.Reference(node);
                var load = node.Op == Op.Gradient ? $"gradient.Load{(isVector ? "" : "Element")}(ref {reference}, i)"
                    : isVector ? $"Vector.LoadUnsafe(ref {reference}, i)"
                    : $"Unsafe.Add(ref {reference}, i)";
                _writer.Line($"var {_code.Variable(node)} = {load};");
                break;
            case AssignStatement assign:
                var target = (assign.Declares ? "var " : "") + assign.Name;
                _writer.Line($"{target} = {text.Definition(assign.Node)};");
                break;
            case StoreStatement { Node: var node }:
                _writer.Line(isVector
                    ? $"{_code.Variable(node)}.StoreUnsafe(ref {_signature.Reference(node)}, i);"
                    : $"Unsafe.Add(ref {_signature.Reference(node)}, i) = {_code.Variable(node)};");
                break;
        }
    }

    private void WriteHeader(string start, IReadOnlyList<string> parameters)
    {
        var line = start + "(" + string.Join(", ", parameters) + ")";
        if (line.Length <= 120)
        {
            _writer.Line(line);
        }
        else
        {
            _writer.Line(start + "(");
            using (_writer.Indent())
                _writer.Line(string.Join(", ", parameters) + ")");
        }

        using (_writer.Indent())
            _writer.Lines(_signature.Constraints(_type));
    }
}
