using System.Collections.Immutable;
using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part of the parser that reads what programs write behind a value: members after a point, keys in brackets.</summary>
internal sealed partial class Parser
{
    /// <summary>A value with the members behind it: <c>v.sqrt()</c>, <c>p.grad</c>.</summary>
    private ExprSyntax WithMembers(ExprSyntax value)
    {
        var root = value as NameSyntax;
        while (_rest is null && Current.Kind == TokenKind.Member)
        {
            var member = Current;
            if (value is NameSyntax dotted && DottedName(dotted, member) is { } whole && _names.IsKnown(whole.Key(Step)))
            {
                Advance();
                value = root = whole;
                continue;
            }

            Advance();
            if (value is NameSyntax name && Current.Kind != TokenKind.OpenParenthesis && LastName(name) is var (known, role) && (role == NameRole.None || role == NameRole.Parameter && IsOwn(member.Text)) && Known(member.Text) is { } own)
            {
                // group.lr is lr.
                value = root = own with { Span = TextSpan.Cover(name.Span, member.Span) };
                continue;
            }

            if (value is NameSyntax run && _names.RoleOf(run.Key(Step)) == NameRole.None && run.Glyphs.Length > 1 && LastName(run).Name != "")
                throw Error(TextSpan.Cover(run.Span, member.Span), $"what '{member.Text.TrimEnd('_')}' is taken of here is one name to a program, and '{run.Letters}' is not declared");
            if (Current.Kind == TokenKind.OpenParenthesis)
            {
                Advance();
                var arguments = ParseArgumentList(TokenKind.CloseParenthesis);
                value = ApplyMember(value, ref root, member, arguments);
                if (root is not null && IsInPlace(member.Text))
                    value = Changed(root, value);
            }
            else
            {
                value = ReadProperty(value, ref root, member);
            }

            value = Checked(value);
        }

        return value;
    }

    /// <summary>
    /// <c>group['lr']</c> is lr, <c>v['W1']</c> and <c>p[:]</c> are the tensor of which formulas are read, and <c>m[i]</c> an element of it.
    /// </summary>
    private bool ParseKeyOn(ref NameSyntax name)
    {
        if (_rest is not null || Current.Kind != TokenKind.OpenBracket || Labels.Closing(_tokens, _index) is not (> 0 and var close))
            return false;
        var (last, role) = LastName(name);
        var span = TextSpan.Cover(name.Span, _tokens[close].Span);
        var isKey = Next.Kind == TokenKind.Key;
        if (isKey && close == _index + 2 && Step != "" && role is NameRole.None or NameRole.Assigned && Next.Text is "step" or "steps" or "iter" or "iteration" or "iterations" && Known(Next.Text) is null)
        {
            // The count of steps that a program keeps for a tensor.
            name = NameSyntax.OfKey(Step, span);
            MoveTo(close + 1);
            return true;
        }

        if (role is NameRole.None or NameRole.Assigned && isKey && close == _index + 2 && Known(Next.Text) is not null)
            role = NameRole.None;
        if (role == NameRole.None || (isKey && !_names.IsKnown(name.Key(Step))))
        {
            if (isKey && close == _index + 2 && Known(Next.Text) is { } own)
            {
                name = own with { Span = span };
                MoveTo(close + 1);
                return true;
            }

            if (isKey && close == _index + 2 && OfWholeModel(name) is { } tensor)
            {
                if (!_names.HasOneKey(tensor, Next.Text))
                    throw Error(span, $"'{name.Letters}' is read by two keys in this text; formulas are computed for each tensor by itself, so write the lines of one");
                name = NameSyntax.OfKey(tensor, span);
                MoveTo(close + 1);
                return true;
            }

            if (!isKey && close == _index + 2 && Next is { Kind: TokenKind.Name, Name: "key" or "k" or "name" or "i" or "l" or "j" or "idx" or "layer" } && OfWholeModel(name) is { } whole && At(3).Kind != TokenKind.OpenBracket)
            {
                name = NameSyntax.OfKey(whole, span);
                MoveTo(close + 1);
                return true;
            }

            // The state of a tensor, of which a key follows: state[p]['m'].
            if (!isKey && close == _index + 2 && At(3).Kind == TokenKind.OpenBracket && At(4).Kind == TokenKind.Key)
            {
                MoveTo(close + 1);
                return true;
            }

            return false;
        }

        var isIndex = close == _index + 2 && (Next.Kind == TokenKind.Colon || Next is { Kind: TokenKind.Prose, Text: "…" }
            || (Next.Kind == TokenKind.Name && _names.RoleOf(Next.Name) is NameRole.None or NameRole.Parameter && Next.Name is "i" or "j" or "k" or "l" or "n" or "p" or "key" or "name" or "layer" or "param" or "idx" or "index" or "id" or "ii" or "jj" or "tid" or "gid" or "pos" or "offset" or "param_id"));
        if (role is not (NameRole.Parameter or NameRole.Gradient or NameRole.State or NameRole.Assigned) || !(isKey || isIndex))
            return false;
        var key = string.Concat(ImmutableArray.Create(_tokens, _index + 1, close - _index - 1).Select(token => token.Kind == TokenKind.Name ? token.Name : token.Text));
        if (Next.Kind is TokenKind.Key or TokenKind.Name && !_names.HasOneKey(last, key))
            throw Error(span, $"'{last}' is read by two keys in this text; formulas are computed for each tensor by itself, so write the lines of one");
        MoveTo(close + 1);
        name = name with { Span = span };
        return true;
    }

