using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Generation;

/// <summary>Generated code compiles without a warning wherever a rule can be declared, and computes what the formulas say.</summary>
public sealed class CompileAndRunTests
{
    private const string Sgd = """{ [global::OptDsl.Hyper("η")] public double Eta { get; set; } = 0.5; }""";
    private const string Formula = """[global::OptDsl.UpdateRule("W = W - ηg")]""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Momentum_takes_a_step(bool checkOverflow)
    {
        using var code = CompiledCode.Load(
            checkOverflow,
            """
            using OptDsl;
            namespace Demo;
            [UpdateRule("v = μv + g + λW; W = W - ηv"), State("v")]
            public sealed partial class Momentum
            {
                [Hyper("η")] public Schedule LearningRate { get; set; } = 0.1;
                [Hyper("μ")] public double Decay { get; set; } = 0.9;
                [Hyper("λ")] public double WeightDecay { get; set; } = 0.005;
            }
            public static class Run
            {
                public static double[] Step()
                {
                    double[] W = [10, 2, 10, 1, -8, 9, 1, 10], v = [.1, -.1, .1, -.2, -.2, .1, 0, .2], g = [-.5, .4, -.6, .3, .2, .5, -.4, .2];
                    new Momentum().Update(t: 1, W, g, v);
                    return W;
                }
            }
            """);
        var W = (double[])code.Call("Demo.Run", "Step")!;
        double[] expected = [10.036, 1.968, 10.046, .9875, -7.998, 8.9365, 1.0395, 9.957];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], W[i], 1e-14);
    }

    [Theory]
    [InlineData("partial class Rule " + Sgd)]
    [InlineData("public sealed partial class Rule " + Sgd)]
    [InlineData("internal partial record Rule " + Sgd)]
    [InlineData("public sealed partial record class Rule " + Sgd)]
    [InlineData("public abstract partial class Rule " + Sgd)]
    [InlineData("public partial class Rule<T> where T : notnull " + Sgd)]
    [InlineData("public partial class @class " + Sgd)]
    [InlineData("public partial class OptDsl2 { public static int OptDsl, global, Span; [global::OptDsl.Hyper(\"η\")] public double Eta { get; set; } }")]
    [InlineData("public partial class Rule { public static int scalars, W, g, t, i; [global::OptDsl.Hyper(\"η\")] public double @event { get; set; } }")]
    public void Every_kind_of_class_compiles_wherever_it_is_declared(string declaration)
    {
        string[] sources =
        [
            $"{Formula} {declaration}",
            $"namespace A.B.C {{ {Formula} {declaration} }}",
            $"namespace @namespace {{ {Formula} {declaration} }}",
            $"public static partial class Outer1 {{ {Formula} {declaration} }}",
            $"public partial struct Outer2<T1, T2> where T1 : struct {{ public partial interface Inner<T3> {{ {Formula} {declaration} }} }}",
            $"public partial record Outer3 {{ public partial record struct Inner {{ {Formula} {declaration} }} }}",
        ];
        CompiledCode.Load(sources).Dispose();
    }

    [Fact]
    public void User_types_called_System_are_not_in_the_way() => CompiledCode.Load(
        $"namespace Demo {{ {Formula} public partial class System {Sgd} }}",
        $"namespace Demo.OptDsl {{ [global::OptDsl.UpdateRule(\"W = W - g\")] public partial class Rule {{ public class System; public class Span; public class IUpdateRule; }} }}").Dispose();

    [Fact]
    public void Keywords_and_marks_are_symbols() => CompiledCode.Load(
        """
        using OptDsl;
        [UpdateRule("int = β₁·int + g'; class = int·g; W = W - class - θ̂", Gradient = "g'"), State("int"), State("θ̂")]
        public partial class Rule
        {
            [Hyper("β₁")] public double Beta1 { get; set; } = 0.9;
            [Hyper("g")] public double G { get; set; } = 1;
        }
        """).Dispose();

    [Fact]
    public void Two_rules_whose_names_differ_in_case_live_side_by_side() =>
        CompiledCode.Load($"namespace Demo {{ {Formula} public partial class Adam {Sgd} {Formula} public partial class ADAM {Sgd} }}").Dispose();

    [Fact]
    public void Schedules_have_values()
    {
        using var code = CompiledCode.Load("""[OptDsl.Schedule("η = a / √t")] public partial class Decaying { [OptDsl.Hyper("a")] public double A { get; set; } = 0.5; }""");
        Assert.Equal([0.5, 0.5 / Math.Sqrt(2), 0.5 / Math.Sqrt(3), 0.25], ((Schedule)code.Create("Decaying")).ToArray(4));
    }
}
