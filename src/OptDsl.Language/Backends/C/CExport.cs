using System.Text.RegularExpressions;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.C;

/// <summary>One function of C99: plain loops over restricted pointers, which compilers turn into vectors.</summary>
internal sealed class CExport : IExport
{
    public string Name => "c";

    public string Title => "C";

    public Exported Write(string name, RuleModel model) => model.Source.Kind == RuleKind.Schedule
        ? Exported.Refused("a schedule is a function of the step: pass its value as an option")
        : Exported.RefusedMatrices(model) ?? Exported.As(new CRule(name, model).Write());
}

/// <summary>Writes the file of one rule.</summary>
internal sealed class CRule
{
    private readonly RuleModel _model;
    private readonly CNames _names;
    private readonly CScalars _scalars;
    private readonly CSweeps _sweeps;
    private readonly IndentedLines _lines = new();
    private readonly bool _isCollective;
    private readonly string _function;

    public CRule(string name, RuleModel model)
    {
        _model = model;
        _names = new CNames(model);
        _sweeps = new CSweeps(model);
        _isCollective = _sweeps.Live.SelectMany(definition => definition.Value.Nodes()).Any(node => node is ReduceExpr { OverGroup: true });
        _scalars = new CScalars(_names, _isCollective);
        _function = CNames.OfRule(name);
    }

    public string Write()
    {
        WriteComment();
        _lines.Lines(["#include <math.h>", "#include <stddef.h>", "#include <tgmath.h>", "", "#ifndef real", "#define real float", "#endif", ""]);
        var body = new IndentedLines();
        WriteOptions(body);
        body.Line();
        WriteInitial(body);
        WriteStep(body);
        var text = body.ToString();
        foreach (var (macro, definition) in Macros)
        {
            if (text.Contains(macro))
                _lines.Line($"#define {definition}");
        }

        return _lines + (Macros.Any(macro => text.Contains(macro.Name)) ? "\n" : "") + text;
    }

    private static readonly (string Name, string Definition)[] Macros =
    [
        ("MIN(", "MIN(a, b) ((a) <= (b) ? (a) : (b))"),
        ("MAX(", "MAX(a, b) ((a) >= (b) ? (a) : (b))"),
        ("SQUARE(", "SQUARE(x) ((x) * (x))"),
        ("SIGN(", "SIGN(x) (((x) > 0) - ((x) < 0))"),
        ("SIGMOID(", "SIGMOID(x) (1 / (1 + exp(-(x))))"),
    ];

    private IEnumerable<HyperSymbol> Hypers => _model.Hypers.Concat(_model.Shifted);

    private IEnumerable<StoredSymbol> Tensors => _model.States.Where(state => state.Cardinality == Cardinality.PerElement).Cast<StoredSymbol>().Prepend(_model.Parameter);

    private IEnumerable<StateSymbol> Numbers => _model.States.Where(state => state.IsScalar);

    private void WriteComment()
    {
        _lines.Line("/*");
        foreach (var formula in _model.WriteFormulas(NotationStyle.Unicode))
            _lines.Line(" *  " + formula.Replace("*/", "* /"));
        _lines.Line(" *");
        _lines.Line(" *  Of float; with -Dreal=double of double. States begin as the function _begin says.");
        _lines.Line(" */");
    }

    private void WriteOptions(IndentedLines lines)
    {
        lines.Block("typedef struct {", () =>
        {
            foreach (var hyper in Hypers)
                lines.Line($"{(hyper.Source.Type == HyperType.Boolean ? "int" : "double")} {_names.Hypers[hyper.Index]};  /* {(hyper.Base is null ? hyper.Source.Symbol : hyper.Name).Replace("*/", "* /")} */");
            if (_model.Hypers.IsEmpty)
                lines.Line("int unused;");
        }, $"}} {_function}_options;");
        if (_model.Hypers.IsEmpty || _model.Hypers.Any(hyper => hyper.Source.Default is null))
            return;
        lines.Line();
        lines.Block($"const {_function}_options {_function}_defaults = {{", () =>
        {
            foreach (var hyper in Hypers)
                lines.Line($".{_names.Hypers[hyper.Index]} = {CodeText.Number(hyper.Source.Default!.Value, "INFINITY").Text},");
        }, "};");
    }

    /// <summary>The values of states before the first step, of one tensor.</summary>
    private void WriteInitial(IndentedLines lines)
    {
        if (_model.States.IsEmpty)
            return;
        var parameters = Tensors.Select(symbol => $"{(symbol is ParameterSymbol ? "const " : "")}real *restrict {_names.Kept(symbol)}").Concat(Numbers.Select(state => $"double *restrict {_names.Kept(state)}"));
        var body = new IndentedLines();
        var scalars = new CScalars(_names, isCollective: false);
        foreach (var state in Numbers)
            body.Line($"*{_names.Kept(state)} = {scalars.Value(_model.Initials[state.Index]).Text};");
        var loop = new CLoop(_names, scalars, _model.Conditions);
        foreach (var state in _model.States.Where(state => !state.IsScalar))
            loop.Add(Guarded(loop, state, $"{_names.Kept(state)}[i] = {loop.Value(_model.Initials[state.Index]).Text};"));
        WriteLoop(body, loop, "");
        WriteFunction(lines, $"{_function}_begin", [new("size_t ", "n"), Options(), .. Parameters(isCollective: false, withGradient: false)], body);
        lines.Line();
    }

