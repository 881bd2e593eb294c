using System.Collections.Immutable;
using System.Globalization;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Evaluation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Checks;

/// <summary>A rule under analysis: what the checks share, and what they found.</summary>
internal sealed class LintContext
{
    private readonly ImmutableArray<double?> _initialValues;
    private readonly Dictionary<string, (RuleProgram Program, Dictionary<Expr, int> Registers)> _held = [];
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private Check? _running;

    public LintContext(RuleModel model, LintOptions options, CancellationToken cancellation, StepTally? tally = null)
    {
        Model = model;
        Tally = tally;
        Options = options;
        Cancellation = cancellation;
        Dependence = new Dependence(model);
        Liveness = new Liveness(model, Expressions.EffectiveNodes);
        Defaults = [.. model.Hypers.Select(hyper => hyper.Source.Default ?? SampleValues.Assumed(hyper.Source))];
        Typical = [.. model.Hypers.Select((hyper, index) => IsUsed(hyper) ? SampleValues.Typical(hyper.Source, Defaults[index]) : Defaults[index])];
        Program = RuleProgram.Compile(model);
        Registers = new Dictionary<Expr, int>(ByIdentity.Instance);
        Observed = RuleProgram.Compile(model, [], Registers);
        var start = Start([0], Typical);
        _initialValues = [.. model.States.Select(state => Expressions.ReadsOld(model.Initials[state.Index], model.Parameter) ? null : (double?)start.State(state.Index)[0])];
        Recurrences = RecurrenceFinder.Find(this);
        Experiments = new Experiments(this);
        Undecayed = Typical;
        if (model.Final(model.Parameter) is null || model.Source.Kind == RuleKind.Schedule)
            return;
        Decays = Experiments.FindDecays();
        Undecayed = [.. Typical.Select((value, index) => Decays.Contains(index) ? 0 : value)];
        Domain = Experiments.FindDomain();
    }

    public RuleModel Model { get; }

    public LintOptions Options { get; }

    /// <summary>Counts what is run, if somebody asks.</summary>
    public StepTally? Tally { get; }

    public CancellationToken Cancellation { get; }

    public Dependence Dependence { get; }

    public Liveness Liveness { get; }

    public RuleProgram Program { get; }

    /// <summary>The same, with a register for every expression.</summary>
    public RuleProgram Observed { get; }

    /// <summary>The registers of <see cref="Observed"/>.</summary>
    public Dictionary<Expr, int> Registers { get; }

    /// <summary>A value per hyper-parameter: its default, or where it has none a sensible one.</summary>
    public ImmutableArray<double> Defaults { get; }

    /// <summary>The defaults, but with nothing switched off: where zero is the default a small value stands.</summary>
    public ImmutableArray<double> Typical { get; }

    /// <summary>The typical values, but without a decay of the parameter, so that what is measured is what gradients do.</summary>
    public ImmutableArray<double> Undecayed { get; }

    /// <summary>The positions of the hyper-parameters that make the parameter decay.</summary>
    public ImmutableArray<int> Decays { get; } = [];

    /// <summary>The weights that the rule is made for.</summary>
    public WeightDomain Domain { get; }

    /// <summary>The way to run the rule.</summary>
    public Experiments Experiments { get; }

    /// <summary>The states that are linear in their own past.</summary>
    public ImmutableArray<Recurrence> Recurrences { get; }

    public ImmutableArray<Finding> Findings => _findings.ToImmutable();

    /// <summary>The step count, 1 at the first, as formulas write it.</summary>
    public string StepCount => Model.Source is { FirstStep: 0, Step: var step } ? $"({step}+1)" : Model.Source.Step;

    /// <summary>A step of a run, by its age from 1, as the formulas count.</summary>
    public string StepAt(long age) => $"{Model.Source.Step} = {(age + Options.FirstStep + Model.Source.FirstStep - 2).ToString(CultureInfo.InvariantCulture)}";

    public string Text(TextSpan span) => Model.Source.Formulas.Substring(span.Start, span.Length);

    public string Text(Expr expression) => Text(expression.Span);

    /// <summary>True if it has been reported; only what the running check declares may be asked.</summary>
    public bool Has(string id) => _running is null || _running.MayAsk(id)
        ? _findings.Any(finding => finding.Id == id)
        : throw new InvalidOperationException($"{_running.GetType().Name} does not declare that it asks for {id}.");

    /// <summary>Runs a check, unless what is reported already says all that it would.</summary>
    public void Run(Check check)
    {
        if (check.SilencedBy.Any(Has) || (check.NeedsUpdate && Model.Final(Model.Parameter) is null))
            return;
        _running = check;
        check.Run(this);
        _running = null;
    }

    public void Report(string id, TextSpan span, string message, params FormulaFix[] candidates) =>
        Add(new Finding(id, span, message, [.. candidates]));

    public void Report(string id, Symbol declaration, string message, params FormulaFix[] candidates) =>
        Add(new Finding(id, default, message, [.. candidates]) { Declaration = declaration });

    /// <summary>The program in which the readers of some definitions see what a caller sets, and its register for every expression.</summary>
    public (RuleProgram Program, Dictionary<Expr, int> Registers) Hold(IEnumerable<Definition> definitions)
    {
        var held = definitions.ToArray();
        if (held.Length == 0)
            return (Observed, Registers);
        var key = string.Join(" ", held.Select(definition => definition.Index.ToString(CultureInfo.InvariantCulture)));
        if (_held.TryGetValue(key, out var known))
            return known;
        var registers = new Dictionary<Expr, int>(ByIdentity.Instance);
        return _held[key] = (RuleProgram.Compile(Model, held, registers), registers);
    }

    /// <summary>Reports that nothing reads what a statement computes.</summary>
    public void ReportIdle(string id, TextSpan span, string message, params FormulaFix[] candidates) => Add(new Finding(id, span, message, [.. candidates]) { IsIdle = true });

    /// <summary>Reports that nothing reads what is declared.</summary>
    public void ReportIdle(string id, Symbol declaration, string message, params FormulaFix[] candidates) =>
        Add(new Finding(id, default, message, [.. candidates]) { Declaration = declaration, IsIdle = true });

    private void Add(Finding finding)
    {
        if (_running is null || !_running.MayReport(finding.Id))
            throw new InvalidOperationException($"{_running?.GetType().Name ?? "Nothing"} does not declare {finding.Id}.");
        _findings.Add(finding);
    }

    /// <summary>The initial value of a state that is the same for all elements, or null for one that depends on the parameter.</summary>
    public double? InitialValue(StateSymbol state) => _initialValues[state.Index];

    /// <summary>Read by a statement, and not only by initial values.</summary>
    private bool IsUsed(HyperSymbol hyper) =>
        Expressions.Nodes(Model).Any(node => node is HyperExpr used && used.Symbol.Equals(hyper));

    /// <summary>
    /// The parameter of an experiment: to a rule of matrices it is one of a single column, of which every row is an element like those of
    /// other rules. That rows stand where columns belong is an error of shapes, which needs no run.
    /// </summary>
    private TensorShape ShapeOf(int count) => Model.UsesMatrices ? TensorShape.Matrix(count, 1) : TensorShape.Vector(count);

    /// <summary>A fresh run, at the step before the first.</summary>
    public RuleRun Start(double[] parameter, IReadOnlyList<double> hypers, ElementFormat? format = null, RuleProgram? program = null)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Tally is not null)
            Tally.Runs++;
        return new RuleRun(program ?? Program, parameter, hypers, format, shape: ShapeOf(parameter.Length)) { StepCount = Options.FirstStep - 1, Tally = Tally };
    }
}
