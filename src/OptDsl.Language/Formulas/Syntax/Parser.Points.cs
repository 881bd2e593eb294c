using System.Collections.Immutable;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads the point at which a gradient is taken.</summary>
internal sealed partial class Parser
{
    /// <summary>
    /// The point in <c>∇f(θ; x)</c>. It must be the parameter as it is before the step, whatever data stand beside it: the caller
    /// computed no other gradient.
    /// </summary>
    private void ReadPoint(TextSpan start)
    {
        if (TimeInBrackets() is { } time)
        {
            // ∂E/∂w(t)
            _functionTime ??= time.Offset;
            MoveTo(time.End);
            return;
        }

        var open = _index;
        var close = Closing(open);
        var inside = ImmutableArray.Create(_tokens, open + 1, close - open - 1);
        var span = TextSpan.Cover(Current.Span, _tokens[close].Span);
        if (_names.Parameter != "" && inside.Any(token => token.Kind == TokenKind.Name))
            CheckPoint(inside, TextSpan.Cover(start, span), span);
        MoveTo(close + 1);
    }

    private const int MostMentions = 16;

    private void CheckPoint(ImmutableArray<Token> inside, TextSpan gradient, TextSpan point)
    {
        var mentions = NamesIn(inside).Take(MostMentions).ToList();
        if (mentions.Count == 0)
            throw Error(point, $"the point at which a gradient is taken names the parameter '{_names.Parameter}'; nothing is named here");
        var isHere = mentions.Any(name => name.Key(Step) == _names.Parameter || name.Letters == _names.Parameter);
        if (isHere && (!IsMoved(inside) || IsObjective(inside)))
        {
            var here = mentions.First(name => name.Key(Step) == _names.Parameter || name.Letters == _names.Parameter);
            CheckTime(here, gradient);
            (_pointTime, _hasPoint) = (TimeOf(here), true);
            _dataTime = mentions.Where(name => name.Key(Step) != _names.Parameter && name.Letters != _names.Parameter).Select(TimeOf).FirstOrDefault(time => time is not null);
            return;
        }

        if (isHere)
        {
            throw Error(
                point, $"the gradient is the one that the caller computed at the parameter '{_names.Parameter}' as it is before the step; a gradient at another point cannot be written here, but rules that look ahead have a form in which that point is the parameter");
        }

        var other = mentions.FirstOrDefault(name => _names.IsKnown(name.Key(Step))) ?? mentions[0];
        var hint = mentions.Count == 1 || _names.IsKnown(other.Key(Step))
            ? $"if {other.Letters} is where the gradient is taken, it is the parameter: Parameter = \"{other.Letters}\""
            : "name the parameter in it";
        throw Error(point, $"the caller computed the gradient at the parameter '{_names.Parameter}', and here it is taken at {other.Letters}; {hint}");
    }

    /// <summary>In the parameter's own assignment the gradient at the new value would define the value by itself.</summary>
    private void CheckTime(NameSyntax point, TextSpan gradient)
    {
        if (_target is not { } target || target.Key(Step) != _names.Parameter || TimeOf(point) is not { } time || TimeOf(target) is not { } next || time != next)
            return;
        throw Error(
            gradient, $"this is the gradient at the new value of '{_names.Parameter}', which the statement is only to compute; the caller computed it at the value before, {_names.Parameter}_{{{TimeText(next - 1)}}}");
    }

    private int? TimeOf(NameSyntax name) => name.TimeIndex?.Offset ?? name.Subscripts.FirstOrDefault(part => part.Text == Step)?.Offset;

    /// <summary>The names in a point, with their scripts.</summary>
    private IEnumerable<NameSyntax> NamesIn(ImmutableArray<Token> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!IsLetters(tokens[i]) || (i > 0 && tokens[i - 1].Kind is TokenKind.Underscore or TokenKind.Caret))
                continue;
            for (var end = tokens.Length; end > i; end--)
            {
                if (end - i <= LongestTarget && ReadWholeName(ImmutableArray.Create(tokens, i, end - i), _scriptsAreSingle, _names) is { } whole)
                {
                    yield return whole.Name;
                    i = end - 1;
                    break;
                }
            }
        }
    }

    /// <summary>True where a point is computed, outside the scripts of its names.</summary>
    private static bool IsMoved(ImmutableArray<Token> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is TokenKind.Underscore or TokenKind.Caret && i + 1 < tokens.Length)
                i = tokens[i + 1].Kind == TokenKind.OpenBrace && Labels.Closing(tokens, i + 1) is > 0 and var close ? close : i + 1;
            else if (tokens[i].Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Times or TokenKind.Divide or TokenKind.Number)
                return true;
        }

        return false;
    }

    /// <summary><c>(1/m Σ L(f(x; θ), y))</c>: what the gradient is taken of, written out, at the parameter as it is.</summary>
    private bool IsObjective(ImmutableArray<Token> tokens)
    {
        for (var i = 1; i < tokens.Length; i++)
        {
            if (tokens[i].Kind != TokenKind.OpenParenthesis || !IsLetters(tokens[i - 1]) || Labels.Closing(tokens, i) is not (> 0 and var close))
                continue;
            var inside = ImmutableArray.Create(tokens, i + 1, close - i - 1);
            if (NamesIn(inside).Take(MostMentions).Any(name => name.Key(Step) == _names.Parameter || name.Letters == _names.Parameter))
                return !IsMoved(inside) || IsObjective(inside);
        }

        return false;
    }
}
