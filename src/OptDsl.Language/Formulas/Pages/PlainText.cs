using System.Collections.Immutable;
using System.Text;

namespace OptDsl.Language.Formulas.Pages;

/// <summary>A text as it is read, and the place of each of its characters in the text that was pasted.</summary>
internal sealed record PlainText(string Text, ImmutableArray<TextSpan> Places, int Length)
{
    /// <summary>Where characters of the plain text stood.</summary>
    public TextSpan PlaceOf(TextSpan span)
    {
        var start = span.Start < Places.Length ? Places[span.Start].Start : Length;
        return span.Length == 0 ? new TextSpan(start, 0) : TextSpan.FromBounds(start, Math.Max(start, Places[Math.Min(span.End, Places.Length) - 1].End));
    }

    /// <summary>What is made of this text, with places in the text that was pasted.</summary>
    public PlainText Then(PlainText next) => new(next.Text, [.. next.Places.Select(PlaceOf)], Length);
}

/// <summary>Writes a plain text from a pasted one.</summary>
internal sealed class PlainTextWriter(string source)
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<TextSpan>.Builder _places = ImmutableArray.CreateBuilder<TextSpan>();

    public int Length => _text.Length;

    public char Last => _text.Length > 0 ? _text[_text.Length - 1] : '\0';

    /// <summary>Copies characters of the source.</summary>
    public void Copy(int start, int end)
    {
        _text.Append(source, start, end - start);
        for (var i = start; i < end; i++)
            _places.Add(new TextSpan(i, 1));
    }

    /// <summary>Writes a text in the place of characters of the source.</summary>
    public void Write(string text, TextSpan place)
    {
        _text.Append(text);
        for (var i = 0; i < text.Length; i++)
            _places.Add(place);
    }

    public PlainText ToPlainText() => new(_text.ToString(), _places.ToImmutable(), source.Length);
}
