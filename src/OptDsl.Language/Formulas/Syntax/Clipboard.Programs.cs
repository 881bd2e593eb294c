using System.Text.RegularExpressions;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The part that reads through what programs of other languages write around a formula: types, arrows, casts, devices, methods of Lua.</summary>
internal sealed partial class Clipboard
{
    private static readonly Regex Type = new(
        @"^[ \t]*(?<drop>(?:(?:const|constexpr|static|__restrict__|restrict)[ \t]+)*(?:[A-Za-z_][\w:]*_[tT]|float[1-4]?|double[1-4]?|half|real|T|Dtype|Tensor|(?:at|torch)::Tensor|std::vector<\w+>|[A-Z]\w*(?:Array|Tensor|Matrix|Vector)|(?:f|float)(?:16|32|64))[ \t&*]+(?:const[ \t]+)?)(?=[A-Za-z_]\w*[ \t]*(?:\[[^\]\n]*\][ \t]*)?=(?!=))",
        RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex TypeBehind = new(@"^[ \t]*(?:const|let|var|val)[ \t]+(?:mut[ \t]+)?\w+(?<drop>[ \t]*:[ \t]*[A-Za-z_][\w<>\[\].]*)(?=[ \t]*=)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Cast = new(@"\b(?:static_cast|reinterpret_cast)<[\w: ]+>(?=\()|\((?:float|double|T|Dtype|scalar_t|real|half)\)(?=[ \t]*[\w(])|\bT(?=\(\d)", RegexOptions.CultureInvariant);

    private static readonly Regex NoArguments = new(@"(?<![.\w])(?<!\bdef )[A-Za-z_]\w*(?<drop>\(\))", RegexOptions.CultureInvariant);

    private static readonly Regex Pointer = new(@"(?<=[\w\])])(?<minus>-)(?<point>>)(?=[A-Za-z_])", RegexOptions.CultureInvariant);

    private static readonly Regex Device = new(@"\.device\([^()\n]*\)", RegexOptions.CultureInvariant);

    private static readonly Regex AssignsLeft = new(@"^(?<lead>[ \t]*[\p{L}.][\p{L}\w.]*(?:\[[^\]\n]*\])?(?:\$\w+)?[ \t]*)<-(?=[ \t\n(])", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Method = new(
        @"(?<=[\w\])])(?<colon>:)(?<name>c?mul|c?div|c?add|c?sub|addcmul|addcdiv|copy|sqrt|pow|fill|zero|abs|sign|cmax|cmin|clamp|neg|square)(?<open>\()", RegexOptions.CultureInvariant);

    private static readonly Regex DashComment = new(@"^[ \t]*--(?!-)[^\n]*|[ \t]--[ \t](?![ \t]*\d)[^\n]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex KeyOfLayer = new(@"\[\s*(?:[fF]?(?<quote>[""'])(?<key>[A-Za-z_]+)(?<drop>\k<quote>\s*\+\s*str\([^\[\]\n]*?\)\s*)\]|[fF](?<quote2>[""'])(?<key2>[A-Za-z_]+)(?<drop2>\{[^{}\n]*\})\k<quote2>\s*\])", RegexOptions.CultureInvariant);

    private static readonly Regex Condition = new(
        @"^[ \t]*(?<word>if|If|IF|elif|Elif|ELIF|Else if|ELSE IF|Else If|ElseIf|ELSEIF)\b(?=[ (])[^\n]*?(?<true>[ \t]+(?:is|==)[ \t]+(?:True|true))?(?<false>[ \t]+(?:is|==)[ \t]+(?:False|false))?[ \t]*(?<then>[Tt]hen|THEN|do)?[ \t]*[:{]?[ \t]*\r?$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Otherwise = new(@"^[ \t]*(?<word>Else|ELSE|End if|END IF|End If|EndIf|ENDIF)[ \t]*:?[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Annotation = new(@"(?<=[\w\])}])::[A-Za-z_]\w*(?:\{[^{}\n]*\})?(?:\([^()\n]*\))?", RegexOptions.CultureInvariant);

    private static readonly Regex Stored = new(@"^[ \t]*[\p{L}][\w, \t]*=[ \t]*get!\([^\n]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex OfElementType = new(@"\bT\.?(?=\()", RegexOptions.CultureInvariant);

    private static readonly Regex Iterator = new(@"^[ \t]*(?:self\.)?\w+[ \t]*\r?\n(?:[ \t]*\.(?:par_)?(?:iter|iter_mut|into_iter|zip|enumerate)\([^\n]*\n)+[ \t]*\.for_each\([ \t]*\|[^|\n]*\|[ \t]*\{|^[ \t]*\}\)+;?[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Mutable = new(@"\.(?:borrow|borrow_mut)\(\)(?=\.)|\bas[ \t]+(?:[iuf](?:8|16|32|64|size)|usize|T|F)\b|(?<=\))\?(?=[ \t]*(?:[);.]|[-+*/&][^\n:]*;|\r?$))", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex PointedOperator = new(@"(?<=[\w)\]]\.?[ \t]+[-+*/])\.(?=[ \t]+[\w(~])", RegexOptions.CultureInvariant);

    private static readonly Regex LetIn = new(@"^[ \t]*(?<let>let[ \t]+)[^\n]*?(?<in>[ \t]in)[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Spoken = new(@"^[ \t]*(?<set>(?:SET|Set|set|COMPUTE|Compute)[ \t]+)\w+(?<to>[ \t]+(?:TO|to)[ \t]+)(?=\S)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex Mapped = new(@"(?<=(?:<-|=)[ \t]*)[ls]apply\([^\n]*?function\(\w+\)[ \t]*\{?", RegexOptions.CultureInvariant);

    private static readonly Regex MapEnd = new(@"^[ \t]*\}\)[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private static readonly Regex ListIndex = new(@"\[\[\w+\]\]", RegexOptions.CultureInvariant);

    /// <summary>Pointers of Zig, <c>m.* = …</c>, and what a loop calls its elements.</summary>
    private static readonly Regex Dereferenced = new(@"(?<=\w)\.\*(?=[ \t]*(?:[-+*/]?=(?!=)|[;)]|[-+*/][ \t]))", RegexOptions.CultureInvariant);

    private static readonly Regex Captured = new(@"(?<=\)[ \t]*)\|[*\w, \t]+\|(?=[ \t]*\{)", RegexOptions.CultureInvariant);

    /// <summary>A copy of an object with other values.</summary>
    private static readonly Regex Record = new(@"^[ \t]*\{[ \t]*\w+[ \t]+with\b[^{}\n]*\}[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>The loop of Fortran over elements, <c>do i = 1, n</c>.</summary>
    private static readonly Regex CountedLoop = new(@"^[ \t]*(?:do|DO|Do|For|FOR|for)[ \t]+(?<index>[ijkIJK])[ \t]*=[ \t]*[01][ \t]*(?:,|:|To|TO|to)[ \t]*\w+", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    /// <summary>The head of a function of Haskell, whose values the rows behind "where" give.</summary>
    private static readonly Regex Equation = new(@"^[ \t]*[a-z]\w*(?:[ \t]+(?:\([\w', \t]+\)|\w+))+[ \t]*=[ \t]*\([\w']+(?:,[ \t]*[\w']+)+\)[ \t]*\r?\n(?=[ \t]*where[ \t]*\r?$)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    private void FindPrograms()
    {
        if (_text.Contains("where"))
            DropAll(Equation);
        if (_text.Contains(".*"))
        {
            DropAll(Captured);
            foreach (Match match in Dereferenced.Matches(_text))
                Drop(match.Index, match.Index + match.Length);
        }

        if (_text.Contains(" with "))
            DropAll(Record);
        foreach (Match loop in CountedLoop.Matches(_text))
        {
            foreach (Match element in Regex.Matches(_text, $@"(?<=[\p{{L}}\w])\({loop.Groups["index"].Value}\)", RegexOptions.CultureInvariant))
                Drop(element.Index, element.Index + element.Length);
        }

        if (_text.Contains(".for_each(") || _text.Contains("let ") && _text.Contains(";"))
        {
            DropAll(Iterator);
            foreach (Match match in Mutable.Matches(_text))
                Drop(match.Index, match.Index + match.Length);
        }

        if (PointedOperator.IsMatch(_text))
            DropAll(PointedOperator);
        foreach (Match match in LetIn.Matches(_text))
            Drop(match.Groups["in"].Index, match.Groups["in"].Index + match.Groups["in"].Length);
        foreach (Match match in Spoken.Matches(_text))
        {
            Drop(match.Groups["set"].Index, match.Groups["set"].Index + match.Groups["set"].Length);
            Drop(match.Groups["to"].Index, match.Groups["to"].Index + match.Groups["to"].Length);
            _dropped[match.Groups["to"].Index] = " = ";
        }

        if (_text.Contains("apply(") && Mapped.IsMatch(_text))
        {
            DropAll(Mapped);
            DropAll(MapEnd);
            DropAll(ListIndex);
        }

        if (_text.Contains("<-"))
        {
            foreach (Match match in AssignsLeft.Matches(_text))
            {
                var arrow = match.Index + match.Groups["lead"].Length;
                _dropped[arrow] = "←";
                _dropped[arrow + 1] = "";
            }
        }

        DropGroups(TypeBehind);
        FindConditions();
        if (_text.Contains("where T") || _text.Contains("where {T"))
            DropAll(OfElementType);
        if (_text.Contains("get!("))
            DropAll(Stored);
        if (_text.Contains("::") && !_text.Contains(";"))
            DropAll(Annotation);
        if (_text.Contains(".device("))
            DropAll(Device);
        if (_text.Contains("str(") || _text.Contains("{"))
            FindKeys();
        if (_text.Contains(":") && Method.IsMatch(_text))
            FindMethods();
        if (!_text.Contains(";"))
            return;
        DropGroups(Type);
        DropGroups(NoArguments);
        DropAll(Cast);
        foreach (Match match in Pointer.Matches(_text))
        {
            _dropped[match.Groups["minus"].Index] = "";
            _dropped[match.Groups["point"].Index] = ".";
        }
    }

    /// <summary><c>If nesterov is True:</c> and <c>ELSE</c>: the words of a choice with capitals, and conditions that say what they compare with.</summary>
    private void FindConditions()
    {
        foreach (var form in new[] { Condition, Otherwise })
        {
            foreach (Match match in form.Matches(_text))
            {
                var word = match.Groups["word"];
                var isWhole = match.Value.TrimEnd() is var line && (line.EndsWith(":", StringComparison.Ordinal) || line.EndsWith("{", StringComparison.Ordinal) || line.EndsWith("then", StringComparison.OrdinalIgnoreCase) || form == Otherwise);
                if (isWhole)
                {
                    for (var i = word.Index; i < word.Index + word.Length; i++)
                    {
                        if (char.IsUpper(_text[i]))
                            _dropped[i] = char.ToLowerInvariant(_text[i]).ToString();
                    }
                }

                if (match.Groups["then"] is { Success: true } then)
                {
                    for (var i = then.Index; i < then.Index + then.Length; i++)
                        _dropped[i] = char.ToLowerInvariant(_text[i]).ToString();
                }

                if (match.Groups["true"] is { Success: true } holds)
                    Drop(holds.Index, holds.Index + holds.Length);
                if (match.Groups["false"] is { Success: true } fails)
                {
                    Drop(fails.Index, fails.Index + fails.Length);
                    _dropped[word.Index + word.Length] = " not ";
                }
            }
        }
    }

    private void DropGroups(Regex form)
    {
        foreach (Match match in form.Matches(_text))
            Drop(match.Groups["drop"].Index, match.Groups["drop"].Index + match.Groups["drop"].Length);
    }

    /// <summary><c>v["dW" + str(l)]</c> is v of the layer of which the formulas are.</summary>
    private void FindKeys()
    {
        foreach (Match match in KeyOfLayer.Matches(_text))
        {
            if (match.Groups["drop"] is { Success: true } sum)
                _dropped[sum.Index] = match.Groups["quote"].Value;
            var (start, length) = match.Groups["drop"].Success ? (match.Groups["drop"].Index + 1, match.Groups["drop"].Length - 1) : (match.Groups["drop2"].Index, match.Groups["drop2"].Length);
            Drop(start, start + length);
            if (match.Groups["quote2"].Success || _text[match.Groups["quote"].Index - 1] is 'f' or 'F')
                _dropped[(match.Groups["quote2"].Success ? match.Groups["quote2"] : match.Groups["quote"]).Index - 1] = "";
        }
    }

    /// <summary>In Lua <c>m:mul(β):add(x)</c> changes m in place, and <c>--</c> starts a comment.</summary>
    private void FindMethods()
    {
        DropAll(DashComment);
        foreach (Match match in Method.Matches(_text))
        {
            _dropped[match.Groups["colon"].Index] = ".";
            if (match.Groups["name"].Value is "cmul" or "cdiv" or "cadd" or "csub")
                _dropped[match.Groups["name"].Index] = "";
            _dropped[match.Groups["open"].Index] = "_(";
        }
    }
}
