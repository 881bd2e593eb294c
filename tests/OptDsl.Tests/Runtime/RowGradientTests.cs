using OptDsl.Rules;
using OptDsl.Tests.Checkpoints;
using OptDsl.Tests.TestRules;

namespace OptDsl.Tests.Runtime;

/// <summary>Gradients of some rows alone, as embeddings have them.</summary>
public sealed class RowGradientTests
{
    private const int RowLength = 37;
    private const int RowCount = 20;

    [Theory]
    [InlineData("none")]
    [InlineData("value")]
    [InlineData("global")]
    [InlineData("tensor")]
    public void A_step_of_rows_is_a_step_of_as_many_parameters(string clipping)
    {
        // Each row as a parameter of its own that rests where the table has no gradient of it; clipped together.
        var (table, tableOptimizer) = Table(clipping);
        var rows = Enumerable.Range(0, RowCount).Select(row => new Parameter<float>($"r{row}", table.Value.Slice(row * RowLength, RowLength).ToArray())).ToArray();
        var optimizer = new Optimizer<float> { MeasuresSteps = true, Clipping = clipping == "tensor" ? GradientClipping.ByGlobalNorm(1) : tableOptimizer.Clipping, GradientScale = 0.5 };
        optimizer.Add(new TestMomentum(), rows);
        tableOptimizer.GradientScale = 0.5;
        var random = new Random(1);
        for (var step = 0; step < 12; step++)
        {
            var given = Enumerable.Range(0, random.Next(0, 12)).Select(_ => random.Next(RowCount)).Distinct().ToArray();
            var gradient = new float[given.Length * RowLength];
            foreach (ref var element in gradient.AsSpan())
                element = (float)random.NextDouble() - 0.5f;
            table.SetRowGradient(given, gradient);
            foreach (var row in rows)
                row.Gradient = null;
            foreach (var (i, row) in given.Index())
                rows[row].Gradient = gradient.AsMemory(i * RowLength, RowLength);
            tableOptimizer.Step();
            optimizer.Step();
            Assert.Equal(optimizer.LastStep!.Value.GradientNorm, tableOptimizer.LastStep!.Value.GradientNorm, 1e-6);
            Assert.Equal(optimizer.LastStep!.Value.UpdateNorm, tableOptimizer.LastStep!.Value.UpdateNorm, 1e-6);
        }

        var tolerance = clipping is "global" or "tensor" ? 1e-6f : 0;
        foreach (var (row, parameter) in rows.Index())
        {
            for (var i = 0; i < RowLength; i++)
                Assert.Equal(parameter.Value.Span[i], table.Value.Span[(row * RowLength) + i], tolerance);
        }

        Assert.Equal((12, 12), (tableOptimizer.StepCount, tableOptimizer.StepsOf("table")));
    }

    [Fact]
    public void Only_the_rows_are_read_and_written()
    {
        var (table, optimizer) = Table("none", new AdamW { WeightDecay = 0.5 });
        table.SetRowGradient(new[] { 3, 7 }, Ones(2));
        optimizer.Step();
        var (weights, moments) = (table.Value.ToArray(), optimizer.State("table", "m").ToArray());
        table.Value.Span.Slice(5 * RowLength, RowLength).Fill(float.NaN);
        table.SetRowGradient(new[] { 7 }, Ones(1));
        optimizer.Step();
        for (var i = 0; i < table.Length; i++)
        {
            var row = i / RowLength;
            if (row == 5)
                Assert.True(float.IsNaN(table.Value.Span[i]));
            else
                Assert.Equal(row != 7, weights[i] == table.Value.Span[i]);
            Assert.Equal(row != 7, moments[i] == optimizer.State("table", "m").Span[i]);
        }
    }

    [Fact]
    public void What_is_given_for_a_row_several_times_is_added_up_in_the_order_in_which_it_is_given()
    {
        // 1e8 + 1 - 1e8 is 0 in this order, and 1 in another.
        var table = new Parameter<float>("table", new float[6], default, 3, 2);
        var optimizer = new Optimizer<float> { ZeroGradients = true };
        optimizer.Add(new Sgd { LearningRate = 1 }, table);
        var gradient = new float[] { 1e8f, 1, 5, 6, 1, 2, -1e8f, 3 };
        table.SetRowGradient(new[] { 2, 0, 2, 2 }, gradient);
        optimizer.Step();
        Assert.Equal([-5, -6, 0, 0, 0, -6], table.Value.ToArray());
        Assert.All(gradient, element => Assert.Equal(0, element));
    }