    private CParameter Options() => new($"const {_function}_options *", "options");

    /// <summary>The tensors and the numbers that a function reads and writes.</summary>
    private IEnumerable<CParameter> Parameters(bool isCollective, bool withGradient)
    {
        foreach (var symbol in Tensors)
        {
            yield return isCollective ? new("real *const *", _names.Kept(symbol) + "_of") : new($"{(symbol is ParameterSymbol && !withGradient ? "const " : "")}real *restrict ", _names.Kept(symbol));
            if (symbol is ParameterSymbol && withGradient)
                yield return isCollective ? new("const real *const *", _names.Gradient + "_of") : new("const real *restrict ", _names.Gradient);
        }

        foreach (var state in Numbers)
            yield return new("double *restrict ", _names.Kept(state));
    }

    /// <summary>A function; what it does not use is said to be so, which compilers otherwise warn of.</summary>
    private static void WriteFunction(IndentedLines lines, string name, IReadOnlyList<CParameter> parameters, IndentedLines body)
    {
        lines.Line($"void {name}({string.Join(", ", parameters.Select(parameter => parameter.Type + parameter.Name))})");
        lines.Block("{", () =>
        {
            WriteUnused(lines, parameters.Select(parameter => parameter.Name), body);
            lines.Lines(body);
        }, "}");
    }

    private static void WriteUnused(IndentedLines lines, IEnumerable<string> names, IndentedLines body)
    {
        var text = body.ToString();
        var unused = names.Where(name => !Mentions(text, name)).ToList();
        if (unused.Count > 0)
            lines.Line(string.Join(", ", unused.Select(name => $"(void){name}")) + ";");
    }

    private static bool Mentions(string text, string name) => Regex.IsMatch(text, $@"\b{Regex.Escape(name)}\b");

    private static string Guarded(CLoop loop, StateSymbol state, string statement) => loop.When(state) is { } flag ? $"if ({flag.Text}) {statement}" : statement;

    private void WriteStep(IndentedLines lines)
    {
        var body = new IndentedLines();
        WriteBody(body);
        lines.Line($"/* One step of {(_isCollective ? "all tensors of a group" : "one tensor")}; {_names.Step} counts from 1. */");
        IEnumerable<CParameter> counts = _isCollective ? [new("size_t ", "tensors"), new("const size_t *", "counts")] : [new("size_t ", "n")];
        WriteFunction(lines, _function, [.. counts, new("long ", _names.Step), Options(), .. Parameters(_isCollective, withGradient: true)], body);
    }

    private void WriteBody(IndentedLines lines)
    {
        if (_isCollective)
            WriteGroupVariables(lines);
        var scalarTargets = _sweeps.Live.Where(definition => definition.Cardinality != Cardinality.PerElement).ToList();
        foreach (var definition in scalarTargets.Where(definition => _sweeps.LevelOf(definition) == 0 && IsGlobal(definition)))
            WriteScalar(lines, definition);
        for (var sweep = 0; sweep < _sweeps.Count; sweep++)
        {
            WriteSweep(lines, sweep);
            foreach (var definition in scalarTargets.Where(definition => _sweeps.LevelOf(definition) == sweep + 1 && IsGlobal(definition)))
                WriteScalar(lines, definition);
        }

        foreach (var state in Numbers.Where(state => !_isCollective || state.Cardinality == Cardinality.PerGroup))
        {
            if (_model.Final(state) is { } final && _sweeps.Live.Contains(final))
                lines.Line($"*{_names.Kept(state)} = {_names.Of(final)};");
        }
    }

    /// <summary>What is of all tensors, and what of each is asked for again in another sweep.</summary>
    private void WriteGroupVariables(IndentedLines lines)
    {
        if (_sweeps.Live.SelectMany(definition => definition.Value.Nodes()).Any(node => node is ReduceExpr { Reduction: Op.Count, OverGroup: true }))
        {
            lines.Line("size_t total_count = 0;");
            lines.Block("for (size_t k = 0; k < tensors; k++)", () => lines.Line("total_count += counts[k];"));
        }

        foreach (var total in _sweeps.Totals.Where(total => !total.OverGroup))
            lines.Line($"double {_scalars.Total(total).Replace("[k]", "[tensors]")};");
    }

    /// <summary>True for what is computed once, and not for each tensor of a group.</summary>
    private bool IsGlobal(Definition definition) => !_isCollective || definition.Cardinality != Cardinality.PerTensor;

    private void WriteScalar(IndentedLines lines, Definition definition) => lines.Line(ScalarLine(definition));

    private string ScalarLine(Definition definition) => $"const double {_names.Of(definition)} = {_scalars.Value(definition.Value).Text};";

