using System.Globalization;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Tests.Formulas.Printed;

/// <summary>One step of a method at one element, written by hand: gives the new parameter and writes the new states.</summary>
/// <param name="s">The states, in the order of their declaration.</param>
/// <param name="w">The parameter.</param>
/// <param name="g">Its gradient.</param>
/// <param name="t">The step, 1 at the first.</param>
/// <param name="h">The hyper-parameters, in the order of their declaration.</param>
internal delegate double ScalarStep(double[] s, double w, double g, double t, double[] h);

/// <summary>One step of a method that looks at whole tensors: changes the parameter and the states of each element.</summary>
internal delegate void TensorStep(double[][] s, double[] w, double[] g, double t, double[] h);

/// <summary>A rule in a notation that papers, documentation, books and notes print, and what it must compute.</summary>
/// <param name="Name">The method and the kind of source.</param>
/// <param name="Roles">The declaration in short: <c>P=θ G=d T=k S=m,v H=α:0.1,β_1:0.9</c>; the usual symbols where nothing is said.</param>
/// <param name="Text">The text as it is pasted.</param>
/// <param name="Step">The method.</param>
internal sealed record PrintedRule(string Name, string Roles, string Text, ScalarStep Step)
{
    public PrintedRule(string name, string roles, string text, TensorStep whole)
        : this(name, roles, text, (s, w, g, t, h) => w) => Whole = whole;

    /// <summary>The method, where it looks at whole tensors.</summary>
    public TensorStep? Whole { get; }

    /// <summary>Words of the message that the text must get as it stands; null where it must compile.</summary>
    public string? Advice { get; init; }

    /// <summary>The text after the advice is followed.</summary>
    public string? Mended { get; init; }

    public RuleSource Source(string text)
    {
        string Of(string role, string usual) => Roles.Split(' ').FirstOrDefault(part => part.StartsWith(role + "=", StringComparison.Ordinal))?[2..] ?? usual;
        var hypers = Of("H", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split(':')).ToArray();
        var source = Rule.Source(text, "", "", Of("P", "W"), Of("G", "g"), Of("T", "t"));
        return source with
        {
            FirstStep = int.Parse(Of("F", "1"), CultureInfo.InvariantCulture),
            States = new([.. Of("S", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Rule.State)]),
            Hypers = new([.. hypers.Select(item => Rule.Hyper(item[0], double.Parse(item[1], CultureInfo.InvariantCulture)))]),
        };
    }

    public double[] Hypers => [.. Source(Text).Hypers.Select(hyper => hyper.Default!.Value)];
}
