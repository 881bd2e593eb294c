using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>Reads the header of a rule's document: one declaration a line, up to the first line that is none.</summary>
internal sealed class HeaderReader(string text)
{
    private static readonly string[] s_keywords = ["rule", "schedule", "parameter", "gradient", "step", "state", "output", "constant", "hyper", "maximize"];

    private readonly ImmutableArray<StateSource>.Builder _states = ImmutableArray.CreateBuilder<StateSource>();
    private readonly ImmutableArray<HyperSource>.Builder _hypers = ImmutableArray.CreateBuilder<HyperSource>();
    private readonly ImmutableArray<HeaderEntry>.Builder _entries = ImmutableArray.CreateBuilder<HeaderEntry>();
    private readonly ImmutableArray<HeaderProblem>.Builder _problems = ImmutableArray.CreateBuilder<HeaderProblem>();
    private readonly HashSet<string> _said = [];
    private RuleKind _kind = RuleKind.UpdateRule;
    private string? _name;
    private string _parameter = "W";
    private string _gradient = "g";
    private string _step = "t";
    private int _firstStep = 1;
    private bool _maximize;

    public RuleDocument Read(string name)
    {
        var formulas = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
            var (first, last) = (start, end);
            while (first < last && char.IsWhiteSpace(text[first]))
                first++;
            while (last > first && char.IsWhiteSpace(text[last - 1]))
                last--;
            if (first < last && text[first] != '#')
            {
                var line = new LineReader(text, first, last);
                if (line.Run("=") is not { } word || Array.IndexOf(s_keywords, Text(word)) < 0 || line.Take('='))
                    break;
                ReadLine(Text(word), line, TextSpan.FromBounds(first, last));
            }

            formulas = start = Math.Min(end + 1, text.Length);
        }

