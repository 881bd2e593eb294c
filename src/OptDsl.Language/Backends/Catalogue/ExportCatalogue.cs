using System.Collections.Immutable;
using OptDsl.Language.Backends.C;
using OptDsl.Language.Backends.Declarations;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.Jax;
using OptDsl.Language.Backends.Latex;
using OptDsl.Language.Backends.MathML;
using OptDsl.Language.Backends.PyTorch;
using OptDsl.Language.Backends.RuleFiles;

namespace OptDsl.Language.Backends.Catalogue;

/// <summary>All that a rule can be written as.</summary>
internal static class ExportCatalogue
{
    public static ImmutableArray<IExport> All { get; } =
        [new TorchExport(), new JaxExport(), new CExport(), new LatexExport(), new MathMLExport(), new DeclarationExport(), new RuleFileExport()];
}
