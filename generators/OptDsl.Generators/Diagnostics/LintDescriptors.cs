using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Checks;

namespace OptDsl.Generators.Diagnostics;

/// <summary>OPT2xx and OPT3xx: what is wrong with the mathematics. The analyses word the messages.</summary>
internal static class LintDescriptors
{
    public static readonly DiagnosticDescriptor ParameterNeverUpdated = New(
        LintIds.ParameterNeverUpdated, "The parameter is never updated", DiagnosticSeverity.Error,
        "A rule whose statements never assign the parameter does nothing.");

    public static readonly DiagnosticDescriptor StateNeverUpdated = New(
        LintIds.StateNeverUpdated, "A state is never updated", DiagnosticSeverity.Warning,
        "A state is there to be remembered from step to step. One that no statement assigns keeps its initial value for ever; one whose old value nothing reads is no more than a local.");

    public static readonly DiagnosticDescriptor WithoutInfluence = New(
        LintIds.WithoutInfluence, "A state or statement has no influence", DiagnosticSeverity.Warning,
        "No chain of reads leads from it to the parameter or to an output, in this step or a later one.");

    public static readonly DiagnosticDescriptor UnusedHyper = New(
        LintIds.UnusedHyper, "A hyper-parameter is never used", DiagnosticSeverity.Warning,
        "Setting the property changes nothing.");

    public static readonly DiagnosticDescriptor ReadOrder = New(
        LintIds.ReadOrder, "A state is read on the wrong side of its update", DiagnosticSeverity.Warning,
        "Statements run in order: above its statement a state has the value of the last step, below it the new one. Read on the wrong side, a step is delayed, divides by next to nothing at first, or counts a gradient twice.");

    public static readonly DiagnosticDescriptor MissingBiasCorrection = New(
        LintIds.MissingBiasCorrection, "A bias correction is missing", DiagnosticSeverity.Warning,
        "An average that starts at zero holds too little at first: after t steps 1-βᵗ of its settled value. Where it divides another or is divided, the first steps are out of all proportion.");

    public static readonly DiagnosticDescriptor WrongBiasCorrection = New(
        LintIds.WrongBiasCorrection, "A bias correction does not fit", DiagnosticSeverity.Warning,
        "The correction of an average with decay β is to divide it by 1-βᵗ, with its own β and the step count from 1. The analysis fills the averages with a constant gradient and compares the steps of all ages, which a fitting correction makes equal however it is written.");

    public static readonly DiagnosticDescriptor WeightSum = New(
        LintIds.WeightSum, "The weights of a moving average do not sum to one", DiagnosticSeverity.Warning,
        "The weights of s = βs + (1-β)f sum to one, so that s is of the size of f. Other weights scale every step, or let the state grow without bound.");

    public static readonly DiagnosticDescriptor UncorrectedByConvention = New(
        LintIds.UncorrectedByConvention, "An average is left uncorrected, as is the convention", DiagnosticSeverity.Info,
        "The first steps differ from the settled ones, as published: RMSProp, averaged momentum and others leave the correction out.");

    public static readonly DiagnosticDescriptor MissingEpsilon = New(
        LintIds.MissingEpsilon, "A denominator can be zero", DiagnosticSeverity.Warning,
        "Gradients that are exactly zero are common: unused embeddings, dead units, masked weights. A division by zero makes the weight a NaN for ever, and the next forward pass spreads it.");

    public static readonly DiagnosticDescriptor IneffectiveEpsilon = New(
        LintIds.IneffectiveEpsilon, "An epsilon has no effect", DiagnosticSeverity.Warning,
        "The epsilon vanishes in the element type, or stands where it does not keep the denominator from zero.");

    public static readonly DiagnosticDescriptor NegativeRoot = New(
        LintIds.NegativeRoot, "A root or logarithm of a possibly negative value", DiagnosticSeverity.Warning,
        "The value is negative for some gradients, or rounding makes it so where exact arithmetic would not; the result is NaN and stays.");

    public static readonly DiagnosticDescriptor HyperDividesByZero = New(
        LintIds.HyperDividesByZero, "A value of a hyper-parameter divides by zero", DiagnosticSeverity.Warning,
        "A default or legal value, or the first step count, makes a denominator zero whatever the gradients are.");

    public static readonly DiagnosticDescriptor RoundedDifference = New(
        LintIds.RoundedDifference, "Rounding leaves nothing of a difference", DiagnosticSeverity.Warning,
        "A state is kept in few bits, and a root, a logarithm or a division takes a difference that is smaller than the distance of two numbers of its storage: the result is not a number, or a step without bound.");

    public static readonly DiagnosticDescriptor Ascent = New(
        LintIds.Ascent, "The step goes the wrong way", DiagnosticSeverity.Warning,
        "Under a constant gradient the parameter ends up on the wrong side, or the decay grows the weights. The loss rises, or the weights do until they overflow.");

    public static readonly DiagnosticDescriptor Homogeneity = New(
        LintIds.Homogeneity, "Terms of different degree", DiagnosticSeverity.Warning,
        "A step grows with the gradient (degree 1, as in gradient descent) or does not depend on its size (degree 0, as in Adam). Another degree, or a sum of different ones, makes the rule depend on the scale of the loss or of the step size.");

    public static readonly DiagnosticDescriptor MissingSquare = New(
        LintIds.MissingSquare, "A square is missing", DiagnosticSeverity.Warning,
        "A root is taken of something of the size of the gradient and not of its square.");

    public static readonly DiagnosticDescriptor MissingRoot = New(
        LintIds.MissingRoot, "A square root is missing", DiagnosticSeverity.Warning,
        "The step is divided by something of the size of squared gradients: small gradients make huge steps.");

    public static readonly DiagnosticDescriptor CoupledDecay = New(
        LintIds.CoupledDecay, "The weight decay passes through an adaptive denominator", DiagnosticSeverity.Info,
        "Weights with large gradients decay more slowly than weights with small ones. This is Adam with an L2 penalty, documented as such; AdamW decouples the decay.");

    public static readonly DiagnosticDescriptor Stall = New(
        LintIds.Stall, "An average stalls in its memory", DiagnosticSeverity.Warning,
        "A step changes the average by less than half the distance of two numbers that its storage has. Rounded to the nearest it stays as it is; rounded at random it is right on average.");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        ParameterNeverUpdated, StateNeverUpdated, WithoutInfluence, UnusedHyper,
        ReadOrder, MissingBiasCorrection, WrongBiasCorrection, WeightSum,
        UncorrectedByConvention, MissingEpsilon, IneffectiveEpsilon, NegativeRoot,
        HyperDividesByZero, Ascent, Homogeneity, MissingSquare,
        MissingRoot, CoupledDecay, Stall, RoundedDifference,
    ];

    public static DiagnosticDescriptor For(string id) => All.First(descriptor => descriptor.Id == id);

    private static DiagnosticDescriptor New(string id, string title, DiagnosticSeverity severity, string description) => new(
        id, title, "{0}", DiagnosticCategories.Mathematics, severity, isEnabledByDefault: true, description, HelpLink.For(id));
}
