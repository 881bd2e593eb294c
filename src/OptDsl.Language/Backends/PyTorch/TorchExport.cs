using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.PyTorch;

/// <summary>
/// A <c>torch.optim.Optimizer</c>: a pure function of one tensor, in which the formulas stand as they are declared, and the class
/// that keeps states and parameter groups.
/// </summary>
internal sealed class TorchExport : IExport
{
    public string Name => "pytorch";

    public string Title => "PyTorch";

    public Exported Write(string name, RuleModel model)
    {
        if (model.Source.Kind == RuleKind.Schedule)
            return Exported.Refused("a schedule is a function of the step: PyTorch takes it as torch.optim.lr_scheduler.LambdaLR");
        if (!model.Shifted.IsEmpty)
            return Exported.Refused($"{model.Shifted[0].Name} is a schedule's value at another step, and an option has one value a step");
        if (Exported.RefusedMatrices(model) is { } refusal)
            return refusal;
        var names = new PythonNames(model, "torch", "math", "self", "group", "state", "closure", "loss", "params", "super", "float", "abs", "min", "max", "sum", "dict", "zip", "len", "update", "together", "runs", "run", "tensors", "hyper", "new", "Optimizer");
        return Exported.As(new Writer(name, model, names).Write());
    }

    private sealed class Writer(string name, RuleModel model, PythonNames names)
    {
        private readonly PythonBody _body = new(model, names, new TorchDialect());
        private readonly IndentedLines _lines = new();
        private readonly bool _isCollective = PythonRule.IsCollective(model);
        private readonly bool _sharesStep = PythonRule.SharesStep(model);

        public string Write()
        {
            _lines.Lines(["import math", "", "import torch", "from torch.optim import Optimizer", "", ""]);
            WriteFunction();
            _lines.Lines(["", ""]);
            if (_isCollective)
            {
                PythonRule.WriteTogether(_lines, "total = parts[0][0](part for _, part in parts)");
                _lines.Lines(["", ""]);
            }

            _lines.Block($"class {Identifiers.Spell(name)}(Optimizer):", WriteClass);
            var text = _lines.ToString();
            return text.Replace("import math\n\n", UsesMath(text) ? "import math\n\n" : "");
        }

        private static bool UsesMath(string text) => text.Contains("math.");

        private void WriteFunction()
        {
            var arguments = string.Join(", ", _body.Arguments.Take(1).Append(names.Gradient).Concat(_body.Arguments.Skip(1)));
            _lines.Block($"def update({arguments}, *, {string.Join(", ", names.Hypers.Prepend(names.Step))}):", () =>
            {
                _lines.Line(_isCollective
                    ? "\"\"\"One step of one tensor; yields what the tensors of a group must add up, and returns the new values.\"\"\""
                    : "\"\"\"One step of one tensor: its new values, and those of its states.\"\"\"");
                _lines.Lines(_body.Lines());
                _lines.Line($"return {string.Join(", ", _body.Results)}{(model.States.IsEmpty ? "," : "")}");
            });
        }

        private void WriteClass()
        {
            _lines.Line("r\"\"\"" + string.Join("\n    ", PythonRule.Documentation(name, model, names)).Replace("\n    \n", "\n\n"));
            _lines.Line("\"\"\"");
            _lines.Line();
            _lines.Block($"def __init__({string.Join(", ", PythonRule.Arguments(model, names).Prepend("params").Prepend("self"))}):", () =>
            {
                PythonRule.WriteChecks(_lines, model, names, _ => false);
                _lines.Line($"super().__init__(params, dict({string.Join(", ", names.Hypers.Select(hyper => $"{hyper}={hyper}"))}))");
            });
            _lines.Line();
            _lines.Line("@torch.no_grad()");
            _lines.Block("def step(self, closure=None):", WriteStep);
        }

