using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Checks.Families;

/// <summary>
/// OPT322 to OPT324. Measures degrees: by what power of the gradients' size the step and every expression grow, in two ranges of
/// sizes. Proves that the step has a degree that no rule wants, or adds terms of different degree; likewise the decay's degree in
/// the weights, and the step's in the step size.
/// </summary>
internal sealed partial class Degrees
{
    private const double Tolerance = 0.03;
    private readonly LintContext _context;
    private readonly Trial[] _trials;
    private readonly double[] _steps;

    private Degrees(LintContext context)
    {
        _context = context;
        double[] sizes = [0.03, 3, 1e3, 1e5];
        _trials = [.. sizes.Select(_ => context.Experiments.Observe([1, 1], context.Undecayed))];
        // What starts away from zero is large beside small gradients until it has settled, and no part of their degree.
        foreach (var recurrence in context.Recurrences.Where(recurrence => recurrence is { Driven: true, State.IsScalar: false, SettledDecay: > 0 and <= 1 } && context.InitialValue(recurrence.State) is not (null or 0)))
        {
            foreach (var trial in _trials)
                Array.Clear(trial.Run.State(recurrence.State.Index), 0, trial.Run.State(recurrence.State.Index).Length);
        }

        StartSettled(sizes);
        _steps = [.. sizes.Select((size, index) => Run(_trials[index], size))];
    }

    /// <summary>
    /// An average that others read before this step's gradient enters it is nothing at the first step, and what it divides then is of another degree
    /// than ever after: it starts with the first gradient.
    /// </summary>
    private void StartSettled(double[] sizes)
    {
        foreach (var recurrence in _context.Recurrences.Where(recurrence => recurrence is { Driven: true, Odd: false, Forgets: true, Degree: > 0, State.IsScalar: false }
            && _context.Model.Definitions.Any(definition => definition != recurrence.Final && _context.Liveness.IsLive(definition) && Expressions.ReadsOld(definition.Value, recurrence.State))))
        {
            for (var index = 0; index < sizes.Length; index++)
            {
                var values = _trials[index].Run.State(recurrence.State.Index);
                for (var element = 0; element < values.Length; element++)
                    values[element] = Math.Pow(sizes[index], recurrence.Degree);
            }
        }
    }

    public static void Run(LintContext context)
    {
        var degrees = new Degrees(context);
        if (LearnsStepSize(context))
        {
            degrees.ExamineDenominator();
            return;
        }

        if (!degrees.ExamineGradient() && !degrees.ExamineDecay() && !degrees.ExamineStepSize() && !Asymmetry.Run(context))
            Feedback.Run(context);
    }

    /// <summary>
    /// A state that starts away from zero and that small steps are in proportion to is a step size, which gradients change as they go on: then
    /// none of their powers is the step's, but for the one that no step has.
    /// </summary>
    private static bool LearnsStepSize(LintContext context)
    {
        return context.Model.States.Any(state => context.Dependence.IsDriven(state) && context.Model.Final(state) is { } && context.InitialValue(state) is { } initial and not 0
            && Move(state, initial) is var once && once != 0 && Math.Abs((Move(state, 2 * initial) / once) - 2) < Tolerance);

        double Move(StateSymbol state, double initial)
        {
            var run = context.Experiments.Start(new Situation(_ => 0, 0));
            var values = run.State(state.Index);
            for (var element = 0; element < values.Length; element++)
                values[element] = initial;
            run.Step([1e-3, -1e-3]);
            return (run.Parameter[0] - run.Parameter[1]) / 2;
        }
    }

    private static double Run(Trial trial, double size)
    {
        for (var step = 0; step < 12; step++)
        {
            trial.Run.Parameter[0] = trial.Run.Parameter[1] = 1;
            var gradient = size * (0.4 + (0.6 * Math.Abs(Scenario.Wave(step))));
            trial.Step(step % 3 == 1 ? [-gradient, gradient] : [gradient, -gradient]);
        }

        return (trial.Run.Parameter[0] - trial.Run.Parameter[1]) / 2;
    }

