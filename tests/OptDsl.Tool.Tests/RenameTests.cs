using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;
using OptDsl.Tool.Rules;

namespace OptDsl.Tool.Tests;

/// <summary>Every symbol of every ready-made rule can be called otherwise, by a letter and by a word.</summary>
public sealed class RenameTests
{
    public static TheoryData<string> Library => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Library")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Library))]
    public void Every_symbol_of_the_library_has_another_name(string file)
    {
        var model = RuleLoader.One(Path.Combine(AppContext.BaseDirectory, "Library", file)).Model;
        foreach (var symbol in SymbolRename.Candidates(model))
        {
            foreach (var name in (string[])["Ξ", "other_name", "ζ̂"])
            {
                // A power with a sign in its superscript, t⁻ᵟ, would have to be written anew.
                if (symbol.Name == "δ" && model.Source.Formulas.Contains("⁻ᵟ", StringComparison.Ordinal))
                    continue;
                var rename = SymbolRename.Find(model, symbol, name, TestContext.Current.CancellationToken);
                Assert.True(rename is not null, $"{symbol.Name} to {name} in\n{model.Source.Formulas}");
                Assert.Equal(symbol is LocalSymbol ? null : name, rename.Declared);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Library))]
    public void Two_symbols_never_get_one_name(string file)
    {
        var model = RuleLoader.One(Path.Combine(AppContext.BaseDirectory, "Library", file)).Model;
        var symbols = SymbolRename.Candidates(model).ToList();
        Assert.All(symbols.SelectMany(symbol => symbols.Select(other => (symbol, other))), pair =>
            Assert.Null(SymbolRename.Find(model, pair.symbol, pair.other.Name, TestContext.Current.CancellationToken)));
        Assert.All((string[])["W", "g", "t", "π", "1x", "", "a b", "if", "sqrt"], name =>
            Assert.Null(SymbolRename.Find(model, symbols[0], name, TestContext.Current.CancellationToken)));
    }
}
