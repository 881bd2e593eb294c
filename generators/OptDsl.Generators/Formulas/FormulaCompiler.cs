using System.Collections.Immutable;
using OptDsl.Generators.Formulas.Diagnostics;
using OptDsl.Generators.Formulas.Model;

namespace OptDsl.Generators.Formulas;

/// <summary>The front end: from the texts of a declaration to a rule model, or to the errors that stand in the way.</summary>
internal static class FormulaCompiler
{
    public static CompiledRule Compile(RuleSource source, CancellationToken cancellation = default) => throw new NotSupportedException(source.Formulas + cancellation);
}

/// <summary>A model, or else the errors.</summary>
internal sealed record CompiledRule(RuleModel? Model, ImmutableArray<FormulaError> Errors);
