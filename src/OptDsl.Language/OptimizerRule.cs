using System.Collections.Immutable;
using OptDsl.Language.Backends.Catalogue;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Checks;
using OptDsl.Language.Checks.Analysis;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;
using OptDsl.Language.Plans;

namespace OptDsl.Language;

/// <summary>
/// A rule or schedule, compiled from its text: what is wrong with it, what a step does, and the same rule in other notations and
/// languages. Immutable; equal declarations are compiled and analysed once in a process. All members may be used by any number of threads.
/// </summary>
public sealed class OptimizerRule
{
    private readonly RuleSource _source;
    private readonly CompiledRule _compiled;

    private OptimizerRule(RuleDefinition definition, string name, RuleSource source, CompiledRule compiled)
    {
        (Definition, Name, _source, _compiled) = (definition, name, source, compiled);
        Errors = [.. compiled.Errors.Select(error => Remark(error, isNote: false))];
    }

    /// <summary>What was declared.</summary>
    public RuleDefinition Definition { get; }

    /// <summary>What exported code calls the rule.</summary>
    public string Name { get; }

    /// <summary>What cannot be read, at its exact characters; empty for a rule that compiles.</summary>
    public IReadOnlyList<Remark> Errors { get; }

    /// <summary>True for a rule without errors, of which all else can be asked.</summary>
    public bool Compiles => _compiled.Model is not null;

    /// <summary>The identity of the algorithm, by which checkpoints fit: equal for rules that do the same, however they are written.</summary>
    /// <exception cref="InvalidOperationException">The rule has errors.</exception>
    public string Identity => ModelIdentity.Of(Model);

    private RuleModel Model => _compiled.Model ?? throw new InvalidOperationException($"{Name} has errors: {Errors[0].Message}.");

    /// <summary>Reads the texts of a declaration. What is wrong with them is in <see cref="Errors"/>; nothing is thrown for it.</summary>
    /// <param name="definition">The formulas and their symbols.</param>
    /// <param name="name">What exported code is to call the rule.</param>
    /// <param name="cancellation">Gives up.</param>
    public static OptimizerRule Compile(RuleDefinition definition, string name, CancellationToken cancellation)
    {
        var source = DefinitionSource.Of(definition);
        return new OptimizerRule(definition, name, source, CompiledRules.Of(source, cancellation));
    }

    /// <inheritdoc cref="Compile(RuleDefinition, string, CancellationToken)"/>
    public static OptimizerRule Compile(RuleDefinition definition, string name) => Compile(definition, name, CancellationToken.None);

    /// <summary>What the analyses have to say about the mathematics, found by running the rule; nothing for a rule with errors.</summary>
    public IReadOnlyList<Remark> Analyze(CancellationToken cancellation)
    {
        var remarks = RuleFindings.Of(_source, cancellation).Select(Remark);
        return _compiled.Skipped is { } skipped ? [Remark(skipped, isNote: true), .. remarks] : [.. remarks];
    }

    /// <inheritdoc cref="Analyze(CancellationToken)"/>
    public IReadOnlyList<Remark> Analyze() => Analyze(CancellationToken.None);

    /// <summary>What mends a remark. An edit of the mathematics was tried: the rule compiles with it, and less is to be said; each takes an analysis.</summary>
    /// <param name="remark">One of <see cref="Errors"/> or of what <see cref="Analyze()"/> gave.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The fixes, the best first; empty where none is known.</returns>
    /// <exception cref="ArgumentException">The remark is not about this rule.</exception>
    public IReadOnlyList<RuleFix> FindFixes(Remark remark, CancellationToken cancellation)
    {
        if (_compiled.Errors.FirstOrDefault(error => Remark(error, isNote: false) == remark) is { } wrong)
            return [.. wrong.Fixes.Select(fix => DefinitionFixes.Of(fix, wrong.Text, Definition, _source))];
        if (_compiled.Skipped is { } skipped && Remark(skipped, isNote: true) == remark)
            return [.. skipped.Fixes.Select(fix => DefinitionFixes.Of(fix, skipped.Text, Definition, _source))];
        var findings = RuleFindings.Of(_source, cancellation);
        var finding = findings.FirstOrDefault(finding => Remark(finding) == remark)
            ?? throw new ArgumentException($"{remark.Id} is not a remark about {Name}.", nameof(remark));
        var fixes = new FixTrial(Model, findings, LintOptions.Default, cancellation).Find(finding);
        return [.. fixes.Select(fix => DefinitionFixes.Of(fix, TextOrigin.Formulas, Definition, _source))];
    }

