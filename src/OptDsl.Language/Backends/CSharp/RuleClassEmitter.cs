using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the part of the user's class: the step over spans, and the interface that the optimizer drives.</summary>
/// <remarks>Nothing but <c>global::</c> names here: the namespace is the user's, and so are the members.</remarks>
internal sealed class RuleClassEmitter(CodeWriter writer, RuleLayout file)
{
    private const string IRule = Root + IUpdateRule.Name;
    private const string Step = Root + RuleStep.Name;
    private const string Span = "global::System.Span<";
    private const string ReadOnlySpan = "global::System.ReadOnlySpan<";

    /// <summary>No name of the user's has two underscores in a row.</summary>
    public const string Begin = "__BeginStep";

    private readonly HyperSymbol? _rate = HyperText.RateOf(file.Model);

    private RuleModel Model => file.Model;

    /// <summary>What the values before the first step depend on, at that step.</summary>
    private IEnumerable<string> InitialHypers => file.Plan.InitialHypers.Select(hyper => HyperText.Value(hyper, hyper == _rate));

    private string Rule => Generated + file.ScalarsClass;

    private string Kernel => Generated + file.KernelClass;

    public void Write() => CSharp.WriteType(writer, file.Declaration.Type, $" : {IRule}<float>, {IRule}<double>", () =>
    {
        var update = new UpdateEmitter(writer, file);
        update.Write("float");
        update.Write("double");
        WriteInterface();
        WriteTyped("float");
        WriteTyped("double");
    });

    private void WriteInterface()
    {
        writer.Line($"{Root}{RuleDescription.Type} {IRule}.{IUpdateRule.Description} => {Rule}.Description;");
        writer.Line();
        WriteHypers();
        writer.Line($"void {IRule}.{IUpdateRule.BeginStep}({Step} step, {Span}double> scalars) => this.{Begin}(step, scalars);");
        writer.Line();
        WriteBeginStep();

        writer.Line();
        if (file.Plan.HasTensorScalars)
        {
            string[] parameters =
            [
                "int pass", "long count", "long groupCount", $"{ReadOnlySpan}double> totals", $"{Span}double> scalars", $"{Span}double> tensorStates",
                $"{Span}double> groupStates",
            ];
            writer.Header($"void {IRule}.{IUpdateRule.BeforePass}", parameters, []);
            using (writer.Indent())
                writer.Line($"=> {Rule}.BeforePass(pass, count, groupCount, totals, scalars, tensorStates, groupStates);");
            writer.Line();
        }

        if (file.Plan.HasConditionalStates)
        {
            writer.Line($"bool {IRule}.{IUpdateRule.HasState}(int state, {ReadOnlySpan}double> scalars) => {Rule}.HasState(state, scalars);");
            writer.Line();
        }

        if (file.HasTensorScalarsText("scalars") is { } hasTensorScalars)
        {
            writer.Line($"bool {IRule}.{IUpdateRule.HasTensorScalars}({ReadOnlySpan}double> scalars) => {hasTensorScalars};");
            writer.Line();
        }

        if (file.Plan.HasConditionalPasses)
        {
            writer.Line($"bool {IRule}.{IUpdateRule.HasPass}(int pass, {ReadOnlySpan}double> scalars) => {Rule}.HasPass(pass, scalars);");
            writer.Line();
        }

        var initial = string.Join(", ", InitialHypers.Prepend("state"));
        if (!file.Plan.TensorStates.IsEmpty)
        {
            writer.Line($"double {IRule}.{IUpdateRule.InitialTensorState}(int state, {Step} step) => {Rule}.InitialTensorState({initial});");
            writer.Line();
        }

        if (!file.Plan.GroupStates.IsEmpty)
        {
            writer.Line($"double {IRule}.{IUpdateRule.InitialGroupState}(int state, {Step} step) => {Rule}.InitialGroupState({initial});");
            writer.Line();
        }
    }

