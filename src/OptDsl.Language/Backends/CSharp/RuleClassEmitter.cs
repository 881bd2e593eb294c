using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Plans;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the part of the user's class: the step over spans, and the interface that the optimizer drives.</summary>
/// <remarks>Nothing but <c>global::</c> names here: the namespace is the user's, and so are the members.</remarks>
internal sealed class RuleClassEmitter(CodeWriter writer, RuleLayout file)
{
    private const string IRule = "global::OptDsl.IUpdateRule";
    private const string RuleStep = "global::OptDsl.RuleStep";
    private const string Checks = "global::OptDsl.Kernels.RuleChecks";
    private const string Span = "global::System.Span<";
    private const string ReadOnlySpan = "global::System.ReadOnlySpan<";

    private readonly string _scalars = file.Arguments.Names.Unique("scalars");
    private readonly string _totals = file.Arguments.Names.Unique("totals");
    private readonly string _tensorStates = file.Arguments.Names.Unique("tensorStates");
    private readonly string _groupStates = file.Arguments.Names.Unique("groupStates");

    private readonly HyperSymbol? _rate = HyperText.RateOf(file.Model);

    private RuleModel Model => file.Model;

    /// <summary>What the values before the first step depend on, at that step.</summary>
    private IEnumerable<string> InitialHypers => file.Plan.InitialHypers.Select(hyper => HyperText.Value(hyper, hyper == _rate));

    private string Rule => "global::OptDsl.Generated." + file.ScalarsClass;

    public void Write() => CSharp.WriteType(writer, file.Declaration.Type, $" : {IRule}<float>, {IRule}<double>", () =>
    {
        WriteUpdate("float");
        WriteUpdate("double");
        WriteInterface();
        WriteTyped("float");
        WriteTyped("double");
    });

    private void WriteUpdate(string type)
    {
        var arguments = file.Arguments;
        writer.Line("/// <summary>Takes one step: updates the parameter and the states in place.</summary>");
        WriteParameterDoc(arguments.Step, Model.Source.FirstStep == 1 ? "The step, 1 for the first." : $"The step, 1 for the first, at which the formulas' {Model.Source.Step} is 0.");
        WriteParameterDoc(arguments.Parameter, "The parameter " + Model.Parameter.Name + ".");
        WriteParameterDoc(arguments.Gradient, "Its gradient " + Model.Source.Gradient + ".");
        foreach (var state in Model.States)
            WriteParameterDoc(arguments.Of(state), StateDoc(state));
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The lengths differ, or two of the tensors overlap in memory.</exception>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The step is below 1, or a hyper-parameter is out of its range or NaN.</exception>");
        writer.Header(
            "public void Update",
            [
                "long " + arguments.Step,
                $"{Span}{type}> {arguments.Parameter}",
                $"{ReadOnlySpan}{type}> {arguments.Gradient}",
                .. Model.States.Select(state => (state.IsScalar ? "ref double " : $"{Span}{type}> ") + arguments.Of(state) + (CanBeLeftOut(state) ? " = default" : "")),
            ],
            []);
        using (writer.Block())
            WriteUpdateBody(type);
        writer.Line();
    }

    private void WriteUpdateBody(string type)
    {
        var arguments = file.Arguments;
        var kernel = "global::OptDsl.Generated." + file.KernelClass(type);
        var tensors = new[] { arguments.Parameter, arguments.Gradient }.Concat(file.Plan.ElementStates.Select(state => arguments.Of(state.Symbol)));
        if (!file.Plan.HasConditionalStates)
            writer.Line($"{Rule}.Check<{type}>({string.Join(", ", tensors)});");
        if (file.Plan.NumberStates.Length > 1)
            writer.Line($"{Rule}.CheckNumbers({string.Join(", ", file.Plan.NumberStates.Select(state => "ref " + arguments.Of(state.Symbol)))});");
        writer.Line($"{Span}double> {_scalars} = stackalloc double[{CSharp.Int(file.Plan.Scalars.All.Length)}];");
        WriteBeginStep("", arguments.Step, _scalars);
        if (file.Plan.HasConditionalStates)
            writer.Line($"{Rule}.Check<{type}>({string.Join(", ", tensors.Prepend(_scalars))});");
        if (file.Plan.HasTensorScalars)
        {
            writer.Line($"{Span}double> {_totals} = stackalloc double[{CSharp.Int(file.Plan.Reductions.Length)}];");
            WriteStates(_tensorStates, file.Plan.TensorStates);
            WriteStates(_groupStates, file.Plan.GroupStates);
        }

        foreach (var pass in file.Passes)
        {
            if (pass.Pass.BeforeWhen.IsAlways)
                WriteBeforePass(pass.Pass.Index);
            if (pass.Tensors.Count == 0)
                continue;
            var call = $"{kernel}.{pass.Entry}({string.Join(", ", PassArguments(pass, type))});";
            if (file.ConditionText(pass.Pass.When, _scalars) is not { } condition)
            {
                writer.Line(call);
                continue;
            }

            var isFollowed = pass.Pass.Index + 1 < file.Passes.Length && file.Plan.Passes[pass.Pass.Index + 1] is { Before: not null, BeforeWhen.IsAlways: false };
            using (writer.BlockOrLine($"if ({condition})", isFollowed ? 2 : 1))
            {
                writer.Line(call);
                if (isFollowed)
                    WriteBeforePass(pass.Pass.Index + 1);
            }
        }

        if (file.Plan.AtEnd is not null)
        {
            WriteBeforePass(file.Passes.Length);
            for (var i = 0; i < file.Plan.TensorStates.Length; i++)
                writer.Line($"{arguments.Of(file.Plan.TensorStates[i].Symbol)} = {_tensorStates}[{CSharp.Int(i)}];");
            for (var i = 0; i < file.Plan.GroupStates.Length; i++)
                writer.Line($"{arguments.Of(file.Plan.GroupStates[i].Symbol)} = {_groupStates}[{CSharp.Int(i)}];");
        }
    }

