using System.Collections.Immutable;

namespace OptDsl.Language.Operations;

/// <summary>
/// The polynomials of the error function, interpolated at Chebyshev nodes in 60 digits; constant terms first. With them the
/// function is within two units in the last place. The kernels compile this file too, so that the numbers stand once.
/// </summary>
internal static class ErfPolynomials
{
    /// <summary>Below this magnitude erf(x) is x + x·<see cref="Inner"/>(x²), from it on 1 - exp(-x²)·<see cref="Outer"/>(2 / (2 + x)).</summary>
    public const double Border = 1;

    /// <summary>From here on erf(x) rounds to 1.</summary>
    public const double End = 6;

    /// <summary>erf(√t) / √t - 1 for t up to 1, to 7e-18.</summary>
    public static ImmutableArray<double> Inner { get; } =
    [
        0.12837916709551256, -0.37612638903183543, 0.11283791670945006, -0.02686617064323777,
        0.0052239776071164225, -0.0008548325975389692, 0.00012055294904839707, -1.492473690741966e-05,
        1.6447424703317362e-06, -1.6208483801871705e-07, 1.3720064546777686e-08, -7.795898827002142e-10,
    ];

    /// <summary>exp(x²) erfc(x) at x = 2 / s - 2 for s from 1/4 to 2/3, to 8e-18 of what is subtracted from 1.</summary>
    public static ImmutableArray<double> Outer { get; } =
    [
        1.6242284740077591e-07, 0.2820885729320229, 0.2822051417376623, 0.24562975816641905, 0.185316412975862,
        0.03477897668837144, 0.19483233899524952, -0.6720587822190289, 1.3907243547276613, -2.548579515162772,
        3.3141789939074116, -2.808469620081249, 1.4993273861992589, -0.4641503100512702, 0.06417709956997757,
    ];
}
