using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using OptDsl.Generators.Diagnostics;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Tool.Rules;

/// <summary>
/// Reads a rule file: a header that declares roles, states and hyper-parameters, one a line, and below it the formulas as an
/// attribute would hold them.
/// </summary>
internal sealed partial class RuleTextFile
{
    /// <summary>The id of what is wrong in a header.</summary>
    public const string HeaderId = "OPTRULE";

    private readonly string _file;
    private readonly string _text;
    private readonly List<Problem> _problems;
    private readonly List<StateSource> _states = [];
    private readonly List<(int Initial, int When)> _statePositions = [];
    private readonly List<HyperSource> _hypers = [];
    private RuleKind _kind = RuleKind.UpdateRule;
    private string _name;
    private string _parameter = "W";
    private string _gradient = "g";
    private string _step = "t";
    private int _firstStep = 1;
    private bool _maximize;
    private int _formulas;

    private RuleTextFile(string file, List<Problem> problems)
    {
        (_file, _problems) = (file, problems);
        _text = File.ReadAllText(file);
        _name = Path.GetFileNameWithoutExtension(file);
    }

    public static void Load(string file, List<LoadedRule> rules, List<Problem> problems)
    {
        var reader = new RuleTextFile(file, problems);
        if (!reader.ReadHeader())
            return;
        var rule = reader.ToRule();
        rules.Add(rule);
        reader.Check(rule);
    }

    [GeneratedRegex("""^(?<keyword>state|output)\s+(?<symbol>\S+)(\s+per\s+(?<per>element|tensor|group))?(\s*=\s*(?<initial>.+?))?(\s+when\s+(?<when>.+?))?(\s+"(?<meaning>[^"]*)")?$""")]
    private static partial Regex State { get; }

    [GeneratedRegex("""^hyper\s+(?<symbol>[^\s=]+)(\s+(?<property>[A-Za-z_]\w*))?(\s*=\s*(?<value>\S+))?(\s+in\s+(?<open>[\[(])\s*(?<min>[^,\s]+)\s*,\s*(?<max>[^\])\s]+)\s*(?<close>[\])]))?$""")]
    private static partial Regex Hyper { get; }

    [GeneratedRegex("""^step\s+(?<symbol>\S+)(\s+from\s+(?<first>[01]))?$""")]
    private static partial Regex Step { get; }

    [GeneratedRegex("""^(?<role>rule|schedule|parameter|gradient)\s+(?<symbol>\S+)$""")]
    private static partial Regex Role { get; }

    /// <summary>The header ends at the first line that is none of its own.</summary>
    private bool ReadHeader()
    {
        var isWhole = true;
        for (var start = 0; start < _text.Length;)
        {
            var end = _text.IndexOf('\n', start) is >= 0 and var found ? found : _text.Length;
            var line = _text[start..end].TrimEnd();
            var content = line.TrimStart();
            if (content != "" && content[0] != '#')
            {
                var word = content.Split(' ', '\t')[0];
                if (word is not ("rule" or "schedule" or "parameter" or "gradient" or "step" or "state" or "output" or "hyper" or "maximize"))
                    break;
                if (!ReadLine(content, start + line.Length - content.Length))
                {
                    isWhole = false;
                    Report(start + line.Length - content.Length, content.Length, Severity.Error, HeaderId, $"this is no line of a header: write {Usage(word)}");
                }
            }

            _formulas = start = Math.Min(end + 1, _text.Length);
        }

        return isWhole;
    }

    private bool ReadLine(string content, int position)
    {
        if (content == "maximize")
            return _maximize = true;
        if (State.Match(content) is { Success: true } state)
            return ReadState(state, position);
        if (Hyper.Match(content) is { Success: true } hyper)
            return ReadHyper(hyper);
        if (Step.Match(content) is { Success: true } step)
        {
            (_step, _firstStep) = (step.Groups["symbol"].Value, step.Groups["first"].Value == "0" ? 0 : 1);
            return true;
        }

        if (Role.Match(content) is not { Success: true } role)
            return false;
        var symbol = role.Groups["symbol"].Value;
        switch (role.Groups["role"].Value)
        {
            case "parameter":
                _parameter = symbol;
                break;
            case "gradient":
                _gradient = symbol;
                break;
            case var kind:
                (_kind, _name) = (kind == "schedule" ? RuleKind.Schedule : RuleKind.UpdateRule, symbol);
                break;
        }

        return true;
    }

    private bool ReadState(Match match, int position)
    {
        var shape = match.Groups["per"].Value switch { "tensor" => Cardinality.PerTensor, "group" => Cardinality.PerGroup, _ => Cardinality.PerElement };
        var (initial, when) = (match.Groups["initial"], match.Groups["when"]);
        _states.Add(new StateSource(match.Groups["symbol"].Value, initial.Success ? initial.Value : "0", shape, match.Groups["keyword"].Value == "output")
        {
            When = when.Value,
            Meaning = match.Groups["meaning"].Value,
        });
        _statePositions.Add((position + initial.Index, position + when.Index));
        return true;
    }

