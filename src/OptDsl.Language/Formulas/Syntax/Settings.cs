using System.Collections.Immutable;
using System.Globalization;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>What a line says about values that the declaration gives.</summary>
internal enum Setting
{
    /// <summary>It is a statement of the step.</summary>
    None,

    /// <summary>It repeats what the declaration says.</summary>
    Agrees,

    /// <summary>It gives a state the value that it starts from, at the start or in every step.</summary>
    Starts,

    /// <summary>It says something else than the declaration.</summary>
    Differs,
}

/// <summary>Where a line stands.</summary>
internal enum Context
{
    Formulas,

    /// <summary>Words stand beside it.</summary>
    Sentence,

    /// <summary>Words say that it is about the start.</summary>
    Beginning,
}

/// <summary>
/// Reads the lines of a listing that say where the algorithm starts: <c>m_0 ← 0</c>, <c>t ← t + 1</c>, <c>β₁ = 0.9</c>. The declaration
/// says these things, so that such a line can only agree with it.
/// </summary>
internal sealed class Settings(Vocabulary names)
{
    /// <summary>What to do where the last line read differs.</summary>
    public string? Remedy { get; private set; }

    /// <param name="statement">The line.</param>
    /// <param name="assignment">The index of its assignment.</param>
    /// <param name="name">The name on its left side.</param>
    /// <param name="context">Where the line stands.</param>
    public Setting Of(ImmutableArray<Token> statement, int assignment, string? name, Context context)
    {
        Remedy = null;
        if (name is null || assignment < 0 || statement[assignment].Kind is not (TokenKind.Assign or TokenKind.PlusAssign))
            return Setting.None;
        var value = ImmutableArray.Create(statement, assignment + 1, statement.Length - assignment - 1);
        if (name == names.Step)
            return CountsSteps(value) ? Setting.Agrees : Setting.None;
        if (statement[assignment].Kind != TokenKind.Assign)
            return Setting.None;
        if (BaseOfStart(name) is { } start)
            return names.RoleOf(start) == NameRole.Parameter ? Setting.Agrees : CompareInitial(start, value);
        return names.RoleOf(name) switch
        {
            NameRole.State when context == Context.Beginning => CompareInitial(name, value),
            NameRole.State when Number(value) is { } number && number == Number(names.InitialOf(name)) => context == Context.Sentence ? Setting.Agrees : Setting.Starts,
            NameRole.Hyper when LostPower(value) is { } power && power == names.DefaultOf(name) => Setting.Agrees,
            NameRole.Hyper when Number(value) is { } number => CompareDefault(name, number, context),
            NameRole.Gradient when SumsExamples(value) => IsAtParameter(value) ? Setting.Agrees : Setting.Differs,
            NameRole.Parameter when IsStart(value, name) => Setting.Agrees,
            _ => Setting.None,
        };
    }

    /// <summary><c>x0</c>, <c>copy(x_0)</c>: the parameter's value before the first step.</summary>
    private bool IsStart(ImmutableArray<Token> value, string parameter)
    {
        var words = string.Concat(value.Where(token => token.Kind is TokenKind.Name or TokenKind.Number or TokenKind.OpenParenthesis).Select(token => token.Kind == TokenKind.Name ? token.Name : token.Kind == TokenKind.Number ? token.Text : "("));
        return value.All(token => token.Kind is TokenKind.Name or TokenKind.Number or TokenKind.Underscore or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis or TokenKind.OpenBrace or TokenKind.CloseBrace)
            && words.Substring(words.IndexOf('(') + 1) == parameter + "0" && !names.IsKnown(parameter + "0") && (words.IndexOf('(') < 0 || words.Substring(0, words.IndexOf('(')) is "copy" or "deepcopy" or "clone" or "asarray" or "array");
    }

