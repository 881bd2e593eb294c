using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the file-local class with a rule's passes over elements of one type.</summary>
internal sealed class KernelEmitter(CodeWriter writer, RuleLayout file, string type)
{
    public void Write()
    {
        writer.Line($"/// <summary>{CSharp.Xml(file.Declaration.Type.FullName)} over elements of type {type}.</summary>");
        using (writer.Block("file static class " + file.KernelClass(type)))
        {
            foreach (var pass in file.Passes.Where(pass => pass.Tensors.Count > 0))
                new PassEmitter(writer, pass, type, file.Declaration.CheckOverflow).Write(RuleLayout.Traffic(pass.Pass));
            WriteRunPass();
            foreach (var pass in file.Passes.Where(pass => pass.Tensors.Count > 0))
                WriteSlice(pass);
            writer.Line();
            WriteInitialize();
        }
    }

    private void WriteRunPass()
    {
        writer.Line($"public static void RunPass(int pass, in PassSlice<{type}> slice)");
        using (writer.Block())
        using (writer.Block("switch (pass)"))
        {
            foreach (var pass in file.Passes)
            {
                var index = pass.Pass.Index;
                var isLast = index == file.Plan.LastGradientPass;
                writer.Line("case " + CSharp.Int(index) + ":");
                using (writer.Indent())
                {
                    if (pass.Pass.ReadsGradient)
                    {
                        if (isLast)
                        {
                            writer.Line("if (slice.Transform.Zero)");
                            using (writer.Indent())
                                writer.Line($"{pass.Name}Slice(new ConsumedGradient<{type}>(slice.Transform), slice);");
                        }

                        writer.Line((isLast ? "else " : "") + "if (slice.Transform.IsIdentity)");
                        using (writer.Indent())
                            writer.Line($"{pass.Name}Slice(default(PlainGradient<{type}>), slice);");
                        writer.Line("else");
                        using (writer.Indent())
                            writer.Line($"{pass.Name}Slice(new ScaledGradient<{type}>(slice.Transform), slice);");
                    }
                    else
                    {
                        if (pass.Tensors.Count > 0)
                            writer.Line($"{pass.Name}Slice(slice);");
                        if (isLast)
                        {
                            writer.Line("if (slice.Transform.Zero)");
                            using (writer.Indent())
                                writer.Line("slice.Gradient.Clear();");
                        }
                    }

                    writer.Line("break;");
                }
            }

            writer.Line("default:");
            using (writer.Indent())
                writer.Line("throw new ArgumentOutOfRangeException(\"pass\");");
        }
    }

    private void WriteSlice(PassSignature pass)
    {
        writer.Line();
        var gradient = pass.Pass.ReadsGradient;
        writer.Header(
            $"private static void {pass.Name}Slice{pass.EntryTypeParameters}",
            [.. gradient ? ["TGradient gradient"] : Array.Empty<string>(), $"in PassSlice<{type}> slice"],
            pass.Constraints(type, withSwitches: false));
        List<string> arguments =
        [
            .. gradient ? ["gradient"] : Array.Empty<string>(),
            "slice.Scalars",
            .. pass.Pass.Reductions.IsEmpty ? Array.Empty<string>() : ["slice.Partials"],
            .. pass.Tensors.Select(tensor => tensor switch
            {
                { IsGradient: true } => "slice.Gradient",
                { Tensor.Symbol: StateSymbol } => $"slice.State({CSharp.Int(file.Plan.ElementStates.IndexOf(tensor.Tensor))})",
                _ => "slice.Parameter",
            }),
        ];
        using (writer.Block())
            writer.Line($"{pass.Entry}({string.Join(", ", arguments)});");
    }

    private void WriteInitialize()
    {
        writer.Header(
            "public static void Initialize",
            ["int state", .. file.Plan.InitialHypers.Select(hyper => "double " + file.Names.Of(hyper.Name)), $"ReadOnlySpan<{type}> parameter", $"Span<{type}> destination"],
            []);
        using (writer.Block())
        {
            writer.Line($"RuleChecks.SameLength({CSharp.Quote(file.Model.Parameter.Name)}, parameter.Length, \"destination\", destination.Length, \"destination\");");
            using (writer.Block("switch (state)"))
            {
                for (var i = 0; i < file.Plan.ElementStates.Length; i++)
                {
                    writer.Line("case " + CSharp.Int(i) + ":");
                    using (writer.Indent())
                    {
                        WriteInitial(file.Plan.ElementStates[i].Initial!);
                        writer.Line("break;");
                    }
                }

                writer.Line("default:");
                using (writer.Indent())
                    writer.Line("throw new ArgumentOutOfRangeException(\"state\");");
            }
        }
    }

    private void WriteInitial(Node initial)
    {
        if (initial.IsScalar)
        {
            writer.Line($"destination.Fill({Scalar(initial)});");
        }
        else if (initial.Op == Op.Old)
        {
            writer.Line("parameter.CopyTo(destination);");
        }
        else
        {
            var text = new ElementText(type, ElementForm.Element, Initial, _ => "");
            writer.Line("for (var i = 0; i < parameter.Length; i++)");
            using (writer.Indent())
                writer.Line($"destination[i] = {text.Of(initial)};");
        }
    }

    private string? Initial(Node node) => node.Op == Op.Old ? "parameter[i]" : node.IsScalar ? "(" + Scalar(node) + ")" : null;

    private string Scalar(Node node)
    {
        if (node.IsConstant)
            return new ElementText(type, ElementForm.Element, _ => null, _ => "").Of(node);
        var text = new ScalarText(leaf => leaf.Op == Op.Hyper ? file.Names.Of(leaf.Symbol!.Name) : null).Of(node);
        return type == "double" ? text : $"({type})({text})";
    }
}