    private bool ReadHyper(Match match)
    {
        var symbol = match.Groups["symbol"].Value;
        var value = match.Groups["value"].Value;
        var property = match.Groups["property"] is { Success: true } named ? named.Value : symbol;
        if (value is "true" or "false")
        {
            _hypers.Add(new HyperSource(symbol, property, HyperType.Boolean, double.NegativeInfinity, double.PositiveInfinity, value == "true" ? 1 : 0));
            return !match.Groups["min"].Success;
        }

        double? number = null;
        var (min, max) = (double.NegativeInfinity, double.PositiveInfinity);
        if (match.Groups["value"].Success)
        {
            if (!TryParse(value, out var given))
                return false;
            number = given;
        }

        if (match.Groups["min"].Success && !(TryParse(match.Groups["min"].Value, out min) && TryParse(match.Groups["max"].Value, out max)))
            return false;
        if (match.Groups["open"].Value == "(" && double.IsFinite(min))
            min = Math.BitIncrement(min);
        if (match.Groups["close"].Value == ")" && double.IsFinite(max))
            max = Math.BitDecrement(max);
        _hypers.Add(new HyperSource(symbol, property, symbol is "η" or "lr" or "\\eta" ? HyperType.Schedule : HyperType.Double, min, max, number));
        return true;
    }

    private static bool TryParse(string text, out double value)
    {
        value = text switch { "∞" or "inf" => double.PositiveInfinity, "-∞" or "-inf" => double.NegativeInfinity, _ => 0 };
        return value != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string Usage(string word) => word switch
    {
        "state" or "output" => $"'{word} SYMBOL [per element|tensor|group] [= INITIAL] [when CONDITION] [\"meaning\"]'",
        "hyper" => "'hyper SYMBOL [Name] [= DEFAULT] [in [MIN, MAX]]', where ( and ) leave the bound out",
        "step" => "'step SYMBOL [from 0]'",
        _ => $"'{word} NAME'",
    };

    private LoadedRule ToRule() => new(_name, new RuleSource(_kind, _text[_formulas..], _parameter, _gradient, _step, _maximize, _states.ToImmutableArray(), _hypers.ToImmutableArray()) { FirstStep = _firstStep });

    private void Check(LoadedRule rule)
    {
        var compiled = FormulaCompiler.Compile(rule.Source);
        foreach (var error in compiled.Errors)
            Report(Start(error.Text) + error.Span.Start, error.Span.Length, ToSeverity(FormulaDescriptors.For(error.Id)), error.Id, error.Message);
        if (compiled.Model is not { } model)
            return;
        foreach (var finding in RuleLints.Analyze(model, LintOptions.Default))
        {
            var (start, length) = finding.Declaration is { } declared ? Declaration(declared) : (_formulas + finding.Span.Start, finding.Span.Length);
            Report(start, length, ToSeverity(LintDescriptors.For(finding.Id)), finding.Id, finding.Message);
        }
    }

    private int Start(TextOrigin origin) => origin.State is not { } state ? _formulas
        : origin.Argument == "When" ? _statePositions[state].When
        : _statePositions[state].Initial;

    /// <summary>The line of the header that declares a symbol.</summary>
    private (int Start, int Length) Declaration(Symbol symbol)
    {
        var written = symbol switch { HyperSymbol hyper => hyper.Source.Symbol, StateSymbol state => state.Source.Symbol, _ => symbol.Name };
        var match = Regex.Match(_text, $@"^[ \t]*(state|output|hyper)[ \t]+(?<symbol>{Regex.Escape(written)})(?=[\s=])", RegexOptions.Multiline);
        return match.Success ? (match.Groups["symbol"].Index, match.Groups["symbol"].Length) : (0, 0);
    }

    private static Severity ToSeverity(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity switch
    {
        DiagnosticSeverity.Error => Severity.Error,
        DiagnosticSeverity.Warning => Severity.Warning,
        _ => Severity.Info,
    };

    private void Report(int start, int length, Severity severity, string id, string message)
    {
        var ((line, column), (endLine, endColumn)) = (Place(start), Place(start + length));
        _problems.Add(new Problem(_file, line, column, endLine, endColumn, severity, id, message));
    }

    private (int Line, int Column) Place(int position)
    {
        position = Math.Clamp(position, 0, _text.Length);
        var before = _text.AsSpan(0, position);
        return (1 + before.Count('\n'), position - before.LastIndexOf('\n'));
    }
}
