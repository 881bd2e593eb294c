namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>What the rules of documentation compute, element by element.</summary>
internal static partial class PrintedRules
{
    /// <summary>Hyper-parameters: γ, λ, μ, τ.</summary>
    private static double MomentumWithOptions(double[] s, double w, double g, double t, double[] h)
    {
        g += h[1] * w;
        s[0] = t > 1 ? (h[2] * s[0]) + ((1 - h[3]) * g) : g;
        return w - (h[0] * s[0]);
    }

    /// <summary>Hyper-parameters: lr, momentum, dampening.</summary>
    private static double Dampened(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[2]) * g);
        return w - (h[0] * s[0]);
    }

    /// <summary>Hyper-parameters: γ, α, ε, λ, μ; states v, b, ḡ.</summary>
    private static double CentredWithMomentum(double[] s, double w, double g, double t, double[] h)
    {
        g += h[3] * w;
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
        s[2] = (h[1] * s[2]) + ((1 - h[1]) * g);
        s[1] = (h[4] * s[1]) + (g / (Math.Sqrt(s[0] - (s[2] * s[2])) + h[2]));
        return w - (h[0] * s[1]);
    }

    /// <summary>Hyper-parameters: γ, ρ, ε, λ.</summary>
    private static double AdaDeltaWithRate(double[] s, double w, double g, double t, double[] h)
    {
        g += h[3] * w;
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g * g);
        var change = Math.Sqrt(s[1] + h[2]) / Math.Sqrt(s[0] + h[2]) * g;
        s[1] = (h[1] * s[1]) + ((1 - h[1]) * change * change);
        return w - (h[0] * change);
    }

    /// <summary>Hyper-parameters: γ, λ, η, ε.</summary>
    private static double AdaGradWithDecays(double[] s, double w, double g, double t, double[] h)
    {
        var rate = h[0] / (1 + ((t - 1) * h[2]));
        g += h[1] * w;
        s[0] += g * g;
        return w - (rate * g / (Math.Sqrt(s[0]) + h[3]));
    }

    /// <summary>Hyper-parameters: γ, β₁, β₂, ε, λ; states m, v, the largest v.</summary>
    private static double AmsGradCorrected(double[] s, double w, double g, double t, double[] h)
    {
        g += h[4] * w;
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        s[2] = Math.Max(s[2], s[1]);
        return w - (h[0] * (s[0] / (1 - Math.Pow(h[1], t))) / (Math.Sqrt(s[2] / (1 - Math.Pow(h[2], t))) + h[3]));
    }

    /// <summary>Hyper-parameters: γ, β₁, β₂, ε, λ.</summary>
    private static double AdaMaxWithEpsilon(double[] s, double w, double g, double t, double[] h)
    {
        g += h[4] * w;
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = Math.Max(h[2] * s[1], Math.Abs(g) + h[3]);
        return w - (h[0] * s[0] / ((1 - Math.Pow(h[1], t)) * s[1]));
    }

    /// <summary>Hyper-parameters: γ, β₁, β₂, ε.</summary>
    private static double RectifiedAdam(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) + ((1 - h[1]) * g);
        s[1] = (h[2] * s[1]) + ((1 - h[2]) * g * g);
        var m = s[0] / (1 - Math.Pow(h[1], t));
        var (last, power) = ((2 / (1 - h[2])) - 1, Math.Pow(h[2], t));
        var length = last - (2 * t * power / (1 - power));
        if (length <= 5)
            return w - (h[0] * m);
        var r = Math.Sqrt((length - 4) * (length - 2) * last / ((last - 4) * (last - 2) * length));
        return w - (h[0] * m * r * Math.Sqrt(1 - power) / (Math.Sqrt(s[1]) + h[3]));
    }

    /// <summary>Hyper-parameters: η⁺, η⁻, least, largest; states: the gradient before, the step size.</summary>
    private static double Resilient(double[] s, double w, double g, double t, double[] h)
    {
        s[1] = t == 1 ? 0.01 : s[1];
        var agreement = s[0] * g;
        if (agreement > 0)
            s[1] = Math.Min(s[1] * h[0], h[3]);
        else if (agreement < 0)
            s[1] = Math.Max(s[1] * h[1], h[2]);
        if (agreement < 0)
            g = 0;
        s[0] = g;
        return w - (s[1] * Math.Sign(g));
    }

    /// <summary>Hyper-parameters: lr, μ, the rate for Nesterov's form.</summary>
    private static double NesterovAhead(double[] s, double w, double g, double t, double[] h)
    {
        s[0] = (h[1] * s[0]) - (h[0] * g);
        return w + (h[1] * s[0]) - (h[0] * g);
    }

    /// <summary>Hyper-parameters: lr, β; states z, n.</summary>
    private static double Ftrl(double[] s, double w, double g, double t, double[] h)
    {
        var next = s[1] + (g * g);
        s[0] += g - ((Math.Sqrt(next) - Math.Sqrt(s[1])) / h[0] * w);
        s[1] = next;
        return Math.Abs(s[0]) > h[1] ? ((Math.Sign(s[0]) * h[1]) - s[0]) / ((h[3] + Math.Sqrt(s[1])) / h[0] + h[2]) : 0;
    }

    private const string TorchRoles = "P=p S=exp_avg,exp_avg_sq H=lr:0.01,beta1:0.9,beta2:0.99,eps:1e-6";
}
