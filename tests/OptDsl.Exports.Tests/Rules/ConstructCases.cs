using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;

namespace OptDsl.Exports.Tests.Rules;

/// <summary>A rule for everything that the language can say, by the section of its page that says so.</summary>
internal static class ConstructCases
{
    /// <summary>The constructs that take more than a function, as documents.</summary>
    private static readonly (string Section, string Construct, string Document)[] s_documents =
    [
        ("What names mean", "no state and no hyper-parameter", "W = W - 0.1g"),
        ("What names mean", "other roles", "parameter θ\ngradient d\nstep k\nhyper η = 0.1\n\nθ = θ - ηd/k"),
        ("What names mean", "marks, Greek and indices", "state m̂\nstate v_{max}\nhyper β₁ = 0.9\nhyper β₂ = 0.5\nhyper α' = 0.1\n\nm̂ = β₁m̂ + (1-β₁)g\nv_{max} = max(v_{max}, β₂|g|)\nW = W - α' m̂/(1 + v_{max})"),
        ("What names mean", "names that other languages use", "state class\nstate n\nstate i\nstate double\nhyper lambda = 0.1\nhyper options = 0.5\nhyper step = 0.1\nhyper state = 0.3\n\nclass = class/2 + g\nn = n/3 + class\ni = i/2 + n\ndouble = options·double + i\nnew = double·lambda\nW = W - step·new - state·lambda·g"),
        ("What names mean", "names that are spelled alike elsewhere", "state m̂\nstate m_hat\nhyper β = 0.5\nhyper beta2 = 0.25\n\nm̂ = βm̂ + g\nm_hat = beta2·m_hat + m̂\nW = W - 0.1m_hat"),
        ("What names mean", "constants", "W = W - (π/10) e^(-t/4) g"),
        ("What names mean", "new and old values", "state v\n\nu = v\nv = v/2 + g\nW = W - 0.1(v + u)\nu = 2u\nW = W - 0.01u"),
        ("What names mean", "times in subscripts", "state v\n\nv_t = v_{t-1}/2 + g_t\nW_t = W_{t-1} - 0.1v_t - 0.1v_{t-1}"),
        ("What names mean", "the gradient assigned", "state v\n\ng = g + 0.1W\ng = 2g\nv = v/2 + g\nW = W - 0.1v"),
        ("What names mean", "a state that no statement assigns", "state a = W\n\nW = W - 0.1(W - a) - 0.1g"),
        ("What names mean", "constants of each element", "constant lower = -0.5\nconstant upper = W + 0.3\nhyper η = 0.1\n\nW = clip(W - ηg, lower, upper)"),
        ("What names mean", "initial values", "hyper c = 0.25\nstate a = W²/2 + c\nstate b per tensor = c/3\nstate n = 1\n\na = a/2 + g\nb = b/2 + mean(g)\nn = n/2 + |g|\nW = W - 0.1a·b/n"),
        ("What names mean", "an output", "hyper η = 0.1\noutput x̄ = W\n\nW = W - ηg\nx̄ = x̄ + (W - x̄)/t"),
        ("What names mean", "a number for each tensor", "state d per tensor\n\nd = max(d, ‖g‖)\nW = W - 0.1g/(d + 1)"),
        ("What names mean", "a value for each element from a number", "state v\nstate u = 1\n\nv = t/4\nu = ‖g‖\nW = W - 0.1v·g/u"),
        ("What names mean", "a switch as a number", "hyper nesterov = true\nhyper off = false\n\nW = W - 0.1(nesterov + 0.5off)g"),
        ("What names mean", "uphill", "maximize\n\nW = W + 0.1g"),
        ("What names mean", "what nothing reads", "state v\nstate u\n\nv = v/2 + g\nu = u + g²\nx = ‖u‖\nW = W - 0.1v"),
        ("Counting from 0", "the first step is 0", "step k from 0\nstate s\nhyper γ = 0.1\n\nλ_k = γ√(k+1)\ns = s + λ_k g\nW = W - s/(k + 2)"),
        ("Counting from 0", "choices by it", "step k from 0\nstate s\n\ns = k == 0 ? g : 0.9s + 0.1g\nW = W - 0.1s·k"),
        ("Counting from 0", "in a group", "step k from 0\nstate q per group\n\nq = q/2 + group(‖g‖)/(k+1)\nW = W - 0.1g/(q + 1)"),
        ("Pasted as printed", "a listing", "state m\nhyper β₁ = 0.9\nhyper α = 0.1\n\nRequire: α, β₁\nInitialize m = 0\nfor t = 1, 2, … do\n    g_t ← ∇f(W_{t-1})\n    m_t ← β₁ m_{t-1} + (1-β₁) g_t\n    W_t ← W_{t-1} - α m_t\nend for\nreturn W"),
        ("Pasted as printed", "a program", "state m\nhyper β = 0.9\nhyper lr = 0.1\n\nm.mul_(β).add_(g, alpha=1-β)\nW.data.add_(m, alpha=-lr)"),
        ("Choices", "of values", "W = W - (g > 0 ? 0.1g : 0.2g) - (t > 3 ? 0.1 : 0.01)g"),
        ("Choices", "of statements", "state v\nhyper μ = 0.9\nhyper nesterov = true\n\nif μ ≠ 0:\n    v = μv + g\n    if nesterov: u = g + μv\n    else: u = v\nelif t == 1:\n    u = g/2\nelse:\n    u = g\nW = W - 0.1u"),
        ("Choices", "by an element", "state v\n\nif g·v > 0:\n    v = 1.2v + 0.1g\nelif g·v < 0:\n    v = 0.5v\n    W = W - 0.05v\nelse:\n    v = g\nW = W - 0.1v"),
        ("Choices", "by a tensor", "state v\nstate k per tensor\n\nif ‖g‖ > 2:\n    v = g/‖g‖\n    k = k + 1\nelse:\n    v = g\nW = W - 0.1v/(k + 1)"),
        ("Choices", "by the step, of what is singular elsewhere", "state v\n\nr = √(t - 3)\nq = 1/(t - 1)\ns = ln(t - 2)\nif t > 3:\n    v = v/2 + r·g/q\nelif t > 1:\n    v = q·g\nelse:\n    v = g\nW = W - 0.1v·(t > 2 ? 1 + s : 1)"),
        ("Choices", "by a switch, of what is singular elsewhere", "hyper μ = 0\nstate v\n\nd = 1/μ\nx = d + 1\nv = v/2 + g\nW = W - (μ ≠ 0 ? x·v : 0.1v)"),
        ("Choices", "cases", "W = W - \\begin{cases} 0.1g & \\text{if } g \\ge 0 \\\\ 0.2g & \\text{otherwise} \\end{cases}"),
        ("Choices", "one side of a name", "u = g\nif t > 2: u = u/2\nW = W - 0.1u"),
        ("Choices", "in choices of all kinds", "state v\nhyper centered = false\n\nW = W - 0.1(centered ? (g > 0 ? 1 : v) : t > 2 ? (‖g‖ > 3 ? g : (W < 0 ? g : 1)) : centered or t == 1 ? 2 : g)\nv = v/2 + g"),
        ("Functions of your own", "a function", "state m\nhyper β = 0.9\nφ(x) = x / (1 + |x|)\n\nm = βm + (1-β)g\nW = W - 0.1 φ(m) - 0.01φ(t)g"),
        ("Functions of your own", "functions of functions", "φ(x) = x/(1 + |x|)\nψ(x, y) = φ(x)φ(y) + x\n\nW = W - 0.1ψ(g, W)ψ(t, 2)"),
        ("Functions of your own", "in the place of one of the language", "clip(x) = max(-1, min(1, x))\n\nW = W - 0.1clip(g)"),
        ("The past", "the gradient of the step before", "state g_{t-1}\n\ny_t = g_t - g_{t-1}\nW_t = W_{t-1} - 0.1g_t - 0.05y_t"),
        ("The past", "parameters of two steps ago", "parameter θ\nstate θ_{t-2}\nstate g_{t-1}\nhyper ε = 0.1\n\ny_t = g_t - g_{t-1}\ns_t = θ_{t-1} - θ_{t-2}\nα_t = |dot(s_t, y_t)| / (dot(y_t, y_t) + ε)\nθ_t = θ_{t-1} - 0.1(α_t + 0.1) g_t"),
        ("The past", "temporaries and two steps ago", "state u_{t-1}\nstate g_{t-1}\nstate g_{t-2}\n\nu_t = g_t + 0.5u_{t-1}\nW_t = W_{t-1} - 0.1u_t - 0.01g_{t-2}"),
        ("The past", "a schedule at this step and the next", "state m\nhyper η = 0.1\nhyper μ = 0.9 scheduled\n\nm_t = μ_t m_{t-1} + (1-μ_t) g_t\nW_t = W_{t-1} - η (μ_{t+1} m_t + (1-μ_t) g_t)"),
        ("The past", "a schedule at the step before", "hyper η = 0.1\nstate v\n\nv_t = 0.9v_{t-1} + (η_t/η_{t-1}) g_t\nW_t = W_{t-1} - η_t v_t"),
        ("The past", "two schedules at three steps", "hyper η = 0.1\nhyper μ = 0.5 in [0, 1] scheduled\n\nW_t = W_{t-1} - (η_{t-2} + η_t + 2η_{t+1})(μ_t - μ_{t-1}/3) g_t"),
        ("The past", "a schedule at two steps in a group", "hyper η = 0.1\nstate q per group = η\n\nq_t = q_{t-1}/2 + group(‖g_t‖)\nW_t = W_{t-1} - (η_t + η_{t-1}) g_t/(1 + q_t)"),
        ("States that an option adds", "on", "hyper centered = true\nstate v\nstate ḡ when centered\nhyper α = 0.9\n\nv = αv + (1-α)g²\nḡ = αḡ + (1-α)g\nW = W - 0.01g/(√(centered ? v - ḡ² : v) + 0.1)"),
        ("States that an option adds", "off", "hyper centered = false\nstate v\nstate ḡ when centered\nhyper α = 0.9\n\nv = αv + (1-α)g²\nḡ = αḡ + (1-α)g\nW = W - 0.01g/(√(centered ? v - ḡ² : v) + 0.1)"),
        ("States that an option adds", "by a number", "hyper μ = 0.5\nhyper fast = false\nstate b = W when μ ≠ 0 and not fast\n\nb = μb + g\nu = μ == 0 or fast ? g : b\nW = W - 0.1u"),
        ("States that an option adds", "two by one condition", "hyper amsgrad = true\nstate v\nstate u = 1 when amsgrad\nstate m = W when amsgrad\n\nv = v/2 + g²\nu = max(u, v)\nm = m/2 + (amsgrad ? u : v)\nW = W - 0.1g/(√(amsgrad ? u + |m| : v) + 1)"),
        ("Reductions that an option adds", "on and off", "hyper caution = true\nhyper other = false\nstate m\n\nm = 0.9m + 0.1g\nu = caution ? (m·g > 0)m / max(mean(m·g > 0), 0.001) : m\nx = other ? ‖u‖ u : u\nW = W - 0.1x"),
        ("Groups of tensors", "norms, means and counts", "W = W - 0.1g·group(mean(g²)) / (group(‖g‖) + group(maxabs(W)) + group(count(W)))"),
        ("Groups of tensors", "states of the group", "state d per group = 1\nstate q per group\nstate s\nstate W₀ = W\n\nq = 0.9q + group(dot(g, W₀ - W))\ns = s + 0.1g\nd = max(d, q/(group(‖s‖₁) + 0.1))\nW = W - 0.1d·g"),
        ("Groups of tensors", "of the group and of a tensor", "state c per tensor\n\nc = c/2 + ‖g‖\nW = W - 0.1g·c/group(norm(g/(1 + c))) - 0.01·mean(W)·group(std(g))"),
        ("Groups of tensors", "one after another", "a = g/(group(‖g‖) + 1)\nb = a - group(mean(a))\nW = W - 0.1b/(group(rms(b)) + 0.1)"),
        ("Products without a sign", "runs of names", "hyper lr = 0.1\nhyper β = 0.5\nstate v\n\nv = 2βv/2 + (1-β)g\nW = W - lr v"),
        ("Precedence, from tightest to loosest", "powers, signs and roots", "hyper a = 1.5\nhyper b = 0.5\nhyper c = 2\n\nx = a^b^c - a^2 + √a b - ∛a² - (-a)²\ny = -g² + √(g²) g + (-g)³ + (|g| + 1)^-2 + (|g| + 1)^a\nW = W - 0.01x - 0.01y"),
        ("Precedence, from tightest to loosest", "quotients and differences", "hyper a = 1.5\nhyper b = 0.5\n\nW = W - 0.1(g/a/b - (g/(a/b)) - (g - (W - (a - b))) + (a - (b - 1))·(g·(W/(a·b))) - 1/(g² + 1)/2)"),
        ("Precedence, from tightest to loosest", "conditions", "hyper p = true\nhyper q = false\n\nx = (g > 0 and W > 0 or not g < W) + (g ≠ 0)·0.5 + (p and not q) - (not (p or t > 2))\ny = not (g > 0) + (g == 0 or W ≥ 0.5) - (g ≤ 0 and (W < 0 or W > 0.5))\nW = W - 0.1x - 0.1y"),
        ("Functions", "several arguments", "W = W - 0.1·max(g, W, 0.1, t/10) - 0.1·min(1, t, 3) - 0.1·clip(g, -0.5, t/5) - 0.1·where(g > 0, 1, W)"),
        ("Functions", "bounds", "W = W - 0.1(g)_+ - 0.1·clip_{[-1,1]}(W) - 0.1·𝟙(g > W) - 0.01·(t - 3)_+"),
        ("Functions", "norms", "hyper p = 3\n\nW = W - 0.01g(‖g‖_4 + ‖W‖_0 + ‖g‖_F + ‖g‖_p + ‖W‖₁ + ‖g‖_∞ + ‖g‖²)"),
        ("Functions", "statistics", "W = W - 0.01(g - mean(g))/std(g) - 0.01var(W)·g - 0.01\\overline{g²}·rms(g)"),
        ("Functions", "of what is the same for all elements", "hyper c = 0.5\nstate u = 1\n\nu = c\nw = u + 0·W\nW = W - 0.01g(dot(c·W, g) + dot(g, u) + ‖u‖ + ‖u/t‖₁ + maxabs(u) + mean(u) + dot(u, w) + std(w))"),
        ("Functions", "in one another", "x = ‖g/‖g‖ + mean(W)‖\nW = W - 0.1x·g/√(sum((g - mean(g))²/count(g)) + maxabs(W·maxabs(g)))"),
    ];

