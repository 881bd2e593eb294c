using System.Globalization;
using System.Text;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Hands out C# identifiers, each once.</summary>
internal sealed class Identifiers(IEnumerable<string> reserved)
{
    private readonly HashSet<string> _taken = [.. reserved];

    /// <summary>An identifier like a name; another one where it is taken.</summary>
    public string Unique(string name)
    {
        var identifier = Legal(name);
        var candidate = identifier;
        for (var n = 2; !_taken.Add(candidate); n++)
            candidate = identifier + "_" + n.ToString(CultureInfo.InvariantCulture);
        return Keywords.Contains(candidate) ? "@" + candidate : candidate;
    }

    public static bool IsKeyword(string name) => Keywords.Contains(name);

    private static string Legal(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            switch (c)
            {
                case '\'' or '′':
                    text.Append("Prime");
                    break;
                case '″':
                    text.Append("PrimePrime");
                    break;
                case '{' or '}':
                    break;
                case >= '₀' and <= '₉':
                    text.Append((char)('0' + (c - '₀')));
                    break;
                default:
                    text.Append(IsIdentifierPart(c) ? c : '_');
                    break;
            }
        }

        if (text.Length == 0 || !(text[0] == '_' || char.IsLetter(text[0])))
            text.Insert(0, '_');
        return text.ToString();
    }

    private static bool IsIdentifierPart(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation
        or UnicodeCategory.LetterNumber;

    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while", "await", "field", "scoped", "var", "nameof", "record", "required", "file", "value",
        "add", "alias", "and", "args", "ascending", "async", "by", "descending", "dynamic", "equals", "from", "get", "global", "group", "init",
        "into", "join", "let", "managed", "not", "notnull", "on", "or", "orderby", "partial", "remove", "select", "set", "unmanaged", "when", "where",
        "with", "yield", "extension", "allows",
    ];
}
