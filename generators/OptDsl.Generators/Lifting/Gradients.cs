using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>
/// Finds the gradient of a step: what is only read, once an element. Where that is more than one array, as in the error of an output
/// times an input, it is the product of them.
/// </summary>
internal sealed class Gradients
{
    private readonly Slice _slice;
    private readonly HashSet<string> _leaves = [];

    private Gradients(Slice slice) => _slice = slice;

    /// <summary>What the gradient is made of.</summary>
    public List<Place> Sources { get; } = [];

    /// <summary>The gradient as one place, where it is one.</summary>
    public Place? Single { get; private set; }

    /// <summary>States of which only a copy is changed, with the assignment that changes it.</summary>
    public Dictionary<string, Line> LostStates { get; } = [];

    /// <summary>The gradient, or null where there is not exactly one.</summary>
    public static Gradients? Find(Slice slice, MethodReader reader)
    {
        var gradients = new Gradients(slice);
        gradients.SeparateLostCopies(reader);
        gradients.SeparateInPlace();
        gradients.DropClears();
        gradients.FindStaleCopies();
        gradients.DropErrors();
        return gradients.Collapse() ? gradients : null;
    }

    /// <summary>What is written into a copy of a struct is a variable of its own.</summary>
    private void SeparateLostCopies(MethodReader reader)
    {
        if (reader.LostCopies.Count == 0)
            return;
        var written = new HashSet<string>();
        var lines = new List<Line>();
        foreach (var line in _slice.Lines)
        {
            var value = line.Value.Replace(part => part is ReadTerm read && written.Contains(read.Place.Path) ? read with { Place = Copy(read.Place) } : null);
            var isLost = reader.LostCopies.Any(path => line.Source.Target.Path.StartsWith(path + ".", StringComparison.Ordinal));
            if (isLost)
            {
                written.Add(line.Key);
                LostStates[line.Key] = line;
            }

            lines.Add(line with { Value = value, Target = isLost ? Copy(line.Target) : line.Target });
        }

        _slice.SetLines(lines);

        static Place Copy(Place place) => place with { Path = place.Path + "!", Name = place.Name + "Copy", Root = null };
    }

    /// <summary>
    /// A gradient that the step itself scales, clips or decays where it is kept comes from elsewhere all the same: what becomes of it is
    /// a variable of its own.
    /// </summary>
    private void SeparateInPlace()
    {
        foreach (var key in _slice.Lines.Select(line => line.Key).Distinct().Where(IsInPlace).ToList())
        {
            var lines = new List<Line>();
            var isWritten = false;
            foreach (var line in _slice.Lines)
            {
                var own = isWritten ? line.Value.Replace(part => part is ReadTerm read && read.Place.Path == key ? read with { Place = Changed(read.Place) } : null) : line.Value;
                isWritten |= line.Key == key;
                lines.Add(line with { Value = own, Target = line.Key == key ? Changed(line.Target) : line.Target });
            }

            while (lines.FindLastIndex(line => line.Key == key + "!") is >= 0 and var last && !lines.Skip(last + 1).Any(line => line.Value.Reads().Any(place => place.Path == key + "!")))
                lines.RemoveAt(last);
            _slice.SetLines(lines);
        }

        static Place Changed(Place place) => place with { Path = place.Path + "!", Name = place.Name + "Now", Root = null };
    }

    private bool IsInPlace(string key)
    {
        if (key == _slice.Parameter.Path || key.EndsWith("!", StringComparison.Ordinal))
            return false;
        var lines = _slice.Lines.Where(line => line.Key == key).ToList();
        var first = _slice.Lines.IndexOf(lines[0]);
        var place = lines[0].Target;
        var isCleared = lines[lines.Count - 1].Value is NumberTerm { Value: 0 } && lines.Count > 1;
        return place.Root is not null && (Slice.Varies(place) || _slice.Ranges == "") && ((Words.IsGradient(place.Name) && !Words.IsState(place.Name)) || isCleared)
            && _slice.Lines.Take(first + 1).Any(line => line.Value.Reads().Any(read => read.Path == key))
            && lines.All(line => _slice.Expanded(line.Value).Reads().Where(read => Slice.Varies(read) || _slice.Unknown.Contains(read.Path)).All(read => read.Path == key || read.Path == _slice.Parameter.Path));
    }