    private void WriteStates(string name, ImmutableArray<TensorPlan> states)
    {
        if (!states.IsEmpty)
            writer.Line($"{Span}double> {name} = stackalloc double[] {{ {string.Join(", ", states.Select(state => file.Arguments.Of(state.Symbol)))} }};");
    }

    /// <summary>A tensor by itself is a group of one.</summary>
    private void WriteBeforePass(int pass)
    {
        if (pass < file.Passes.Length && file.Plan.Passes[pass].Before is null)
            return;
        var count = file.Arguments.Parameter + ".Length";
        var (tensorStates, groupStates) = (file.Plan.TensorStates.IsEmpty ? "default" : _tensorStates, file.Plan.GroupStates.IsEmpty ? "default" : _groupStates);
        writer.Line($"{Rule}.BeforePass({CSharp.Int(pass)}, {count}, {count}, {_totals}, {_scalars}, {tensorStates}, {groupStates});");
    }

    private IEnumerable<string> PassArguments(PassSignature pass, string type) =>
    [
        .. pass.Pass.ReadsGradient ? [$"default(global::OptDsl.Kernels.PlainGradient<{type}>)"] : Array.Empty<string>(),
        _scalars,
        .. pass.Pass.Reductions.IsEmpty ? Array.Empty<string>()
            : [$"{_totals}.Slice({CSharp.Int(pass.Pass.Reductions[0].Index)}, {CSharp.Int(pass.Pass.Reductions.Length)})"],
        .. pass.Tensors.Select(tensor => file.Arguments.Of(tensor.Tensor.Symbol)),
    ];

    private void WriteInterface()
    {
        writer.Line($"global::OptDsl.RuleDescription {IRule}.Description => {Rule}.Description;");
        writer.Line();
        WriteHypers();
        WriteBeginStep($"void {IRule}.BeginStep({RuleStep} step, {Span}double> scalars) => ", "step", "scalars");

        writer.Line();
        writer.Line($"void {IRule}.BeforePass(");
        using (writer.Indent())
            writer.Line($"int pass, long count, long groupCount, {ReadOnlySpan}double> totals, {Span}double> scalars, {Span}double> tensorStates, {Span}double> groupStates)" + (file.Plan.HasTensorScalars ? " =>" : ""));
        if (file.Plan.HasTensorScalars)
        {
            using (writer.Indent())
                writer.Line($"{Rule}.BeforePass(pass, count, groupCount, totals, scalars, tensorStates, groupStates);");
        }
        else
        {
            writer.Line("{");
            writer.Line("}");
        }

        writer.Line();
        if (file.Plan.HasConditionalStates)
        {
            writer.Line($"bool {IRule}.HasState(int state, {ReadOnlySpan}double> scalars) => {Rule}.HasState(state, scalars);");
            writer.Line();
        }

        if (file.HasTensorScalarsText("scalars") is { } hasTensorScalars)
        {
            writer.Line($"bool {IRule}.HasTensorScalars({ReadOnlySpan}double> scalars) => {hasTensorScalars};");
            writer.Line();
        }

        if (file.Plan.HasConditionalPasses)
        {
            writer.Line($"bool {IRule}.HasPass(int pass, {ReadOnlySpan}double> scalars) => {Rule}.HasPass(pass, scalars);");
            writer.Line();
        }

        var initial = string.Join(", ", InitialHypers.Prepend("state"));
        writer.Line($"double {IRule}.InitialTensorState(int state, {RuleStep} step) => {Rule}.InitialTensorState({initial});");
        writer.Line();
        if (!file.Plan.GroupStates.IsEmpty)
        {
            writer.Line($"double {IRule}.InitialGroupState(int state, {RuleStep} step) => {Rule}.InitialGroupState({initial});");
            writer.Line();
        }
    }

