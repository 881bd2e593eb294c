using System.Numerics;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Holds generated kernels, and what they are generated of, against the interpreter, and kernels against themselves when the tensor is cut otherwise.</summary>
internal static class KernelAgreement
{
    // A kernel contracts, shares and rearranges: some roundings more or less than one an operation.
    private const double Slack = 16;

    public static void Verify<T>(RuleSource source, object rule, int length, int steps, int seed, Setting? at = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var format = typeof(T) == typeof(float) ? ElementFormat.Single : ElementFormat.Double;
        var model = Rule.Model(source);
        var liveness = new Liveness(model, ExpressionTree.Nodes);
        var random = new Random(seed);
        var setting = at ?? Setting.Default(source);
        var start = Values<T>(random, length, spread: 2);
        var (kernel, untouched) = (new KernelRun<T>(rule, start, firstStep: setting.FirstStep), new KernelRun<T>(rule, start));
        var reference = new RuleRun(RuleProgram.Compile(model), start, setting.Hypers, bounded: format) { StepCount = setting.FirstStep - 1 };
        for (var step = setting.FirstStep; step < setting.FirstStep + steps; step++)
        {
            var gradient = Values<T>(random, length, spread: 3 * setting.GradientSize);
            kernel.Step(gradient);
            reference.Step(gradient);
            Compare(source, $"W step {step}", kernel.Parameter, reference.Parameter, reference.Bounds!.Parameter, format, setting: setting);
            var (elements, tensors, groups) = (0, 0, 0);
            foreach (var state in length == 0 ? [] : model.States)
            {
                var (expected, bound) = (reference.State(state.Index), reference.Bounds.State(state.Index));
                if (state.IsConditional && !kernel.Exists(elements))
                    elements++;
                else if (!liveness.IsLive(state) && state.Cardinality == Cardinality.PerGroup)
                    Assert.Equal(untouched.GroupStates[groups], kernel.GroupStates[groups++]);
                else if (!liveness.IsLive(state) && state.Cardinality == Cardinality.PerTensor)
                    Assert.Equal(untouched.TensorStates[tensors], kernel.TensorStates[tensors++]);
                else if (!liveness.IsLive(state))
                    AssertSameBits<T>(untouched.State(elements), kernel.State(elements++));
                else if (state.Cardinality == Cardinality.PerGroup)
                    Compare<double>(source, $"{state.Name} step {step}", kernel.GroupStates.Slice(groups++, 1), expected, bound, format, setting: setting);
                else if (state.IsScalar)
                    Compare<double>(source, $"{state.Name} step {step}", kernel.TensorStates.Slice(tensors++, 1), expected, bound, format, setting: setting);
                else
                    Compare<T>(source, $"{state.Name} step {step}", kernel.State(elements++), expected, bound, format, setting: setting);
            }
        }

        Assert.True(kernel.IsBorderIntact(), source.Formulas);
    }

