using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Writes the file-local class with what does not depend on the element type: description, checks, and the values that are the
/// same for all elements.
/// </summary>
internal sealed class RuleScalarsEmitter(CodeWriter writer, RuleLayout file)
{
    // The number of scalars from which on computing them outweighs the call.
    private const int MostInlined = 16;

    private RuleNames Names => file.Names;

    private RuleModel Model => file.Model;

    public void Write()
    {
        writer.Line($"/// <summary>{CSharp.Xml(file.Declaration.Type.FullName)}: what is the same for all elements.</summary>");
        using (writer.Block("file static class " + file.ScalarsClass))
        {
            WriteDescription();
            writer.Line();
            if (!file.IsCheckedAtOnce)
            {
                WriteCheck();
                writer.Line();
            }

            if (file.Plan.NumberStates.Length > 1)
            {
                WriteCheckNumbers();
                writer.Line();
            }

            if (file.Plan.HasConditionalStates)
            {
                WriteHasState();
                writer.Line();
            }

            if (file.Plan.HasConditionalPasses)
            {
                WriteHasPass();
                writer.Line();
            }

            WriteBeginStep();
            if (file.Plan.HasTensorScalars)
            {
                writer.Line();
                new BeforePassEmitter(writer, file).Write();
            }

            WriteInitialState("InitialTensorState", file.Plan.TensorStates);
            WriteInitialState("InitialGroupState", file.Plan.GroupStates);
        }
    }

    private void WriteDescription()
    {
        writer.Line($"public static readonly {RuleDescription.Type} Description = new()");
        writer.Line("{");
        using (writer.Indent())
        {
            writer.Line($"{RuleDescription.Name} = {CSharp.Quote(file.Declaration.Type.Type.Name)},");
            WriteFormulas(RuleDescription.Formulas, NotationStyle.Unicode);
            WriteFormulas(RuleDescription.Latex, NotationStyle.Latex);
            if (Model.Source.FirstStep != 1)
                writer.Line($"{RuleDescription.FirstStep} = {CSharp.Int(Model.Source.FirstStep)},");
            writer.Line($"{RuleDescription.Hash} = {CSharp.Quote(ModelIdentity.Of(Model))},");
            WriteList(RuleDescription.States, Model.States.Select(state =>
                $"new {StateDescription.Type}({CSharp.Quote(state.Name)}, {CSharp.Quote(state.Source.Initial)}, {PerOf(state)}, {CSharp.Bool(state.Source.Output)})" + More(state)));
            WriteList(RuleDescription.Hypers, Model.Hypers.Select(hyper =>
                $"new {HyperDescription.Type}({CSharp.Quote(hyper.Name)}, {CSharp.Quote(hyper.Source.Property)}, {(hyper.Source.Default is { } value ? CSharp.Double(value) : "null")}, {CSharp.Double(hyper.Source.Min)}, {CSharp.Double(hyper.Source.Max)}){(hyper == HyperText.RateOf(Model) ? $" {{ {HyperDescription.IsLearningRate} = true }}" : "")}"));
            WriteList(RuleDescription.Passes, file.Plan.Passes.Select(pass =>
            {
                var reductions = pass.Reductions.Select(reduction =>
                    $"new {ReductionDescription.Type}({CSharp.Quote(reduction.Formula)}, {(reduction.IsMax ? ReductionKind.Max : reduction.IsNorm ? ReductionKind.Norm : ReductionKind.Sum)}){(reduction.IsOfGroup ? $" {{ {ReductionDescription.Per} = {Per.Group} }}" : "")}");
                return $"new {PassDescription.Type}([{Quoted(pass.Reads)}], [{Quoted(pass.Writes)}], [{string.Join(", ", reductions)}])" + More(pass);
            }));
            writer.Line($"{RuleDescription.ScalarCount} = {CSharp.Int(file.Plan.Scalars.All.Length)},");
            writer.Line($"{RuleDescription.HasTensorScalars} = {CSharp.Bool(file.Plan.HasTensorScalars)},");
            var traits = RuleTraits.Of(Model);
            writer.Line($"{RuleDescription.GradientDegree} = {(traits.GradientDegree is { } gradient ? CSharp.Double(gradient) : "null")},");
            writer.Line($"{RuleDescription.StepSizeDegree} = {(traits.StepSizeDegree is { } stepSize ? CSharp.Double(stepSize) : "null")},");
            writer.Line($"{RuleDescription.HasBiasCorrection} = {CSharp.Bool(traits.HasBiasCorrection)},");
            writer.Line($"{RuleDescription.HasEpsilon} = {CSharp.Bool(traits.HasEpsilon)},");
            if (!file.Plan.ElementStates.IsEmpty && !file.Plan.UsesShape)
                writer.Line(RuleDescription.SupportsStorage + " = true,");
            if (file.Plan.UsesShape)
                writer.Line($"{RuleDescription.UsesShape} = true,");
            if (Model.IsForMatrices)
                writer.Line($"{RuleDescription.IsForMatrices} = true,");
            if (!file.Plan.ScratchShapes.IsEmpty)
                writer.Line($"{RuleDescription.Scratch} = [{string.Join(", ", file.Plan.ScratchShapes.Select(shape => CSharp.Quote(shape.Dimensions())))}],");
        }

        writer.Line("};");
    }

