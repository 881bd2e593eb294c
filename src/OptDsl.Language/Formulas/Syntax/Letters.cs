using System.Globalization;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>Which characters make names, and when two names are one.</summary>
internal static class Letters
{
    public static bool IsLetterAt(string text, int index) => LetterForms.IsKnown(text, index) && CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter;

    public static bool IsMarkAt(string text, int index) => LetterForms.IsMark(text[index]) && CharUnicodeInfo.GetUnicodeCategory(text, index)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    public static bool IsPrime(char character) => character is '\'' or '′' or '’';

    public static int LengthAt(string text, int index) => char.IsSurrogatePair(text, index) ? 2 : 1;

    /// <summary>
    /// The one form of a letter with its marks: composed and decomposed accents, the Greek letters' variants and the
    /// mathematical alphabets are the same (<c>ϵ</c> is <c>ε</c>, U+00B5 is <c>μ</c>, <c>𝐖</c> is <c>W</c>).
    /// </summary>
    public static string Normalize(string letter) => LetterForms.Compose(letter.Replace('’', '\'').Replace('′', '\''));
}
