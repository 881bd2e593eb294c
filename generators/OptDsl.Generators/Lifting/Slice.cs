using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>One assignment of a step, of one element: loops that run over the elements are gone.</summary>
/// <param name="Target">What is assigned; its path is the same in all loops over the elements.</param>
/// <param name="Value">What to.</param>
/// <param name="Source">The assignment in the code.</param>
/// <param name="Inner">The loops of the step around it.</param>
internal sealed record Line(Place Target, Term Value, Assignment Source, ImmutableArray<int> Inner)
{
    public string Key => Target.Path;
}

/// <summary>
/// What one step does to one parameter: the assignments within the loop that makes the steps, from which the parameter's new value
/// follows, now or in later steps.
/// </summary>
internal sealed class Slice
{
    private readonly MethodReader _reader;
    private readonly ImmutableArray<int> _region;
    private readonly ImmutableArray<int> _choices;
    private readonly HashSet<string> _unknown = [];
    private readonly HashSet<string> _rewritten = [];

    private Slice(MethodReader reader, Assignment update)
    {
        _reader = reader;
        _choices = [.. update.Loops.Where(loop => reader.Enclosures[loop].IsChoice)];
        var (loops, last) = (Runs(update.Loops), -1);
        for (var i = 0; i < loops.Length; i++)
        {
            if (!update.Target.Loops.Contains(loops[i]))
                last = i;
        }

        _region = ImmutableArray.Create(loops, 0, last + 1);
        var depth = Depths(update.Target, loops.RemoveRange(0, last + 1));
        Parameter = Rename(update.Target, depth);
        Ranges = Tokens(Parameter);
        Update = update;
    }

    /// <summary>The parameter, as it is called in every line.</summary>
    public Place Parameter { get; }

    /// <summary>The assignment that was found first.</summary>
    public Assignment Update { get; }

    /// <summary>The loops over which the parameter ranges.</summary>
    public string Ranges { get; }

    public ImmutableArray<int> Region => _region;

    /// <summary>The lines of the step, in order.</summary>
    public List<Line> Lines { get; private set; } = [];

    /// <summary>Assignments that copy the parameter into a variable, and back.</summary>
    public List<Assignment> Copies { get; } = [];

    /// <summary>True where something is written that cannot be followed.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Keys whose value other code computes.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    /// <summary>The step that an assignment belongs to.</summary>
    public static Slice Of(MethodReader reader, Assignment update)
    {
        var slice = new Slice(reader, update);
        slice.Collect();
        slice.SeparateArguments();
        slice.DropConstants();
        slice.KeepRelevant();
        slice.FoldCopy();
        return slice;
    }

    /// <summary>True for a value that is there once an element of the parameter.</summary>
    public bool IsElement(Place place) => Ranges == "" ? !place.Path.Contains('{') && !place.Path.Contains('#') : Tokens(place) == Ranges;

    /// <summary>True for a value that ranges over some loops.</summary>
    public static bool Varies(Place place) => place.Path.Contains('#') || place.Path.Contains('{');

    /// <summary>True for a variable that is there for one step only.</summary>
    public bool IsTemporary(Place place, string original) => place.Root is null or ILocalSymbol && IsDeclaredWithin(original);

    public bool IsDeclaredWithin(string path) => _reader.Declared.TryGetValue(path, out var loops) && StartsWith(Runs(loops), _region);

    /// <summary>True for what is assigned in the step; what another branch of a choice assigns is not.</summary>
    public bool Contains(Assignment assignment) => StartsWith(Runs(assignment.Loops), _region)
        && !Others(assignment).Any(choice => _choices.Any(own => _reader.Enclosures[own].Choice == _reader.Enclosures[choice].Choice));

    /// <summary>The choices around an assignment that the parameter's is not in.</summary>
    private IEnumerable<int> Others(Assignment assignment) => assignment.Loops.Where(loop => _reader.Enclosures[loop].IsChoice && !_choices.Contains(loop));

    /// <summary>The loops without the choices between them.</summary>
    private ImmutableArray<int> Runs(ImmutableArray<int> loops) => loops.Any(loop => _reader.Enclosures[loop].IsChoice) ? loops.RemoveAll(loop => _reader.Enclosures[loop].IsChoice) : loops;

    public bool IsRead(string key) => Lines.Any(line => line.Value.Reads().Any(place => place.Path == key));