    /// <summary>A gradient that is set to zero behind the step is cleared for the next one.</summary>
    private void DropClears()
    {
        var read = new HashSet<string>();
        var clears = new HashSet<string>();
        var kept = new HashSet<string>();
        foreach (var line in _slice.Lines)
        {
            read.UnionWith(line.Value.Reads().Select(place => place.Path));
            if (line.Value is NumberTerm && read.Contains(line.Key) && Slice.Varies(line.Target) | _slice.Ranges == "" && line.Key != _slice.Parameter.Path)
                clears.Add(line.Key);
            else
                kept.Add(line.Key);
        }

        _slice.SetLines([.. _slice.Lines.Where(line => !clears.Contains(line.Key) || kept.Contains(line.Key))]);
    }

    /// <summary>An error that is computed before the loop is a factor of the gradient, whatever it is computed from.</summary>
    private void DropErrors()
    {
        var errors = _slice.Lines.Where(line => line.Target.IsLocal && Words.IsData(line.Target.Name) && !Slice.Varies(line.Target) && line.Value is not NumberTerm && line.Value.Reads().Any()
            && _slice.Lines.Count(other => other.Key == line.Key) == 1 && line.Value.Reads().All(place => !Slice.Varies(place) && !Words.IsRate(place.Name) && _slice.Lines.All(other => other.Key != place.Path && (other == line || other.Value.Reads().All(read => read.Path != place.Path))))).ToList();
        if (errors.Count > 0)
            _slice.SetLines([.. _slice.Lines.Except(errors)]);
    }

    /// <summary>A number that is read from an array and then made of itself and another array, and never stored, was a state.</summary>
    private void FindStaleCopies()
    {
        foreach (var copy in _slice.Lines.Where(line => line.Source.IsDeclaration && line.Value is ReadTerm read && IsLeaf(read.Place)).ToList())
        {
            var origin = ((ReadTerm)copy.Value).Place;
            var change = _slice.Lines.FirstOrDefault(line => line.Key == copy.Key && line != copy && line.Value.Reads().Any(place => place.Path == copy.Key)
                && line.Value.Reads().Any(place => place.Path != origin.Path && IsLeaf(place)));
            if (change is not null)
                LostStates[origin.Path] = change;
        }
    }

    private bool IsLeaf(Place place) => !LostStates.ContainsKey(place.Path) && !_slice.Lines.Any(line => line.Key == place.Path)
        && place.Path != Counting.Step.Path && place.Path != _slice.Parameter.Path
        && (Slice.Varies(place) || _slice.Unknown.Contains(place.Path) || (!place.IsWhole && Words.IsData(place.Name)) || (_slice.Ranges == "" && Words.IsGradient(place.Name)));

    private bool Collapse()
    {
        foreach (var place in _slice.Lines.SelectMany(line => line.Value.Reads()).Where(IsLeaf))
        {
            if (_leaves.Add(place.Path))
                Sources.Add(place);
        }

        if (Sources.Count == 0)
            return false;
        var written = new HashSet<string>(_slice.Lines.Select(line => line.Target.Container)) { _slice.Parameter.Container };
        if (Sources.Any(source => Slice.Varies(source) && written.Contains(source.Container)))
            return false;
        var before = _slice.Lines;
        if (Sources.Count == 1 && _slice.IsElement(Sources[0]))
        {
            if (Gather(onlyWhole: true) && Distinct() == 1)
            {
                Single = Sources[0];
                return Commit();
            }

            _slice.SetLines(before);
            Single = Sources[0];
            _slice.Replace(part => part is ReadTerm read && _leaves.Contains(read.Place.Path) ? new GradientTerm(read.Span) : null);
            return true;
        }

        AbsorbTemporaries();
        if (Gather(onlyWhole: false) && Distinct() == 1 && !_slice.Lines.SelectMany(line => line.Value.Reads()).Any(place => _leaves.Contains(place.Path)))
            return Commit();
        _slice.SetLines(before);
        return false;
    }

    /// <summary>What is made of nothing but gradients is one.</summary>
    private void AbsorbTemporaries()
    {
        bool changed;
        do
        {
            changed = false;
            foreach (var group in _slice.Lines.GroupBy(line => line.Key).ToList())
            {
                if (group.Key == _slice.Parameter.Path || !group.First().Target.IsLocal || !group.All(line => IsPure(line.Value, group.Key)))
                    continue;
                _leaves.Add(group.Key);
                Sources.Add(group.First().Target);
                _slice.SetLines([.. _slice.Lines.Where(line => line.Key != group.Key)]);
                changed = true;
            }
        }
        while (changed);
    }

    private bool IsPure(Term term, string? self = null) => term.IsKnown() && term.Reads().Any(place => _leaves.Contains(place.Path))
        && term.Reads().All(place => _leaves.Contains(place.Path) || place.Path == self || place.IsWhole);

