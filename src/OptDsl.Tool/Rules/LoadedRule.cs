using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Tool.Rules;

/// <summary>A rule or schedule of a file.</summary>
/// <param name="Name">The name of its class or in its header.</param>
/// <param name="Source">Formulas and symbols.</param>
internal sealed record LoadedRule(string Name, RuleSource Source)
{
    /// <summary>The model.</summary>
    /// <exception cref="ToolException">The formulas do not compile.</exception>
    public RuleModel Model => FormulaCompiler.Compile(Source) is var compiled && compiled.Model is { } model
        ? model
        : throw new ToolException($"{Name} does not compile ({compiled.Errors[0].Id}: {compiled.Errors[0].Message}); 'optdsl check' says where");

    /// <summary>The value of each hyper-parameter where nothing else is said.</summary>
    public double[] Defaults => [.. Source.Hypers.Select(hyper => hyper.Default ?? Math.Clamp(hyper.Type == HyperType.Boolean ? 0 : 0.1, hyper.Min, hyper.Max))];
}

/// <summary>What stops a command, for its user.</summary>
internal sealed class ToolException(string message) : Exception(message);