    /// <summary>
    /// <c>g = (1/m) Σ_i ∇L_i(θ)</c> says of what the caller's gradient is the mean: nothing of it is for the rule to compute.
    /// </summary>
    private bool SumsExamples(ImmutableArray<Token> value) =>
        value.Any(token => token.Kind is TokenKind.Nabla or TokenKind.Partial)
        && value.Any(token => token.Name == Parser.SumSign || (token.Name.StartsWith("Σ", StringComparison.Ordinal) && !names.IsKnown(token.Name) && !names.IsKnown("Σ")))
        && !value.Any(token => token.Kind == TokenKind.Name && names.RoleOf(token.Name) is NameRole.State or NameRole.Hyper);

    /// <summary>False where the sum of gradients is taken at a point that the text computes, <c>∇ Σ L(x; θ̃)</c> or <c>Σ ∇f_i(y)</c>.</summary>
    private bool IsAtParameter(ImmutableArray<Token> value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (names.Parameter == "" || (i > 0 && value[i - 1].Kind is TokenKind.Caret) || value[i].Kind is not (TokenKind.Name or TokenKind.Command))
                continue;
            if (MentionAt(value, i) is not { } name || names.RoleOf(name) != NameRole.Assigned)
                continue;
            var sign = i - (i > 0 && value[i - 1].Kind == TokenKind.OpenBrace ? 2 : 1);
            var isBelow = sign > 0 && value[sign].Kind == TokenKind.Underscore && value[sign - 1].Kind is TokenKind.Nabla or TokenKind.Partial;
            var isWhole = i > 0 && value[i - 1].Kind == TokenKind.OpenParenthesis && Labels.Closing(value, i - 1) is > 0 and var close && MentionEnd(value, i) == close;
            if (isWhole || isBelow || (name.StartsWith(names.Parameter, StringComparison.Ordinal) && name.Length <= names.Parameter.Length + LongestMark))
            {
                Remedy = $"the caller computes the gradient at the parameter '{names.Parameter}', and here it is taken at {name}; a gradient at another point cannot be written here, but rules that look ahead have a form in which that point is the parameter";
                return false;
            }
        }

