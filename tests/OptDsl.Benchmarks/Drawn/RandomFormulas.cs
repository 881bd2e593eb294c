namespace OptDsl.Benchmarks.Drawn;

/// <summary>
/// Draws rules over two states and three hyper-parameters, of all operations that compilers vectorise. Divisors and roots stay
/// away from their singular points.
/// </summary>
internal sealed class RandomFormulas(Random random)
{
    private const int Depth = 4;

    private static readonly string[] ElementLeaves = ["W", "g", "a", "b"];
    private static readonly string[] ScalarLeaves = ["α", "β", "γ", "t", "0.5", "2", "0.125"];

    // An element E or a scalar S at each hole.
    private static readonly string[] Elements =
    [
        "(E + E)", "(E - E)", "(S*E)", "(S*E + E)", "(E*E)", "(E + S)", "(E / (abs(E) + 0.5))", "(E / (1 + abs(S)))", "(S / (0.5 + E²))",
        "sqrt(abs(E) + 0.25)", "(-E)", "(E²)", "sign(E)", "max(E, E)", "min(E, S)", "(E < E ? E : E)", "(E ≥ S ? E : E)", "(t > 2 ? E : E)",
    ];

    private static readonly string[] Scalars =
        ["(S + S)", "(S - S)", "(S*S)", "(1 - S)", "(1 - β^t)", "√(1 - β^(t+1))", "(S / (1 + S²))", "(S < S ? S : S)"];

    /// <summary>The next rule: each statement reads what may be old or new.</summary>
    public string Next()
    {
        string[] statements = [$"a = 0.9*a + 0.1*{Element(Depth)}", $"b = 0.5*b + {Element(Depth)}", $"W = W - 0.1*{Element(Depth)}"];
        random.Shuffle(statements);
        return string.Join('\n', statements);
    }

    private string Element(int depth) => depth == 0 ? Of(ElementLeaves) : Fill(Of(Elements), depth);

    private string Scalar(int depth) => depth <= 1 ? Of(ScalarLeaves) : Fill(Of(Scalars), depth - 1);

    private string Fill(string pattern, int depth) => string.Concat(pattern.Select(letter => letter switch
    {
        'E' => Element(random.Next(depth)),
        'S' => Scalar(random.Next(depth)),
        _ => letter.ToString(),
    }));

    private string Of(string[] choices) => choices[random.Next(choices.Length)];
}
