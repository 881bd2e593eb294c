using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the file-local types with a rule's passes, whatever the type of the elements.</summary>
internal sealed class KernelEmitter(CodeWriter writer, RuleLayout file)
{
    private IEnumerable<PassSignature> Loops => file.Passes.Where(pass => pass.Tensors.Count > 0 && pass.Pass.Operation is null);

    private MatrixPassEmitter Matrices => new(writer, file);

    public void Write()
    {
        using (writer.Block($"file readonly struct {file.KernelClass} : {IPasses.Name}"))
        {
            WriteRun();
            foreach (var pass in Loops)
            {
                writer.Line();
                if (file.Plan.UsesShape)
                {
                    Matrices.WriteSlice(pass);
                    writer.Line();
                }

                new PassEmitter(writer, pass, file.Declaration.CheckOverflow).WriteEntry();
            }

            foreach (var pass in file.Passes.Where(pass => pass.Pass.Operation is not null))
            {
                writer.Line();
                Matrices.WriteOperation(pass);
            }

            if (file.HasInitialTensors)
            {
                writer.Line();
                WriteInitialize();
            }
        }

        foreach (var pass in Loops)
        {
            writer.Line();
            new PassEmitter(writer, pass, file.Declaration.CheckOverflow).WriteClass();
        }
    }

    /// <summary>What the runtime calls, whatever it has chosen to read the gradient and the states with.</summary>
    private void WriteRun()
    {
        if (file.Passes.Length > 1)
        {
            writer.Line($"static int {IPasses.Name}.{IPasses.Count} => {CSharp.Int(file.Passes.Length)};");
            writer.Line();
        }

        if (file.Plan.LastGradientPass > 0)
        {
            writer.Line($"static int {IPasses.Name}.{IPasses.LastOfGradient} => {CSharp.Int(file.Plan.LastGradientPass)};");
            writer.Line();
        }

        writer.Line($"static void {IPasses.Name}.{IPasses.Run}<T, TGradient, TStates>(int pass, TGradient gradient, TStates states, in {PassSlice.Name}<T> slice)");
        using (writer.Block())
        using (file.Passes.Length == 1 ? default : writer.Block("switch (pass)"))
        {
            foreach (var pass in file.Passes)
            {
                if (file.Passes.Length == 1)
                {
                    WritePass(pass);
                    continue;
                }

                writer.Line($"case {CSharp.Int(pass.Pass.Index)}:");
                using (writer.Indent())
                {
                    WritePass(pass);
                    writer.Line("break;");
                }
            }
        }
    }

    private void WritePass(PassSignature pass)
    {
        if (pass.Pass.Operation is not null)
            writer.Line($"{pass.Name}(slice);");
        else if (pass.Tensors.Count > 0)
            writer.Call($"{pass.Name}<{string.Join(", ", pass.TypesAfter(["T"]))}>", [.. pass.Pass.ReadsGradient ? ["gradient"] : Array.Empty<string>(), .. file.Plan.UsesShape ? ["slice"] : Slice(pass)]);
        if (pass.Pass.ReadsGradient || pass.Pass.Index != file.Plan.LastGradientPass)
            return;
        writer.Line($"if (slice.{PassSlice.Transform}.{GradientTransform.Zero})");
        using (writer.Indent())
            writer.Line($"slice.{PassSlice.Gradient}.Clear();");
    }

    /// <summary>What a slice has for a pass.</summary>
    private IEnumerable<string> Slice(PassSignature pass) =>
    [
        .. pass.HasStates ? ["states"] : Array.Empty<string>(),
        "slice." + PassSlice.Scalars,
        .. pass.Pass.Reductions.IsEmpty ? Array.Empty<string>() : ["slice." + PassSlice.Partials],
        .. pass.Tensors.Select(tensor => tensor switch
        {
            { IsGradient: true } => "slice." + PassSlice.Gradient,
            { Tensor.Symbol: StateSymbol } => $"slice.{PassSlice.State}({CSharp.Int(file.Plan.ElementStates.IndexOf(tensor.Tensor))})",
            _ => "slice." + PassSlice.Parameter,
        }),
    ];

    private void WriteInitialize()
    {
        writer.Header(
            $"public static void {IUpdateRule.Initialize}<T>",
            ["int state", .. file.Plan.InitialHypers.Select(hyper => "double " + file.Names.Of(hyper.Name)), "ReadOnlySpan<T> parameter", "Span<T> destination"],
            [PassSignature.ElementConstraint]);
        using (writer.Block())
        {
            if (file.Plan.ElementStates.All(state => state.Cardinality == Cardinality.PerElement))
                writer.Line($"{RuleChecks.SameLength}({CSharp.Quote(file.Model.Parameter.Name)}, parameter.Length, \"destination\", destination.Length, \"destination\");");
            var states = file.Plan.ElementStates.Select((state, i) => (Index: CSharp.Int(i), Statements: Initial(state.Initial!))).GroupBy(state => string.Join("\n", state.Statements)).ToList();
            using (writer.Block("switch (state)"))
            {
                foreach (var group in states)
                {
                    writer.Line($"case {string.Join(" or ", group.Select(state => state.Index))}:");
                    using (writer.Indent())
                    {
                        writer.Lines(group.First().Statements);
                        writer.Line("break;");
                    }
                }

                writer.Line("default:");
                using (writer.Indent())
                    writer.Line("throw new ArgumentOutOfRangeException(\"state\");");
            }
        }
    }

    private IReadOnlyList<string> Initial(Node initial)
    {
        if (!initial.IsScalar && Traversal.InOrder([initial]).Any(node => node.Op == Op.Identity))
        {
            string Number(double identity) => new ScalarText(leaf => leaf.Op == Op.Identity ? CSharp.Double(identity) : leaf.Op == Op.Hyper ? file.Names.Of(leaf.Symbol!.Name) : null).Of(initial);
            return [$"{MatrixFills.Diagonal}({Number(1)}, {Number(0)}, (int)Math.Sqrt(destination.Length), destination);"];
        }

        if (initial.IsScalar)
            return [initial.Is(0) ? "destination.Clear();" : $"destination.Fill({Elements.Of}<T>({Scalar(initial)}));"];
        if (initial.Op == Op.Old)
            return ["parameter.CopyTo(destination);"];
        const string pack = ElementPack.Name + "<T>";
        var text = new ElementText(pack, node => node.Op == Op.Old ? $"new {pack}(parameter[i])" : node.IsScalar ? $"({pack})({Scalar(node)})" : null, _ => "");
        return
        [
            "for (var i = 0; i < parameter.Length; i++)",
            $"    ({text.Of(initial)}).{IPack.Store}(ref destination[i], 0);",
        ];
    }

    private string Scalar(Node node) => new ScalarText(leaf => leaf.Op == Op.Hyper ? file.Names.Of(leaf.Symbol!.Name) : null).Of(node);
}