    [Fact]
    public void What_needs_all_rows_is_refused_with_the_reason_and_nothing_is_written()
    {
        foreach (var (rule, reason) in ((IUpdateRule<float>, string)[])[(new Lamb(), "the rule Lamb needs all of them for"), (new TestTrustRatio(), "sum(g²)"), (new Prodigy(), "the rule Prodigy")])
        {
            var (table, optimizer) = Table("none", rule);
            table.SetRowGradient(new[] { 1 }, Ones(1));
            var before = table.Value.ToArray();
            Assert.Contains(reason, Assert.Throws<InvalidOperationException>(() => optimizer.Step()).Message, StringComparison.Ordinal);
            Assert.Equal(before, table.Value.ToArray());
            table.Gradient = new float[table.Length];
            optimizer.Step();
        }

        var (adaptive, clipped) = Table("none");
        clipped.Clipping = GradientClipping.Adaptive();
        adaptive.SetRowGradient(new[] { 1 }, Ones(1));
        Assert.Contains("adaptive clipping", Assert.Throws<InvalidOperationException>(() => clipped.Step()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        var (table, optimizer) = Table("none");
        Assert.Throws<ArgumentException>("gradient", () => table.SetRowGradient(new[] { 1, 2 }, Ones(1)));
        Assert.Throws<ArgumentException>("gradient", () => table.SetRowGradient(new[] { 1 }, table.Value[..RowLength]));
        foreach (var row in (int[])[-1, RowCount])
        {
            table.SetRowGradient(new[] { 0, row }, Ones(2));
            Assert.Contains($"gradient of row {row}", Assert.Throws<ArgumentOutOfRangeException>("rows", () => optimizer.Step()).Message, StringComparison.Ordinal);
        }

        var gradient = Ones(2);
        gradient[RowLength + 4] = float.NaN;
        table.SetRowGradient(new[] { 9, 3 }, gradient);
        optimizer.NonFiniteGradients = NonFinitePolicy.Throw;
        var exception = Assert.Throws<NonFiniteGradientException>(() => optimizer.Step());
        Assert.Equal(("table", (3 * RowLength) + 4), (exception.ParameterName, exception.Index));
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void Rows_come_and_go_with_gradients_of_all_elements_and_averages_and_limits_hold()
    {
        var (table, optimizer) = Table("none");
        table.Lower = Enumerable.Repeat(-0.4f, table.Length).ToArray();
        var average = optimizer.AddAverage(Averaging.Exponential(0.5));
        table.SetRowGradient(new[] { 2 }, Enumerable.Repeat(100f, RowLength).ToArray());
        Assert.True(table is { HasGradient: true, HasRowGradient: true });
        optimizer.Step();
        Assert.All(table.Value.Slice(2 * RowLength, RowLength).ToArray(), element => Assert.Equal(-0.4f, element));
        Assert.Equal(table.Value.ToArray(), average.Of("table").ToArray());
        table.Gradient = Enumerable.Repeat(1f, table.Length).ToArray();
        Assert.False(table.HasRowGradient);
        optimizer.Step();
        Assert.Equal(2, optimizer.StepsOf("table"));
        table.SetRowGradient(new[] { 2 }, Ones(1));
        table.Gradient = null;
        Assert.False(table.HasGradient);
        optimizer.Step();
        Assert.Equal((2, 3), (optimizer.StepsOf("table"), optimizer.StepCount));
    }

    [Fact]
    public void Rows_resume_bit_for_bit_but_not_in_the_middle_of_a_step()
    {
        using var folder = new TemporaryFolder();
        var (table, optimizer) = Table("none", new AdamW());
        Run(table, optimizer, 0, 3);
        optimizer.Save(folder["c"]);
        Run(table, optimizer, 3, 6);
        var (other, resumed) = Table("none", new AdamW());
        resumed.Load(folder["c"]);
        Run(other, resumed, 3, 6);
        Assert.Equal(table.Value.ToArray(), other.Value.ToArray());

        optimizer.AccumulationSteps = 2;
        optimizer.Step();
        Assert.Contains("save after the step", Assert.Throws<InvalidOperationException>(() => optimizer.Save(folder["d"])).Message, StringComparison.Ordinal);

        static void Run(Parameter<float> table, Optimizer<float> optimizer, int from, int to)
        {
            for (var step = from; step < to; step++)
            {
                table.SetRowGradient(new[] { step, (step * 7) % RowCount }, Ones(2));
                optimizer.Step();
            }
        }
    }

    [Fact]
    public void Steps_of_no_more_rows_than_before_allocate_nothing()
    {
        var (table, optimizer) = Table("global");
        int[] rows = [4, 9, 4, 1];
        var gradient = Ones(4);
        var least = long.MaxValue;
        for (var step = 0; step < 20; step++)
        {
            table.SetRowGradient(rows.AsMemory(step % 2), gradient.AsMemory(step % 2 * RowLength));
            var before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.Step();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static float[] Ones(int rows)
    {
        var ones = new float[rows * RowLength];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static (Parameter<float> Table, Optimizer<float> Optimizer) Table(string clipping, IUpdateRule<float>? rule = null)
    {
        var table = new Parameter<float>("table", new Model<float>(1, RowCount * RowLength).Parameters[0].Value, default, RowCount, RowLength);
        var optimizer = new Optimizer<float>
        {
            MeasuresSteps = true,
            Clipping = clipping switch
            {
                "value" => GradientClipping.ByValue(0.1),
                "global" => GradientClipping.ByGlobalNorm(1),
                "tensor" => GradientClipping.ByTensorNorm(1),
                _ => GradientClipping.None,
            },
        };
        optimizer.Add(rule ?? new TestMomentum(), table);
        return (table, optimizer);
    }
}
