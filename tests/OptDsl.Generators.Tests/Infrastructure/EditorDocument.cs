using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>A document with a caret, written <c>$$</c> in the source, as an editor has it.</summary>
internal sealed record EditorDocument(Document Document, int Position)
{
    public static EditorDocument Open(string source)
    {
        var position = source.IndexOf("$$", StringComparison.Ordinal);
        var project = EditorWorkspace.NewProject();
        return new EditorDocument(project.AddDocument("Test.cs", SourceText.From(source.Remove(position, 2))), position);
    }
}