        private void WriteStep()
        {
            _lines.Line("loss = None");
            _lines.Block("if closure is not None:", () => _lines.Block("with torch.enable_grad():", () => _lines.Line("loss = closure()")));
            _lines.Line();
            _lines.Block("for group in self.param_groups:", () =>
            {
                _lines.Line($"hyper = {{name: group[name] for name in ({string.Concat(names.Hypers.Select(hyper => $"\"{hyper}\", ")).TrimEnd()})}}");
                foreach (var hyper in model.Hypers.Where(IsUsedOutside))
                    _lines.Line($"{names.Hypers[hyper.Index]} = group[\"{names.Hypers[hyper.Index]}\"]");
                if (_isCollective || _sharesStep)
                    WriteGroup();
                else
                    WriteTensors();
            });
            _lines.Line();
            _lines.Line("return loss");
        }

        /// <summary>True for what initial values and conditions of states need.</summary>
        private bool IsUsedOutside(HyperSymbol hyper) => model.Initials.Concat(model.Conditions.OfType<Expr>())
            .SelectMany(expression => expression.Nodes()).OfType<HyperExpr>().Any(use => use.Symbol.Equals(hyper));

        private void WriteTensors() => _lines.Block($"for {names.Parameter} in group[\"params\"]:", () =>
        {
            _lines.Block($"if {names.Parameter}.grad is None:", () => _lines.Line("continue"));
            _lines.Line($"state = self.state[{names.Parameter}]");
            WriteInitials();
            _lines.Line($"new = update({Inputs()}, {names.Step}=state[\"step\"], **hyper)");
            WriteResults();
        });

        private void WriteGroup()
        {
            _lines.Line($"tensors = [{names.Parameter} for {names.Parameter} in group[\"params\"] if {names.Parameter}.grad is not None]");
            _lines.Block("if not tensors:", () => _lines.Line("continue"));
            if (_sharesStep)
                _lines.Line("group[\"step\"] = group.get(\"step\", 0) + 1");
            foreach (var state in model.States.Where(state => state.Cardinality == Cardinality.PerGroup))
            {
                _lines.Block($"if \"{names.StateKeys[state.Index]}\" not in group:", () =>
                    _lines.Line($"group[\"{names.StateKeys[state.Index]}\"] = tensors[0].new_tensor({_body.Initial(state).Text})"));
            }

            _lines.Line("runs = []");
            _lines.Block($"for {names.Parameter} in tensors:", () =>
            {
                _lines.Line($"state = self.state[{names.Parameter}]");
                WriteInitials();
                _lines.Line($"runs.append(update({Inputs()}, {names.Step}={(_sharesStep ? "group" : "state")}[\"step\"], **hyper))");
            });
            _lines.Block($"for {names.Parameter}, new in zip(tensors, {(_isCollective ? "together(runs)" : "runs")}):", () =>
            {
                _lines.Line($"state = self.state[{names.Parameter}]");
                WriteResults();
            });
        }

        private void WriteInitials()
        {
            if (!_sharesStep)
                _lines.Line("state[\"step\"] = state.get(\"step\", 0) + 1");
            foreach (var state in model.States.Where(state => state.Cardinality != Cardinality.PerGroup))
            {
                var when = _body.When(state) is { } condition ? condition.Within(Tightness.Not) + " and " : "";
                _lines.Block($"if {when}\"{names.StateKeys[state.Index]}\" not in state:", () =>
                    _lines.Line($"state[\"{names.StateKeys[state.Index]}\"] = {Initial(state)}"));
            }
        }

        private string Initial(StateSymbol state)
        {
            var (value, dialect) = (_body.Initial(state), new TorchDialect());
            return state.Cardinality != Cardinality.PerElement ? dialect.Single(names.Parameter, value).Text
                : model.Initials[state.Index].Cardinality == Cardinality.PerElement ? value.Method("clone").Text
                : dialect.Filled(names.Parameter, value).Text;
        }

        private string Inputs() => string.Join(", ", model.States.Select(Input).Prepend($"{names.Parameter}.grad").Prepend(names.Parameter));

        private string Input(StateSymbol state) => state.Cardinality == Cardinality.PerGroup ? $"group[\"{names.StateKeys[state.Index]}\"]"
            : state.IsConditional ? $"state.get(\"{names.StateKeys[state.Index]}\")"
            : $"state[\"{names.StateKeys[state.Index]}\"]";

        private void WriteResults()
        {
            _lines.Line($"{names.Parameter}.copy_(new[0])");
            foreach (var state in model.States.Where(state => model.Final(state) is not null))
            {
                var target = state.Cardinality == Cardinality.PerGroup ? "group" : "state";
                var line = $"{target}[\"{names.StateKeys[state.Index]}\"] = new[{state.Index + 1}]";
                if (_body.When(state) is { } condition)
                    _lines.Block($"if {condition.Text}:", () => _lines.Line(line));
                else
                    _lines.Line(line);
            }
        }
    }
}
