using System.Globalization;
using System.Text;
using OptDsl.Language.Formulas;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>Pieces of C# text.</summary>
internal static class CSharp
{
    /// <summary>What the generated code says of itself.</summary>
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"OptDsl\", \"0.1.0\")]";

    public static string Int(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Bool(bool value) => value ? "true" : "false";

    /// <summary>A string literal.</summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            literal.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || LineEnds.IsLineEnd(c) || char.IsSurrogate(c) => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Text inside a documentation comment.</summary>
    public static string Xml(string text) => FormulaLines.OneLine(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A double literal that is a double without its context.</summary>
    public static string Double(double value)
    {
        var text = ScalarText.Number(value);
        return text.Contains(".") || text.Contains("E") ? text : text + ".0";
    }

    /// <summary>The name of a type, of which the language reserves those of small letters.</summary>
    public static string TypeIdentifier(string name) => name.All(c => c is >= 'a' and <= 'z') ? "@" + name : Identifier(name);

    /// <summary>An identifier that may be a keyword.</summary>
    public static string Identifier(string name) => Identifiers.IsKeyword(name) ? "@" + name : name;

    /// <summary>Writes the namespace and the types around a type, then the type with its members.</summary>
    public static void WriteType(CodeWriter writer, TypeHeader type, string bases, Action members)
    {
        if (type.Namespace == "")
        {
            WriteParts(0);
            return;
        }

        using (writer.Block("namespace " + string.Join(".", type.Namespace.Split('.').Select(Identifier))))
            WriteParts(0);

        void WriteParts(int depth)
        {
            var isContainer = depth < type.Containers.Count;
            var part = isContainer ? type.Containers[depth] : type.Type;
            if (!isContainer)
                writer.Line(GeneratedCode);
            var parameters = part.TypeParameters.Count == 0 ? "" : "<" + string.Join(", ", part.TypeParameters.Select(TypeIdentifier)) + ">";
            using (writer.Block("partial " + part.Keyword + " " + TypeIdentifier(part.Name) + parameters + (isContainer ? "" : bases)))
            {
                if (isContainer)
                    WriteParts(depth + 1);
                else
                    members();
            }
        }
    }
}
