using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Backends.RuleFiles;

/// <summary>The document that declares the rule without a programming language.</summary>
internal sealed class RuleFileExport : IExport
{
    public string Name => "rule";

    public string Title => "Rule file";

    public Exported Write(string name, RuleModel model) => Exported.As(
        string.Concat(HeaderText.Lines(name, model.Source).Append("").Concat(model.WriteFormulas(NotationStyle.Unicode)).Select(line => line + "\n")));
}
