using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.Jax;

/// <summary>An optax <c>GradientTransformation</c>: a function of the hyper-parameters that returns <c>init</c> and <c>update</c>.</summary>
internal sealed class JaxExport : IExport
{
    public string Name => "jax";

    public string Title => "JAX (optax)";

    public Exported Write(string name, RuleModel model)
    {
        if (model.Source.Kind == RuleKind.Schedule)
            return Exported.Refused("a schedule is a function of the step: optax takes any callable of the count as one");
        return Exported.RefusedMatrices(model) ?? Exported.As(new Writer(name, model, new PythonNames(model)).Write());
    }

    private sealed class Writer(string name, RuleModel model, PythonNames names)
    {
        private readonly PythonBody _body = new(model, names, new JaxDialect());
        private readonly JaxDialect _dialect = new();
        private readonly IndentedLines _lines = new();
        private readonly bool _isCollective = PythonRule.IsCollective(model);

        private string Function { get; } = PythonNames.OfRule(Identifiers.Spell(name).ToLowerInvariant());

        private string StateType { get; } = Identifiers.Spell(name) + "State";

        private IEnumerable<StateSymbol> TensorStates => model.States.Where(state => state.Cardinality != Cardinality.PerGroup);

        /// <summary>What may change from step to step.</summary>
        private IEnumerable<HyperSymbol> Traced => model.Hypers.Where(hyper => hyper.Source.Type == HyperType.Schedule).Concat(model.Shifted);

        private IEnumerable<StateSymbol> GroupStates => model.States.Where(state => state.Cardinality == Cardinality.PerGroup);

