using System.Globalization;
using System.Text;

namespace OptDsl.Training.Charts;

/// <summary>Numbers and text as a picture shows them.</summary>
public static class ChartText
{
    /// <summary>A number with the true minus sign and, where it is very large or small, a power of ten: −0.25, 1.3·10⁻⁵.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">The most significant digits to show.</param>
    public static string Number(double value, int digits = 6)
    {
        var rounded = Math.Abs(value) < 1e-12 ? 0 : value;
        var parts = rounded.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace('-', '−').Split('E');
        return parts.Length == 1 ? parts[0] : $"{parts[0]}·10{Superscript(int.Parse(parts[1].Replace('−', '-'), CultureInfo.InvariantCulture))}";
    }

    /// <summary>A magnitude in three digits, with a power of ten below 0.001 and from 10,000 on: 0.00310, 2.10·10⁻⁷; zero below 10⁻¹⁵.</summary>
    /// <param name="value">The magnitude.</param>
    public static string Brief(double value)
    {
        if (Math.Abs(value) < 1e-15)
            return "0";
        if (!double.IsFinite(value))
            return "∞";
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent is >= -3 and <= 3)
            return value.ToString(exponent switch { >= 2 => "0", 1 => "0.0", 0 => "0.00", -1 => "0.000", -2 => "0.0000", _ => "0.00000" }, CultureInfo.InvariantCulture).Replace('-', '−');
        var mantissa = (value / Math.Pow(10, exponent)).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
        return $"{mantissa}·10{Superscript(exponent)}";
    }

    internal static string Superscript(int exponent) =>
        string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    /// <summary>A coordinate: a hundredth of a pixel is fine enough, and hides the last bits in which machines differ.</summary>
    internal static string Coordinate(double value)
    {
        var text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    internal static string Escape(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    /// <summary>About how wide a text is.</summary>
    internal static double Width(string text, double fontSize) => fontSize * text.Sum(letter =>
        CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? 0
        : "iljtfrI.,:;'|()[] ".Contains(letter, StringComparison.Ordinal) ? 0.35
        : "mwMW%".Contains(letter, StringComparison.Ordinal) ? 0.9 : 0.62);

    /// <summary>The lines that a text makes in a column.</summary>
    internal static IEnumerable<string> Wrap(string text, double fontSize, double width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Width($"{line} {word}", fontSize) > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
