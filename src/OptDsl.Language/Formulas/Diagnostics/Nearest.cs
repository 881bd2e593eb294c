namespace OptDsl.Language.Formulas.Diagnostics;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class Nearest
{
    private const int LongestCompared = 32;

    /// <summary>The candidate with the fewest edits, if they are few for its length; ties go to the first in ordinal order.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestCompared)
            return null;
        var limit = name.Length <= 2 ? 1 : (name.Length + 2) / 3;
        return candidates
            .Where(candidate => candidate != name && candidate.Length <= LongestCompared)
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
            .Where(pair => pair.Distance <= limit && pair.Distance < Math.Max(name.Length, pair.Candidate.Length))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours that turn one string into the other.</summary>
    private static int Distance(string first, string second)
    {
        var rows = new int[first.Length + 1, second.Length + 1];
        for (var i = 0; i <= first.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= second.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= first.Length; i++)
        {
            for (var j = 1; j <= second.Length; j++)
            {
                var substitution = rows[i - 1, j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                var best = Math.Min(substitution, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[first.Length, second.Length];
    }
}
