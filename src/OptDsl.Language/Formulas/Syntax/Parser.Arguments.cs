using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that tells by a name what brackets behind it mean: a time, a part of the name, or a product.</summary>
internal sealed partial class Parser
{
    /// <summary>The declared or assigned name that a run of letters ends with, the longest first, and what it is.</summary>
    private (string Name, NameRole Role) LastName(NameSyntax run)
    {
        for (var start = 0; start < run.Glyphs.Length; start++)
        {
            var last = run.Part(start, run.Glyphs.Length);
            var key = last.Key(Step);
            if (_names.RoleOf(key) is not NameRole.None and var role)
                return (key, role);
            if (Functions.Find(key) is not null)
                break;
        }

        return ("", NameRole.None);
    }

    private bool HasTimes(NameSyntax run) => _names.HasTimes(LastName(run).Name);

    /// <summary>What stands above a name, if a name with it is declared or assigned.</summary>
    private (string Text, int End)? LabelOn(NameSyntax run) =>
        _rest is null && Labels.Above(_tokens, _index) is { } label && IsNameWith(run, label.Text) ? label : null;

    private bool IsNameWith(NameSyntax run, string label)
    {
        // The subscripts of the name may follow: v^{max}_{dW}.
        if (Labels.Above(_tokens, _index) is { } above && _tokens[Math.Min(above.End, _tokens.Length - 1)].Kind == TokenKind.Underscore && _names.HasLabelled(run.Part(run.Glyphs.Length - 1, run.Glyphs.Length).Key(Step), label))
            return true;

        var labelled = run with { Subscripts = run.Subscripts.Add(new Subscript(run.Span, label, 0)) };
        return LastName(labelled).Role != NameRole.None;
    }

    /// <summary><c>β^{(2)}</c>, where no such name is declared, is a power to some and the second of several to others.</summary>
    private void RefuseNumberInBrackets(NameSyntax name)
    {
        if (_rest is not null || Next.Kind != TokenKind.OpenBrace || At(2).Kind != TokenKind.OpenParenthesis || At(3).Kind != TokenKind.Number
            || At(4).Kind != TokenKind.CloseParenthesis || At(5).Kind != TokenKind.CloseBrace || LastName(name) is not { Role: not NameRole.None } last)
        {
            return;
        }

        var number = At(3).Text;
        var span = TextSpan.Cover(Current.Span, At(5).Span);
        throw TwoReadings(name, span, $"the power {last.Name}^{number}", $"^{{{number}}}", $"the name {last.Name}_{number}", $"_{{{number}}}");
    }

    /// <summary><c>v[t-1]</c> is a time and <c>E[g²]</c> a name; <c>β[2]</c> is either a product or another name.</summary>
    private bool ParseBracketOn(ref NameSyntax name)
    {
        if (ParseKeyOn(ref name))
            return true;
        if (_rest is not null || Labels.Closing(_tokens, _index) < 0)
            return false;
        var (last, role) = LastName(name);
        if (Labels.InBrackets(_tokens, _index, Step) is { } label && IsNameWith(name, label.Text))
        {
            name = WithLabel(name, label.Text, label.End);
            return true;
        }

        var number = Next.Kind == TokenKind.Number && At(2).Kind == TokenKind.CloseBracket ? Next.Text : "";
        if (number != "" && role == NameRole.None && _names.IsKnown(name.Key(Step) + number))
        {
            name = NameSyntax.OfKey(name.Key(Step) + number, TextSpan.Cover(name.Span, At(2).Span));
            MoveTo(_index + 3);
            return true;
        }

        if (number != "" && role is NameRole.None or NameRole.Assigned && Step != "" && name.Letters.Length > Step.Length && name.Letters.EndsWith(Step, StringComparison.Ordinal)
            && name.Letters.Substring(0, name.Letters.Length - Step.Length) + number is var decay && _names.RoleOf(decay) == NameRole.Hyper)
        {
            var whole = TextSpan.Cover(name.Span, At(2).Span);
            _errors.Report(
                Diagnostics.FormulaErrorIds.AmbiguousProduct, whole, $"'{name.Letters}[{number}]' can mean the power {decay}^{Step} or the value of {decay} at {Step}; write which",
                new Diagnostics.ReplaceFix($"Write {decay}^{Step}", whole, $"{decay}^{Step}"), new Diagnostics.ReplaceFix($"Write {decay}", whole, decay));
            throw new SyntaxErrorException();
        }

        if (role == NameRole.None)
        {
            // RMS[g] of a paper that defines it elsewhere is one unknown name.
            if ((name.Glyphs.Length < 2 && name.Letters != "E") || Current.Span.Start != Previous.End || Labels.InBrackets(_tokens, _index, Step) is not { } unknown)
                return false;
            name = WithLabel(name, unknown.Text, unknown.End);
            return true;
        }

        if (TimeInBrackets() is { } time)
        {
            ReadTime(ref name, last, role, time);
            return true;
        }

        if (Next.Kind == TokenKind.Number && Next.Text.All(char.IsDigit) && At(2).Kind == TokenKind.CloseBracket)
        {
            var span = TextSpan.Cover(Current.Span, At(2).Span);
            throw TwoReadings(name, span, $"the name {last}_{Next.Text}", $"_{Next.Text}", $"the product {last}·{Next.Text}", $"·{Next.Text}");
        }

        return false;
    }