        public string Write()
        {
            _lines.Lines(["import math", "from typing import Any, NamedTuple", "", "import jax", "import jax.numpy as jnp", "import optax", "", ""]);
            _lines.Block($"class {StateType}(NamedTuple):", () =>
            {
                _lines.Line("count: Any");
                foreach (var state in model.States)
                    _lines.Line($"{names.StateKeys[state.Index]}: Any{(state.Source.Meaning == "" ? "" : "  # " + string.Join(" ", state.Source.Meaning.Split(['\r', '\n', '\u2028', '\u2029', '\u0085', '\f', '\v'])))}");
            });
            _lines.Lines(["", ""]);
            if (_isCollective)
            {
                PythonRule.WriteTogether(_lines, "total = (jnp.sum if parts[0][0] is sum else jnp.max)(jnp.stack([part for _, part in parts]))");
                _lines.Lines(["", ""]);
            }

            _lines.Listed($"def {Function}(", PythonRule.Arguments(model, names), "):");
            _lines.Indented(WriteTransformation);
            var text = _lines.ToString();
            return text.Contains("math.") ? text : text.Replace("import math\n", "");
        }

        private void WriteTransformation()
        {
            _lines.Line("r\"\"\"" + string.Join("\n    ", PythonRule.Documentation(name, model, names)).Replace("\n    \n", "\n\n"));
            _lines.Line("\"\"\"");
            PythonRule.WriteChecks(_lines, model, names, hyper => hyper.Source.Type == HyperType.Schedule);
            _lines.Line();
            WriteLeaf();
            _lines.Line();
            _lines.Block("def init(params):", WriteInit);
            _lines.Line();
            _lines.Block("def update(updates, state, params=None):", WriteUpdate);
            _lines.Line();
            _lines.Line("return optax.GradientTransformation(init, update)");
        }

        private void WriteLeaf()
        {
            var traced = Traced.Select(hyper => names.Hypers[hyper.Index]);
            _lines.Listed("def leaf(", [_body.Arguments.First(), names.Gradient, .. _body.Arguments.Skip(1), names.Step, .. traced], "):");
            _lines.Indented(() =>
            {
                _lines.Lines(_body.Lines().SelectMany(line => LongLines.Break(line, IndentedLines.MostColumns - 8)));
                _lines.Line($"return {string.Join(", ", _body.Results)}{(model.States.IsEmpty ? "," : "")}");
            });
        }

        private void WriteInit()
        {
            var fields = new List<string> { "count=jnp.zeros([], jnp.int32)" };
            foreach (var state in model.States)
            {
                var value = state.Cardinality == Cardinality.PerGroup ? CodeText.Call("jnp.asarray", AtFirstStep(state, _body.Initial(state)), CodeText.Atom("float")).Text : $"jax.tree_util.tree_map(lambda {names.Parameter}: {Initial(state)}, params)";
                fields.Add($"{names.StateKeys[state.Index]}={value}{(_body.When(state) is { } condition ? $" if {condition.Text} else None" : "")}");
            }

            foreach (var hyper in model.Hypers.Where(hyper => hyper.Source.Type == HyperType.Schedule && model.Initials.SelectMany(initial => initial.Nodes()).OfType<HyperExpr>().Any(use => use.Symbol.Equals(hyper))))
                _lines.Line($"first_{names.Hypers[hyper.Index]} = {names.Hypers[hyper.Index]}(0) if callable({names.Hypers[hyper.Index]}) else {names.Hypers[hyper.Index]}");
            _lines.Line($"return {StateType}(");
            foreach (var field in fields)
                _lines.Line($"    {field},");
            _lines.Line(")");
        }

        private CodeText AtFirstStep(StateSymbol state, CodeText text) =>
            model.Initials[state.Index] is HyperExpr { Symbol.Source.Type: HyperType.Schedule } ? CodeText.Atom("first_" + text.Text) : text;

        private string Initial(StateSymbol state)
        {
            var value = AtFirstStep(state, _body.Initial(state));
            return state.Cardinality != Cardinality.PerElement ? _dialect.Single(names.Parameter, value).Text
                : model.Initials[state.Index].Cardinality == Cardinality.PerElement ? value.Text
                : _dialect.Filled(names.Parameter, value).Text;
        }

        private void WriteUpdate()
        {
            _lines.Block("if params is None:", () => _lines.Line("raise ValueError(\"the update needs the parameters\")"));
            _lines.Line("count = state.count + 1");
            foreach (var hyper in Traced)
            {
                var schedule = names.Options[(hyper.Base ?? hyper).Index];
                var count = hyper.Shift > 0 ? $"state.count + {hyper.Shift}" : hyper.Shift < 0 ? $"jnp.maximum(state.count - {-hyper.Shift}, 0)" : "state.count";
                _lines.Line($"{names.Hypers[hyper.Index]}_now = {schedule}({count}) if callable({schedule}) else {schedule}");
            }

            var shared = string.Concat(Traced.Select(hyper => $", {names.Hypers[hyper.Index]}_now"));
            _lines.Line("leaves, treedef = jax.tree_util.tree_flatten(params)");
            var trees = TensorStates.Select(state => "state." + names.StateKeys[state.Index]).Prepend("updates");
            _lines.Line($"columns = [[None] * len(leaves) if tree is None else treedef.flatten_up_to(tree) for tree in ({string.Join(", ", trees)},)]");
            var row = string.Join(", ", model.States.Select(state => state.Cardinality == Cardinality.PerGroup ? "state." + names.StateKeys[state.Index] : names.Old(state)));
            _lines.Line(HasOnlyTensorStates
                ? $"rows = [leaf(*row, count{shared}) for row in zip(leaves, *columns)]"
                : $"rows = [leaf({names.Parameter}, {names.Gradient}, {row}, count{shared}) for {string.Join(", ", TensorStates.Select(names.Old).Prepend(names.Gradient).Prepend(names.Parameter))} in zip(leaves, *columns)]");
            if (_isCollective)
                _lines.Line("rows = together(rows)");
            _lines.Line("columns = list(zip(*rows))");
            _lines.Line($"updates = treedef.unflatten([new - old for new, old in zip(columns[0], leaves)])");
            _lines.Line($"return updates, {StateType}(");
            _lines.Line("    count=count,");
            foreach (var state in model.States)
            {
                var column = $"columns[{state.Index + 1}]";
                var kept = state.Cardinality == Cardinality.PerGroup ? $"{column}[0]" : $"treedef.unflatten({column})";
                _lines.Line($"    {names.StateKeys[state.Index]}={kept}{(_body.When(state) is { } condition ? $" if {condition.Text} else None" : "")},");
            }

            _lines.Line(")");
        }

        private bool HasOnlyTensorStates => !GroupStates.Any();
    }
}