    /// <summary>Not through the interface, which a class derived from this one may implement anew.</summary>
    private void WriteBeginStep(string start, string step, string scalars)
    {
        writer.Line($"{start}{Rule}.BeginStep(");
        using (writer.Indent())
        {
            writer.Line($"{Checks}.Step({step}, {CSharp.Quote(file.Arguments.Step.TrimStart('@'))}),");
            foreach (var hyper in Model.Hypers.Concat(Model.Shifted))
                writer.Line(HyperText.Checked(hyper, (hyper.Base ?? hyper) == _rate, step) + ",");
            writer.Line($"{scalars});");
        }
    }

    private void WriteHypers()
    {
        writer.Line($"double {IRule}.HyperAt(int index, {RuleStep} step) => index switch");
        writer.Line("{");
        using (writer.Indent())
        {
            for (var i = 0; i < Model.Hypers.Length; i++)
                writer.Line($"{CSharp.Int(i)} => {HyperText.Value(Model.Hypers[i], Model.Hypers[i] == _rate)},");
            writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(\"index\"),");
        }

        writer.Line("};");
        writer.Line();
        if (Model.Hypers.Any(hyper => hyper.Source.Type == HyperType.Schedule))
        {
            writer.Line($"global::OptDsl.Schedule? {IRule}.ScheduleOf(int index) => index switch");
            writer.Line("{");
            using (writer.Indent())
            {
                foreach (var hyper in Model.Hypers.Where(hyper => hyper.Source.Type == HyperType.Schedule))
                    writer.Line($"{CSharp.Int(hyper.Index)} => {HyperText.Property(hyper)},");
                writer.Line("_ => null,");
            }

            writer.Line("};");
            writer.Line();
        }

        if (!Model.Hypers.Any(hyper => hyper.Source.CanBeSet))
            return;
        writer.Line($"void {IRule}.SetHyper(int index, double value)");
        using (writer.Block())
        {
            using (writer.Block("switch (index)"))
            {
                foreach (var hyper in Model.Hypers.Where(hyper => hyper.Source.CanBeSet))
                    writer.Line($"case {CSharp.Int(hyper.Index)}: {HyperText.Assignment(hyper, "value")} break;");
                writer.Line("default: throw new global::System.NotSupportedException();");
            }
        }

        writer.Line();
    }

    private void WriteTyped(string type)
    {
        var kernel = "global::OptDsl.Generated." + file.KernelClass(type);
        var arguments = InitialHypers.Prepend("state").Concat(["parameter", "destination"]);
        writer.Line($"void {IRule}<{type}>.Initialize(int state, {RuleStep} step, {ReadOnlySpan}{type}> parameter, {Span}{type}> destination) =>");
        using (writer.Indent())
            writer.Line($"{kernel}.Initialize({string.Join(", ", arguments)});");
        writer.Line();
        writer.Line($"void {IRule}<{type}>.RunPass(int pass, in global::OptDsl.PassSlice<{type}> slice) => {kernel}.RunPass(pass, slice);");
        if (type == "float")
            writer.Line();
    }

    /// <summary>An argument with a default has only such after it.</summary>
    private bool CanBeLeftOut(StateSymbol state) => Model.States.Skip(state.Index).All(other => other.IsConditional);

    private string StateDoc(StateSymbol state) =>
        $"The state {state.Name}" + (!file.Plan.Of(state).IsChanged ? ", which stays as it is: nothing changes it that matters to a step."
            : state.Shape == Shape.PerTensor ? ", one value for the tensor."
            : state.Shape == Shape.PerGroup ? ", one value for the group; here the tensor is all of it."
            : state.IsConditional ? $", which exists only while {FormulaLines.OneLine(state.Source.When)}; it is neither read nor written otherwise, and may be {(CanBeLeftOut(state) ? "left out" : "empty")}."
            : ".");

    private void WriteParameterDoc(string name, string text) =>
        writer.Line($"/// <param name=\"{name.TrimStart('@')}\">{CSharp.Xml(text)}</param>");
}
