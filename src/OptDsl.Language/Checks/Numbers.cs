using System.Globalization;

namespace OptDsl.Language.Checks;

/// <summary>Numbers as messages say them: few digits, and none that nobody could believe.</summary>
internal static class Numbers
{
    /// <summary>Three significant digits; powers of ten for what is very large or small.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "no number";
        if (double.IsInfinity(value))
            return value > 0 ? "infinity" : "-infinity";
        var size = Math.Abs(value);
        if (size is > 0 and < 1e-3 or >= 1e6)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        var digits = size >= 100 ? "0" : size >= 10 ? "0.#" : size >= 0.1 ? "0.###" : "0.#####";
        var text = value.ToString(digits, CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Three decimals, or as many as given, but no more than four digits that count; else as <see cref="Of"/>.</summary>
    public static string Short(double value, string decimals = "0.###")
    {
        if (!(Math.Abs(value) is 0 or (>= 1e-3 and < 1e6)))
            return Of(value);
        var text = double.Parse(value.ToString("g4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString(decimals, CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text == "1" && Math.Abs(value - 1) > Tolerances.Rounding ? Factor(value) : text;
    }

    /// <summary>A measured power: what is left of a whole one by rounding is no digit of it.</summary>
    public static string Power(double value) => Short(Math.Abs(value - Math.Round(value)) < Tolerances.Power ? Math.Round(value) : Math.Round(value, 2));

    /// <summary>A factor near one with the digits that tell it from one.</summary>
    public static string Factor(double value)
    {
        var apart = Math.Abs(Math.Abs(value) - 1);
        return apart is > Tolerances.Rounding and < 0.1 ? value.ToString($"0.{new string('#', 1 - (int)Math.Floor(Math.Log10(apart)))}", CultureInfo.InvariantCulture) : Of(value);
    }

    /// <summary>How much larger or smaller something is than another, to stand before "times"; beyond a million only that.</summary>
    public static string Ratio(double value) => Math.Abs(value) switch
    {
        > 1e6 => "more than a million",
        < 1e-6 => "less than a millionth",
        _ => Of(value),
    };
}