        return true;
    }

    private const int LongestMention = 12;

    private const int LongestMark = 2;

    /// <summary>The longest name that begins at a place.</summary>
    private string? MentionAt(ImmutableArray<Token> value, int start) => MentionEnd(value, start) is > 0 and var end ? Parser.NameOf(value, start, end, names) : null;

    private int MentionEnd(ImmutableArray<Token> value, int start)
    {
        for (var end = Math.Min(value.Length, start + LongestMention); end > start; end--)
        {
            if (Parser.NameOf(value, start, end, names) is not null)
                return end;
        }

        return 0;
    }

    /// <summary><c>t + 1</c>, <c>1</c> or <c>1, 2, …, T</c>.</summary>
    private bool CountsSteps(ImmutableArray<Token> value) => Number(value) is 0 or 1
        || (value.Length > 2 && value[0].Text is "0" or "1" && value[1].Kind is TokenKind.Comma or TokenKind.Prose or TokenKind.Colon)
        || (value.Length == 3 && value[0].Name == names.Step && value[1].Kind == TokenKind.Plus && value[2].Text == "1")
        || (value.Length == 3 && value[2].Name == names.Step && value[1].Kind == TokenKind.Plus && value[0].Text == "1")
        || (value.Length > 2 && names.FirstStep == "1" && value[value.Length - 1].Text == "1" && value[value.Length - 2].Kind == TokenKind.Plus
            && value.Take(value.Length - 2).All(token => token.Kind is TokenKind.Name or TokenKind.Underscore or TokenKind.Member or TokenKind.OpenBracket or TokenKind.CloseBracket or TokenKind.Key && !(token.Kind == TokenKind.Name && names.RoleOf(token.Name) is not (NameRole.None or NameRole.Step or NameRole.Parameter))));

    /// <summary>The state or parameter whose value at step 0 a name is.</summary>
    private string? BaseOfStart(string name)
    {
        foreach (var start in Starts)
        {
            if (!IsDeclared(name) && name.Length > start.Length && name.EndsWith(start, StringComparison.Ordinal) && names.RoleOf(name.Substring(0, name.Length - start.Length)) is NameRole.State or NameRole.Parameter)
                return name.Substring(0, name.Length - start.Length);
        }

        return null;
    }

    private static readonly string[] Starts = ["0", "1-k", "-1"];

    private bool IsDeclared(string name) => names.RoleOf(name) is not (NameRole.None or NameRole.Assigned);

    private Setting CompareInitial(string state, ImmutableArray<Token> value)
    {
        var initial = names.InitialOf(state) ?? "0";
        if (value.Any(token => token.Kind == TokenKind.Prose))
            return Setting.Agrees;
        if (Number(value) is { } number ? number == Number(initial) : Plain(value) == string.Concat(initial.Where(character => !char.IsWhiteSpace(character))))
            return Setting.Agrees;
        if (value.Any(token => token.Kind is TokenKind.Nabla or TokenKind.Partial || (token.Kind == TokenKind.Name && names.RoleOf(token.Name) == NameRole.Gradient)))
        {
            var first = names.Step == "" ? "t" : names.Step;
            Remedy = $"{state} begins from a gradient here, and there is none before the first step; let that step do it: 'if {first} == {names.FirstStep}:' with this line as '{state} = …', and below 'else:' the lines of all other steps";
            return Setting.Differs;
        }

        Remedy = $"this is the value of {state} before the first step, and the declaration says another, {initial}; write it there, [State(\"{state}\", Initial = \"…\")]";
        return Setting.Differs;
    }

    private Setting CompareDefault(string hyper, double value, Context context)
    {
        if (names.DefaultOf(hyper) is not { } known)
            return context == Context.Formulas ? Setting.None : Setting.Agrees;
        if (known == value)
            return Setting.Agrees;
        Remedy = $"this is the value of the hyper-parameter {hyper}, and its property says another, {known.ToString("R", CultureInfo.InvariantCulture)}; change the property, or leave the line out";
        return Setting.Differs;
    }

    /// <summary><c>10−8</c>, where copying took the exponent down: what the declaration says may have been written so.</summary>
    private static double? LostPower(ImmutableArray<Token> value) =>
        value.Length == 3 && value[0].Text == "10" && value[1].Kind == TokenKind.Minus && value[2].Kind == TokenKind.Number && value[2].Text.TrimEnd('.').All(char.IsDigit)
        && value[0].Span.End == value[1].Span.Start && value[1].Span.End == value[2].Span.Start ? Number("1e-" + value[2].Text.TrimEnd('.')) : null;

    private static string Plain(ImmutableArray<Token> value) =>
        string.Concat(value.Where(token => token.Kind is TokenKind.Name or TokenKind.Number).Select(token => token.Kind == TokenKind.Name ? token.Name : token.Text));

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The number that tokens are, with its sign and a power of ten.</summary>
    private static double? Number(ImmutableArray<Token> value)
    {
        var tokens = value.RemoveAll(token => token.Kind is TokenKind.OpenBrace or TokenKind.CloseBrace
            || (token.Kind == TokenKind.Command && (LatexCommands.Typefaces.Contains(token.Text) || LatexCommands.Accents.ContainsKey(token.Text))));
        if (tokens.Length > 3 && tokens[0].Name is "zeros" or "zero" or "zeroslike" && tokens[tokens.Length - 1].Kind == TokenKind.CloseParenthesis)
            return 0;
        var negative = tokens.Length > 0 && tokens[0].Kind == TokenKind.Minus;
        if (negative)
            tokens = tokens.RemoveAt(0);
        if (tokens.Length == 0 || tokens[0].Kind != TokenKind.Number || Number(tokens[0].Text) is not { } number)
            return null;
        if (tokens.Length >= 3 && tokens[1].Kind == TokenKind.Caret && tokens[tokens.Length - 1].Kind == TokenKind.Number
            && (tokens.Length == 3 || (tokens.Length == 4 && tokens[2].Kind == TokenKind.Minus)) && int.TryParse(tokens[tokens.Length - 1].Text, out var exponent) && number == 10)
        {
            return Number($"{(negative ? "-" : "")}1e{(tokens.Length == 4 ? "-" : "")}{exponent.ToString(CultureInfo.InvariantCulture)}");
        }

        return tokens.Length == 1 ? negative ? -number : number : null;
    }
}
