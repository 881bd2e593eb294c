using FsCheck;
using FsCheck.Fluent;
using OptDsl.Generators.Tests.Formulas;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>
/// Random well-formed rules over two states per element, one per tensor, three hyper-parameters and two conditions. Divisors
/// and roots stay away from their singular points, so that most values say something.
/// </summary>
internal static class RandomRules
{
    private static readonly string[] Constants = ["0.5", "2", "1", "0", "3", "0.125", "-1"];

    private static readonly string[] Names = ["W", "g", "a", "b"];

    // With p true, q false and the numbers below, about half of them hold; each with another way to say the same.
    private static readonly (string Condition, string Same)[] Conditions =
    [
        ("p", "p"), ("q", "q"), ("not p", "p == 0"), ("not q", "not (q ≠ 0)"), ("p and q", "not (not p or not q)"), ("p or q", "q or p"),
        ("α ≠ 0", "not (α == 0)"), ("γ > 2", "2 < γ"), ("β < 1 and p", "p and not (β ≥ 1)"), ("not (p and γ ≥ 1)", "not p or γ < 1"), ("2α ≥ γ", "γ ≤ 2α"),
    ];

    public static Gen<RuleSource> Any =>
        from locals in Gen.Choose(0, 3)
        from values in Gen.ArrayOf(Element(4, Names, locals), locals + 4)
        from tensor in Scalar(2, Names, locals)
        from order in Gen.Shuffle([0, 1, 2, 3])
        from initial in Gen.Elements("0", "1", "W", "W²/2+α")
        from outputs in Gen.Choose(0, 3)
        select Observed(Source(locals, values, tensor, order, $"a={initial} b c:tensor"), outputs);

    /// <summary>The same with the statements in choices, one in another, of conditions of all kinds.</summary>
    public static Gen<RuleSource> OfChoices =>
        from locals in Gen.Choose(0, 2)
        from values in Gen.ArrayOf(Element(3, Names, locals), locals + 8)
        from tensor in Scalar(2, Names, locals)
        from order in Gen.Shuffle([0, 1, 2, 3])
        from conditions in Gen.ArrayOf(Gen.OneOf(StepCondition(Scalar(1, Names, locals)), Condition(Element(1, Names, locals), Scalar(1, Names, locals))), 2)
        from ofTensor in StepCondition(Scalar(1, Names, locals))
        select Chosen(Source(locals, values, tensor, order, "a=1 b c:tensor"), conditions, ofTensor, [.. values.Skip(locals + 4)]).WithOutputs();

    private static RuleSource Chosen(RuleSource source, string[] conditions, string ofTensor, string[] values) => source with
    {
        Formulas = string.Join('\n', source.Formulas.Split('\n').Select(line => line[0] switch
        {
            'a' => $"if {conditions[0]}:\n    {line}\n    if {conditions[1]}:\n        a = 0.5*a + {values[0]}\n    else:\n        b = {values[1]}",
            'b' => $"y = a\nif {conditions[1]}:\n    y = y + {values[2]}\n    {line}\nelif {conditions[0]} {{ {line}; b = b - y }}",
            'c' => $"if {ofTensor}: {line} else: c = 0.25*c",
            'W' => $"if {conditions[0]}:\n    {line}\nelse:\n    W = W - 0.2*a - 0.1*{values[3]}",
            _ => line,
        })),
    };

    /// <summary>The same with a state that all tensors of a group share, and functions of all of them.</summary>
    public static Gen<RuleSource> OfGroups =>
        from locals in Gen.Choose(0, 3)
        from values in Gen.ArrayOf(Element(3, Names, locals, Reach.Both), locals + 4)
        from tensor in Scalar(2, Names, locals, Reach.Both)
        from shared in Scalar(2, Names, locals, Reach.Group)
        from order in Gen.Shuffle([0, 1, 2, 3, 4])
        from initial in Gen.Elements("0", "1", "W", "W²/2+α")
        from number in Gen.Elements("0", "1", "α", "β²/2")
        select Source(locals, [.. values, shared], tensor, order, $"a={initial} b c:tensor s={number}:group").WithOutputs();

    /// <summary>The same with two more states, which exist only while a condition holds.</summary>
    public static Gen<RuleSource> WithOptions =>
        from locals in Gen.Choose(0, 3)
        from values in Gen.ArrayOf(Element(4, [.. Names, "K", "L"], locals), locals + 6)
        from tensor in Scalar(2, [.. Names, "K", "L"], locals)
        from order in Gen.Shuffle([0, 1, 2, 3, 4, 5])
        from initial in Gen.Elements("0", "1", "W", "W²/2+α")
        from k in Gen.Elements(Conditions)
        from l in Gen.Elements(Conditions)
        from outputs in Gen.Choose(0, 3)
        select Observed(Guarded(Source(locals, values, tensor, order, $"a={initial} k={initial} b c:tensor l"), k, l), outputs);

