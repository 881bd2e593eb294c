using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;

namespace OptDsl.Generators.Lifting;

/// <summary>Finds what counts the steps, by one or by a factor, and puts the step in its place.</summary>
internal sealed class Counting
{
    /// <summary>The step of formulas.</summary>
    public static readonly Place Step = new("step!", "t", [], null, null);

    private readonly MethodReader _reader;
    private readonly Declared _declared;
    private readonly Slice _slice;
    private readonly List<LoopFinding> _findings = [];

    private Counting(MethodReader reader, Declared declared, Slice slice) => (_reader, _declared, _slice) = (reader, declared, slice);

    /// <summary>What is wrong with how the steps are counted.</summary>
    public IReadOnlyList<LoopFinding> Findings => _findings;

    /// <summary>1, or 0 where the first step is counted as 0.</summary>
    public int FirstStep { get; private set; } = 1;

    /// <summary>What the code calls the count.</summary>
    public string? Name { get; private set; }

    public static Counting Of(MethodReader reader, Declared declared, Slice slice)
    {
        var counting = new Counting(reader, declared, slice);
        counting.Replace();
        return counting;
    }

    private void Replace()
    {
        var scalars = _slice.Lines.SelectMany(line => line.Value.Reads()).Where(place => !Slice.Varies(place) || IsOwn(place)).GroupBy(place => place.Path).Select(group => group.First()).ToList();
        var counters = scalars.Select(CounterOf).OfType<Counter>().ToList();
        var products = scalars.Select(ProductOf).OfType<Product>().ToList();
        var ages = counters.SelectMany(Ages).ToList();
        FirstStep = ages.Count > 0 && ages.All(age => age == 0) ? 0 : 1;
        Name = counters.FirstOrDefault()?.Place.Name;
        var lines = new List<Line>();
        var counted = new Dictionary<string, int>();
        foreach (var line in _slice.Lines)
        {
            var value = line.Value.Replace(part => part is ReadTerm read ? Counted(read, counters, products, counted) : null);
            if (counters.Any(counter => counter.Place.Path == line.Key) || products.Any(product => product.Place.Path == line.Key))
            {
                if (line.Source.IsIncrement || line.Value is OperationTerm { Op: Op.Multiply })
                    counted[line.Key] = counted.TryGetValue(line.Key, out var before) ? before + 1 : 1;
            }
            else
            {
                lines.Add(line with { Value = value });
            }
        }

        _slice.SetLines(lines);
    }

    /// <summary>True for a count that every element, or every layer, has for itself.</summary>
    private bool IsOwn(Place place) => place.IsWhole && _slice.Lines.Any(line => line.Key == place.Path && line.Source.IsIncrement);

    private Term? Counted(ReadTerm read, List<Counter> counters, List<Product> products, Dictionary<string, int> counted)
    {
        counted.TryGetValue(read.Place.Path, out var before);
        if (counters.FirstOrDefault(counter => counter.Place.Path == read.Place.Path) is { } counter)
            return StepPlus(read.Span, (counter.Start is { } start ? start + before : AssumedAge(counter.Place)) - FirstStep);
        if (products.FirstOrDefault(product => product.Place.Path == read.Place.Path) is not { } running)
            return null;
        var exponent = StepPlus(read.Span, running.Start is { } power ? power + before - FirstStep : 1 - FirstStep);
        var grown = Terms.Of(read.Span, Op.Power, running.Factor is ReadTerm factor ? factor with { Span = read.Span } : running.Factor, exponent);
        return running.Scales ? Terms.Of(read.Span, Op.Multiply, read, grown) : grown;
    }

    private static Term StepPlus(TextSpan span, double offset) => offset switch
    {
        0 => new ReadTerm(span, Step),
        > 0 => Terms.Of(span, Op.Add, new ReadTerm(span, Step), new NumberTerm(span, offset)),
        _ => Terms.Of(span, Op.Subtract, new ReadTerm(span, Step), new NumberTerm(span, -offset)),
    };