    private static string PerOf(StateSymbol state) => state.Cardinality switch
    {
        Cardinality.PerGroup => Per.Group,
        Cardinality.PerTensor => Per.Tensor,
        Cardinality.PerRow => Per.Row,
        Cardinality.PerColumn => Per.Column,
        _ => Per.Element,
    };

    private string More(StateSymbol state)
    {
        List<string> more = [];
        if (state.Source.Meaning != "")
            more.Add($"{StateDescription.Meaning} = " + CSharp.Quote(state.Source.Meaning));
        if (state.IsConditional)
            more.Add($"{StateDescription.When} = " + CSharp.Quote(FormulaLines.OneLine(state.Source.When)));
        if (state.Cardinality is not (Cardinality.PerRow or Cardinality.PerColumn) && state.Cardinality.IsOfMatrices())
            more.Add($"{StateDescription.Shape} = " + CSharp.Quote(state.Cardinality.Dimensions()));
        if (file.Plan.Of(state).When.Conditions.Length > (state.IsConditional ? 1 : 0))
            more.Add(StateDescription.DependsOnShape + " = true");
        if (!IsThereByDefault(state))
            more.Add(StateDescription.IsThereByDefault + " = false");
        if (file.Plan.Of(state).Type is ElementType.BFloat16 or ElementType.Block8)
        {
            more.Add($"{StateDescription.Storage} = {(file.Plan.Of(state).Type == ElementType.BFloat16 ? Storage.BFloat16 : Storage.Block8)}");
            if (state.Source.Rounding == StateRounding.Nearest)
                more.Add($"{StateDescription.Rounding} = {Rounding.Nearest}");
        }

        if (Traversal.InOrder([file.Plan.Of(state).Initial!]).Any(node => node.Op == Op.Old))
            more.Add(StateDescription.BeginsAsParameter + " = true");
        return more.Count == 0 ? "" : " { " + string.Join(", ", more) + " }";
    }

    private string More(PassPlan pass)
    {
        List<string> more = [];
        if (!pass.When.IsAlways)
            more.Add($"{PassDescription.When} = " + CSharp.Quote(pass.WhenText));
        if (!pass.IsThereByDefault)
            more.Add(PassDescription.IsThereByDefault + " = false");
        if (pass.IsWhole)
            more.Add(PassDescription.IsWhole + " = true");
        else if (pass.IsByRows)
            more.Add(PassDescription.IsByRows + " = true");
        var columns = file.Passes[pass.Index].ColumnSums.Select(sum => $"new {ColumnReductionDescription.Type}({sum.Kind}, {CSharp.Int(sum.Plan.Destination!.Scratch!.Value)})").ToList();
        if (columns.Count > 0)
            more.Add($"{PassDescription.ColumnReductions} = [{string.Join(", ", columns)}]");
        if (!pass.OptionalReads.IsEmpty)
            more.Add($"{PassDescription.OptionalReads} = [{Quoted(pass.OptionalReads)}]");
        return more.Count == 0 ? "" : " { " + string.Join(", ", more) + " }";
    }

