using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Plans;
using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Writes the step over spans, with its documentation.</summary>
internal sealed class UpdateEmitter(CodeWriter writer, RuleLayout file)
{
    private const string Span = "global::System.Span<";
    private const string ReadOnlySpan = "global::System.ReadOnlySpan<";

    private readonly string _scalars = file.Arguments.Names.Unique("scalars");
    private readonly string _totals = file.Arguments.Names.Unique("totals");
    private readonly string _tensorStates = file.Arguments.Names.Unique("tensorStates");
    private readonly string _groupStates = file.Arguments.Names.Unique("groupStates");
    private readonly string _shape = file.Arguments.Names.Unique("shape");

    private readonly string _states = file.Arguments.Names.Unique("states");
    private readonly string _seed = file.Arguments.Names.Unique(UpdateArguments.Seed);

    private RuleModel Model => file.Model;

    private string Rule => Generated + file.ScalarsClass;

    private string Kernel => Generated + file.KernelClass;

    /// <summary>The overload for one type of elements; that in float has the documentation of both.</summary>
    public void Write(string type)
    {
        var arguments = file.Arguments;
        if (type == "float")
            WriteUpdateDoc();
        else
            writer.Line($"/// <inheritdoc cref=\"Update({string.Join(", ", DocumentedTypes).Replace('<', '{').Replace('>', '}')})\"/>");
        writer.Header(
            "public void Update",
            [
                "long " + arguments.Step,
                $"{Span}{type}> {arguments.Parameter}",
                $"{ReadOnlySpan}{type}> {arguments.Gradient}",
                .. file.Plan.UsesShape ? [$"{ReadOnlySpan}int> {_shape}"] : Array.Empty<string>(),
                .. Model.States.Select(state => (state.IsScalar ? "ref double " : $"{Span}{TypeOf(state, type)}> ") + arguments.Of(state) + (CanBeLeftOut(state) ? " = default" : "")),
                .. Packing is null ? Array.Empty<string>() : ["ulong " + _seed + " = 0"],
            ],
            []);
        using (writer.Block())
            WriteUpdateBody(type);
        writer.Line();
    }

    /// <summary>The types of the arguments of the step in float, which has the documentation of both.</summary>
    private IEnumerable<string> DocumentedTypes =>
    [
        "long", $"{Span}float>", $"{ReadOnlySpan}float>",
        .. file.Plan.UsesShape ? [$"{ReadOnlySpan}int>"] : Array.Empty<string>(),
        .. Model.States.Select(state => state.IsScalar ? "ref double" : $"{Span}{TypeOf(state, "float")}>"),
        .. Packing is null ? Array.Empty<string>() : ["ulong"],
    ];

    /// <summary>What editors show of it: the formulas, and what each argument is.</summary>
    private void WriteUpdateDoc()
    {
        var arguments = file.Arguments;
        writer.Line("/// <summary>Takes one step: updates the parameter and the states in place.</summary>");
        var formulas = Model.WriteFormulas(NotationStyle.Unicode).SelectMany(formula => formula.Split('\n')).Select(formula => CSharp.Xml(FormulaLines.OneLine(formula))).ToList();
        for (var i = 0; i < formulas.Count; i++)
            writer.Line($"/// {(i == 0 ? "<remarks><code>" : "")}{formulas[i]}{(i == formulas.Count - 1 ? "</code></remarks>" : "")}");
        WriteParameterDoc(arguments.Step, Model.Source.FirstStep == 1 ? "The step, 1 for the first." : $"The step, 1 for the first, at which the formulas' {Model.Source.Step} is 0.");
        WriteParameterDoc(arguments.Parameter, "The parameter, which is updated.");
        WriteParameterDoc(arguments.Gradient, "Its gradient.");
        if (file.Plan.UsesShape)
            WriteParameterDoc(_shape, "The dimensions of the parameter, outermost first: the first is its rows, all others together are its columns.");
        foreach (var state in Model.States)
            WriteParameterDoc(arguments.Of(state), StateDoc(state));
        if (Packing is not null)
            WriteParameterDoc(_seed, "Decides how values are rounded that are narrower in memory: another for another tensor.");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The lengths differ, or two of the tensors overlap in memory.</exception>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The step is below 1, or a hyper-parameter is out of its range or NaN.</exception>");
    }

