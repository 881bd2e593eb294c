using OptDsl.Generators.Tests.Formulas;
using OptDsl.Generators.Tests.Infrastructure;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Generated files as a reader sees them, and declarations at the edges of C# that must compile without a warning.</summary>
public sealed class GeneratedTextTests
{
    [Theory]
    [InlineData("Lamb")]
    [InlineData("NesterovChoice")]
    [InlineData("RmsProp")]
    public void Kernel_reads_like_code_written_by_hand(string name) =>
        Snapshot.VerifyFiles(GeneratorRun.Of(RuleCode.Of(PublishedRulesTests.Rules.Single(rule => rule.Name == name).Source, name)), name);

    [Fact]
    public void Rule_over_a_group_reads_like_code_written_by_hand() => Snapshot.VerifyFiles(GeneratorRun.Of(RuleCode.Of(
        Rule.Of("n = group(‖g‖)\nr = r + 1\nd = max(d, n, group(mean(g)))\nW = W - η(‖W‖/d)g/r", "d=ε:group r:tensor", Rule.Hyper("η", 0.1), Rule.Hyper("ε", 1e-8)), "GroupStep")));

    [Fact]
    public void Schedule_reads_like_code_written_by_hand() => Snapshot.VerifyFiles(GeneratorRun.Of(""""
        using OptDsl;

        namespace Demo;

        [Schedule("""
            s = min(1, t / w)
            r = clamp((t - w) / (T - w), 0, 1)
            η = t <= w ? a s : b + (a - b)(1 + cos(π r))/2
            """)]
        public partial class WarmUpCosine
        {
            [Hyper("a", Min = 0)] public double Peak { get; set; } = 0.1;
            [Hyper("b", Min = 0)] public double Floor { get; set; }
            [Hyper("w")] public double WarmUp { get; set; } = 5;
            [Hyper("T")] public double Steps { get; set; } = 100;
        }
        """"));

    [Fact]
    public void Declarations_at_the_edges_of_the_language_compile()
    {
        using var code = CompiledCode.Load(
            """
            /// <summary>In no namespace.</summary>
            [OptDsl.UpdateRule("class = class - this * base", Parameter = "class", Gradient = "this")]
            public partial class Keywords { /// <summary>Hyper.</summary>
                [OptDsl.Hyper("base")] public double @event { get; set; } = 0.5; }
            """,
            """
            namespace @class.Inner
            {
                /// <summary>Outer.</summary>
                public static partial class Outer<T>
                {
                    internal partial record struct Middle
                    {
                        /// <summary>A record.</summary>
                        [OptDsl.UpdateRule("W = W - ηg")]
                        internal sealed partial record Rule<W>
                        {
                            [OptDsl.Hyper("η")] public float Rate { get; init; } = 1;
                            [OptDsl.Hyper("b")] private bool B { get; set; }
                        }
                    }
                }
            }
            """,
            """
            namespace Demo
            {
                /// <summary>Hides the framework.</summary>
                public class System { }

                /// <summary>Hides the library.</summary>
                public class OptDsl { }

                /// <summary>Hides the intrinsics.</summary>
                public class Vector { }

                /// <summary>Takes the names that the kernel would use.</summary>
                [global::OptDsl.UpdateRule("scalars = 0.5scalars + g + i\nend = sqrt(scalars²) + Math\nVector = Vector - lanes * end - n + position", Parameter = "Vector")]
                [global::OptDsl.State("scalars"), global::OptDsl.State("Math", Initial = "lanes")]
                public partial class Shadows
                {
                    /// <summary>Hyper.</summary>
                    [global::OptDsl.Hyper("lanes")] public double Rate { get; set; } = 0.1;

                    /// <summary>Hyper.</summary>
                    [global::OptDsl.Hyper("i")] public double Add { get; set; } = 0.1;

                    /// <summary>Hyper.</summary>
                    [global::OptDsl.Hyper("n")] public double Sub { get; set; } = 0.1;

                    /// <summary>Hyper.</summary>
                    [global::OptDsl.Hyper("position")] public double Position { get; set; } = 0.1;
                }

                /// <summary>Differs in case only.</summary>
                [global::OptDsl.UpdateRule("W = W - g'")]
                public partial class SHADOWS;

                /// <summary>A schedule.</summary>
                [global::OptDsl.Schedule("default = 0.1/(1 + long t)\nreturn = default * 2")]
                public partial class Decay
                {
                    /// <summary>Hyper.</summary>
                    [global::OptDsl.Hyper("long")] public double Rate { get; set; } = 0.1;
                }
            }
            """.Replace("- g'", "- g", StringComparison.Ordinal));

        var rule = code.Create("Keywords");
        var run = new KernelRun<float>(rule, [1, 2, 3]);
        run.Step([1, 1, 2]);
        Assert.Equal([0.5f, 1.5f, 2], run.Parameter.ToArray());
        Assert.Equal(0.2 / 1.2, ((Schedule)code.Create("Demo.Decay")).At(2), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Schedule)code.Create("Demo.Decay")).At(0));
    }

    [Fact]
    public void Notation_layout_and_names_of_properties_do_not_change_the_hash_and_the_algorithm_does()
    {
        var momentum = Hash("v = μv + g\nW = W - ηv");

        Assert.Equal(momentum, Hash("v_t = \\mu v_{t-1} + g_t;  W_t = W_{t-1} - \\eta \\cdot v_t"));
        Assert.Equal(momentum, Hash("# heavy ball\nv ← μ·v + g\nW -= ηv", property: "Other"));
        Assert.Equal(momentum, Hash("x = μv + g\nv = x\nW = W - η x"));
        Assert.NotEqual(momentum, Hash("v = μv + g\nW = W - η(μv + g)"));
        Assert.NotEqual(momentum, Hash("v = μv + g\nW = W - ηv", initial: "1"));
        Assert.NotEqual(momentum, Hash("v = μv - g\nW = W - ηv"));
    }

    private static string Hash(string formulas, string property = "Rate", string initial = "0")
    {
        var source = Rule.Of(formulas, "v=" + initial, Rule.Hyper("η", 0.1) with { Property = property }, Rule.Hyper("μ", 0.9));
        return Language.Formulas.Model.ModelIdentity.Of(Tests.Formulas.Rule.Model(source));
    }
}