    /// <summary><c>v(t-1)</c> is a time, <c>r(w, t)</c> repeats what r depends on, and <c>g(1-β)</c> is a product.</summary>
    private bool ParseArgumentsOn(ref NameSyntax name, ExprSyntax? exponent)
    {
        if (_rest is not null)
            return false;
        var (last, role) = LastName(name);
        if (role is NameRole.None or NameRole.Step or NameRole.Helper)
            return false;

        // norm = np.linalg.norm(g): the function, whose name the value only gets here.
        if (role == NameRole.Assigned && _target is { } target && target.Key(Step) == last && Functions.All.ContainsKey(last))
            return false;
        if (TimeInBrackets() is { } time)
        {
            if (role == NameRole.Hyper || _names.IsFunctionOfTime(last))
            {
                ReadTime(ref name, last, role, time);
                return true;
            }

            var span = TextSpan.Cover(Current.Span, _tokens[time.End - 1].Span);
            throw TwoReadings(name, span, $"the value of {last} at {TimeText(time.Offset)}", $"_{{{TimeText(time.Offset)}}}", $"{last}·({TimeText(time.Offset)})", $"·({TimeText(time.Offset)})");
        }

        if (role != NameRole.Hyper && _names.IsKnown(name.Key(Step)) && TimeBehindArguments() is { } late)
        {
            ReadTime(ref name, last, role, late);
            return true;
        }

        if (exponent is not null || ArgumentNames() is not { } arguments)
            return false;
        var listed = arguments.Text.Split(',');
        if (_names.ArgumentsOf(last) == arguments.Text || (role == NameRole.Gradient && listed[0] == _names.Parameter) || (listed.Length > 1 && _names.IsKnown(name.Key(Step)) && listed.All(_names.IsKnown)))
        {
            var start = Current.Span;
            MoveTo(arguments.End);
            name = name with { Span = TextSpan.Cover(name.Span, TextSpan.Cover(start, Previous)) };
            return true;
        }

        var argument = _names.RoleOf(listed[0]);
        if (listed.Length > 1 || argument is NameRole.None || role == NameRole.Hyper && argument is not (NameRole.Hyper or NameRole.Step))
            return false;
        var brackets = TextSpan.Cover(Current.Span, _tokens[arguments.End - 1].Span);
        throw TwoReadings(name, brackets, $"the value of {last} as a function of {listed[0]}", "", $"{last}·{listed[0]}", $"·{listed[0]}");
    }

    private void ReadTime(ref NameSyntax name, string last, NameRole role, (int Offset, int End) time)
    {
        if (role == NameRole.Hyper && time.Offset != 0)
        {
            var span = TextSpan.Cover(Current.Span, _tokens[time.End - 1].Span);
            throw TwoReadings(name, span, $"the value of {last} at {TimeText(time.Offset)}", $"_{{{TimeText(time.Offset)}}}", $"{last}·({TimeText(time.Offset)})", $"·({TimeText(time.Offset)})");
        }

        var index = ReadTimeInBrackets(time);
        name = name with { TimeIndex = role == NameRole.Hyper && !_names.IsFunctionOfTime(last) ? null : index, Span = TextSpan.Cover(name.Span, index.Span) };
    }

    /// <summary>
    /// A name without the index of an element or a layer, where the name with it is unknown and the one without is known: formulas are read
    /// element by element, and <c>w_i</c> is an element of <c>w</c>. Two indices in one rule would be two elements.
    /// </summary>
    private NameSyntax WithoutElement(NameSyntax name)
    {
        var subscripts = name.Subscripts;
        if (!subscripts.Any(IsElement) || LastName(name).Role != NameRole.None)
            return name;
        var bare = name with { Subscripts = subscripts.RemoveAll(IsElement) };
        var (last, role) = LastName(bare);
        if (role is NameRole.None or NameRole.Hyper or NameRole.Step && !subscripts.Any(part => part.Text == Step))
            return name;
        var index = subscripts.First(IsElement);
        if (_names.ElementIndex is { } known && known != Element(index))
            throw Error(index.Span, $"'{last}' has an element {Element(index)} here and {known} elsewhere; formulas are computed element by element, and an element sees no other");
        _names.ElementIndex = Element(index);
        return bare;
    }

    /// <summary>The index of an element; of a diagonal's, <c>G_{ii}</c>, once.</summary>
    private static string Element(Subscript part) => part.Text.Trim('^', '(', ')', '[', ']') is { Length: 2 } pair && pair[0] == pair[1] ? pair.Substring(1) : part.Text.Trim('^', '(', ')', '[', ']');

    private bool IsElement(Subscript part) => part.Offset == 0 && part.Text != Step && Element(part) is "i" or "j" or "k" or "l" or "n" or "p" or "ii" or "jj" or "ij" or "ji" or "jk" or "kj" or "kl" && Element(part) != Step;

    private string TimeText(int offset) => offset == 0 ? Step : $"{Step}{(offset > 0 ? "+" : "-")}{Math.Abs(offset)}";

    private SyntaxErrorException TwoReadings(NameSyntax name, TextSpan brackets, string first, string firstText, string second, string secondText)
    {
        _errors.Report(
            Diagnostics.FormulaErrorIds.AmbiguousProduct, TextSpan.Cover(name.Span, brackets),
            $"'{name.Letters}' with brackets behind it can mean {first.TrimEnd(',')} or {second}; write which",
            new Diagnostics.ReplaceFix($"Write {first.TrimEnd(',')}", brackets, firstText),
            new Diagnostics.ReplaceFix($"Write {second}", brackets, secondText));
        return new SyntaxErrorException();
    }
}