    private readonly Dictionary<string, GradientMark> _marks = [];

    /// <summary>Puts marks for the parts that are made of the gradient's sources alone; in products, for the factors that are.</summary>
    private bool Gather(bool onlyWhole)
    {
        _marks.Clear();
        _slice.SetLines([.. _slice.Lines.Select(line => line with { Value = Marked(line.Value, onlyWhole) })]);
        return _marks.Count > 0;
    }

    private Term Marked(Term term, bool onlyWhole)
    {
        if (term is ReadTerm leaf && _leaves.Contains(leaf.Place.Path))
            return Mark(term);
        if (term is OperationTerm { Op: Op.Multiply or Op.Divide } product)
        {
            var (over, under) = Factors(product);
            var (sources, others) = (over.Where(factor => IsGathered(factor, onlyWhole)).ToList(), over.Where(factor => !IsGathered(factor, onlyWhole)).ToList());
            var divisors = under.Where(factor => IsGathered(factor, onlyWhole) || IsWhole(factor)).ToList();
            var whole = others.Where(IsWhole).ToList();
            // A square is no gradient, but that of one.
            var isPower = sources.Count > 1 && sources.Select(TermText.Of).Distinct().Count() == 1;
            if (isPower)
                return product with { Operands = [.. product.Operands.Select(operand => Marked(operand, onlyWhole))] };
            if (sources.Count == 1 || (sources.Count > 1 && !onlyWhole))
            {
                if (sources.Count + divisors.Count + whole.Count > 1 || sources[0] is not ReadTerm)
                {
                    Term gradient = Mark(Quotient(product.Span, [.. sources, .. whole], divisors));
                    var rest = under.Except(divisors).ToList();
                    var factors = others.Except(whole).Select(factor => Marked(factor, onlyWhole)).Append(gradient).ToList();
                    return factors.Count == 1 && rest.Count == 0 ? gradient : Quotient(product.Span, factors, [.. rest.Select(factor => Marked(factor, onlyWhole))]);
                }
            }
        }

        if (!onlyWhole && term is OperationTerm && IsPure(term))
            return Mark(term);
        return term switch
        {
            OperationTerm operation => operation with { Operands = [.. operation.Operands.Select(operand => Marked(operand, onlyWhole))] },
            SumTerm sum => sum with { Operand = Marked(sum.Operand, onlyWhole) },
            _ => term,
        };
    }

    private bool IsGathered(Term factor, bool onlyWhole) => factor is ReadTerm read ? _leaves.Contains(read.Place.Path) : !onlyWhole && IsPure(factor);

    private static bool IsWhole(Term factor) => factor is ReadTerm { Place: { IsWhole: true } place } && place.Path != Counting.Step.Path;

    private GradientMark Mark(Term term)
    {
        var mark = new GradientMark(term.Span, term);
        _marks[TermText.Of(term)] = mark;
        return mark;
    }

    private int Distinct() => _marks.Count;

    private bool Commit()
    {
        _slice.Replace(part => part is GradientMark mark ? new GradientTerm(mark.Span) : null);
        return true;
    }

    private static Term Quotient(Microsoft.CodeAnalysis.Text.TextSpan span, List<Term> over, List<Term> under)
    {
        var value = over.Aggregate((first, second) => Terms.Of(Cover(first, second), Op.Multiply, first, second));
        return under.Aggregate(value, (quotient, factor) => Terms.Of(Cover(quotient, factor), Op.Divide, quotient, factor)) with { Span = span };

        static Microsoft.CodeAnalysis.Text.TextSpan Cover(Term first, Term second) => Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(Math.Min(first.Span.Start, second.Span.Start), Math.Max(first.Span.End, second.Span.End));
    }

    private static (List<Term> Over, List<Term> Under) Factors(Term term)
    {
        var (over, under) = (new List<Term>(), new List<Term>());
        Collect(term, over, under);
        return (over, under);

        static void Collect(Term term, List<Term> over, List<Term> under)
        {
            if (term is OperationTerm { Op: Op.Multiply, Operands: [var left, var right] })
            {
                Collect(left, over, under);
                Collect(right, over, under);
            }
            else if (term is OperationTerm { Op: Op.Divide, IsInteger: false, Operands: [var dividend, var divisor] })
            {
                Collect(dividend, over, under);
                under.Add(divisor);
            }
            else
            {
                over.Add(term);
            }
        }
    }

    private sealed record GradientMark(Microsoft.CodeAnalysis.Text.TextSpan Span, Term Value) : Term(Span);
}