    private void WriteSweep(IndentedLines lines, int sweep)
    {
        var totals = _sweeps.Totals.Where(total => _sweeps.SweepOf(total) == sweep).ToList();
        var isLast = sweep == _sweeps.Count - 1;
        foreach (var total in totals.Where(total => total.OverGroup || !_isCollective))
            lines.Line($"double {_scalars.Total(total)} = 0;");
        if (!_isCollective)
        {
            WriteTensor(lines, sweep, totals, isLast);
            return;
        }

        lines.Block("for (size_t k = 0; k < tensors; k++) {", () =>
        {
            var body = new IndentedLines();
            foreach (var total in totals.Where(total => !total.OverGroup))
                body.Line($"{_scalars.Total(total)} = 0;");
            WriteTensor(body, sweep, totals, isLast);
            if (isLast)
            {
                foreach (var state in Numbers.Where(state => state.Cardinality == Cardinality.PerTensor))
                {
                    if (_model.Final(state) is { } final && _sweeps.Live.Contains(final))
                        body.Line($"{_scalars.Kept(state).Text} = {_names.Of(final)};");
                }
            }

            WriteRead(lines, [.. _sweeps.Live.Where(definition => !IsGlobal(definition) && _sweeps.LevelOf(definition) <= sweep)], body);
        }, "}");
    }

    /// <summary>The numbers of a tensor that a sweep reads, and then the sweep: another sweep may need others.</summary>
    private void WriteRead(IndentedLines lines, List<Definition> numbers, IndentedLines body)
    {
        var text = body.ToString();
        var read = new List<string>();
        foreach (var definition in Enumerable.Reverse(numbers).Where(definition => Mentions(text, _names.Of(definition))))
        {
            read.Insert(0, ScalarLine(definition));
            text += read[0];
        }

        if (Mentions(text, "n"))
            lines.Line("const size_t n = counts[k];");
        foreach (var symbol in Tensors.Where(symbol => Mentions(text, _names.Kept(symbol))))
            lines.Line($"real *restrict {_names.Kept(symbol)} = {_names.Kept(symbol)}_of[k];");
        if (Mentions(text, _names.Gradient))
            lines.Line($"const real *restrict {_names.Gradient} = {_names.Gradient}_of[k];");
        lines.Lines(read);
        lines.Lines(body);
    }

    private void WriteTensor(IndentedLines lines, int sweep, List<ReduceExpr> totals, bool isLast)
    {
        var loop = new CLoop(_names, _scalars, _model.Conditions);
        var reductions = new List<string>();
        foreach (var total in totals)
            AddTotal(lines, loop, total, reductions);
        if (isLast)
        {
            var finals = Tensors.Select(symbol => (Symbol: symbol, Final: _model.Final(symbol))).Where(pair => pair.Final is not null && _sweeps.Live.Contains(pair.Final)).ToList();
            foreach (var (_, final) in finals.OrderBy(pair => pair.Final!.Index))
                loop.Compute(final!);
            foreach (var (symbol, final) in finals)
            {
                var store = $"{_names.Kept(symbol)}[i] = {_names.Of(final!)};";
                loop.Add(symbol is StateSymbol state ? Guarded(loop, state, store) : store);
            }
        }

        WriteLoop(lines, loop, string.Join(" ", reductions));
    }

    private void AddTotal(IndentedLines lines, CLoop loop, ReduceExpr total, List<string> reductions)
    {
        var variable = _scalars.Total(total);
        if (total.Arguments.All(argument => argument.Cardinality != Cardinality.PerElement))
        {
            var values = total.Arguments.Select(argument => _scalars.Value(argument).Within(Tightness.Unary)).ToList();
            var value = total.Reduction switch
            {
                Op.MaxAbs => $"fabs({values[0]})",
                Op.Norm => $"(double)n * SQUARE({values[0]})",
                _ => $"(double)n * {string.Join(" * ", values)}",
            };
            lines.Line(total.Reduction == Op.MaxAbs ? $"{variable} = MAX({variable}, {value});" : $"{variable} += {value};");
            return;
        }

        var first = loop.Value(total.Arguments[0]);
        var second = total.Reduction == Op.Dot ? loop.Value(total.Arguments[1]) : first;
        loop.Add(total.Reduction switch
        {
            Op.MaxAbs => $"{variable} = MAX({variable}, fabs({first.Text}));",
            Op.Sum => $"{variable} += {first.Text};",
            _ => $"{variable} += (double){first.Within(Tightness.Unary)} * {second.Within(Tightness.Unary)};",
        });
        if (!variable.Contains('['))
            reductions.Add($"reduction({(total.Reduction == Op.MaxAbs ? "max" : "+")}: {variable})");
    }

    private static void WriteLoop(IndentedLines lines, CLoop loop, string reductions)
    {
        if (!loop.Body.Any())
            return;
        lines.Lines(loop.Constants);
        if (reductions != "")
            lines.Line("#pragma omp simd " + reductions);
        lines.Block("for (size_t i = 0; i < n; i++) {", () => lines.Lines(loop.Body), "}");
    }
}

/// <summary>A parameter of a function, its type with the space behind it.</summary>
internal readonly record struct CParameter(string Type, string Name);
