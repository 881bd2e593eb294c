using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Finiteness;

/// <summary>Comparisons of intervals, and the other ways to say them.</summary>
internal static class Comparisons
{
    /// <summary>What holds where a comparison does not.</summary>
    public static Op Opposite(Op relation) => relation switch
    {
        Op.Less => Op.GreaterOrEqual,
        Op.LessOrEqual => Op.Greater,
        Op.Greater => Op.LessOrEqual,
        Op.GreaterOrEqual => Op.Less,
        Op.Equal => Op.NotEqual,
        _ => Op.Equal,
    };

    /// <summary>The comparison with its sides exchanged.</summary>
    public static Op Turned(Op relation) => relation switch
    {
        Op.Less => Op.Greater,
        Op.LessOrEqual => Op.GreaterOrEqual,
        Op.Greater => Op.Less,
        Op.GreaterOrEqual => Op.LessOrEqual,
        _ => relation,
    };

    /// <summary>True or false where all values of the two compare alike, else null.</summary>
    public static bool? Holds(Interval left, Op relation, Interval right) => relation switch
    {
        Op.Less => left.High < right.Low ? true : left.Low >= right.High ? false : null,
        Op.LessOrEqual => left.High <= right.Low ? true : left.Low > right.High ? false : null,
        Op.Greater => left.Low > right.High ? true : left.High <= right.Low ? false : null,
        Op.GreaterOrEqual => left.Low >= right.High ? true : left.High < right.Low ? false : null,
        Op.Equal => left.Low == left.High && left == right ? true : left.High < right.Low || left.Low > right.High ? false : null,
        _ => left.Low == left.High && left == right ? false : left.High < right.Low || left.Low > right.High ? true : null,
    };
}