    /// <summary>What the algebra made of a rule against the interpreter; a start from which the two went apart in the step before is no start.</summary>
    public static void VerifyAlgebra<T>(RuleSource source, bool precise, int length, int steps, int seed, Setting setting)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var format = typeof(T) == typeof(float) ? ElementFormat.Single : ElementFormat.Double;
        var model = Rule.Model(source);
        var random = new Random(seed);
        var start = Values<T>(random, length, spread: 2);
        var reference = new RuleRun(RuleProgram.Compile(model), start, setting.Hypers, bounded: format) { StepCount = setting.FirstStep - 1 };
        var states = model.States.Select(state => reference.State(state.Index)).ToArray();
        var graph = new GraphRun<T>(model, precise, start, states, setting);
        var liveness = new Liveness(model, ExpressionTree.Nodes);
        for (var step = setting.FirstStep; step < setting.FirstStep + steps; step++)
        {
            var gradient = Values<T>(random, length, spread: 3 * setting.GradientSize);
            graph.Step(gradient);
            reference.Step(gradient);
            Compare(source, $"W step {step}", graph.Parameter, reference.Parameter, reference.Bounds!.Parameter, format, setting: setting);
            foreach (var state in model.States.Where(liveness.IsLive))
            {
                var (expected, bound) = (reference.State(state.Index), reference.Bounds.State(state.Index));
                if (state.IsScalar)
                    Compare<double>(source, $"{state.Name} step {step}", graph.Numbers.AsSpan(state.Index, 1), expected, bound, format, setting: setting);
                else
                    Compare(source, $"{state.Name} step {step}", graph.State(state.Index), expected, bound, format, setting: setting);
            }
        }
    }

    /// <summary>
    /// The tensors of a group in an optimizer against the interpreter in lockstep. Where sums may be rearranged, values that cancel
    /// are as uncertain as those that they are left of.
    /// </summary>
    public static void VerifyGroup<T>(RuleSource source, object rule, int[] lengths, int steps, int seed, bool rearranged)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var format = typeof(T) == typeof(float) ? ElementFormat.Single : ElementFormat.Double;
        var model = Rule.Model(source);
        var program = RuleProgram.Compile(model);
        var hypers = source.Hypers.Select(hyper => hyper.Default ?? 0).ToArray();
        var random = new Random(seed);
        var starts = lengths.Select(length => Values<T>(random, length, spread: 2)).ToArray();
        var reference = new GroupRun(program, [.. starts.Select(start => new RuleRun(program, start, hypers, bounded: format))]);
        var group = new GroupSteps<T>(rule, starts);
        var floor = rearranged ? 256 * format.UnitRoundoff : 0;
        for (var step = 1; step <= steps; step++)
        {
            var gradients = lengths.Select(length => Values<T>(random, length, spread: 3)).ToArray();
            reference.Step(gradients);
            group.Step(gradients);
            for (var i = 0; i < lengths.Length; i++)
            {
                var tensor = reference.Tensors[i];
                Compare(source, $"W{i} step {step}", group.Parameter(i), tensor.Parameter, tensor.Bounds!.Parameter, format, floor);
                foreach (var state in model.States)
                {
                    var (what, expected, bound) = ($"{state.Name}{i} step {step}", tensor.State(state.Index), tensor.Bounds.State(state.Index));
                    if (state.IsScalar)
                        Compare<double>(source, what, [group.Number(i, state.Name)], expected, bound, format, floor);
                    else
                        Compare(source, what, group.State(i, state.Name), expected, bound, format, floor);
                }
            }
        }
    }

    /// <summary>The tensors of a group have the same bits in chunks, on several threads, and whole.</summary>
    public static void VerifyGroupChunks<T>(object rule, int[] lengths, int steps, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var starts = lengths.Select(length => Values<T>(random, length, spread: 2)).ToArray();
        var whole = new GroupSteps<T>(rule, starts);
        var cut = new GroupSteps<T>(rule, starts, chunk: 512, degree: 3);
        for (var step = 1; step <= steps; step++)
        {
            var gradients = lengths.Select(length => Values<T>(random, length, spread: 3)).ToArray();
            whole.Step(gradients);
            cut.Step(gradients);
            for (var i = 0; i < lengths.Length; i++)
                AssertSameBits(whole.Parameter(i), cut.Parameter(i));
        }
    }

    /// <summary>The tensor in chunks has the same bits as the whole tensor.</summary>
    public static void VerifyChunks<T>(object rule, int length, int chunk, int steps, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var start = Values<T>(random, length, spread: 2);
        var whole = new KernelRun<T>(rule, start);
        var cut = new KernelRun<T>(rule, start, chunk);
        for (var step = 1; step <= steps; step++)
        {
            var gradient = Values<T>(random, length, spread: 3);
            whole.Step(gradient);
            cut.Step(gradient);
            AssertSameBits<T>(whole.Parameter, cut.Parameter);
            for (var k = 0; k < ((IUpdateRule)rule).Description.ElementStateCount; k++)
            {
                if (whole.Exists(k))
                    AssertSameBits<T>(whole.State(k), cut.State(k));
            }
        }
    }

    /// <summary>States that are narrower in memory have the bits of wide ones that are rounded after each pass, whole and in chunks.</summary>
    public static void VerifyNarrowing<T>(object rule, int length, ulong states, ulong nearest, int steps, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var start = Values<T>(random, length, spread: 2);
        var rounded = new KernelRun<T>(rule, start, narrowing: new Narrowing(states, nearest, Packs: false));
        var packed = new KernelRun<T>(rule, start, narrowing: new Narrowing(states, nearest, Packs: true));
        for (var step = 1; step <= steps; step++)
        {
            var gradient = Values<T>(random, length, spread: 3);
            rounded.Step(gradient);
            packed.Step(gradient);
            AssertSameBits<T>(rounded.Parameter, packed.Parameter);
            for (var k = 0; k < ((IUpdateRule)rule).Description.ElementStateCount; k++)
            {
                if (rounded.Exists(k))
                    AssertSameBits<T>(rounded.State(k), packed.State(k));
            }

            Assert.True(packed.IsBorderIntact());
        }
    }

    private static void AssertSameBits<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < first.Length; i++)
        {
            // The sign and payload of a NaN are the machine's.
            if (!(T.IsNaN(first[i]) && T.IsNaN(second[i])))
                Assert.Equal(BitConverter.DoubleToInt64Bits(double.CreateTruncating(first[i])), BitConverter.DoubleToInt64Bits(double.CreateTruncating(second[i])));
        }
    }

    private static void Compare<T>(RuleSource source, string what, ReadOnlySpan<T> actual, double[] expected, double[] bounds, ElementFormat format, double floor = 0, Setting? setting = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < actual.Length; i++)
        {
            var (value, bound) = (double.CreateTruncating(actual[i]), (Slack * bounds[i]) + (64 * format.Smallest) + (floor * Math.Max(1, Math.Abs(expected[i]))));
            if (double.IsFinite(bound) && double.IsFinite(expected[i]) && !(Math.Abs(value - expected[i]) <= bound))
                Assert.Fail($"{what}[{i}] of {actual.Length}: {value:R} instead of {expected[i]:R}, more than {bound:R} apart{setting}:\n{source.Formulas}");
        }
    }

    // Mostly ordinary numbers, some zeros, equal ones and very small ones.
    private static double[] Values<T>(Random random, int length, double spread)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new double[length];
        for (var i = 0; i < length; i++)
        {
            var value = random.Next(12) switch
            {
                0 => 0,
                1 => 1,
                2 => 1e-9 * (random.NextDouble() - 0.5),
                _ => spread * (random.NextDouble() - 0.45),
            };
            values[i] = double.CreateTruncating(T.CreateTruncating(value));
        }

        return values;
    }
}
