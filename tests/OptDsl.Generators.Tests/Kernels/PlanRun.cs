using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using OptDsl.Language.Plans;
using OptDsl.Language.Plans.Graph;
using OptDsl.Language.Plans.Scheduling;

namespace OptDsl.Generators.Tests.Kernels;

/// <summary>Does what a plan says, in double: a back end that executes instead of writing down.</summary>
internal sealed class PlanRun
{
    private readonly RulePlan _plan;
    private readonly double[] _hypers;
    private readonly Dictionary<TensorPlan, double[]> _memory = [];
    private readonly double[] _scalars;
    private readonly Dictionary<Node, double> _totals = [];
    private long _step;

    public PlanRun(RulePlan plan, double[] parameter, double[] hypers)
    {
        (_plan, _hypers, _scalars) = (plan, hypers, new double[plan.Scalars.All.Length]);
        _memory[plan.Tensors[0]] = [.. parameter];
        foreach (var state in plan.Tensors.Where(tensor => tensor.Initial is not null))
        {
            var count = state.Cardinality == Cardinality.PerElement ? parameter.Length : 1;
            _memory[state] = [.. Enumerable.Range(0, count).Select(i => Value(state.Initial!, node => node.Symbol is ParameterSymbol ? parameter[i] : null))];
        }
    }

    public double[] this[StoredSymbol symbol] => _memory[_plan.Of(symbol)];

    public void Step(double[] gradient)
    {
        _step++;
        _totals.Clear();
        _memory[_plan.Tensors.Single(tensor => tensor.IsGradient)] = gradient;
        Run(_plan.AtStart);
        foreach (var pass in _plan.Passes)
        {
            if (pass.Before is { } before && Holds(pass.BeforeWhen))
                Run(before);
            if (Holds(pass.When))
                Run(pass, gradient.Length);
        }

        if (_plan.AtEnd is { } end)
            Run(end);
    }

    private bool Holds(Guard guard) => guard.Conditions.All(condition =>
        (_plan.Scalars.Of(condition.Node) is { } scalar ? _scalars[scalar.Index] : condition.Node.Value) != 0 == condition.IsOn);

    private void Run(ScalarBlock block)
    {
        var known = block.Given.ToDictionary(node => node, Given);
        var variables = new Dictionary<Variable, double>();
        foreach (var statement in block.Statements)
        {
            var value = Value(statement.Value, node => known.TryGetValue(node, out var given) ? given : null);
            if (statement is LetStatement let)
                variables.Add(let.Variable, value);
            else if (statement is ScalarStoreStatement store)
                _scalars[store.Scalar.Index] = value;
            if (statement.IsUsed)
                known.Add(statement.Value, value);
        }

        foreach (var (state, variable) in block.Stores)
            _memory[state][0] = variables[variable];
    }

    private double Given(Node node) => node.Op switch
    {
        Op.Hyper => _hypers[((HyperSymbol)node.Symbol!).Index],
        Op.Step => _step,
        Op.Count => _memory[_plan.Tensors[0]].Length,
        Op.Old => _memory[_plan.Of((StoredSymbol)node.Symbol!)][0],
        _ when node.Op.IsReduction() => _totals[node],
        _ => _scalars[_plan.Scalars.Of(node)!.Index],
    };

    private void Run(PassPlan pass, int count)
    {
        foreach (var reduction in pass.Reductions)
            _totals[reduction.Node] = 0;
        for (var i = 0; i < count; i++)
        {
            var variables = new Dictionary<Variable, double>();
            foreach (var statement in pass.Statements.Where(statement => Holds(statement.Guard)))
                Run(pass, statement, variables, i);
        }
    }

