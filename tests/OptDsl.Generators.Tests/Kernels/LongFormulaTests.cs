using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Plans;
using static OptDsl.Generators.Tests.Formulas.Rule;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Long texts and values that are used again and again cost neither the stack nor exponential time.</summary>
public sealed class LongFormulaTests
{
    public static TheoryDataRow<string>[] Formulas =>
    [
        new(string.Concat(Enumerable.Repeat("x = x g\n", 200))),
        new(string.Concat(Enumerable.Repeat("x = 2x + g\n", 200))),
        new(string.Concat(Enumerable.Repeat("x = p ? x + g : x²\n", 200))),
        new("s = 1\n" + string.Concat(Enumerable.Repeat("s = s η + 1\n", 200)) + "x = s x\n"),
        new("s = η\n" + string.Concat(Enumerable.Repeat("s = s s + s/(1 + s)\n", 60)) + "x = s x\n"),
        new("s = ‖g‖\n" + string.Concat(Enumerable.Repeat("s = √(s s + s)\n", 200)) + "x = s x\n"),
        new("s = ‖g‖\n" + string.Concat(Enumerable.Repeat("s = ‖s x‖ + s\n", 40)) + "x = s x\n"),
        new("x = g\n" + string.Concat(Enumerable.Repeat("x = x x + x\n", 60))),
    ];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Long_rules_are_emitted(string statements)
    {
        var source = Of("x = W\n" + statements + "v = v + x\nW = W - v", "v", Hyper("η", 0.1), Flag("p", true));
        var declaration = new RuleDeclaration(new TypeHeader("Demo", default, new TypePart("class", "Long", default)), source, Precise: false, CheckOverflow: false);
        var model = Tests.Formulas.Rule.Model(source);
        foreach (var precise in new[] { false, true })
        {
            // What is compiled and loaded at the first call takes stack of its own.
            var text = Emit();
            var thread = new Thread(() => text = Emit(), maxStackSize: 512 * 1024);
            thread.Start();
            Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "It takes too long.");
            Assert.InRange(text.Length, 1_000, 30_000_000);

            string Emit() => new CSharpBackend(declaration).Emit(Planner.Plan(model, precise));
        }
    }
}
