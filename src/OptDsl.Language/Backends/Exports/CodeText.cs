using System.Globalization;

namespace OptDsl.Language.Backends.Exports;

/// <summary>An expression as text, and how tightly it holds together.</summary>
internal readonly record struct CodeText(string Text, Tightness Tightness)
{
    public static CodeText Atom(string text) => new(text, Tightness.Atom);

    public static CodeText Call(string function, params CodeText[] arguments) =>
        Atom($"{function}({string.Join(", ", arguments.Select(argument => argument.Text))})");

    /// <summary>A function as the table of operations writes it.</summary>
    public static CodeText Template(string template, params CodeText[] operands) =>
        Atom(string.Format(CultureInfo.InvariantCulture, template, [.. operands.Select(operand => template.Contains("({0} >") ? operand.Within(Tightness.Sum) : operand.Text)]));

    /// <summary>A number, and what infinity is called.</summary>
    public static CodeText Number(double value, string infinity) => double.IsPositiveInfinity(value) ? Atom(infinity)
        : value < 0 ? new("-" + Number(-value, infinity).Text, Tightness.Unary)
        : Atom(Literal(value));

    /// <summary>In brackets where the place holds together more tightly.</summary>
    public string Within(Tightness place) => Tightness < place ? $"({Text})" : Text;

    public CodeText Method(string name, string arguments = "") => Atom($"{Within(Tightness.Atom)}.{name}({arguments})");

    /// <summary>An operator that groups from the left.</summary>
    public static CodeText Infix(CodeText left, string sign, CodeText right, Tightness precedence) =>
        new($"{left.Within(precedence)} {sign} {right.Within(precedence + 1)}", precedence);

    private static string Literal(double value)
    {
        if (value == Math.Floor(value) && value < 1e6)
            return value.ToString("0", CultureInfo.InvariantCulture);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        return exponent < 0
            ? text
            : text.Substring(0, exponent) + "e" + int.Parse(text.Substring(exponent + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Operators, from the loosest.</summary>
internal enum Tightness
{
    Conditional,
    Or,
    And,
    Not,
    Comparison,
    BitOr,
    BitAnd,
    Sum,
    Product,
    Unary,
    Power,
    Atom,
}
