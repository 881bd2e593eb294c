using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Notation of other languages that people bring along, with what to write here.</summary>
internal static class ForeignNotation
{
    /// <summary>What to write for a sum.</summary>
    public const string Sum = "a sum over past steps is a state, declared with [State(\"s\")] and written s = s + …; the sum over a whole tensor is sum(x)";

    private const string Elementwise = "tensors are read element by element and have no transpose; the inner product of two is dot(x, y)";

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
        ["@"] = "tensors are multiplied element by element, as in x·y; the inner product of two is dot(x, y)",
    };

    private static readonly string[] Modules =
        ["torch", "np", "numpy", "jnp", "tf", "math", "Math", "MathF", "jax", "linalg", "K", "keras", "ops", "backend", "nn", "nd", "mx", "F", "self", "paddle", "ms", "mnp", "cp", "jsp", "special"];

    private static readonly string[] GradientWords = ["gradient", "grad"];

    /// <summary>What to write for the statement that a word starts, or null if it starts none.</summary>
    public static string? OfKeyword(string word) => Keywords.TryGetValue(word, out var message) ? message : null;

    /// <summary>What to write for a LaTeX command.</summary>
    public static string? OfCommand(string name) => Commands.TryGetValue(name, out var message) ? message : null;

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

    /// <summary>What to write for <c>x^T</c>.</summary>
    public static string Transpose => Elementwise;

    /// <summary>How many of the last letters of a word are the gradient's name in programs.</summary>
    public static int GradientSuffix(string word) =>
        GradientWords.FirstOrDefault(gradient => word.EndsWith(gradient, StringComparison.Ordinal))?.Length ?? 0;

    /// <summary>True for the name of a library whose functions are written behind a point.</summary>
    public static bool IsModule(string name) => Modules.Contains(name);

    /// <summary>True for a class whose functions are written with a capital.</summary>
    public static bool IsMathClass(string name) => name is "Math" or "MathF";

    /// <summary>Reports <c>torch.sqrt</c> or <c>g.abs</c>.</summary>
    public static void ReportMember(ErrorSink errors, TextSpan span, string owner, string member)
    {
        var function = Functions.OfPython(member.TrimEnd('_').ToLowerInvariant())?.Name;
        if (function is null)
            errors.Syntax(span, $"names have no members: write '{owner}.{member}' as an assignment, such as v = μv + g");
        else
            errors.Syntax(span, $"a function stands before its argument: write {function}({owner})");
    }
}