        var source = new RuleSource(_kind, text.Substring(formulas), _parameter, _gradient, _step, _maximize, _states.ToImmutable(), _hypers.ToImmutable()) { FirstStep = _firstStep };
        var document = new RuleDocument(text, _name ?? name, source, formulas, _entries.ToImmutable(), _problems.ToImmutable());
        return document with { Problems = document.Problems.AddRange(DeclaredSymbols.Check(document)) };
    }

    private void ReadLine(string word, LineReader line, TextSpan span)
    {
        if (word is not ("state" or "output" or "constant" or "hyper") && !_said.Add(word is "schedule" ? "rule" : word))
            _problems.Add(new HeaderProblem(span, $"'{word}' is said twice"));
        var isRead = word switch
        {
            "maximize" => _maximize = line.AtEnd,
            "state" or "output" or "constant" => ReadState(line, span, word),
            "hyper" => ReadHyper(line, span),
            "step" => ReadStep(line),
            _ => ReadRole(word, line),
        };
        if (!isRead)
            _problems.Add(new HeaderProblem(span, $"this is no line of a header: write {Usage(word)}"));
    }

    private bool ReadRole(string word, LineReader line)
    {
        if (line.Run() is not { } symbol || !line.AtEnd)
            return false;
        switch (word)
        {
            case "parameter":
                _parameter = Text(symbol);
                break;
            case "gradient":
                _gradient = Text(symbol);
                break;
            default:
                (_kind, _name) = (word == "schedule" ? RuleKind.Schedule : RuleKind.UpdateRule, Text(symbol));
                break;
        }

        return true;
    }

    private bool ReadStep(LineReader line)
    {
        if (line.Run() is not { } symbol)
            return false;
        if (line.TakeWord("from"))
        {
            if (line.Run() is not { } first || Text(first) is not ("0" or "1"))
                return false;
            _firstStep = Text(first) == "0" ? 0 : 1;
        }

        _step = Text(symbol);
        return line.AtEnd;
    }

    private bool ReadState(LineReader line, TextSpan span, string word)
    {
        if (line.Run("=") is not { } symbol)
            return false;
        var shape = Cardinality.PerElement;
        if (line.TakeWord("per"))
        {
            if (line.Run() is not { } per || DocumentWords.ShapeOf(Text(per)) is not { } named)
                return false;
            shape = named;
        }

        var (storage, rounding) = (StateStorage.Element, StateRounding.Stochastic);
        if (line.TakeWord("as"))
        {
            if (shape != Cardinality.PerElement)
                return false;
            if (line.TakeWord(DocumentWords.BFloat16))
                storage = StateStorage.BFloat16;
            else if (line.TakeWord(DocumentWords.Block8))
                storage = StateStorage.Block8;
            else
                return false;
            rounding = line.TakeWord(DocumentWords.Nearest) ? StateRounding.Nearest : StateRounding.Stochastic;
        }

        TextSpan? initial = null, when = null;
        if (line.Take('=') && (initial = line.UpTo("when", '"')) is null)
            return false;
        if (line.TakeWord("when") && (when = line.UpTo(null, '"')) is null)
            return false;
        var meaning = "";
        if (line.Take('"'))
        {
            meaning = line.UpTo(null, '"') is { } words ? Text(words) : "";
            if (!line.Take('"'))
                return false;
        }

        if (!line.AtEnd)
            return false;
        _states.Add(new StateSource(Text(symbol), initial is { } value ? Text(value) : "0", shape, word == "output") { Constant = word == "constant", When = when is { } condition ? Text(condition) : "", Meaning = meaning, Storage = storage, Rounding = rounding });
        _entries.Add(new HeaderEntry(span, symbol, IsHyper: false) { Value = initial, When = when });
        return true;
    }

    private bool ReadHyper(LineReader line, TextSpan span)
    {
        if (line.Run("=") is not { } symbol)
            return false;
        var property = NameOf(Text(symbol));
        var position = line.Position;
        if (line.Identifier() is { } name)
        {
            if (Text(name) is "in" or DocumentWords.Scheduled)
                line.GoTo(position);
            else
                property = Text(name);
        }

        var entry = new HeaderEntry(span, symbol, IsHyper: true);
        if (line.Take('=') && (entry = entry with { Value = line.Run() }).Value is null)
            return false;
        var written = entry.Value is { } value ? Text(value) : "";
        if (written is "true" or "false")
        {
            _hypers.Add(new HyperSource(Text(symbol), property, HyperType.Boolean, double.NegativeInfinity, double.PositiveInfinity, written == "true" ? 1 : 0));
            _entries.Add(entry);
            return line.AtEnd;
        }

        double? number = null;
        if (written != "")
        {
            if (!TryParse(written, out var given))
                return false;
            number = given;
        }

        var (min, max) = (double.NegativeInfinity, double.PositiveInfinity);
        if (line.TakeWord("in") && (entry = entry with { Range = ReadRange(line, out min, out max) }).Range is null)
            return false;
        var isScheduled = line.TakeWord(DocumentWords.Scheduled) || DocumentWords.IsLearningRate(Text(symbol));
        if (!line.AtEnd)
            return false;
        _hypers.Add(new HyperSource(Text(symbol), property, isScheduled ? HyperType.Schedule : HyperType.Double, min, max, number));
        _entries.Add(entry);
        return true;
    }

    /// <summary>What a hyper-parameter without a name is called: as its symbol, but for the learning rate, which every library asks for by name.</summary>
    private string NameOf(string symbol) =>
        DocumentWords.IsLearningRate(symbol) && !_hypers.Any(hyper => hyper.Property == DocumentWords.LearningRate) ? DocumentWords.LearningRate : symbol;

    private TextSpan? ReadRange(LineReader line, out double min, out double max)
    {
        (min, max) = (double.NegativeInfinity, double.PositiveInfinity);
        var start = line.Position;
        var isOpen = line.Take('(');
        if (!(isOpen || line.Take('[')) || line.Run(",") is not { } low || !line.Take(',') || line.Run("])") is not { } high
            || !TryParse(Text(low), out min) || !TryParse(Text(high), out max))
            return null;
        var excludes = line.Take(')');
        if (!excludes && !line.Take(']'))
            return null;
        if (isOpen)
            min = AdjacentDoubles.Above(min);
        if (excludes)
            max = AdjacentDoubles.Below(max);
        return TextSpan.FromBounds(start, text.LastIndexOf(excludes ? ')' : ']', line.Position - 1) + 1);
    }

    private static bool TryParse(string written, out double value)
    {
        value = written switch { "∞" or "inf" => double.PositiveInfinity, "-∞" or "-inf" => double.NegativeInfinity, _ => 0 };
        return value != 0 || (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value) && !double.IsInfinity(value));
    }

    private static string Usage(string word) => word switch
    {
        "state" or "output" or "constant" => $"'{word} SYMBOL [per element|tensor|group] [as bfloat16|block8 [nearest]] [= INITIAL] [when CONDITION] [\"meaning\"]'",
        "hyper" => "'hyper SYMBOL [Name] [= DEFAULT] [in [MIN, MAX]] [scheduled]', where ( and ) leave the bound out",
        "step" => "'step SYMBOL [from 0]'",
        "maximize" => "'maximize'",
        _ => $"'{word} NAME'",
    };

    private string Text(TextSpan span) => text.Substring(span.Start, span.Length);
}
