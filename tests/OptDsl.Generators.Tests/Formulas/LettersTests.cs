using System.Text;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Names have one form whatever the machine: the tables say what Unicode's NFKC, by the system's library, says.</summary>
public sealed class LettersTests
{
    private static readonly string[] s_letters = [.. Enumerable.Range(1, 0x10FFFF).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32).Where(text => Letters.IsLetterAt(text, 0))];

    private static readonly string[] s_marks = [.. Enumerable.Range(1, 0xFFFF).Where(code => code is < 0xD800 or > 0xDFFF).Select(code => ((char)code).ToString()).Where(text => Letters.IsMarkAt(text, 0))];

    [Fact]
    public void Every_letter_has_the_form_that_Unicode_gives_it()
    {
        Assert.True(s_letters.Length > 40_000);
        Assert.True(s_marks.Length > 130);
        foreach (var letter in s_letters)
            Check(letter);
    }

    [Fact]
    public void Every_letter_has_the_form_that_Unicode_gives_it_with_every_mark()
    {
        // What no mark changes by itself stands for its like: Han and Hangul, of which there are tens of thousands.
        foreach (var letter in s_letters.Where((letter, i) => letter[0] < '\u3400' || letter.Length > 1 || letter[0] >= '\uFB00' || i % 997 == 0))
        {
            foreach (var mark in s_marks)
                Check(letter + mark);
        }
    }

    [Fact]
    public void Marks_come_in_one_order()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var letter = s_letters[random.Next(i % 2 == 0 ? 2000 : s_letters.Length)];
            Check(letter + string.Concat(Enumerable.Range(0, random.Next(2, 6)).Select(_ => s_marks[random.Next(s_marks.Length)])));
        }
    }

    [Fact]
    public void Parts_are_those_that_Unicode_names()
    {
        // The optimizer is compiled with a copy of the table, of the same name.
        var decompose = typeof(Letters).Assembly.GetType(typeof(Letters).Namespace + ".LetterForms")!.GetMethod("Decompose")!.CreateDelegate<Func<string, string>>();
        foreach (var letter in s_letters.Where(letter => letter[0] is < '\u3041' or >= '\uFB00'))
            Assert.Equal(letter.Normalize(NormalizationForm.FormKD), decompose(letter));
    }

    [Theory]
    [InlineData("ﷺ")]
    [InlineData("क़")]
    [InlineData("ガ\u3099")]
    [InlineData("㋀")]
    [InlineData("\uF900")]
    public void Letter_of_a_script_without_a_table_is_no_letter(string text)
    {
        var errors = new ErrorSink(TextOrigin.Formulas);
        Lexer.Lex($"W = {text}", errors);
        Assert.NotEqual(0, errors.Count);
    }

    [Theory]
    [InlineData("ﷺ")]
    [InlineData("ﬃ")]
    [InlineData("𝛃")]
    [InlineData("x")]
    [InlineData("ΐ\u0345")]
    public void Long_run_of_letters_costs_little(string letter)
    {
        var source = Rule.Source($"W = W - g{string.Concat(Enumerable.Repeat(letter, 199))}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(FormulaCompiler.Compile(source, TestContext.Current.CancellationToken).Errors);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20, $"{(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB");
    }

    private static void Check(string text)
    {
        if (text.Normalize(NormalizationForm.FormKC) != Letters.Normalize(text))
            Assert.Fail($"{Codes(text)}: {Codes(Letters.Normalize(text))} instead of {Codes(text.Normalize(NormalizationForm.FormKC))}");
    }

    private static string Codes(string text) => string.Join(" ", text.Select(character => ((int)character).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)));
}