    /// <summary>What a count is in the first step, at each of its reads.</summary>
    private IEnumerable<double> Ages(Counter counter)
    {
        var before = 0;
        foreach (var line in _slice.Lines)
        {
            if (line.Key == counter.Place.Path)
                before += line.Source.IsIncrement ? 1 : 0;
            else if (line.Value.Reads().Any(place => place.Path == counter.Place.Path))
                yield return counter.Start is { } start ? start + before : AssumedAge(counter.Place);
        }
    }

    /// <summary>Where nobody knows what a count begins with it begins so that the code is right: where only <c>t + 1</c> is read, from 0.</summary>
    private double AssumedAge(Place place)
    {
        var reads = _slice.Lines.Where(line => line.Key != place.Path).SelectMany(line => line.Value.Nodes()).ToList();
        var next = reads.OfType<OperationTerm>().Count(sum => sum is { Op: Op.Add, Operands: [var first, var second] }
            && ((IsRead(first) && second is NumberTerm { Value: 1 }) || (IsRead(second) && first is NumberTerm { Value: 1 })));
        return next > 0 && next == reads.Count(IsRead) ? 0 : 1;

        bool IsRead(Term term) => term is ReadTerm read && read.Place.Path == place.Path;
    }

    private Counter? CounterOf(Place place)
    {
        var lines = _slice.Lines.Where(line => line.Key == place.Path).ToList();
        var steps = lines.Where(line => line.Source.IsIncrement).ToList();
        var others = lines.Except(steps).ToList();
        if (steps.Count > 0 && others.All(line => line.Value is NumberTerm))
            return Counted(place, steps, others);
        if (lines.Count > 0)
            return null;
        var enclosure = _slice.Region.Select(loop => _reader.Enclosures[loop]).FirstOrDefault(enclosure => enclosure.Variable is not null && SymbolEqualityComparer.Default.Equals(enclosure.Variable, place.Symbol) && place.Symbol?.Equals(place.Root, SymbolEqualityComparer.Default) == true);
        if (enclosure is not null)
            return new Counter(place, enclosure.Start);
        if (Slice.Varies(place))
            return null;
        var isExponent = IsExponent(place);
        if (!isExponent && !(place.IsWhole && Words.IsStep(place.Name)))
            return null;
        if (isExponent && !place.IsWhole && !Words.IsStep(place.Name))
            return null;
        if (isExponent && place.Root is IFieldSymbol field && Declared.IsPrivate(field) && SymbolEqualityComparer.Default.Equals(place.Symbol, field) && !_declared.Writes(field).Any())
            _findings.Add(new LoopFinding(LoopIds.CounterStandsStill, _declared.Place(field)?.SourceSpan ?? _slice.Update.Span, $"'{field.Name}' is read as the count of the steps, but nothing counts it: it stays {_declared.Initial(field) ?? 0}"));
        return new Counter(place, null);
    }

    private Counter Counted(Place place, List<Line> steps, List<Line> others)
    {
        var isElement = steps[0].Inner.Length > 0 && !Slice.Varies(place);
        if (isElement)
        {
            _findings.Add(new LoopFinding(LoopIds.CounterPerElement, steps[0].Source.Span, $"'{place.Name}' counts the elements and not the steps: it is stepped inside the loop over them; step it once, before the loop"));
            return new Counter(place, null);
        }

        if (others.Count > 0)
        {
            var reset = others[others.Count - 1].Source;
            _findings.Add(new LoopFinding(LoopIds.CounterStandsStill, reset.Span, $"'{place.Name}' begins anew in every step, so that it is always {Number(others[others.Count - 1]) + 1}: keep the count from step to step"));
            return new Counter(place, null);
        }

        return new Counter(place, StartOf(place, steps));

        static double Number(Line line) => ((NumberTerm)line.Value).Value;
    }