    /// <summary>The power of the size that a quantity grows with, or NaN where it is not the same in both ranges.</summary>
    private static double Degree(double[] values)
    {
        var low = Math.Log(Math.Abs(values[1] / values[0]), 100);
        var high = Math.Log(Math.Abs(values[3] / values[2]), 100);
        return Math.Abs(low - high) < Tolerance ? high : double.NaN;
    }

    private double Degree(Expr expression) => Degree([.. _trials.Select(trial => trial.Value(expression))]);

    private bool ExamineGradient()
    {
        var degree = Degree(_steps);
        if (Is(degree, 0.5) && Find<CallExpr>(call => call.Function == Op.Sqrt && Is(Degree(call.Arguments[0]), 1) && _context.Dependence.Reads(call.Arguments[0]).OfType<StateSymbol>().Any()) is { } root)
            return ReportSquare(root);
        if (Is(degree, -1) && ScalesRowsAndColumns())
            return false;
        if (ExamineDenominator())
            return true;
        if (!double.IsNaN(degree) && !Is(degree, 0) && !Is(degree, 1) && !(Is(degree, -1) && (IsCurvatureStep() || Find<BinaryExpr>(node => node.Operator == Op.Divide && IsMeanOfSteps(node)) is not null)) && !Is(degree, 1.0 / 3) && !Is(degree, 2.0 / 3) && !(degree is > -Tolerance and < 1 + Tolerance && HasChosenPower()) && !(Is(degree, 0.5) && HasNoMemory()))
        {
            Report(Update.StatementSpan, $"gradients 100 times as large make the step {Numbers.Short(Math.Pow(100, degree))} times as large: the degree {Numbers.Power(degree)} is neither 1 (as in gradient descent) nor 0 (as in Adam)", [.. DegreeFixes.Factor(_context), .. ScalingFixes.SquaredNorms(_context)]);
            return true;
        }

        if (Is(degree, 0) && Find<ReduceExpr>(_ => true) is not null && Find<BinaryExpr>(IsUnbalanced) is { } unbalanced)
        {
            _context.Report(
                LintIds.MissingRoot, unbalanced.Right.Span,
                $"'{_context.Text(unbalanced.Right)}' is of the size of squared gradients and misses a root: elements with gradients 100 times as large get a share of the step that is 100 times as small",
                ScalingFixes.Root(_context, unbalanced.Right, node => Is(Degree(node), 2)));
            return true;
        }

        return ExamineSums();
    }

    /// <summary>The step is the smaller the larger gradients are, for it is divided by squared ones.</summary>
    private bool ExamineDenominator() =>
        Is(Degree(_steps), -1) && Find<BinaryExpr>(node => node.Operator == Op.Divide && Is(Degree(node.Right), 2) && !Is(Degree(node.Left), 2) && !IsLoss(node.Left)) is { } quotient
        && !IsBounded(quotient) && !IsMeanOfSteps(quotient) && ReportRoot(quotient);

    /// <summary>A gradient over squared ones, element by element, whose size something takes away that the whole tensor shares.</summary>
    private bool IsUnbalanced(BinaryExpr node) =>
        node is { Operator: Op.Divide, Right.Cardinality: Cardinality.PerElement } && Is(Degree(node.Left), 1) && Is(Degree(node.Right), 2) && !IsBounded(node);

    /// <summary>Rows are divided by their own sizes and columns by theirs, as in a step of Sinkhorn's iteration: so gradients count twice below the line.</summary>
    private bool ScalesRowsAndColumns() => Find<BinaryExpr>(node =>
        node is { Operator: Op.Multiply, Left.Cardinality: var left, Right.Cardinality: var right }
        && ((left, right) is (Cardinality.PerRow, Cardinality.PerColumn) or (Cardinality.PerColumn, Cardinality.PerRow))
        && Is(Degree(node.Left), 1) && Is(Degree(node.Right), 1)) is not null;

