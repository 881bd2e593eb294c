using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Backends.CSharp;

namespace OptDsl.Generators;

/// <summary>
/// A file that is being written. The driver asks for one file after the other, and the compiler waits meanwhile: the files of all
/// new and changed declarations are begun at once, and whoever asks for one that no thread has begun writes it itself.
/// </summary>
internal sealed class GeneratedFile
{
    private readonly string _hintName;
    private readonly Task<SourceText> _text;

    private GeneratedFile(string hintName, Task<SourceText> text)
    {
        _hintName = hintName;
        _text = text;
    }

    public static GeneratedFile Begin(RuleDeclaration declaration, CancellationToken cancellation) => new(
        declaration.HintName,
        Task.Run(() => SourceText.From(RuleFile.Write(declaration, cancellation), Encoding.UTF8), cancellation));

    public void AddTo(SourceProductionContext output) => output.AddSource(_hintName, _text.GetAwaiter().GetResult());
}
