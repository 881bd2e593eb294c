using OptDsl.Language.Backends.Catalogue;
using OptDsl.Language.Backends.CSharp;
using OptDsl.Language.Backends.Exports;
using OptDsl.Language.Backends.MathML;
using OptDsl.Language.Documents;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Model;
using OptDsl.Playground.Charts;
using Identifiers = OptDsl.Language.Backends.Exports.Identifiers;

namespace OptDsl.Playground.Rules;

/// <summary>Everything that the page shows about a text.</summary>
internal sealed class RuleReport
{
    /// <summary>The tab of the code that the compiler runs.</summary>
    public const string Kernel = "kernel";

    public RuleReport(PageState state)
    {
        Checked = Check(state.Text);
        if (Checked.Model is not { } model)
            return;
        MathML = new MathMLExport().Write(Document.Name, model).Text!;
        Pictures = model.Source.Kind == RuleKind.Schedule
            ? [ScheduleChart.Draw(model)]
            : [TransientChart.Draw(model), PathChart.Draw(Document.Name, model)];
        Code = Write(state.Tab, model);
    }

    /// <summary>Reads a text; what it does not declare declares itself.</summary>
    public static CheckedDocument Check(string text) => CheckedDocument.Of(MissingDeclarations.Add(RuleDocument.Read(text, "MyRule")));

    public CheckedDocument Checked { get; }

    public RuleDocument Document => Checked.Document;

    public string? MathML { get; }

    public IReadOnlyList<Picture> Pictures { get; } = [];

    /// <summary>The text of the tab, or why there is none.</summary>
    public Exported? Code { get; }

    /// <summary>What the code can be shown as.</summary>
    public static IReadOnlyList<(string Name, string Title)> Tabs { get; } =
        [(Kernel, "C# kernel"), .. ExportCatalogue.All.Select(export => (export.Name, export.Title))];

    private Exported Write(string tab, RuleModel model)
    {
        if (tab != Kernel)
            return (ExportCatalogue.All.FirstOrDefault(export => export.Name == tab) ?? ExportCatalogue.All[0]).Write(Document.Name, model);
        var type = new TypeHeader("", default(EquatableArray<TypePart>), new TypePart("class", Identifiers.Spell(Document.Name), default(EquatableArray<string>)));
        return Exported.As(RuleFile.Write(new RuleDeclaration(type, Document.Source, Precise: false, CheckOverflow: false), default));
    }
}