    /// <summary>Each element's value is clipped or only its sign is taken.</summary>
    private bool IsBounded(BinaryExpr quotient) => Live().OfType<CallExpr>().Any(call =>
        call is { Function: Op.Min or Op.Max or Op.Sign, Cardinality: Cardinality.PerElement }
        && new Expr[] { call }.Concat(Reaches.Definitions(call).Select(definition => definition.Value)).SelectMany(Expressions.Nodes).Contains(quotient, ByIdentity.Instance));

    /// <summary><c>√t·g/Σg²</c>: the root of the count of steps above a sum of all their squares, which no rule has that forgot a root.</summary>
    private bool IsMeanOfSteps(BinaryExpr quotient) =>
        Find<CallExpr>(call => call is { Function: Op.Sqrt, Cardinality: Cardinality.PerStep } && call.Arguments[0] is StepExpr) is not null
        && _context.Dependence.Reads(quotient.Right).OfType<StateSymbol>().ToList() is { Count: > 0 } states
        && states.All(state => _context.Recurrences.Any(recurrence => recurrence.State == state && Math.Abs(recurrence.SettledDecay - 1) < Tolerances.Exact));

    /// <summary>A gradient over a curvature of the size of its square, of which each element is clipped: Newton's step where it is not.</summary>
    private bool IsCurvatureStep() => Find<BinaryExpr>(node => node.Operator == Op.Divide && Is(Degree(node.Right), 2) && IsBounded(node)) is not null;

    /// <summary>How far a loss is from its smallest value, as Polyak's step divides it by the square of a norm.</summary>
    private static bool IsLoss(Expr dividend) => dividend is BinaryExpr { Operator: Op.Subtract, Left: HyperExpr, Right: HyperExpr or NumberExpr };

    private Definition Update => _context.Model.Final(_context.Model.Parameter)!;

    private T? Find<T>(Func<T, bool> predicate) where T : Expr => Live().OfType<T>().FirstOrDefault(predicate);

    private IEnumerable<Expr> Live() =>
        _context.Model.Definitions.Where(_context.Liveness.IsLive).SelectMany(definition => Expressions.Nodes(definition.Value).OrderBy(node => node.Span.Start));

    /// <summary>A power whose exponent is a hyper-parameter, or a fraction that nobody writes by mistake: a degree from 0 to 1 is a choice.</summary>
    private bool HasChosenPower() =>
        (Find<CallExpr>(call => call.Function == Op.Sign) is not null && Find<CallExpr>(call => call is { Function: Op.Sqrt } && call.Arguments[0] is CallExpr { Function: Op.Abs }) is not null) ||
        Find<BinaryExpr>(node => node.Operator == Op.Power && _context.Dependence.IsDriven(node.Left)
            && (_context.Dependence.Reads(node.Right).Any(symbol => symbol is HyperSymbol) || (node.Right is NumberExpr number && !Is(number.Value * 2, Math.Round(number.Value * 2))))) is not null;

    /// <summary>The step is a function of this gradient alone, as a cubic model makes one that grows with its root.</summary>
    private bool HasNoMemory() => !_context.Dependence.Reads(Update).OfType<StateSymbol>().Any();

    private bool ReportSquare(CallExpr root)
    {
        var state = Reaches.Definitions(root.Arguments[0]).FirstOrDefault(definition => definition.Target is StateSymbol && Is(Degree(definition.Value), 1));
        var input = state is null ? null : Inputs.Of(_context, state);
        _context.Report(
            LintIds.MissingSquare, (input ?? root.Arguments[0]).Span,
            $"'{_context.Text(input ?? root.Arguments[0])}' is not squared, but a root is taken of it: gradients 100 times as large make the step 10 times as large and not as large as before",
            input is not null ? ScalingFixes.Square(_context, input) : state is not null ? [.. ScalingFixes.WithoutRoots(_context, state)] : []);
        return true;
    }

    private bool ReportRoot(BinaryExpr quotient)
    {
        _context.Report(
            LintIds.MissingRoot, quotient.Right.Span,
            $"'{_context.Text(quotient.Right)}' is of the size of squared gradients and misses a root: gradients 100 times as large make the step 100 times as small",
            ScalingFixes.Root(_context, quotient.Right, node => Is(Degree(node), 2)));
        return true;
    }

