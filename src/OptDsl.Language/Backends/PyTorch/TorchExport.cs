using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Python;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Language.Backends.PyTorch;

/// <summary>
/// A <c>torch.optim.Optimizer</c>: a pure function of one tensor, in which the formulas stand as they are declared, the same for all
/// tensors of a group in PyTorch's functions of lists, and the class that keeps states and parameter groups.
/// </summary>
internal sealed class TorchExport : IExport
{
    public string Name => "pytorch";

    public string Title => "PyTorch";

    public Exported Write(string name, RuleModel model)
    {
        if (model.Source.Kind == RuleKind.Schedule)
            return Exported.Refused("a schedule is a function of the step: PyTorch takes it as torch.optim.lr_scheduler.LambdaLR");
        return Exported.RefusedMatrices(model) ?? Exported.As(new Writer(name, model, new PythonNames(model)).Write());
    }

    private sealed class Writer(string name, RuleModel model, PythonNames names)
    {
        private readonly PythonBody _body = new(model, names, new TorchDialect());
        private readonly ForeachBody _foreach = new(model, names);
        private readonly IndentedLines _lines = new();
        private readonly bool _isCollective = PythonRule.IsCollective(model);
        private readonly bool _sharesStep = PythonRule.SharesStep(model);

        public string Write()
        {
            _lines.Lines(["import math", "", "import torch", "from torch.optim import Optimizer", "", ""]);
            WriteFunction("update", _body.Lines(), _isCollective
                ? "One step of one tensor; yields what the tensors of a group must add up, and returns the new values."
                : "One step of one tensor: its new values, and those of its states.");
            if (_foreach.IsPossible)
                WriteFunction("update_foreach", _foreach.Lines(), "The same step of all tensors at once: each argument before the star is a list with one element a tensor.");
            if (_isCollective)
            {
                PythonRule.WriteTogether(_lines, "total = parts[0][0](part for _, part in parts)");
                _lines.Lines(["", ""]);
            }

            if (!model.Shifted.IsEmpty)
            {
                _lines.Block("def at(value, step):", () =>
                {
                    _lines.Line("\"\"\"A hyper-parameter at a step: it may be a function of the step, which counts from 1.\"\"\"");
                    _lines.Line("return value(max(step, 1)) if callable(value) else value");
                });
                _lines.Lines(["", ""]);
            }

            _lines.Block($"class {PythonNames.OfRule(Identifiers.Spell(name))}(Optimizer):", WriteClass);
            var text = _lines.ToString();
            return text.Replace("import math\n\n", UsesMath(text) ? "import math\n\n" : "");
        }

        private static bool UsesMath(string text) => text.Contains("math.");

        private void WriteFunction(string function, IEnumerable<string> body, string meaning)
        {
            _lines.Listed(
                $"def {function}(", [_body.Arguments.First(), names.Gradient, .. _body.Arguments.Skip(1), "*", names.Step, .. names.Hypers], "):");
            _lines.Indented(() =>
            {
                _lines.Line($"\"\"\"{meaning}\"\"\"");
                _lines.Lines(body.SelectMany(line => LongLines.Break(line, IndentedLines.MostColumns - 4)));
                _lines.Line($"return {string.Join(", ", _body.Results)}{(model.States.IsEmpty ? "," : "")}");
            });
            _lines.Lines(["", ""]);
        }

