using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Notation of other languages that people bring along, with what to write here.</summary>
internal static class ForeignNotation
{
    private const string Choice = "formulas only assign; a choice is written 'v = condition ? value : other value'";
    private const string Elementwise = "tensors are read element by element and have no transpose; the inner product of two is dot(x, y)";

    /// <summary>Words that a statement of a program starts with.</summary>
    private static readonly Dictionary<string, string> Keywords = new Dictionary<string, string>
    {
        ["if"] = Choice,
        ["elif"] = Choice,
        ["else"] = Choice,
        ["for"] = "formulas only assign; they run for every element and every step by themselves",
        ["while"] = "formulas only assign; they run for every element and every step by themselves",
        ["return"] = "formulas only assign; what is assigned to the parameter and the states is the result",
        ["def"] = "formulas only assign; what they read is declared on the class",
    };

    private static readonly Dictionary<string, string> Commands = new Dictionary<string, string>
    {
        ["sum"] = "there is no index to sum over; the sum over a whole tensor is sum(x)",
        ["prod"] = "there is no index to multiply over; a product of two values is written x·y",
        ["int"] = "formulas cannot integrate",
        ["arg"] = "formulas are the steps of an optimizer and cannot minimise",
        ["argmin"] = "formulas are the steps of an optimizer and cannot minimise",
        ["argmax"] = "formulas are the steps of an optimizer and cannot maximise",
        ["partial"] = "the caller computes the gradient; write its symbol, or \\nabla f",
        ["top"] = Elementwise,
        ["intercal"] = Elementwise,
    };

    private static readonly Dictionary<string, string> Characters = new Dictionary<string, string>
    {
        ["@"] = "tensors are multiplied element by element, as in x·y; the inner product of two is dot(x, y)",
        ["⊤"] = Elementwise,
        ["∑"] = "there is no index to sum over; the sum over a whole tensor is sum(x)",
        ["∂"] = "the caller computes the gradient; write its symbol, or ∇f",
    };

    private static readonly string[] Modules = ["torch", "np", "numpy", "jnp", "tf", "math", "Math", "MathF"];

    private static readonly string[] GradientWords = ["gradient", "grad"];

    /// <summary>What to write for the statement that a word starts, or null if it starts none.</summary>
    public static string? OfKeyword(string word) => Keywords.TryGetValue(word, out var message) ? message : null;

    /// <summary>True for a word that goes on with a statement which is reported already.</summary>
    public static bool GoesOn(string word) => word is "elif" or "else";

    /// <summary>What to write for a LaTeX command.</summary>
    public static string? OfCommand(string name) => Commands.TryGetValue(name, out var message) ? message : null;

    /// <summary>What to write for a character.</summary>
    public static string? OfCharacter(string character) => Characters.TryGetValue(character, out var message) ? message : null;

    /// <summary>What to write for <c>x^T</c>.</summary>
    public static string Transpose => Elementwise;

    /// <summary>How many of the last letters of a word are the gradient's name in programs.</summary>
    public static int GradientSuffix(string word) =>
        GradientWords.FirstOrDefault(gradient => word.EndsWith(gradient, StringComparison.Ordinal))?.Length ?? 0;

    /// <summary>Reports <c>torch.sqrt</c> or <c>g.abs</c>.</summary>
    public static void ReportMember(ErrorSink errors, TextSpan span, string owner, string member)
    {
        var function = Functions.OfPython(member.TrimEnd('_').ToLowerInvariant())?.Name;
        if (function is null)
            errors.Syntax(span, $"names have no members: write '{owner}.{member}' as an assignment, such as v = μv + g");
        else if (Modules.Contains(owner))
            errors.Syntax(span, $"functions stand alone: write {function}(…)", new ReplaceFix($"Write '{function}'", span, function));
        else
            errors.Syntax(span, $"a function stands before its argument: write {function}({owner})");
    }
}
