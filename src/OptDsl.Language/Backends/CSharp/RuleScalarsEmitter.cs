using System.Collections.Immutable;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans.Algebra;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Writes the file-local class with what does not depend on the element type: description, checks, and the values that are the
/// same for all elements.
/// </summary>
internal sealed class RuleScalarsEmitter(CodeWriter writer, RuleLayout file)
{
    private RuleNames Names => file.Names;

    private RuleModel Model => file.Model;

    public void Write()
    {
        writer.Line($"/// <summary>{CSharp.Xml(file.Declaration.Type.FullName)}: what is the same for all elements.</summary>");
        using (writer.Block("file static class " + file.ScalarsClass))
        {
            WriteDescription();
            writer.Line();
            WriteCheck();
            writer.Line();
            if (file.HasConditionalStates)
            {
                WriteHasState();
                writer.Line();
            }

            if (file.HasConditionalPasses)
            {
                WriteHasPass();
                writer.Line();
            }

            WriteBeginStep();
            if (file.HasTensorScalars)
            {
                writer.Line();
                new BeforePassEmitter(writer, file).Write();
            }

            writer.Line();
            WriteInitialState("InitialTensorState", file.TensorStates);
            if (!file.GroupStates.IsEmpty)
            {
                writer.Line();
                WriteInitialState("InitialGroupState", file.GroupStates);
            }
        }
    }

    private void WriteDescription()
    {
        writer.Line("public static readonly RuleDescription Description = new()");
        writer.Line("{");
        using (writer.Indent())
        {
            writer.Line($"Name = {CSharp.Quote(file.Declaration.Type.Type.Name)},");
            writer.Line($"Formulas = {Formulas(NotationStyle.Unicode)},");
            writer.Line($"Latex = {Formulas(NotationStyle.Latex)},");
            if (Model.Source.FirstStep != 1)
                writer.Line($"FirstStep = {CSharp.Int(Model.Source.FirstStep)},");
            writer.Line($"Hash = {CSharp.Quote(ModelHash.Of(Model))},");
            WriteList("States", Model.States.Select(state =>
                $"new StateDescription({CSharp.Quote(state.Name)}, {CSharp.Quote(state.Source.Initial)}, {CSharp.Bool(state.Shape == Shape.PerTensor)}, {CSharp.Bool(state.Source.Output)})" + More(state)));
            WriteList("Hypers", Model.Hypers.Select(hyper =>
                $"new HyperDescription({CSharp.Quote(hyper.Name)}, {CSharp.Quote(hyper.Source.Property)}, {(hyper.Source.Default is { } value ? CSharp.Double(value) : "null")}, {CSharp.Double(hyper.Source.Min)}, {CSharp.Double(hyper.Source.Max)}){(hyper == HyperText.RateOf(Model) ? " { IsLearningRate = true }" : "")}"));
            WriteList("Passes", file.Plan.Passes.Select(pass =>
            {
                var reductions = file.ReductionTexts(pass).Zip(pass.Reductions, (text, reduction) =>
                    $"new ReductionDescription({CSharp.Quote(text)}, ReductionKind.{(reduction.Op == Op.MaxAbs ? "Max" : "Sum")}){(reduction.Shape == Shape.PerGroup ? " { PerGroup = true }" : "")}");
                return $"new PassDescription([{Quoted(file.Reads(pass))}], [{Quoted(RuleLayout.Writes(pass))}], [{string.Join(", ", reductions)}])" + More(pass);
            }));
            writer.Line($"ScalarCount = {CSharp.Int(Names.Slots.Count)},");
            writer.Line($"HasTensorScalars = {CSharp.Bool(file.HasTensorScalars)},");
            var traits = RuleTraits.Of(Model);
            writer.Line($"GradientDegree = {(traits.GradientDegree is { } gradient ? CSharp.Double(gradient) : "null")},");
            writer.Line($"StepSizeDegree = {(traits.StepSizeDegree is { } stepSize ? CSharp.Double(stepSize) : "null")},");
            writer.Line($"HasBiasCorrection = {CSharp.Bool(traits.HasBiasCorrection)},");
            writer.Line($"HasEpsilon = {CSharp.Bool(traits.HasEpsilon)},");
        }

        writer.Line("};");
    }

    private string More(StateSymbol state)
    {
        List<string> more = [];
        if (state.Shape == Shape.PerGroup)
            more.Add("PerGroup = true");
        if (state.Source.Meaning != "")
            more.Add("Meaning = " + CSharp.Quote(state.Source.Meaning));
        if (state.IsConditional)
            more.Add("When = " + CSharp.Quote(FormulaText.OneLine(state.Source.When)));
        if (!IsThereByDefault(state))
            more.Add("IsThereByDefault = false");
        return more.Count == 0 ? "" : " { " + string.Join(", ", more) + " }";
    }

    private string More(PassPlan pass)
    {
        List<string> more = [];
        if (!pass.When.IsAlways)
            more.Add("When = " + CSharp.Quote(file.WhenText(pass)));
        if (!file.Plan.Traffic.MayHold(pass.When))
            more.Add("IsThereByDefault = false");
        if (file.OptionalReads(pass).ToList() is { Count: > 0 } optional)
            more.Add($"OptionalReads = [{Quoted(optional)}]");
        return more.Count == 0 ? "" : " { " + string.Join(", ", more) + " }";
    }

