using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Checks;

namespace OptDsl.Generators.Diagnostics;

/// <summary>OPT33x: what a rule computes beside others.</summary>
internal static class ReferenceDescriptors
{
    public static readonly DiagnosticDescriptor Nonconforming = new(
        LintIds.Nonconforming, "A rule does not compute what it says", "{0}", DiagnosticCategories.Mathematics, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Conforms names a rule that this one is to compute. Both are run on gradients of all sizes with the hyper-parameters of this one.", HelpLink.For(LintIds.Nonconforming));

    public static readonly DiagnosticDescriptor Recognised = new(
        LintIds.Recognised, "A rule computes what one of the library computes", "{0}", DiagnosticCategories.Mathematics, DiagnosticSeverity.Info, isEnabledByDefault: true,
        "The two make the same steps on gradients of all sizes, and every hyper-parameter has a counterpart.", HelpLink.For(LintIds.Recognised));

    public static readonly DiagnosticDescriptor Neighbour = new(
        LintIds.Neighbour, "A rule is one slip away from one of the library", "{0}", DiagnosticCategories.Mathematics, DiagnosticSeverity.Info, isEnabledByDefault: true,
        "Something is wrong with the rule, and one edit makes it move like a rule of the library, with all that it declares in use: that is what its author probably meant.", HelpLink.For(LintIds.Neighbour));

    public static readonly ImmutableArray<DiagnosticDescriptor> All = [Nonconforming, Recognised, Neighbour];
}
