using System.Collections.Immutable;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks.Analysis;

/// <summary>Which hyper-parameter of a rule is which of a known one: by names, by defaults, and then by what a number of its size and bounds is.</summary>
internal static class HyperAssignments
{
    /// <summary>So many are tried, the likeliest first.</summary>
    private const int Most = 6;

    /// <summary>More than these are not looked at.</summary>
    private const int MostSeen = 200;

    /// <summary>Guards against zero are smaller than any step size.</summary>
    private const double LargestGuard = 1e-5;

    /// <summary>For each hyper-parameter of the known rule the index of that of the rule, or null; each of the rule has a counterpart.</summary>
    public static IEnumerable<int?[]> Of(RuleModel rule, RuleModel known)
    {
        var likeness = rule.Hypers.Select(own => known.Hypers.Select(other => Likeness(own.Source, other.Source, own.Name == other.Name)).ToArray()).ToArray();
        return Assign(likeness, [.. rule.Hypers.Select(_ => -1)], 0).Take(MostSeen)
            .OrderByDescending(chosen => chosen.Select((other, own) => likeness[own][other]).Sum()).Take(Most)
            .Select(chosen => known.Hypers.Select(other => Array.IndexOf(chosen, other.Index) is >= 0 and var own ? own : (int?)null).ToArray());
    }

    private static IEnumerable<int[]> Assign(int[][] likeness, ImmutableArray<int> chosen, int own)
    {
        if (own == likeness.Length)
            return [[.. chosen]];
        return Enumerable.Range(0, likeness[own].Length).Where(other => likeness[own][other] > 0 && !chosen.Contains(other)).OrderByDescending(other => likeness[own][other])
            .SelectMany(other => Assign(likeness, chosen.SetItem(own, other), own + 1));
    }

    /// <summary>How much speaks for two being the same; 0 where they cannot be.</summary>
    private static int Likeness(HyperSource own, HyperSource other, bool hasSymbol)
    {
        if ((own.Type == HyperType.Boolean) != (other.Type == HyperType.Boolean))
            return 0;
        var names = (own.Property == other.Property ? 8 : 0) + (hasSymbol ? 6 : 0);
        if (own.Type == HyperType.Boolean)
            return names;
        var defaults = own.Default is not null && own.Default == other.Default ? 4 : 0;
        return names + defaults + (own.Default is null || other.Default is null || Kind(own) == Kind(other) ? 1 : 0);
    }

    private static int Kind(HyperSource hyper) => hyper.Default switch
    {
        > 0 and <= LargestGuard => 0,
        >= 0.5 and < 1 => 1,
        _ when hyper is { Min: >= 0, Max: <= 1 } => 1,
        _ => 2,
    };
}
