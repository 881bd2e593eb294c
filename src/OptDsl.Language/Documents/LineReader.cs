using OptDsl.Language.Formulas;

namespace OptDsl.Language.Documents;

/// <summary>Reads the parts of one line of a header, from left to right; white space between them carries no meaning.</summary>
internal sealed class LineReader(string text, int start, int end)
{
    private int _position = start;

    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return _position >= end;
        }
    }

    /// <summary>Takes a sign, if it is next.</summary>
    public bool Take(char sign)
    {
        if (AtEnd || text[_position] != sign)
            return false;
        _position++;
        return true;
    }

    /// <summary>Takes a whole word, if it is next.</summary>
    public bool TakeWord(string word)
    {
        SkipSpace();
        if (!IsWordAt(word, _position))
            return false;
        _position += word.Length;
        return true;
    }

    /// <summary>A run of characters without white space and without the given signs.</summary>
    public TextSpan? Run(string without = "")
    {
        SkipSpace();
        var from = _position;
        while (_position < end && !char.IsWhiteSpace(text[_position]) && without.IndexOf(text[_position]) < 0)
            _position++;
        return _position > from ? TextSpan.FromBounds(from, _position) : null;
    }

    /// <summary>A name of a program, if one is next.</summary>
    public TextSpan? Identifier()
    {
        SkipSpace();
        var from = _position;
        if (_position >= end || !(char.IsLetter(text[_position]) || text[_position] == '_'))
            return null;
        while (_position < end && (char.IsLetterOrDigit(text[_position]) || text[_position] == '_'))
            _position++;
        return TextSpan.FromBounds(from, _position);
    }

    /// <summary>Everything up to a word or a sign, or to the end of the line; null where that is nothing.</summary>
    public TextSpan? UpTo(string? word, char sign)
    {
        SkipSpace();
        var from = _position;
        while (_position < end && text[_position] != sign && !(word is not null && char.IsWhiteSpace(text[_position - 1]) && IsWordAt(word, _position)))
            _position++;
        var last = _position;
        while (last > from && char.IsWhiteSpace(text[last - 1]))
            last--;
        return last > from ? TextSpan.FromBounds(from, last) : null;
    }

    /// <summary>Goes back to where a part begins.</summary>
    public void GoTo(int position) => _position = position;

    /// <summary>Where the next part begins.</summary>
    public int Position
    {
        get
        {
            SkipSpace();
            return _position;
        }
    }

    private bool IsWordAt(string word, int position) => position + word.Length <= end
        && string.CompareOrdinal(text, position, word, 0, word.Length) == 0
        && (position + word.Length == end || char.IsWhiteSpace(text[position + word.Length]) || text[position + word.Length] is '[' or '(' or '"');

    private void SkipSpace()
    {
        while (_position < end && char.IsWhiteSpace(text[_position]))
            _position++;
    }
}