    /// <summary>Three in four show all their states, as those that nothing reads are not computed.</summary>
    private static RuleSource Observed(RuleSource source, int outputs) => outputs > 0 ? source.WithOutputs() : source;

    /// <summary>Every <c>K</c> and <c>L</c> becomes a read of a state that may not exist, said in turn in several ways.</summary>
    private static RuleSource Guarded(RuleSource source, (string Condition, string Same) k, (string Condition, string Same) l)
    {
        var (turn, isOwn) = (0, 'k');
        var formulas = string.Join('\n', source.Formulas.Split('\n').Select(line =>
        {
            isOwn = line[0];
            return string.Concat(line.Select(letter => letter switch
            {
                'K' => isOwn == 'k' ? "k" : Read("k", k),
                'L' => isOwn == 'l' ? "l" : Read("l", l),
                _ => letter.ToString(),
            }));
        }));
        return (source with { Formulas = formulas }).When("k", k.Condition).When("l", l.Condition);

        string Read(string state, (string Condition, string Same) condition) => (turn++ % 3) switch
        {
            0 => $"({condition.Condition} ? {state} : g)",
            1 => $"({condition.Same} ? {state}/2 : W)",
            _ => $"(not ({condition.Condition}) ? a : {state})",
        };
    }

    private static RuleSource Source(int locals, string[] values, string tensor, int[] order, string states)
    {
        var statements = Enumerable.Range(0, locals).Select(i => $"x{i} = {values[i].Replace($"x{i}", "g", StringComparison.Ordinal)}").ToList();
        string[] stores = [$"a = {values[locals]}", $"b = 0.5*b + {values[locals + 1]}", $"W = W - 0.1*{values[locals + 2]}", $"c = 0.5*c + {tensor}"];
        if (order.Length == 5)
            stores = [.. stores, $"s = 0.5*s + {values[locals + 4]}"];
        if (order.Length == 6)
            stores = [.. stores, $"k = {values[locals + 3]}", $"l = 0.5*L + {values[locals + 4]}"];
        statements.AddRange(order.Select(i => stores[i]));
        return Rule.Of(
            string.Join("\n", Forward(statements)), states,
            Rule.Hyper("α", 0.3), Rule.Hyper("β", 0.9, 0, 1), Rule.Hyper("γ", 1.5, min: 0),
            Rule.Flag("p", true), Rule.Flag("q", false));
    }

    /// <summary>A local is read after its statement only.</summary>
    private static IEnumerable<string> Forward(IReadOnlyList<string> statements) =>
        statements.Select((statement, i) => i < 3 && statement.StartsWith('x')
            ? Enumerable.Range(i, 3).Aggregate(statement, (text, k) => text[..3] + text[3..].Replace($"x{k}", "W", StringComparison.Ordinal))
            : statement);

    private static Gen<string> Element(int depth, string[] names, int locals, Reach reach = Reach.Tensor)
    {
        var leaves = Gen.Elements<string>([.. names, .. Enumerable.Range(0, locals).Select(i => $"x{i}")]);
        if (depth == 0)
            return leaves;
        var element = Element(depth - 1, names, locals, reach);
        var scalar = Scalar(Math.Min(2, depth - 1), names, locals, reach);
        return Gen.Frequency(
            (2, leaves),
            (3, Join(element, element, "({0} + {1})")),
            (3, Join(element, element, "({0} - {1})")),
            (2, Join(element, element, "({0} * {1})")),
            (3, Join(scalar, element, "({0} * {1})")),
            (1, Join(scalar, element, "({0} + {1})")),
            (1, Join(element, scalar, "({0} / (1 + abs({1})))")),
            (2, Join(element, element, "({0} / (abs({1}) + 0.5))")),
            (1, Join(scalar, element, "({0} / (0.5 + {1}²))")),
            (1, Wrap(element, "sqrt(abs({0}) + 0.25)")),
            (1, Join(scalar, element, "abs({0} * {1})")),
            (1, Join(scalar, element, "√(({0} * {1})²)")),
            (1, Join(scalar, element, "√({0} * {1})")),
            (1, Join(scalar, element, "sign({0} * {1})")),
            (1, Join(element, scalar, "({0} / {1})")),
            (1, Join(element, element, Gen.Elements(
                "({0} / (β^t * abs({1}) + γ))", "({0} / (exp(-t) * abs({1}) + α))", "({0} / (α * abs({1}) + γ))",
                "({0} / (abs({1}) / √(1 - β^t) + γ))", "({0} / √(abs({1}) / (1 - β^t)) / t³)", "({0} / β^t / ({1} + α^t))", "(({0} * t²)² * ({1} / t²)²)"))),
            (1, Wrap(element, "(-{0})")),
            (1, Wrap(element, "({0}²)")),
            (1, Wrap(element, "sign({0})")),
            (1, Wrap(element, "tanh({0})")),
            (1, Wrap(element, "exp(-abs({0}))")),
            (1, Join(element, element, "max({0}, {1})")),
            (1, Join(element, scalar, "min({0}, {1})")),
            (1, from condition in Condition(element, scalar) from left in element from right in element select $"({condition} ? {left} : {right})"),
            (1, from condition in Condition(element, scalar) from value in element select $"(({condition}) * {value})"),
            (2, from condition in StepCondition(scalar) from left in element from right in element select $"({condition} ? {left} : {right})"),
            (1, from condition in StepCondition(scalar) from left in element from summed in element from right in element select $"({condition} ? {left} * mean({summed}) : {right})"));
    }