    private bool IsThereByDefault(StateSymbol state) =>
        Model.Conditions[state.Index] is not { } condition || StepValue.Of(condition, hyper => hyper.Source.Default ?? 0) != 0;

    private void WriteFormulas(string name, NotationStyle style)
    {
        var lines = Model.WriteFormulas(style).ToList();
        if (lines.Count == 1)
        {
            writer.Line($"{name} = {CSharp.Quote(lines[0])},");
            return;
        }

        if (lines.Exists(line => CSharp.Quote(line).Replace("\\\\", "\\") != $"\"{line}\"" || !writer.Fits("    " + line)))
        {
            writer.Line(name + " =");
            using (writer.Indent())
            {
                for (var i = 0; i < lines.Count; i++)
                    writer.Line(i < lines.Count - 1 ? CSharp.Quote(lines[i] + "\n") + " +" : CSharp.Quote(lines[i]) + ",");
            }

            return;
        }

        // As it stands: nothing in it would be written otherwise in an ordinary literal but backslashes.
        writer.Line($"{name} = \"\"\"");
        using (writer.Indent())
        {
            lines.ForEach(writer.Verbatim);
            writer.Line("\"\"\",");
        }
    }

    private void WriteList(string name, IEnumerable<string> items)
    {
        var list = items.ToList();
        if (list.Count < 2)
        {
            writer.Line($"{name} = [{string.Concat(list)}],");
            return;
        }

        writer.Line(name + " =");
        writer.Line("[");
        using (writer.Indent())
            writer.Lines(list.Select(item => item + ","));
        writer.Line("],");
    }

    private static string Quoted(IEnumerable<TensorPlan> tensors) => string.Join(", ", tensors.Select(tensor => CSharp.Quote(tensor.Name)));

    private void WriteCheck()
    {
        var buffers = file.Buffers;
        var names = new Identifiers(buffers.Select(buffer => buffer.Name.TrimStart('@')));
        var (scalars, element) = (names.Unique("scalars"), names.Unique("TElement"));
        List<string?> conditions = [null, null, .. file.Plan.ElementStates.Select(state => file.ConditionText(state.When, scalars))];
        var parameters = buffers.Select(buffer => $"ReadOnlySpan<{buffer.Type ?? element}> {buffer.Name}");
        var separation = new SeparationEmitter(writer, buffers, "Tensor", isNumber: false, names);
        separation.WriteLists();
        writer.Header(
            $"public static void Check<{element}>",
            [.. file.Plan.HasConditionalStates && !file.Plan.UsesShape ? parameters.Prepend("ReadOnlySpan<double> " + scalars) : parameters], []);
        using (writer.Block())
        {
            var first = buffers[0];
            foreach (var (buffer, when) in buffers.Zip(conditions, (buffer, when) => (buffer, when)).Skip(1).Take(file.Plan.UsesShape ? 1 : buffers.Length))
            {
                var check = $"{Kernels}{RuleChecks.SameLength}({CSharp.Quote(first.Symbol)}, {first.Name}.Length, {CSharp.Quote(buffer.Symbol)}, {buffer.Name}.Length, {buffer.QuotedName});";
                if (when is null)
                {
                    writer.Line(check);
                    continue;
                }

                writer.Line($"if ({when} || !{buffer.Name}.IsEmpty)");
                using (writer.Indent())
                    writer.Line(check);
            }

            separation.Write();
        }
    }

    private void WriteCheckNumbers()
    {
        List<CheckedBuffer> numbers = [.. file.Plan.NumberStates.Select(state => new CheckedBuffer(file.Arguments.Of(state.Symbol), state.Name))];
        var separation = new SeparationEmitter(writer, numbers, "Number", isNumber: true, new Identifiers(numbers.Select(number => number.Name.TrimStart('@'))));
        separation.WriteLists();
        writer.Header("public static void CheckNumbers", [.. numbers.Select(number => "ref double " + number.Name)], []);
        using (writer.Block())
            separation.Write();
    }