    /// <summary>Sums of terms that gradients drive to different powers.</summary>
    private bool ExamineSums()
    {
        foreach (var sum in Live().OfType<BinaryExpr>().Where(node => node.Operator is Op.Add or Op.Subtract))
        {
            if (!Counts(sum.Left) || !Counts(sum.Right) || IsGuard(sum.Left, sum.Right) || IsGuard(sum.Right, sum.Left) || IsThreshold(sum.Right))
                continue;
            var (left, right) = (Degree(sum.Left), Degree(sum.Right));
            if (!IsCommon(left) || !IsCommon(right) || Is(left, right))
                continue;
            Report(sum.Span, $"'{_context.Text(sum.Left)}' grows with the power {Numbers.Power(left)} of the gradients and '{_context.Text(sum.Right)}' with the power {Numbers.Power(right)}: their sum depends on the scale of the loss", DegreeFixes.Sum(_context, sum, left, right));
            return true;
        }

        return ExamineAngles();

        bool Counts(Expr term) => _context.Dependence.IsDriven(term) && !IsPosition(term) && !_context.Dependence.Reads(term).Contains(_context.Model.Parameter);
        static bool IsCommon(double degree) => Is(degree, 0) || Is(degree, 0.5) || Is(degree, 1) || Is(degree, 2) || Is(degree, -1);
    }

    /// <summary>An angle compares two sides, which grow alike or it means nothing.</summary>
    private bool ExamineAngles()
    {
        if (Find<CallExpr>(call => call.Function == Op.Atan2 && call.Arguments.All(_context.Dependence.IsDriven) && Math.Abs(Degree(call.Arguments[0]) - Degree(call.Arguments[1])) > Tolerance) is not { } angle)
            return false;
        var (up, across) = (angle.Arguments[0], angle.Arguments[1]);
        if (Is(Degree(across), 2) && Is(Degree(up), 1))
        {
            _context.Report(
                LintIds.MissingRoot, across.Span, $"'{_context.Text(across)}' is of the size of squared gradients, and the other side of the angle is not: it misses a root",
                ScalingFixes.Root(_context, across, node => Is(Degree(node), 2)));
            return true;
        }

        Report(angle.Span, $"'{_context.Text(up)}' grows with the power {Numbers.Power(Degree(up))} of the gradients and '{_context.Text(across)}' with the power {Numbers.Power(Degree(across))}: the angle depends on the scale of the loss");
        return true;
    }

    /// <summary>Far too small beside the other to be more than a guard against zero.</summary>
    private bool IsGuard(Expr small, Expr large) => Math.Abs(_trials[1].Value(small)) < 1e-5 * Math.Abs(_trials[1].Value(large));

    /// <summary>A constant amount towards zero, as the proximal step of an L1 penalty takes.</summary>
    private bool IsThreshold(Expr term) =>
        term is BinaryExpr { Operator: Op.Multiply } product
        && ((product.Left.Cardinality == Cardinality.PerStep && product.Right is CallExpr { Function: Op.Sign }) || (product.Right.Cardinality == Cardinality.PerStep && product.Left is CallExpr { Function: Op.Sign }))
        && Find<BinaryExpr>(node => node.Operator is >= Op.Less and <= Op.GreaterOrEqual && Expressions.Nodes(node).Any(part => part is CallExpr { Function: Op.Abs })) is not null;

    /// <summary>Reads a state that started as a copy of the parameter.</summary>
    private bool IsPosition(Expr term) =>
        _context.Dependence.Reads(term).OfType<StateSymbol>().Any(state => Expressions.ReadsOld(_context.Model.Initials[state.Index], _context.Model.Parameter));

    private void Report(Formulas.TextSpan span, string message, params FormulaFix[] fixes) => _context.Report(LintIds.Homogeneity, span, message, fixes);

    private static bool Is(double degree, double expected) => Math.Abs(degree - expected) < Tolerance;
}