    /// <summary>Not only through the interface, which a class derived from this one may implement anew.</summary>
    private void WriteBeginStep()
    {
        const string compiler = "global::System.Runtime.CompilerServices.";
        writer.Line($"[{compiler}MethodImpl({compiler}MethodImplOptions.AggressiveInlining)]");
        writer.Line($"private void {Begin}({Step} step, {Span}double> scalars) => {Rule}.BeginStep(");
        using (writer.Indent())
        {
            if (file.Plan.UsesShape)
                writer.Line($"step.{RuleStep.Shape}.{RuntimeContract.TensorShape.Rank}, step.{RuleStep.Shape}.{RuntimeContract.TensorShape.Rows}, step.{RuleStep.Shape}.{RuntimeContract.TensorShape.Columns},");
            writer.Line($"{Kernels}{RuleChecks.Step}(step, {CSharp.Quote(file.Arguments.Step.TrimStart('@'))}),");
            foreach (var hyper in Model.Hypers.Concat(Model.Shifted))
                writer.Line(HyperText.Checked(hyper, (hyper.Base ?? hyper) == _rate) + ",");
            writer.Line("scalars);");
        }
    }

    private void WriteHypers()
    {
        writer.Line($"double {IRule}.{IUpdateRule.HyperAt}(int index, {Step} step) => index switch");
        writer.Line("{");
        using (writer.Indent())
        {
            for (var i = 0; i < Model.Hypers.Length; i++)
                writer.Line($"{CSharp.Int(i)} => {HyperText.Value(Model.Hypers[i], Model.Hypers[i] == _rate)},");
            writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(\"index\"),");
        }

        writer.Line("};");
        writer.Line();
        WriteScheduleOf([.. Model.Hypers.Where(hyper => hyper.Source.Type == HyperType.Schedule)]);
        if (!Model.Hypers.Any(hyper => hyper.Source.CanBeSet))
            return;
        writer.Line($"void {IRule}.{IUpdateRule.SetHyper}(int index, double value)");
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

    private void WriteScheduleOf(List<HyperSymbol> schedules)
    {
        if (schedules.Count == 0)
            return;
        var head = $"{Root}{Schedule.Name}? {IRule}.{IUpdateRule.ScheduleOf}(int index) => index ";
        if (schedules.Count == 1)
        {
            writer.Line($"{head}== {CSharp.Int(schedules[0].Index)} ? {HyperText.Property(schedules[0])} : null;");
        }
        else
        {
            writer.Line(head + "switch");
            writer.Line("{");
            using (writer.Indent())
            {
                foreach (var hyper in schedules)
                    writer.Line($"{CSharp.Int(hyper.Index)} => {HyperText.Property(hyper)},");
                writer.Line("_ => null,");
            }

            writer.Line("};");
        }

        writer.Line();
    }

    private void WriteTyped(string type)
    {
        if (file.HasInitialTensors)
        {
            string[] parameters = ["int state", Step + " step", $"{ReadOnlySpan}{type}> parameter", $"{Span}{type}> destination"];
            writer.Header($"void {IRule}<{type}>.{IUpdateRule.Initialize}", parameters, []);
            using (writer.Indent())
                writer.Call($"=> {Kernel}.Initialize", [.. InitialHypers.Prepend("state"), "parameter", "destination"]);
            writer.Line();
        }

        writer.Line($"void {IRule}<{type}>.{IUpdateRule.RunPass}(int pass, in {Root}{PassSlice.Name}<{type}> slice) => {Kernels}{Passes.Run}<{type}, {Kernel}>(pass, slice);");
        writer.Line();
        writer.Line($"void {IRule}<{type}>.{IUpdateRule.RunBatch}(int pass, in {Root}{PassBatch.Name}<{type}> batch) => {Kernels}{Passes.Run}<{type}, {Kernel}>(pass, batch);");
        if (type == "float")
            writer.Line();
    }
}
