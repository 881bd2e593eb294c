using System.Globalization;
using System.Text;

namespace OptDsl.Samples.Charts;

/// <summary>Numbers and text as a picture shows them.</summary>
public static class Text
{
    /// <summary>A number with the true minus sign, of at most six significant digits.</summary>
    public static string Number(double value)
    {
        var rounded = Math.Abs(value) < 1e-12 ? 0 : value;
        return rounded.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>A magnitude in two or three digits, with a power of ten where that is shorter: 0.0031, 2.1·10⁻⁷; zero below 10⁻¹⁵.</summary>
    public static string Brief(double value)
    {
        if (Math.Abs(value) < 1e-15)
            return "0";
        if (!double.IsFinite(value))
            return "∞";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent is >= -3 and <= 3)
            return value.ToString(exponent switch { >= 2 => "0", 1 => "0.0", 0 => "0.00", -1 => "0.000", -2 => "0.0000", _ => "0.00000" }, CultureInfo.InvariantCulture).Replace('-', '−');
        var mantissa = (value / Math.Pow(10, exponent)).ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−');
        return $"{mantissa}·10{Superscript(exponent.ToString(CultureInfo.InvariantCulture))}";
    }

    internal static string Superscript(string digits) =>
        string.Concat(digits.Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    /// <summary>A coordinate: a hundredth of a pixel is fine enough, and hides the last bits in which machines differ.</summary>
    internal static string Coordinate(double value)
    {
        var text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    internal static string Escape(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    /// <summary>About how wide a text of ordinary letters is.</summary>
    internal static double Width(string text, double fontSize) =>
        fontSize * text.Sum(letter => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? 0 : 0.61);
}
