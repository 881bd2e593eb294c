namespace OptDsl.Checkpoints;

/// <summary>What is known of states by the names that PyTorch has for them.</summary>
internal static class TorchStates
{
    // Sums and averages of squares and of magnitudes, and step sizes: roots are taken of them, or they divide.
    private static readonly HashSet<string> s_neverNegative =
    [
        "exp_avg_sq", "max_exp_avg_sq", "square_avg", "sum", "acc_delta", "exp_inf", "exp_avg_var", "max_exp_avg_var", "grad_sum_sq", "step_size", "eta",
        "mu", "mu_product", "exp_avg_lr",
    ];

    /// <summary>True for a state that has no negative values.</summary>
    public static bool AreNeverNegative(string name) => s_neverNegative.Contains(name);
}