    private double? StartOf(Place place, List<Line> steps)
    {
        if (Slice.Varies(place))
            return place.Type is null ? null : 0;
        if (place.Root is ILocalSymbol)
            return _reader.Assignments.LastOrDefault(assignment => assignment.Target.Path == place.Path && !_slice.Contains(assignment)) is { Value: NumberTerm number } ? number.Value : null;
        if (place.Symbol is not (IFieldSymbol or IPropertySymbol) || !(SymbolEqualityComparer.Default.Equals(place.Symbol, place.Root) || Declared.IsPrivate(place.Symbol)))
            return null;
        var start = _declared.Initial(place.Symbol) ?? 0;
        var spans = steps.Select(line => line.Source.Span).ToList();
        var isKnown = _declared.Writes(place.Symbol).All(write => spans.Any(span => span.Contains(write.Span)) || IsReset(write, start));
        return isKnown ? start : null;
    }

    private static bool IsReset(SyntaxNode write, double start) =>
        write.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.AssignmentExpressionSyntax { Right: Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax { Token.Value: { } value } } && NumberTypes.ToDouble(value) == start;

    private bool IsExponent(Place place) => _slice.Lines.SelectMany(line => line.Value.Nodes()).OfType<OperationTerm>()
        .Any(power => power is { Op: Op.Power, Operands: [var root, var exponent] } && root is ReadTerm or NumberTerm && exponent.Reads().Any(read => read.Path == place.Path));

    private Product? ProductOf(Place place)
    {
        var lines = _slice.Lines.Where(line => line.Key == place.Path).ToList();
        var steps = lines.Where(line => IsGrowth(line)).ToList();
        var others = lines.Except(steps).ToList();
        if (steps.Count != 1 || others.Any(line => line.Value is not NumberTerm) || Slice.Varies(place))
            return null;
        var factor = ((OperationTerm)steps[0].Value).Operands[1];
        if (factor is ReadTerm read && (Slice.Varies(read.Place) || _slice.Lines.Any(line => line.Key == read.Place.Path)))
            return null;
        var isComplement = _slice.Lines.SelectMany(line => line.Value.Nodes()).Any(node => node is OperationTerm { Op: Op.Subtract, Operands: [NumberTerm { Value: 1 }, ReadTerm power] } && power.Place.Path == place.Path);
        if (steps[0].Inner.Length > 0)
        {
            _findings.Add(new LoopFinding(LoopIds.CounterPerElement, steps[0].Source.Span, $"'{place.Name}' counts the elements and not the steps: it is stepped inside the loop over them; step it once, before the loop"));
            return new Product(place, factor, null, !isComplement);
        }

        if (others.Count > 0)
        {
            _findings.Add(new LoopFinding(LoopIds.CounterStandsStill, others[others.Count - 1].Source.Span, $"'{place.Name}' begins anew in every step, so that it is no power of the step: keep it from step to step"));
            return new Product(place, factor, null, !isComplement);
        }

        var start = PowerAtStart(place, factor);
        return new Product(place, factor, isComplement ? start : 0, !isComplement);

        bool IsGrowth(Line line) => line.Value is OperationTerm { Op: Op.Multiply, Operands: [ReadTerm self, ReadTerm or NumberTerm] } && self.Place.Path == place.Path;
    }

    /// <summary>The power of the factor with which a running product begins; null where nobody knows.</summary>
    private double? PowerAtStart(Place place, Term factor)
    {
        var value = place.Root is ILocalSymbol
            ? _reader.Assignments.LastOrDefault(assignment => assignment.Target.Path == place.Path && !_slice.Contains(assignment))?.Value
            : place.Symbol is { } symbol && _declared.Initial(symbol) is { } initial ? new NumberTerm(default, initial) : null;
        return value switch
        {
            NumberTerm { Value: 1 } => 0,
            ReadTerm read when factor is ReadTerm same && same.Place.Path == read.Place.Path => 1,
            NumberTerm number when factor is ReadTerm { Place.Symbol: { } hyper } && _declared.Initial(hyper) == number.Value => 1,
            NumberTerm number when factor is NumberTerm same && same.Value == number.Value => 1,
            _ => null,
        };
    }

    private sealed record Counter(Place Place, double? Start);

    /// <summary>A value that is multiplied by the same factor in every step; where it scales, its beginning is a hyper-parameter.</summary>
    private sealed record Product(Place Place, Term Factor, double? Start, bool Scales);
}