    /// <summary>A value with the temporaries in it replaced by what they are, where they are assigned once.</summary>
    public Term Expanded(Term value) => value.Replace(part => part is ReadTerm read && read.Place is { IsLocal: true } or { Root: null } && Lines.Where(line => line.Key == read.Place.Path).ToList() is [{ Value: var own }] && !own.Reads().Any(place => place.Path == read.Place.Path)
        ? Expanded(own) : null);

    public void SetLines(List<Line> lines) => Lines = lines;

    public void Replace(Func<Term, Term?> replacement) => Lines = [.. Lines.Select(line => line with { Value = line.Value.Replace(replacement) })];

    private void Collect()
    {
        foreach (var assignment in _reader.Assignments.Where(Contains))
        {
            var inner = Runs(assignment.Loops).RemoveRange(0, _region.Length);
            var target = assignment.Target;
            var ranged = inner.Where(target.Loops.Contains).ToImmutableArray();
            var isInner = _reader.Declared.TryGetValue(target.Path, out var declared) && Runs(declared).Length > _region.Length && StartsWith(Runs(assignment.Loops), Runs(declared));
            var used = ranged.Length > 0 ? ranged : inner;
            var depth = used.Select((loop, index) => (loop, index)).ToDictionary(pair => pair.loop, pair => pair.index);
            var line = new Line(Rename(target, depth), Rename(assignment.Value, depth).Replace(Unread), assignment, inner);
            var isSummed = !isInner && inner.Any(loop => !target.Loops.Contains(loop));
            if (isSummed && !IsCount(line) && !IsOverwritten(line))
                line = Summed(line) ?? line with { Value = new UnknownTerm(assignment.Span) };
            if (!line.Value.IsKnown() || Others(assignment).Any())
                Forget(line);
            else
                Add(line);
        }
    }

    private void Add(Line line)
    {
        Lines.Add(line);
        _rewritten.Add(line.Key);
    }

    /// <summary>A value that other code left there is not the one that a line makes of it.</summary>
    private ReadTerm? Unread(Term term)
    {
        if (term is not ReadTerm read || !_unknown.Contains(read.Place.Path) || _rewritten.Contains(read.Place.Path))
            return null;
        _unknown.Add(read.Place.Path + '?');
        return read with { Place = read.Place with { Path = read.Place.Path + '?' } };
    }

    /// <summary>A variable that is given a number once is a hyper-parameter with that default.</summary>
    private void DropConstants() => Lines = [.. Lines.Where(line => !(line is { Source.IsDeclaration: true, Value: NumberTerm, Inner.Length: 0 } && Lines.Count(other => other.Key == line.Key) == 1))];

    /// <summary>An argument that a method changes is a variable of its own, which begins with what was given.</summary>
    private void SeparateArguments()
    {
        if (_region.Length > 0)
            return;
        var written = new HashSet<string>();
        var lines = new List<Line>();
        foreach (var line in Lines)
        {
            var value = line.Value.Replace(part => part is ReadTerm read && written.Contains(read.Place.Path) ? read with { Place = Own(read.Place) } : null);
            var isArgument = line.Target is { Loops.Length: 0, Root: IParameterSymbol { RefKind: RefKind.None } root, Symbol: { } symbol } && SymbolEqualityComparer.Default.Equals(root, symbol) && line.Key != Parameter.Path
                && !line.Target.Path.Contains('@') && !line.Source.IsIncrement;
            if (isArgument)
                written.Add(line.Key);
            lines.Add(line with { Value = value, Target = isArgument ? Own(line.Target) : line.Target });
        }

        Lines = lines;

        static Place Own(Place place) => place with { Path = place.Path + "!", Name = place.Name + "Now", Root = null };
    }

    /// <summary>What is unknown from here on; what was known before has no part in what follows.</summary>
    private void Forget(Line line)
    {
        Lines.RemoveAll(other => other.Key == line.Key);
        _unknown.Add(line.Key);
        _rewritten.Remove(line.Key);
        IsLost |= line.Key == Parameter.Path;
    }

    /// <summary>Steps and running products are no sums over the elements, wherever they stand.</summary>
    private static bool IsCount(Line line) => line.Source.IsIncrement
        || line.Value is OperationTerm { Op: Op.Multiply, Operands: [ReadTerm read, ReadTerm or NumberTerm] } && read.Place.Path == line.Key;