    private void Run(PassPlan pass, Statement statement, Dictionary<Variable, double> variables, int i)
    {
        switch (statement)
        {
            case LoadStatement load:
                Assert.Contains(load.Tensor, pass.Reads);
                variables[load.Variable] = _memory[load.Tensor][i];
                break;
            case AssignStatement assign:
                variables[assign.Variable] = assign.Value == assign.Node ? Operation(assign.Value, Known) : Value(assign.Value, Known);
                break;
            case StoreStatement store:
                Assert.Contains(store.Tensor, pass.Writes);
                _memory[store.Tensor][i] = variables[store.Variable];
                break;
            case ReduceStatement { Reduction: var reduction }:
                var operands = reduction.Operands.Select(operand => Value(operand, Known)).ToArray();
                _totals[reduction.Node] = reduction.IsMax
                    ? Math.Max(_totals[reduction.Node], Math.Abs(operands[0]))
                    : reduction.IsNorm ? double.Hypot(_totals[reduction.Node], operands[0])
                    : _totals[reduction.Node] + operands.Aggregate((product, operand) => product * operand);
                break;
        }

        double? Known(Node node) => pass.VariableOf(node) is { } variable ? variables[variable] : _plan.Scalars.Of(node) is { } scalar ? _scalars[scalar.Index] : null;
    }

    private double Value(Node node, Func<Node, double?> known) => known(node) ?? Operation(node, known);

    private double Operation(Node node, Func<Node, double?> known)
    {
        double Of(int operand) => Value(node.Operands[operand], known);
        return node.Op switch
        {
            Op.Constant => node.Value,
            Op.Hyper => _hypers[((HyperSymbol)node.Symbol!).Index],
            Op.New => Of(0),
            Op.Linear => node.Terms.Aggregate(Value(node.Offset, known), (sum, term) => sum + (Value(term.Factor, known) * Value(term.Core, known))),
            Op.Product => Enumerable.Range(0, node.Operands.Length).Aggregate(node.Value, (product, k) => product * Math.Pow(Of(k), node.Halves[k] / 2.0)),
            Op.Add => Of(0) + Of(1),
            Op.Subtract => Of(0) - Of(1),
            Op.Multiply => Of(0) * Of(1),
            Op.Divide => Of(0) / Of(1),
            Op.Power => Math.Pow(Of(0), Of(1)),
            Op.Negate => -Of(0),
            Op.MultiplyAdd => (Of(0) * Of(1)) + Of(2),
            Op.Sqrt => Math.Sqrt(Of(0)),
            Op.Cbrt => Math.Cbrt(Of(0)),
            Op.Abs => Math.Abs(Of(0)),
            Op.Sign => Math.Sign(Of(0)),
            Op.Exp => Math.Exp(Of(0)),
            Op.Ln => Math.Log(Of(0)),
            Op.Sin => Math.Sin(Of(0)),
            Op.Cos => Math.Cos(Of(0)),
            Op.Tanh => Math.Tanh(Of(0)),
            Op.Sigmoid => 1 / (1 + Math.Exp(-Of(0))),
            Op.Floor => Math.Floor(Of(0)),
            Op.Erf => RealFunctions.Erf(Of(0)),
            Op.Atan2 => Math.Atan2(Of(0), Of(1)),
            Op.Min => Math.Min(Of(0), Of(1)),
            Op.Max => Math.Max(Of(0), Of(1)),
            Op.Less => Number(Of(0) < Of(1)),
            Op.LessOrEqual => Number(Of(0) <= Of(1)),
            Op.Greater => Number(Of(0) > Of(1)),
            Op.GreaterOrEqual => Number(Of(0) >= Of(1)),
            Op.Equal => Number(Of(0) == Of(1)),
            Op.NotEqual => Number(Of(0) != Of(1)),
            Op.And => Number(Of(0) != 0 && Of(1) != 0),
            Op.Or => Number(Of(0) != 0 || Of(1) != 0),
            Op.Not => Number(Of(0) == 0),
            Op.Select => Of(0) != 0 ? Of(1) : Of(2),
            _ => throw new InvalidOperationException($"A pass reads {node.Op} {node.Symbol?.Name}, which nothing holds."),
        };
    }

    private static double Number(bool condition) => condition ? 1 : 0;
}