        private void WriteClass()
        {
            string[] more = _foreach.IsPossible ? ["foreach: True to take the tensors of a group together, False to take one by one; None for together on GPUs"] : [];
            _lines.Line("r\"\"\"" + string.Join("\n    ", PythonRule.Documentation(name, model, names, more)).Replace("\n    \n", "\n\n"));
            _lines.Line("\"\"\"");
            _lines.Line();
            string[] options = _foreach.IsPossible ? ["foreach"] : [];
            _lines.Listed("def __init__(", ["self", "params", .. PythonRule.Arguments(model, names), .. options.Select(option => option + "=None")], "):");
            _lines.Indented(() =>
            {
                PythonRule.WriteChecks(_lines, model, names, hyper => PythonRule.IsReadTwice(model, hyper));
                _lines.Listed("super().__init__(params, dict(", names.Options.Concat(options).Select(option => $"{option}={option}"), "))");
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
                foreach (var hyper in model.Hypers.Where(hyper => names.Options[hyper.Index] == "lr" && PythonRule.IsReadTwice(model, hyper)))
                {
                    _lines.Block("if \"initial_lr\" in group:", () =>
                        _lines.Line("raise RuntimeError(\"lr is read at several steps: give it as a function of the step instead of to a scheduler\")"));
                }

                var once = model.Hypers.Where(hyper => !PythonRule.IsReadTwice(model, hyper)).Select(hyper => $"\"{names.Options[hyper.Index]}\"");
                _lines.Listed("hyper = {name: group[name] for name in [", once, "]}");
                foreach (var hyper in model.Hypers.Where(IsUsedOutside))
                    _lines.Line($"{names.Options[hyper.Index]} = {(PythonRule.IsReadTwice(model, hyper) ? At(hyper, "1") : $"group[\"{names.Options[hyper.Index]}\"]")}");
                if (_isCollective || _sharesStep)
                    WriteGroup();
                else
                    WriteTensors();
            });
            _lines.Line();
            _lines.Line("return loss");
        }

        private string At(HyperSymbol hyper, string step) => $"at(group[\"{names.Options[hyper.Index]}\"], {step})";

        /// <summary>The step, and what schedules are at it and at those around it that the formulas read.</summary>
        private string StepArguments(string step)
        {
            var read = model.Hypers.Where(hyper => PythonRule.IsReadTwice(model, hyper)).Concat(model.Shifted);
            return string.Concat(read.Select(hyper => $", {names.Hypers[hyper.Index]}={At(hyper.Base ?? hyper, step + (hyper.Shift > 0 ? $" + {hyper.Shift}" : hyper.Shift < 0 ? $" - {-hyper.Shift}" : ""))}").Prepend($"{names.Step}={step}"));
        }

        /// <summary>True for what initial values and conditions of states need.</summary>
        private bool IsUsedOutside(HyperSymbol hyper) => model.Initials.Concat(model.Conditions.OfType<Expr>())
            .SelectMany(expression => expression.Nodes()).OfType<HyperExpr>().Any(use => use.Symbol.Equals(hyper));

        /// <summary>Tensors that are at the same step are taken together; all are, but for those that were frozen for a while.</summary>
        private void WriteTensors()
        {
            _lines.Line("runs = {}");
            _lines.Block($"for {names.Parameter} in group[\"params\"]:", () =>
            {
                _lines.Block($"if {names.Parameter}.grad is None:", () => _lines.Line("continue"));
                _lines.Line($"state = self.state[{names.Parameter}]");
                WriteInitials();
                _lines.Listed("runs.setdefault(state[\"step\"], []).append((", Inputs(), "))");
            });
            if (_foreach.IsPossible)
            {
                _lines.Line("foreach = group.get(\"foreach\")");
                _lines.Block("if foreach is None:", () => _lines.Line($"foreach = all({names.Parameter}.is_cuda for {names.Parameter} in group[\"params\"])"));
            }

            _lines.Block("for count, rows in runs.items():", () =>
            {
                var single = $"results = (update(*row, {StepArguments("count")}, **hyper) for row in rows)";
                if (_foreach.IsPossible)
                {
                    _lines.Block("if foreach:", () => _lines.Line($"results = zip(*update_foreach(*zip(*rows), {StepArguments("count")}, **hyper))"));
                    _lines.Block("else:", () => _lines.Line(single));
                }
                else
                {
                    _lines.Line(single);
                }

                _lines.Block($"for ({names.Parameter}, *_), new in zip(rows, results):", () =>
                {
                    _lines.Line($"state = self.state[{names.Parameter}]");
                    WriteResults();
                });
            });
        }

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
                _lines.Listed("runs.append(update(", [.. Inputs(), StepArguments($"{(_sharesStep ? "group" : "state")}[\"step\"]"), "**hyper"], "))");
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

        private IEnumerable<string> Inputs() => [names.Parameter, $"{names.Parameter}.grad", .. model.States.Select(Input)];

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
