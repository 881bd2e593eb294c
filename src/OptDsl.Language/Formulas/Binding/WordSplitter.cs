using System.Collections.Immutable;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>Cuts a run of letters into names. The subscripts of the run belong to its last letter.</summary>
internal static class WordSplitter
{
    /// <summary>Up to two ways to read the run as names, each a list of the names' lengths in letters.</summary>
    public static ImmutableArray<ImmutableArray<int>> Split(NameSyntax word, string subscript, Func<string, bool> isName)
    {
        // ways[i] holds up to two readings of the letters from i on; two are enough to call the run ambiguous.
        var glyphs = word.Glyphs;
        var longest = Math.Min(glyphs.Length, MaximumLetters);
        var ways = new List<ImmutableArray<int>>[glyphs.Length + 1];
        ways[glyphs.Length] = [[]];
        for (var start = glyphs.Length - 1; start >= 0; start--)
        {
            ways[start] = [];
            var name = "";
            for (var length = 1; length <= longest && start + length <= glyphs.Length && ways[start].Count < 2; length++)
            {
                name += glyphs[start + length - 1].Text;
                var isLast = start + length == glyphs.Length;
                if (ways[start + length].Count == 0 || !isName(isLast ? name + subscript : name))
                    continue;
                foreach (var rest in ways[start + length].Take(2 - ways[start].Count))
                    ways[start].Add(rest.Insert(0, length));
            }
        }

        return [.. ways[0]];
    }

    private const int MaximumLetters = 40;
}