    private void WriteHasState()
    {
        writer.Line("/// <summary>Whether an element-wise state exists in the step that the scalars are of.</summary>");
        writer.Line("public static bool HasState(int state, ReadOnlySpan<double> scalars) => state switch");
        writer.Line("{");
        using (writer.Indent())
        {
            var states = file.Plan.ElementStates.Select((state, i) => (Index: CSharp.Int(i), State: state)).Where(item => !item.State.When.IsAlways);
            WriteCases(states.Select(item => (
                item.Index, file.ConditionText(item.State.When, "scalars")!, item.State.Name, WhenOf(item.State))));
            writer.Line("_ => true,");
        }

        writer.Line("};");
    }

    private static string WhenOf(TensorPlan state) => ((StateSymbol)state.Symbol!).Source.When is var declared and not "" ? FormulaLines.OneLine(declared) : "the rule looks at it";

    private void WriteHasPass()
    {
        writer.Line("/// <summary>Whether a pass has anything to do in the step that the scalars are of.</summary>");
        writer.Line("public static bool HasPass(int pass, ReadOnlySpan<double> scalars) => pass switch");
        writer.Line("{");
        using (writer.Indent())
        {
            WriteCases(file.Plan.Passes.Where(pass => !pass.When.IsAlways).Select(pass => (CSharp.Int(pass.Index), file.ConditionText(pass.When, "scalars")!, "", pass.WhenText)));
            writer.Line("_ => true,");
        }

        writer.Line("};");
    }

    /// <summary>One case for all that hold under the same condition.</summary>
    private void WriteCases(IEnumerable<(string Index, string Condition, string Name, string When)> cases)
    {
        foreach (var group in cases.GroupBy(item => item.Condition))
        {
            var names = string.Join(", ", group.Select(item => item.Name).Where(name => name != ""));
            writer.Line($"// {(names == "" ? "" : names + " ")}while {group.First().When}");
            writer.Line($"{string.Join(" or ", group.Select(item => item.Index))} => {group.Key},");
        }
    }

    private void WriteBeginStep()
    {
        writer.Line("/// <summary>Computes what is the same for all elements of all tensors.</summary>");

        // Small tensors feel the call, and what it writes to memory for the loop to read again.
        if (file.Plan.Scalars.All.Length <= MostInlined)
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        string[] parameters = [.. file.Plan.UsesShape ? new[] { "rank", "rows", "columns" } : [], Names.Step, .. Model.Hypers.Concat(Model.Shifted).Select(hyper => Names.Of(hyper.Name))];
        writer.Header(
            "public static void BeginStep",
            [.. parameters.Select(parameter => "double " + parameter), "Span<double> scalars"], []);
        using (writer.Block())
            new ScalarBlockEmitter(writer, file.Plan.AtStart, StepLeaf, new VariableNames(Names, parameters)).Write();
    }

    private string? StepLeaf(Node node) => node.Op switch
    {
        Op.Hyper => Names.Of(node.Symbol!.Name),
        Op.Step => Names.Step,
        Op.Rank => "rank",
        Op.Rows => "rows",
        Op.Columns => "columns",
        _ => null,
    };

    private void WriteInitialState(string method, ImmutableArray<TensorPlan> states)
    {
        if (states.IsEmpty)
            return;
        var text = new ScalarText(StepLeaf);
        writer.Line();
        writer.Line($"public static double {method}({string.Join(", ", file.Plan.InitialHypers.Select(hyper => "double " + Names.Of(hyper.Name)).Prepend("int state"))}) => state switch");
        writer.Line("{");
        using (writer.Indent())
        {
            foreach (var group in states.Select((state, i) => (Index: CSharp.Int(i), Value: text.Of(state.Initial!))).GroupBy(state => state.Value))
                writer.Line($"{string.Join(" or ", group.Select(state => state.Index))} => {group.Key},");
            writer.Line("_ => throw new ArgumentOutOfRangeException(\"state\"),");
        }

        writer.Line("};");
    }
}