    /// <summary>Sections that say what languages without matrices, or of one type in memory, refuse or do not ask for.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } = ["Matrices", "What states are in memory"];

    public static IEnumerable<(string Section, string Construct)> Constructs => s_documents.Select(item => (item.Section, item.Construct));

    public static IReadOnlyList<InterpretedCase> All { get; } = [.. s_documents.Select((item, index) => Case($"Construct{index + 1}", item.Construct, item.Document)), .. Functions(), .. Names()];

    /// <summary>Each function of elements, of numbers of a tensor, and of numbers of the step; each function of tensors.</summary>
    private static IEnumerable<InterpretedCase> Functions()
    {
        foreach (var (op, operation) in OperationTable.All.Where(entry => entry.Value.Names is { Plain.Length: > 0 } && entry.Value.Kind is OperationKind.Function or OperationKind.Reduction))
        {
            var name = operation.Names!.Plain[0];
            string Of(string first, string second) => $"{name}({first}{(operation.Arity > 1 ? $", {second}" : "")})";
            var formulas = operation.Kind == OperationKind.Function
                ? $"W = W - 0.01({Of("|g|/5 + 0.1", "W")} + {Of("‖g‖/5", "c")} + {Of("t/9", "‖g‖")} + {Of("c", "t")} + {Of("c", "|g|")})"
                : $"W = W - 0.01({Of("g", "W")} + {Of("g/‖g‖", "c")} + group({Of("W - mean(g)", "g")}))";
            yield return Case($"Function{op}", $"{name}", $"hyper c = 0.5\n\n{formulas}");
        }
    }

    /// <summary>Rules whose names mean something elsewhere.</summary>
    private static IEnumerable<InterpretedCase> Names() => from name in (string[])["lambda", "Double", "Torch", "Update", "Optimizer", "Group", "Sum", "Sqrt", "Math", "Ädäm", "3D-Adam", "None"]
                                                           select Case(name, "as a name", "state m\nhyper μ = 0.9\n\nm = μm + max(g, 0.1)\nW = W - √(0.01)m/(1 + ‖m‖)");

    private static InterpretedCase Case(string name, string construct, string text)
    {
        var document = RuleDocument.Read(text, name);
        Assert.True(document.Problems.IsEmpty, $"{construct}: {document.Problems.FirstOrDefault()?.Message}");
        var compiled = FormulaCompiler.Compile(document.Source);
        Assert.True(compiled.Model is not null, $"{construct}: {compiled.Errors.FirstOrDefault()?.Message}");
        return Of(name, construct, compiled.Model) with { Falls = true };
    }

    public static InterpretedCase Of(string name, string setting, RuleModel model) => new(name, setting, model, [.. model.Hypers.Select(hyper => hyper.Source.Default!.Value)]);
}