    /// <inheritdoc cref="FindFixes(Remark, CancellationToken)"/>
    public IReadOnlyList<RuleFix> FindFixes(Remark remark) => FindFixes(remark, CancellationToken.None);

    /// <summary>The formulas written out anew, a statement a string.</summary>
    /// <exception cref="InvalidOperationException">The rule has errors.</exception>
    public IReadOnlyList<string> WriteFormulas(FormulaNotation notation) =>
        [.. Model.WriteFormulas(notation == FormulaNotation.Latex ? NotationStyle.Latex : NotationStyle.Unicode)];

    /// <summary>The passes over memory of a step, in order, as the kernels make them; none for a schedule.</summary>
    /// <exception cref="InvalidOperationException">The rule has errors.</exception>
    public IReadOnlyList<RulePass> PlanPasses()
    {
        var model = Model;
        return _source.Kind == RuleKind.Schedule ? [] : [.. Planner.Plan(model, precise: false).Passes.Select(pass => new RulePass(
            [.. pass.Reads.Select(tensor => tensor.Name)],
            [.. pass.Writes.Select(tensor => tensor.Name)],
            [.. pass.Reductions.Select(reduction => reduction.Formula)],
            pass.WhenText))];
    }

    /// <summary>The rule in another language.</summary>
    /// <exception cref="InvalidOperationException">The rule has errors.</exception>
    /// <exception cref="NotSupportedException">The language cannot say it; the message tells what.</exception>
    public string Export(ExportLanguage language)
    {
        var exported = ExportTo(language).Write(Name, Model);
        return exported.Text ?? throw new NotSupportedException($"{Name} cannot be written so: {exported.Refusal}");
    }

    /// <summary>The file that the generator adds to a partial class with this declaration: the kernels, for the library OptDsl.</summary>
    /// <param name="rootNamespace">The namespace of the class; empty for none.</param>
    /// <exception cref="InvalidOperationException">The rule has errors.</exception>
    public string WriteKernels(string rootNamespace)
    {
        _ = Model;
        var type = new TypeHeader(rootNamespace, ImmutableArray<TypePart>.Empty, new TypePart("class", Name, ImmutableArray<string>.Empty));
        return RuleFile.Write(new RuleDeclaration(type, _source, Precise: false, CheckOverflow: false), CancellationToken.None);
    }

    private static IExport ExportTo(ExportLanguage language)
    {
        var name = language switch
        {
            ExportLanguage.Optax => "jax",
            ExportLanguage.RuleFile => "rule",
            _ => language.ToString().ToLowerInvariant(),
        };
        return ExportCatalogue.All.FirstOrDefault(export => export.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(language));
    }

    private Remark Remark(FormulaError error, bool isNote) => new(error.Id, error.Message, DefinitionSource.Place(error.Text), error.Span.Start, error.Span.Length)
    {
        IsNote = isNote,
        Symbol = error.Text.State is { } state ? _source.States[state].Symbol : "",
    };

    private static Remark Remark(Finding finding)
    {
        var symbol = finding.Declaration switch { HyperSymbol hyper => hyper.Source.Symbol, StateSymbol state => state.Source.Symbol, _ => null };
        return new Remark(
            finding.Id, finding.Message, symbol is null ? RemarkPlace.Formulas : RemarkPlace.Declaration,
            symbol is null ? finding.Span.Start : 0, symbol?.Length ?? finding.Span.Length)
        {
            IsNote = LintIds.IsNote(finding.Id),
            Symbol = symbol ?? "",
        };
    }
}
