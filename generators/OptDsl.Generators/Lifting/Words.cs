namespace OptDsl.Generators.Lifting;

/// <summary>What the names of code say about what is kept there.</summary>
internal static class Words
{
    private static readonly HashSet<string> s_gradient =
    [
        "grad", "grads", "gradient", "gradients", "gradw", "gradb", "dw", "db", "dtheta", "dweights", "dweight", "dbias", "dbiases", "dparam", "dparams", "nabla", "derivative", "derivatives",
        "deriv", "derivs", "jacobian", "wgrad", "bgrad", "dldw", "dldb", "dedw",
    ];

    private static readonly HashSet<string> s_parameter =
    [
        "weight", "weights", "w", "ws", "theta", "thetas", "param", "params", "parameter", "parameters", "bias", "biases", "coef", "coefs", "coefficient", "coefficients", "kernel", "kernels",
    ];

    private static readonly HashSet<string> s_rate =
    [
        "lr", "eta", "learning", "learningrate", "learnrate", "alpha", "stepsize",
    ];

    private static readonly HashSet<string> s_context =
    [
        "adam", "adamw", "adamax", "nadam", "amsgrad", "radam", "sgd", "rmsprop", "rms", "adagrad", "adadelta", "nesterov", "lion", "yogi", "adabelief", "lamb", "optim", "optimizer", "optimiser", "optimizers",
        "optimize", "optimise", "descent", "descend", "backprop", "backpropagation", "backpropagate", "train", "trainer", "training", "learn", "fit",
    ];

    /// <summary>What is accumulated beside a parameter and is none itself.</summary>
    private static readonly HashSet<string> s_state =
    [
        "m", "v", "s", "cache", "velocity", "velocities", "vel", "moment", "moments", "momentum", "momentums", "mean", "variance", "var", "sum", "total", "ema", "avg", "average", "accumulated", "acc",
    ];

    /// <summary>What is kept for a moment only.</summary>
    private static readonly HashSet<string> s_scratch = ["tmp", "temp", "temporary", "scratch", "buffer", "buf", "work", "workspace"];

    private static readonly HashSet<string> s_physics =
    [
        "dt", "deltatime", "acceleration", "force", "forces", "mass", "friction", "gravity", "temperature", "pixel", "pixels", "image", "audio", "sample", "samples", "price", "prices", "buffer", "frame",
    ];

    private static readonly HashSet<string> s_data =
    [
        "error", "err", "errors", "delta", "deltas", "diff", "residual", "loss", "reward", "advantage", "input", "inputs", "output", "outputs", "target", "signal", "activation", "activations",
    ];

    private static readonly HashSet<string> s_ascent =
    [
        "ascent", "ascend", "maximize", "maximise", "reinforce", "policy", "advantage", "reward", "likelihood",
    ];

    private static readonly HashSet<string> s_step = ["t", "step", "steps", "iter", "iteration", "iterations", "timestep", "epoch", "time", "counter", "updates"];

    public static bool IsGradient(string name) => Has(s_gradient, name) || name is "g" or "gs" or "dW" or "dB" or "dx" || IsDifferential(name);

    public static bool IsParameter(string name) => Has(s_parameter, name);

    public static bool IsRate(string name) => Has(s_rate, name);

    public static bool IsContext(string name) => Has(s_context, name);

    public static bool IsState(string name) => Has(s_state, name);

    public static bool IsScratch(string name) => Has(s_scratch, name);

    public static bool IsPhysics(string name) => Has(s_physics, name);

    public static bool IsData(string name) => Has(s_data, name);

    public static bool IsAscent(string name) => Has(s_ascent, name);

    public static bool IsStep(string name) => Has(s_step, name);

    /// <summary>The words of a name, in small letters: <c>learningRate2</c> is learning and rate.</summary>
    public static IEnumerable<string> Split(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetter(name[i]) && char.IsLetter(name[i - 1]) && !(char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
                continue;
            var word = name.Substring(start, i - start).Trim('_').ToLowerInvariant();
            if (word.Length > 0 && char.IsLetter(word[0]))
                yield return word;
            start = i;
        }
    }

    /// <summary>The name without marks of its kind: <c>_beta1</c> is beta1.</summary>
    public static string Plain(string name) => name.TrimStart('_').ToLowerInvariant().Replace("_", "");

    /// <summary><c>dWeights</c>, <c>dLoss_dW</c>.</summary>
    private static bool IsDifferential(string name)
    {
        var plain = name.TrimStart('_');
        return plain.Length > 1 && plain[0] == 'd' && char.IsUpper(plain[1]) && (plain.Length == 2 || IsParameter(plain.Substring(1)) || plain.StartsWith("dL", StringComparison.Ordinal));
    }

    private static bool Has(HashSet<string> words, string name) => words.Contains(Plain(name)) || Split(name).Any(words.Contains);
}
