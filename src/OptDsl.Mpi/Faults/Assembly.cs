using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using OptDsl.Execution;
using OptDsl.Mpi.Messages;

namespace OptDsl.Mpi.Faults;

/// <summary>Where the ranks say what they are about to do. All of them hear the same, and so go on together, or throw the same together.</summary>
internal sealed class Assembly(Post post)
{
    private const int MostReasons = 3;

    private readonly Ballot[] _ballots = new Ballot[post.Size];
    private readonly int[] _ends = [.. Enumerable.Range(1, post.Size)];

    /// <inheritdoc cref="IPeers{T}.Agree"/>
    public bool Agree(string deed, Exception? failure, Terms terms, bool wish)
    {
        Vote(deed, terms.Digest, (failure is null ? BallotMarks.None : BallotMarks.Failed) | (wish ? BallotMarks.Wishes : BallotMarks.None));
        if (IsUnanimous(_ballots))
            return Array.Exists(_ballots, ballot => ballot.Marks.HasFlag(BallotMarks.Wishes));
        if (Dissent(deed, failure, terms) is { } dissent)
            throw new WorldException(dissent, innerException: failure);

        // All have failed in the same way: what is thrown is what one process would throw.
        ExceptionDispatchInfo.Throw(failure!);
        return false;
    }

    /// <summary>Tells the others that this rank leaves.</summary>
    /// <returns>True where all do.</returns>
    public bool Leave(string deed, Exception? failure = null)
    {
        Vote(deed, 0, BallotMarks.Leaves | (failure is null ? BallotMarks.None : BallotMarks.Failed));
        if (Array.TrueForAll(_ballots, ballot => ballot.Marks.HasFlag(BallotMarks.Leaves)))
            return true;
        _ = Dissent(deed, failure, default);
        return false;
    }

    /// <summary>The text of every rank.</summary>
    public string[] Texts(string own, string deed)
    {
        var bytes = Encoding.UTF8.GetBytes(own);
        var ends = new int[post.Size];
        ends[post.Rank] = bytes.Length;
        post.Complete(ends.AsSpan(), _ends, deed, mayTakeLong: true);
        for (var rank = 1; rank < ends.Length; rank++)
            ends[rank] = checked(ends[rank] + ends[rank - 1]);
        var all = new byte[ends[^1]];
        bytes.CopyTo(all, ends[post.Rank] - bytes.Length);
        post.Complete(all.AsSpan(), ends, deed);
        return [.. ends.Select((end, rank) => Encoding.UTF8.GetString(all.AsSpan((rank == 0 ? 0 : ends[rank - 1])..end)))];
    }

    private static bool IsUnanimous(Ballot[] ballots)
    {
        foreach (var ballot in ballots)
        {
            if (ballot.Deed != ballots[0].Deed || ballot.Terms != ballots[0].Terms || (ballot.Marks & ~BallotMarks.Wishes) != 0)
                return false;
        }

        return true;
    }

    private void Vote(string deed, ulong terms, BallotMarks marks)
    {
        var digest = new Fingerprint();
        digest.Add<char>(deed);
        _ballots[post.Rank] = new Ballot(digest.Value, terms, marks);
        post.ThrowIfLost();
        post.Complete(_ballots.AsSpan(), _ends, deed, mayTakeLong: true);
    }

    /// <summary>Why the ranks do not go on; null where all have failed in the same way. The same on all of them.</summary>
    private string? Dissent(string deed, Exception? failure, Terms terms)
    {
        var failures = Texts(failure is null ? "" : $"{failure.GetType().Name}: {failure.Message}", deed);
        var deeds = Texts(deed, deed);
        if (Array.Exists(_ballots, ballot => ballot.Marks.HasFlag(BallotMarks.Failed)))
            return failures.Distinct().Count() == 1 && deeds.Distinct().Count() == 1 && failure is not WorldException ? null : Failed(failures, deeds);
        if (deeds.Distinct().Count() > 1)
        {
            var groups = deeds.Index().GroupBy(pair => pair.Item, pair => pair.Index);
            return $"The ranks do different things: {string.Join("; ", groups.Select(group => $"{Ranks([.. group])} in {group.Key}"))}. Every rank must make the same calls in the same order.";
        }

        var descriptions = Texts(JsonSerializer.Serialize(terms.Describe?.Invoke().Select(pair => new[] { pair.Key, pair.Value }) ?? []), deed);
        return Difference(deed, [.. descriptions.Select(text => JsonSerializer.Deserialize<string[][]>(text)!)]);
    }

    private static string Failed(string[] failures, string[] deeds)
    {
        var reasons = failures.Index().Where(pair => pair.Item.Length > 0).GroupBy(pair => $"failed in {deeds[pair.Index]}: {pair.Item}", pair => pair.Index).ToList();
        var more = reasons.Skip(MostReasons).Sum(reason => reason.Count());
        return string.Join(" ", reasons.Take(MostReasons).Select(reason => $"{Capital(Ranks([.. reason]))} {reason.Key}")) + (more > 0 ? $" And {more} more." : "");
    }

    private static string Difference(string deed, string[][][] descriptions)
    {
        var texts = descriptions.Select(description => description.DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal)).ToList();
        foreach (var key in texts.SelectMany(text => text.Keys).Distinct(StringComparer.Ordinal))
        {
            var values = texts.Select(text => text.GetValueOrDefault(key, "missing")).ToList();
            if (values.Distinct().Count() == 1)
                continue;
            var groups = values.Index().GroupBy(pair => pair.Item, pair => pair.Index).Select(group => $"{group.Key} on {Ranks([.. group])}");
            var advice = key.StartsWith("the digest of the first weights", StringComparison.Ordinal) ? " Begin with the same seed on every rank, or call BroadcastWeights() before the first step." : "";
            return $"The ranks are different in {deed}: {key} is {string.Join(", and ", groups)}.{advice}";
        }

        return $"The ranks are different in {deed}.";
    }

    private static string Ranks(int[] ranks) => ranks.Length == 1 ? $"rank {ranks[0]}" : $"ranks {string.Join(", ", ranks[..^1])} and {ranks[^1]}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