    private void WriteUpdateBody(string type)
    {
        if (file.Plan.UsesShape)
        {
            WriteMatrixUpdateBody(type);
            return;
        }

        var arguments = file.Arguments;
        var tensors = new[] { arguments.Parameter, arguments.Gradient }.Concat(file.Plan.ElementStates.Select(state => arguments.Of(state.Symbol)));
        if (file.IsCheckedAtOnce)
            writer.Line($"{Kernels}{RuleChecks.Tensors}<{type}>({string.Join(", ", file.Buffers.Select(buffer => $"{buffer.QuotedName}, {buffer.Name}"))});");
        else if (!file.Plan.HasConditionalStates)
            writer.Line($"{Rule}.Check<{type}>({string.Join(", ", tensors)});");
        if (file.Plan.NumberStates.Length > 1)
            writer.Line($"{Rule}.CheckNumbers({string.Join(", ", file.Plan.NumberStates.Select(state => "ref " + arguments.Of(state.Symbol)))});");
        writer.Line($"{Span}double> {_scalars} = stackalloc double[{CSharp.Int(file.Plan.Scalars.All.Length)}];");
        writer.Line($"this.{RuleClassEmitter.Begin}({arguments.Step}, {_scalars});");
        if (file.Plan.HasConditionalStates)
            writer.Line($"{Rule}.Check<{type}>({string.Join(", ", tensors.Prepend(_scalars))});");
        if (file.Plan.HasTensorScalars)
        {
            writer.Line($"{Span}double> {_totals} = stackalloc double[{CSharp.Int(file.Plan.Reductions.Length)}];");
            WriteStates(_tensorStates, file.Plan.TensorStates);
            WriteStates(_groupStates, file.Plan.GroupStates);
        }

        if (Packing is { } packing)
            writer.Line($"var {_states} = new {Kernels}{packing.Type}({packing.Argument});");
        foreach (var pass in file.Passes)
        {
            if (pass.Pass.BeforeWhen.IsAlways)
                WriteBeforePass(pass.Pass.Index);
            if (pass.Tensors.Count == 0)
                continue;
            var passArguments = PassArguments(pass, type);
            var call = $"{Kernel}.{pass.Name}<{string.Join(", ", PassTypes(pass, type))}>";
            if (file.ConditionText(pass.Pass.When, _scalars) is not { } condition)
            {
                writer.Call(call, passArguments);
                continue;
            }

            var isFollowed = pass.Pass.Index + 1 < file.Passes.Length && file.Plan.Passes[pass.Pass.Index + 1] is { Before: not null, BeforeWhen.IsAlways: false };
            using (writer.BlockOrLine($"if ({condition})", isFollowed ? 2 : 1))
            {
                writer.Call(call, passArguments);
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

    /// <summary>The runtime makes the passes: it has the memory for what is computed on the way.</summary>
    private void WriteMatrixUpdateBody(string type)
    {
        var arguments = file.Arguments;
        var states = file.Plan.ElementStates.Select((state, i) => (Name: arguments.Of(state.Symbol), Index: CSharp.Int(i))).ToList();
        var numbers = file.Plan.TensorStates.Select((state, i) => (Name: arguments.Of(state.Symbol), Index: $"false, {CSharp.Int(i)}"))
            .Concat(file.Plan.GroupStates.Select((state, i) => (Name: arguments.Of(state.Symbol), Index: $"true, {CSharp.Int(i)}"))).ToList();
        writer.Line($"{Rule}.Check<{type}>({string.Join(", ", new[] { arguments.Parameter, arguments.Gradient }.Concat(states.Select(state => state.Name)))});");
        if (file.Plan.NumberStates.Length > 1)
            writer.Line($"{Rule}.CheckNumbers({string.Join(", ", file.Plan.NumberStates.Select(state => "ref " + arguments.Of(state.Symbol)))});");
        var step = arguments.Names.Unique("step");
        writer.Line($"var {step} = {Kernels}{MatrixStep.Name}<{type}>.{MatrixStep.Begin}(this, {arguments.Step}, {_shape}, {arguments.Parameter}.Length, {CSharp.Quote(_shape.TrimStart('@'))});");
        foreach (var (name, index) in states)
            writer.Line($"{step}.{MatrixStep.Take}({index}, {name}, {CSharp.Quote(name.TrimStart('@'))});");
        foreach (var (name, index) in numbers)
            writer.Line($"{step}.{MatrixStep.TakeNumber}({index}, {name});");
        writer.Line($"{step}.{MatrixStep.Run}({arguments.Parameter}, {arguments.Gradient});");
        foreach (var (name, index) in states)
            writer.Line($"{step}.{MatrixStep.Give}({index}, {name});");
        foreach (var (name, index) in numbers)
            writer.Line($"{name} = {step}.{MatrixStep.Number}({index});");
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

    private IEnumerable<string> PassTypes(PassSignature pass, string type) =>
    [
        type,
        .. pass.Pass.ReadsGradient ? [$"{Kernels}{PlainGradient.Name}<{type}>"] : Array.Empty<string>(),
        .. !pass.HasStates ? Array.Empty<string>() : [Kernels + (Packing?.Type ?? ElementStates.Name)],
    ];

    private IReadOnlyList<string> PassArguments(PassSignature pass, string type) =>
    [
        .. pass.Pass.ReadsGradient ? ["default"] : Array.Empty<string>(),
        .. !pass.HasStates ? Array.Empty<string>() : [Packing is null ? "default" : _states],
        _scalars,
        .. pass.Pass.Reductions.IsEmpty ? Array.Empty<string>()
            : [$"{_totals}.Slice({CSharp.Int(pass.Pass.Reductions[0].Index)}, {CSharp.Int(pass.Pass.Reductions.Length)})"],
        .. pass.Tensors.Select(tensor => tensor.Tensor.Type == ElementType.BFloat16
            ? $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<ushort, {type}>({file.Arguments.Of(tensor.Tensor.Symbol)})"
            : file.Arguments.Of(tensor.Tensor.Symbol)),
    ];

    /// <summary>How passes over spans read and write the states; null where all are of the type of the elements.</summary>
    private (string Type, string Argument)? Packing
    {
        get
        {
            var states = file.Plan.ElementStates;
            var (packed, nearest) = (0UL, 0UL);
            for (var i = 0; i < states.Length; i++)
            {
                if (states[i].Type != ElementType.BFloat16)
                    continue;
                packed |= 1UL << i;
                if (((StateSymbol)states[i].Symbol!).Source.Rounding == StateRounding.Nearest)
                    nearest |= 1UL << i;
            }

            if (packed == 0)
                return null;
            var key = $"{Kernels}{RoundingKey.Of}({_seed}, {file.Arguments.Step}, 0)";
            return nearest == 0 && states.All(state => state.Type == ElementType.BFloat16)
                ? (BFloat16States.Name, key)
                : (MixedStates.Name, $"new {Kernels}{StatePacking.Name}({Bits(packed)}, {Bits(nearest)}, false, {key})");
        }
    }

    private static string Bits(ulong bits) => "0x" + bits.ToString("X", System.Globalization.CultureInfo.InvariantCulture) + "UL";

    private string TypeOf(StateSymbol state, string type) => file.Plan.Of(state).Type == ElementType.BFloat16 ? "ushort" : type;

    /// <summary>An argument with a default has only such after it.</summary>
    private bool CanBeLeftOut(StateSymbol state) => Model.States.Skip(state.Index).All(other => other.IsConditional);

    private string StateDoc(StateSymbol state) =>
        (state.Source.Meaning == "" ? "A state" : char.ToUpperInvariant(state.Source.Meaning[0]) + state.Source.Meaning.Substring(1)) + (state.Source.Constant ? ", a constant of each element, which is not written."
            : !file.Plan.Of(state).IsChanged ? ", which stays as it is: nothing changes it that matters to a step."
            : state.Cardinality == Cardinality.PerTensor ? ", one value for the tensor."
            : state.Cardinality == Cardinality.PerGroup ? ", one value for the group; here the tensor is all of it."
            : state.Cardinality == Cardinality.PerRow ? $", one value for each row, {FormulaLines.OneLine(state.Source.Initial)} before the first step{NotLookedAt(state)}."
            : state.Cardinality == Cardinality.PerColumn ? $", one value for each column, {FormulaLines.OneLine(state.Source.Initial)} before the first step{NotLookedAt(state)}."
            : state.Cardinality.IsOfMatrices() ? $", a matrix of {state.Cardinality.Dimensions()}, {FormulaLines.OneLine(state.Source.Initial)} before the first step{NotLookedAt(state)}."
            : state.IsConditional ? $", which exists only while {FormulaLines.OneLine(state.Source.When)}; it is neither read nor written otherwise, and may be {(CanBeLeftOut(state) ? "left out" : "empty")}."
            : $", {FormulaLines.OneLine(state.Source.Initial)} before the first step{(file.Plan.Of(state).Type == ElementType.BFloat16 ? ", in bfloat16" : file.Plan.Of(state).Type == ElementType.Block8 ? "; elements here, 8 bits in an optimizer" : "")}.");

    private string NotLookedAt(StateSymbol state) => file.Plan.Of(state).When.IsAlways ? "" : "; it may be empty where the rule does not look at it";

    private void WriteParameterDoc(string name, string text) =>
        writer.Line($"/// <param name=\"{name.TrimStart('@')}\">{CSharp.Xml(text)}</param>");
}