    private bool IsThereByDefault(StateSymbol state) =>
        Model.Conditions[state.Index] is not { } condition || StepValue.Of(condition, hyper => hyper.Source.Default ?? 0) != 0;

    private string Formulas(NotationStyle style) => CSharp.Quote(string.Join("\n", Model.WriteFormulas(style)));

    private void WriteList(string name, IEnumerable<string> items)
    {
        var list = items.ToList();
        if (list.Count == 0)
        {
            writer.Line(name + " = [],");
            return;
        }

        writer.Line(name + " =");
        writer.Line("[");
        using (writer.Indent())
            writer.Lines(list.Select(item => item + ","));
        writer.Line("],");
    }

    private static string Quoted(IEnumerable<string> texts) => string.Join(", ", texts.Select(CSharp.Quote));

    private void WriteCheck()
    {
        List<(string Name, string Symbol, StateSymbol? State)> tensors =
        [
            (file.Arguments.Parameter, Model.Parameter.Name, null),
            (file.Arguments.Gradient, Model.Source.Gradient, null),
            .. file.ElementStates.Select(state => (file.Arguments.Of(state), state.Name, (StateSymbol?)state)),
        ];
        var scalars = new Names(tensors.Select(tensor => tensor.Name.TrimStart('@'))).Unique("scalars");
        var parameters = tensors.Select(tensor => "ReadOnlySpan<TElement> " + tensor.Name);
        writer.Header(
            "public static void Check<TElement>", [.. file.HasConditionalStates ? parameters.Prepend("ReadOnlySpan<double> " + scalars) : parameters], []);
        using (writer.Block())
        {
            var first = tensors[0];
            foreach (var (name, symbol, state) in tensors.Skip(1))
            {
                var check = $"RuleChecks.SameLength({CSharp.Quote(first.Symbol)}, {first.Name}.Length, {CSharp.Quote(symbol)}, {name}.Length, nameof({name}));";
                if (state is not { IsConditional: true })
                {
                    writer.Line(check);
                    continue;
                }

                writer.Line($"if ({file.ConditionText(state, scalars)} || !{name}.IsEmpty)");
                using (writer.Indent())
                    writer.Line(check);
            }

            for (var i = 0; i < tensors.Count; i++)
            {
                for (var j = i + 1; j < tensors.Count; j++)
                    writer.Line($"RuleChecks.Separate({CSharp.Quote(tensors[i].Symbol)}, {tensors[i].Name}, {CSharp.Quote(tensors[j].Symbol)}, {tensors[j].Name}, nameof({tensors[j].Name}));");
            }
        }
    }

    private void WriteHasState()
    {
        writer.Line("/// <summary>Whether an element-wise state exists in the step that the scalars are of.</summary>");
        writer.Line("public static bool HasState(int state, ReadOnlySpan<double> scalars) => state switch");
        writer.Line("{");
        using (writer.Indent())
        {
            for (var i = 0; i < file.ElementStates.Length; i++)
            {
                if (file.ConditionText(file.ElementStates[i], "scalars") is { } condition)
                    writer.Line($"{CSharp.Int(i)} => {condition}, // {file.ElementStates[i].Name} while {FormulaText.OneLine(file.ElementStates[i].Source.When)}");
            }

            writer.Line("_ => true,");
        }

        writer.Line("};");
    }

    private void WriteHasPass()
    {
        writer.Line("/// <summary>Whether a pass has anything to do in the step that the scalars are of.</summary>");
        writer.Line("public static bool HasPass(int pass, ReadOnlySpan<double> scalars) => pass switch");
        writer.Line("{");
        using (writer.Indent())
        {
            foreach (var pass in file.Plan.Passes.Where(pass => !pass.When.IsAlways))
                writer.Line($"{CSharp.Int(pass.Index)} => {file.ConditionText(pass, "scalars")}, // while {file.WhenText(pass)}");
            writer.Line("_ => true,");
        }

        writer.Line("};");
    }

    private void WriteBeginStep()
    {
        writer.Line("/// <summary>Computes what is the same for all elements of all tensors.</summary>");
        writer.Header(
            "public static void BeginStep",
            ["double " + Names.Step, .. Model.Hypers.Select(hyper => "double " + Names.Of(hyper)), "Span<double> scalars"], []);
        using (writer.Block())
        {
            var slots = Names.Slots.Where(slot => slot.Node.Shape == Shape.PerStep);
            ScalarCode.Write(
                writer, Names.Taken, [.. slots.Select(slot => (slot.Target, slot.Node))], StepLeaf, Names.DefinitionName, Names.SlotComment);
        }
    }

    private string? StepLeaf(Node node) => node.Op switch
    {
        Op.Hyper => Names.Of(node.Symbol!),
        Op.Step => Names.Step,
        _ => null,
    };

    private void WriteInitialState(string method, ImmutableArray<StateSymbol> states)
    {
        writer.Header("public static double " + method, ["int state", .. file.InitialHypers.Select(hyper => "double " + Names.Of(hyper))], []);
        using (writer.Block())
        {
            var text = new ScalarText(StepLeaf);
            for (var i = 0; i < states.Length; i++)
            {
                writer.Line($"if (state == {CSharp.Int(i)})");
                using (writer.Indent())
                    writer.Line($"return {text.Of(file.Initials[states[i].Index])};");
            }

            writer.Line("throw new ArgumentOutOfRangeException(nameof(state));");
        }
    }
}