    /// <summary>A variable of the method that every element writes anew before it is read.</summary>
    private static bool IsOverwritten(Line line) => line.Target.IsLocal && !Varies(line.Target) && !line.Value.Reads().Any(place => place.Path == line.Key);

    private Line? Summed(Line line)
    {
        if (line.Value is not OperationTerm { Op: Op.Add, Operands: [ReadTerm target, var item] } || target.Place.Path != line.Key || Varies(line.Target))
            return null;
        return item.Reads().Any(Varies) && item.Reads().Where(Varies).All(IsElement)
            ? line with { Value = Terms.Of(line.Value.Span, Op.Add, target, new SumTerm(item.Span, item)) } : null;
    }

    private void KeepRelevant()
    {
        var relevant = new HashSet<string> { Parameter.Path };
        int count;
        do
        {
            count = relevant.Count;
            foreach (var line in Lines.Where(line => relevant.Contains(line.Key)))
                relevant.UnionWith(line.Value.Reads().Select(place => place.Path));
        }
        while (relevant.Count > count);
        Lines = [.. Lines.Where(line => relevant.Contains(line.Key))];
        _unknown.IntersectWith(relevant);
    }

    /// <summary>A parameter that is changed in a variable and then written back is changed where the variable is.</summary>
    private void FoldCopy()
    {
        var back = Lines.FindLastIndex(line => line.Key == Parameter.Path);
        if (back < 0 || Lines[back].Value is not ReadTerm { Place: { Root: ILocalSymbol, Loops.Length: 0 } copy } || Lines.Count(line => line.Key == Parameter.Path) > 1)
            return;
        var first = Lines.FindIndex(line => line.Key == copy.Path);
        var last = Lines.FindLastIndex(line => line.Key == copy.Path);
        var isTaken = first >= 0 && Lines[first].Value is ReadTerm taken && taken.Place.Path == Parameter.Path;
        if (first < 0 || last > back || (isTaken && first == last) || Lines.Skip(back + 1).Any(line => line.Value.Reads().Any(place => place.Path == copy.Path))
            || Lines.Skip(isTaken ? first + 1 : first).Take(back - first).Any(line => line.Value.Reads().Any(place => place.Path == Parameter.Path) && (isTaken || line != Lines[first])))
        {
            return;
        }

        var folded = new List<Line>();
        for (var i = 0; i < Lines.Count; i++)
        {
            if (i == back || (isTaken && i == first))
            {
                Copies.Add(Lines[i].Source);
                continue;
            }

            var line = Lines[i] with { Value = Lines[i].Value.Replace(part => part is ReadTerm read && read.Place.Path == copy.Path ? read with { Place = Parameter } : null) };
            folded.Add(line.Key == copy.Path ? line with { Target = Parameter } : line);
        }

        Lines = folded;
    }

    private static Dictionary<int, int> Depths(Place target, ImmutableArray<int> inner) =>
        inner.Where(target.Loops.Contains).Select((loop, index) => (loop, index)).ToDictionary(pair => pair.loop, pair => pair.index);

    private static Term Rename(Term term, Dictionary<int, int> depth) =>
        term.Replace(part => part is ReadTerm read ? read with { Place = Rename(read.Place, depth) } : null);

    private static Place Rename(Place place, Dictionary<int, int> depth)
    {
        var path = place.Path;
        foreach (var loop in place.Loops)
        {
            if (depth.TryGetValue(loop, out var level))
                path = path.Replace($"{{{loop.ToString(CultureInfo.InvariantCulture)}}}", $"#{level.ToString(CultureInfo.InvariantCulture)}");
        }

        return place with { Path = path };
    }

    /// <summary>The loops of a path in the order in which they are nested.</summary>
    private static string Tokens(Place place)
    {
        var tokens = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < place.Path.Length; i++)
        {
            if (place.Path[i] is not ('#' or '{'))
                continue;
            var end = i + 1;
            while (end < place.Path.Length && char.IsDigit(place.Path[end]))
                end++;
            tokens.Add(place.Path.Substring(i, end - i));
        }

        return string.Join(" ", tokens);
    }

    private static bool StartsWith(ImmutableArray<int> loops, ImmutableArray<int> start) => loops.Length >= start.Length && start.SequenceEqual(loops.Take(start.Length));
}