    /// <summary><c>grads['dW']</c> and <c>params['W']</c>: the gradient and the parameter of the tensor of which the formulas are read.</summary>
    private string? OfWholeModel(NameSyntax name) => name.Subscripts.Length > 0 ? null : name.Letters switch
    {
        "grads" or "gradients" or "grad" when _names.Gradient != "" => _names.Gradient,
        "params" or "parameters" or "weights" when _names.Parameter != "" => _names.Parameter,
        _ => null,
    };

    private NameSyntax? Known(string member)
    {
        var key = member.Replace("_", "");
        return _names.IsKnown(key) ? NameSyntax.OfKey(key, default) : null;
    }

    /// <summary><c>m.hat</c> of R, where a dot is a part of a name: m with what stands behind it below. Null for what programs have behind a point.</summary>
    private NameSyntax? DottedName(NameSyntax name, Token member) =>
        member.Kind == TokenKind.Member && Next.Kind != TokenKind.OpenParenthesis && member.Text is not ("grad" or "gradient" or "data" or "value" or "values" or "real" or "T" or "mT" or "H" or "mH" or "ndim" or "shape")
        && Known(member.Text) is null && member.Text.All(char.IsLetter) && (name.Glyphs.Length == 1 || _names.IsKnown(name.Key(Step)))
            ? name with { Subscripts = name.Subscripts.Add(new Subscript(member.Span, member.Text, 0)), Span = TextSpan.Cover(name.Span, member.Span) } : null;

    /// <summary>True for a member of the parameter that is a state of its own: <c>w.avg</c>.</summary>
    private bool IsOwn(string member) => _names.RoleOf(member.Replace("_", "")) is NameRole.State or NameRole.Hyper;

    private ExprSyntax ReadProperty(ExprSyntax value, ref NameSyntax? root, Token member)
    {
        var span = TextSpan.Cover(value.Span, member.Span);
        switch (member.Text)
        {
            case "grad" or "gradient" when value is NameSyntax name && _names.Gradient != "" && (name.Key(Step) == _names.Parameter || _names.RoleOf(name.Key(Step)) == NameRole.None):
                return root = NameSyntax.OfKey(_names.Gradient, span);
            case "data" or "value" or "values" or "real":
                return value;
            case "T" or "mT" or "H" or "mH":
                return new TransposeSyntax(span, value);
            case "ndim":
                return Call("rank", span, member.Span, value);
            case "shape" when Current.Kind == TokenKind.OpenBracket:
                var index = ParseGroup(TokenKind.CloseBracket, "]");
                return SizeAlong(TextSpan.Cover(value.Span, Previous), member.Span, value, index);
            default:
                root = null;
                throw Error(span, $"'.{member.Text}' is a member of a program's object and no value that formulas know; write the name of the value, and declare it");
        }
    }

    private ExprSyntax ApplyMember(ExprSyntax value, ref NameSyntax? root, Token member, ImmutableArray<Argument> arguments)
    {
        var span = TextSpan.Cover(value.Span, Previous);
        var isInPlace = IsInPlace(member.Text);
        if (isInPlace && root is not null)
            _changed ??= root;
        else if (!isInPlace && member.Text is not ("detach" or "view" or "view_as" or "squeeze"))
            root = null;
        var function = member.Text.TrimEnd('_').Replace("_", "");
        if (function is "std" or "var" && !arguments.Any(argument => argument.Label is not null))
        {
            var shown = _names.Gradient == "" ? "x" : _names.Gradient;
            var (all, ratio) = ($"{function}({shown})", $"count({shown}) / (count({shown}) - 1)");
            var sample = $"{all}·{(function == "std" ? $"sqrt({ratio})" : $"({ratio})")}";
            throw Error(
                span, $"'.{function}()' divides by the number of elements in NumPy, {all}, and by one less in PyTorch, {sample}; write which",
                new ReplaceFix($"Write {all}", span, all), new ReplaceFix($"Write {sample}", span, sample));
        }

        if (ProgramCall(function, span, member.Span, arguments.Insert(0, new Argument(null, value))) is { } known)
            return known;
        if (Functions.Find(function) is { } found && arguments.All(argument => argument.Label is null || SaysNothing(argument.Label)))
            return Call(found.Name, span, member.Span, [value, .. arguments.Where(argument => argument.Label is null).Select(argument => argument.Value)]);
        throw Error(TextSpan.Cover(value.Span, member.Span), $"'{member.Text}' is no function that formulas know; write what it computes");
    }
}
