using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the file-local classes with a rule's passes, whatever the type of the elements.</summary>
internal sealed class KernelEmitter(CodeWriter writer, RuleLayout file)
{
    private IEnumerable<PassSignature> Loops => file.Passes.Where(pass => pass.Tensors.Count > 0 && pass.Pass.Operation is null);

    private MatrixPassEmitter Matrices => new(writer, file);

    public void Write()
    {
        using (writer.Block("file static class " + file.KernelClass))
        {
            WriteRunPass();
            foreach (var pass in Loops)
            {
                writer.Line();
                if (file.Plan.UsesShape)
                    Matrices.WriteSlice(pass);
                else
                    WriteSlice(pass);
                writer.Line();
                new PassEmitter(writer, pass, file.Declaration.CheckOverflow).WriteEntry();
            }

            foreach (var pass in file.Passes.Where(pass => pass.Pass.Operation is not null))
            {
                writer.Line();
                Matrices.WriteOperation(pass);
            }

            if (!file.Plan.ElementStates.IsEmpty)
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

    private void WriteRunPass()
    {
        writer.Line($"public static void {IUpdateRule.RunPass}<T>(int pass, in {PassSlice.Name}<T> slice)");
        using (writer.Indent())
            writer.Line(PassSignature.ElementConstraint);
        using (writer.Block())
        using (writer.Block("switch (pass)"))
        {
            foreach (var pass in file.Passes)
            {
                writer.Line($"case {CSharp.Int(pass.Pass.Index)}:");
                using (writer.Indent())
                {
                    WriteReaders(pass, isLast: pass.Pass.Index == file.Plan.LastGradientPass);
                    writer.Line("break;");
                }
            }

            writer.Line("default:");
            using (writer.Indent())
                writer.Line("throw new ArgumentOutOfRangeException(\"pass\");");
        }
    }

    private void WriteReaders(PassSignature pass, bool isLast)
    {
        var transform = "slice." + PassSlice.Transform;
        if (!pass.Pass.ReadsGradient)
        {
            if (pass.Tensors.Count > 0 || pass.Pass.Operation is not null)
                writer.Line($"{pass.Name}(slice);");
            if (isLast)
                WriteIf("if", $"{transform}.{GradientTransform.Zero}", $"slice.{PassSlice.Gradient}.Clear();");
            return;
        }

        if (isLast)
            WriteIf("if", $"{transform}.{GradientTransform.Zero}", $"{pass.Name}(new {ConsumedGradient.Name}<T>({transform}), slice);");
        WriteIf(isLast ? "else if" : "if", $"{transform}.{GradientTransform.IsIdentity}", $"{pass.Name}(default({PlainGradient.Name}<T>), slice);");
        writer.Line("else");
        using (writer.Indent())
            writer.Line($"{pass.Name}(new {ScaledGradient.Name}<T>({transform}), slice);");

        void WriteIf(string keyword, string condition, string statement)
        {
            writer.Line($"{keyword} ({condition})");
            using (writer.Indent())
                writer.Line(statement);
        }
    }

    /// <summary>Takes a slice apart, and chooses what the states are in memory.</summary>
    private void WriteSlice(PassSignature pass)
    {
        const string packing = "slice." + PassSlice.Packing;
        var gradient = pass.Pass.ReadsGradient;
        List<string> arguments =
        [
            "slice." + PassSlice.Scalars,
            .. pass.Pass.Reductions.IsEmpty ? Array.Empty<string>() : ["slice." + PassSlice.Partials],
            .. pass.Tensors.Select(tensor => tensor switch
            {
                { IsGradient: true } => "slice." + PassSlice.Gradient,
                { Tensor.Symbol: StateSymbol } => $"slice.{PassSlice.State}({CSharp.Int(file.Plan.ElementStates.IndexOf(tensor.Tensor))})",
                _ => "slice." + PassSlice.Parameter,
            }),
        ];
        writer.Header(
            $"private static void {pass.Name}<T{(gradient ? ", TGradient" : "")}>",
            [.. gradient ? ["TGradient gradient"] : Array.Empty<string>(), $"in {PassSlice.Name}<T> slice"],
            [PassSignature.ElementConstraint, .. gradient ? [PassSignature.GradientConstraint] : Array.Empty<string>()]);
        using (writer.Block())
        {
            if (!pass.HasStates)
            {
                Call($"{pass.Name}<{string.Join(", ", pass.TypesAfter(["T"]))}>");
                return;
            }

            Choose($"if ({packing}.{StatePacking.IsNone})", $"default({ElementStates.Name})");
            Choose($"else if ({packing}.{StatePacking.IsUniform})", $"new {BFloat16States.Name}({packing}.{StatePacking.Key})");
            Choose("else", $"new {MixedStates.Name}({packing})");
        }

        void Call(string method, params string[] states) => writer.Call(method, [.. gradient ? ["gradient"] : Array.Empty<string>(), .. states, .. arguments]);

        void Choose(string condition, string states)
        {
            writer.Line(condition);
            using (writer.Indent())
                Call(pass.Name, states);
        }
    }

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
            return [$"destination.Fill({(initial.Is(0) ? "T.Zero" : $"T.CreateTruncating({Scalar(initial)})")});"];
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
