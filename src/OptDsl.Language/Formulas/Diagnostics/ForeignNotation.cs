namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Notation of other languages that people bring along, with what to write here.</summary>
internal static class ForeignNotation
{
    /// <summary>What to write for a sum.</summary>
    public const string Sum = "a sum over past steps is a state, declared with [State(\"s\")] and written s = s + …; the sum over a whole tensor is sum(x)";

    /// <summary>Words that a statement of a program starts with.</summary>
    private static readonly Dictionary<string, string> Keywords = new Dictionary<string, string>
    {
        ["for"] = "formulas only assign; they run for every element and every step by themselves",
        ["while"] = "formulas only assign; they run for every element and every step by themselves",
        ["return"] = "formulas only assign; what is assigned to the parameter and the states is the result, so assign it to a name or leave the line out",
        ["def"] = "formulas only assign; what they read is declared on the class",
    };

    private static readonly Dictionary<string, string> Commands = new Dictionary<string, string>
    {
        ["int"] = "formulas cannot integrate",
        ["arg"] = "formulas are the steps of an optimizer and cannot minimise",
        ["argmin"] = "formulas are the steps of an optimizer and cannot minimise",
        ["argmax"] = "formulas are the steps of an optimizer and cannot maximise",
    };

    private static readonly Dictionary<string, string> Characters = new Dictionary<string, string>
    {
    };

    private static readonly string[] Modules =
        ["torch", "optax", "otu", "numerics", "np", "numpy", "jnp", "tf", "math", "Math", "MathF", "jax", "linalg", "K", "keras", "ops", "backend", "nn", "nd", "mx", "F", "self", "this", "paddle", "ms", "mnp", "cp", "jsp", "special", "FastMath", "StrictMath", "Transforms", "Mathf"];

    private static readonly string[] GradientWords = ["gradient", "grad", "gradients", "grads"];

    /// <summary>What to write for the statement that a word starts, or null if it starts none.</summary>
    public static string? OfKeyword(string word) => Keywords.TryGetValue(word, out var message) ? message : null;

    /// <summary>What to write for a LaTeX command.</summary>
    public static string? OfCommand(string name) => Commands.TryGetValue(name, out var message) ? message : null;

    /// <summary>What to do about a random value.</summary>
    public const string Noise = "formulas give the same values in every run; add the noise to the gradient before the step, or to the parameter after it, and leave it out here";

    private const string Ordered = "it needs all elements in order; what a tensor is like is told by mean(x), rms(x), std(x) and maxabs(x)";

    private static readonly Dictionary<string, string> Functions = new[]
    {
        (Noise, "randn rand random normal uniform bernoulli dropout noise randint multinomial randnlike randlike sample gauss gaussian rademacher"),
        (Ordered, "median quantile percentile sort topk argsort kthvalue mode rank histogram"),
        ("a matrix has no meaning in formulas, which are computed element by element; the inner product of two tensors is dot(x, y)", "inv det trace tr svd eig eigh qr cholesky matmul mm bmm outer kron diag diagonal"),
        ("formulas see no neighbours of an element", "cumsum cumprod diff roll shift fft conv"),
        (Sum, "prod sumover"),
        ("write what it computes of each element, as sign(x)·max(|x| - λ, 0) for the absolute value", "prox proximal proxy"),
        ("write what it computes: W = W + updates", "applyupdates applyupdate applygradients"),
    }.SelectMany(entry => entry.Item2.Split(' ').Select(name => (name, entry.Item1))).ToDictionary(pair => pair.name, pair => pair.Item2);

    private static readonly string[] Losses = ["f", "F", "J", "L", "l", "E", "Q", "C", "loss", "cost", "objective", "U", "h", "R"];

    /// <summary>What to write for a function of programs or papers that formulas cannot have.</summary>
    public static string? OfFunction(string name) => Functions.TryGetValue(name.ToLowerInvariant().Replace("_", ""), out var advice) ? advice : null;

    /// <summary>True for the names that programs give a gradient at a point ahead.</summary>
    public static bool IsAhead(string word) => word.ToLowerInvariant().Replace("_", "") is var plain && (plain.EndsWith("ahead", StringComparison.Ordinal) || plain.EndsWith("lookahead", StringComparison.Ordinal)) && (plain.StartsWith("d", StringComparison.Ordinal) || plain.StartsWith("g", StringComparison.Ordinal));

    /// <summary>True for the names that papers give the function to minimise.</summary>
    public static bool IsLoss(string name) => Losses.Contains(name);

    /// <summary>What to write for a character.</summary>
    public static string? OfCharacter(string character) => Characters.TryGetValue(character, out var message) ? message : null;

    /// <summary>What to write for words and signs that say something about a formula.</summary>
    public static string OfRemark(string remark) => remark switch
    {
        "∈" or "∉" or "⊂" or "⊆" or "∼" => $"'{remark}' says where a value comes from and computes none; leave it out, or put it behind '#'",
        "…" or "⋯" => "dots stand for something that must be written out",
        "→" or "⇒" => $"'{remark}' assigns nothing; a value is assigned with '=' or '←'",
        "≈" or "∝" => $"'{remark}' is no assignment; write '=' and the value",
        "∀" or "∃" => $"'{remark}' has no meaning in a formula, which holds for every element; leave it out",
        _ => $"'{remark}' is text and no part of a formula; write the symbol that it stands for, or put it behind '#'",
    };

    /// <summary>How many of the last letters of a word are the gradient's name in programs.</summary>
    public static int GradientSuffix(string word) =>
        GradientWords.FirstOrDefault(gradient => word.EndsWith(gradient, StringComparison.Ordinal))?.Length ?? 0;

    /// <summary>True for the name of a library whose functions are written behind a point.</summary>
    public static bool IsModule(string name) => Modules.Contains(name);

    /// <summary>True for a class whose functions are written with a capital.</summary>
    public static bool IsMathClass(string name) => name is "Math" or "MathF" or "Mathf";

    /// <summary>What the names of functions begin with that divide a sum of squares by one less than the number of elements.</summary>
    public const string SamplePrefix = "sample";

    /// <summary>True for a library whose deviations are those of a sample.</summary>
    public static bool DividesByOneLess(string module) => module is "torch" or "paddle";
}