    private static Gen<string> Scalar(int depth, string[] names, int locals, Reach reach = Reach.Tensor)
    {
        var stored = reach switch { Reach.Tensor => Gen.Constant("c"), Reach.Group => Gen.Constant("s"), _ => Gen.Elements("c", "s") };
        var leaves = Gen.Frequency((3, Gen.Elements("α", "β", "γ")), (1, Gen.Constant("t")), (1, stored), (2, Gen.Elements(Constants)));
        if (depth == 0)
            return leaves;
        var scalar = Scalar(depth - 1, names, locals, reach);
        var element = Element(1, names, locals, reach == Reach.Tensor ? Reach.Tensor : Reach.Both);
        var reductions = reach switch
        {
            Reach.Tensor => Reductions(element),
            Reach.Group => Grouped(element),
            _ => Gen.OneOf(Reductions(element), Grouped(element)),
        };
        return Gen.Frequency(
            (3, leaves),
            (2, Join(scalar, scalar, "({0} + {1})")),
            (2, Join(scalar, scalar, "({0} - {1})")),
            (2, Join(scalar, scalar, "({0} * {1})")),
            (1, Wrap(scalar, "(1 - {0})")),
            (1, Gen.Elements("(1 - β^t)", "(1/(2 - β^t))", "√(1 - β^(t+1))", "γ^-1", "√γ")),
            (1, Gen.Elements("β^t", "α^t", "exp(-t)", "(1 - α^t)", "1/(1 - β^t)", "(β^t/(β+α)^t)", "abs(α)", "abs(1 - α)", "√((1-α)²)", "√(α γ)", "sign(α)", "(exp(-t)/exp(-γ t))")),
            (1, Join(scalar, scalar, "({0} / {1})")),
            (1, Wrap(scalar, "abs({0})")),
            (1, Wrap(scalar, "{0}^8")),
            (1, reach == Reach.Group ? Gen.Constant("(1/group(count(W)))") : reach == Reach.Tensor ? Gen.Elements("(count(W)/3)", "((count(g) - 1)/count(W))") : Gen.Elements("(count(W)/group(count(W)))", "((group(count(g)) - 1)/count(W))")),
            (1, Join(scalar, scalar, "({0} / (1 + {1}²))")),
            (1, from condition in StepCondition(scalar) from left in scalar from right in scalar select $"({condition} ? {left} : {right})"),
            (1, from condition in StepCondition(scalar) from summed in reductions from right in scalar select $"({condition} ? {summed} : {right})"),
            (4, reductions));
    }

    private static Gen<string> Reductions(Gen<string> element) => Gen.OneOf(
        Wrap(element, "(norm({0}) / (1 + count(W)))"),
        Wrap(element, "mean({0})"),
        Join(element, element, "(dot({0}, {1}) / (1 + count(g)))"),
        Wrap(element, "maxabs({0})"));

    private static Gen<string> Grouped(Gen<string> element) => Gen.OneOf(
        Wrap(element, "(group(norm({0})) / (1 + group(count(W))))"),
        Wrap(element, "group(mean({0}))"),
        Join(element, element, "(group(dot({0}, {1})) / (1 + group(count(g))))"),
        Wrap(element, "group(maxabs({0}))"));

    /// <summary>What values of one number depend on: one tensor, all of the group, or both.</summary>
    private enum Reach
    {
        Tensor,
        Group,
        Both,
    }

    private static Gen<string> Condition(Gen<string> element, Gen<string> scalar) => Gen.OneOf(
        Join(element, element, "{0} < {1}"),
        Join(element, scalar, "{0} ≥ {1}"),
        Join(element, element, "({0} > 0 and {1} ≤ 0.5)"),
        Join(element, element, "({0} ≠ {1} or not (g > 0))"));

    private static Gen<string> StepCondition(Gen<string> scalar) => Gen.OneOf(
        Gen.Elements("p", "q", "not p", "p and q", "t ≤ 1", "t > 2"),
        Join(scalar, scalar, "{0} < {1}"));

    private static Gen<string> Wrap(Gen<string> item, string format) =>
        item.Select(text => format.Replace("{0}", text, StringComparison.Ordinal));

    private static Gen<string> Join(Gen<string> first, Gen<string> second, string format) =>
        from left in first
        from right in second
        select format.Replace("{1}", right, StringComparison.Ordinal).Replace("{0}", left, StringComparison.Ordinal);

    private static Gen<string> Join(Gen<string> first, Gen<string> second, Gen<string> formats) =>
        formats.SelectMany(format => Join(first, second, format));
}
