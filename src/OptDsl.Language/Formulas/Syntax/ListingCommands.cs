namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The commands of LaTeX's packages for listings of algorithms, and what their lines are.</summary>
internal static class ListingCommands
{
    /// <summary>Commands that begin a line of the listing.</summary>
    public static readonly IReadOnlyCollection<string> Lines = new HashSet<string> { "state", "statex", "item", "par", "newline", "cr" };

    /// <summary>Commands whose line is scaffolding; an argument in braces is a part of it.</summary>
    public static readonly IReadOnlyCollection<string> Scaffolding = new HashSet<string>
    {
        "for", "forall", "foreach", "endfor", "while", "endwhile", "repeat", "until", "loop", "endloop", "require", "ensure", "return", "kwin",
        "kwout", "kwdata", "kwresult", "kwret", "input", "output", "initialize", "caption", "procedure", "endprocedure", "function", "endfunction",
    };

    /// <summary>Commands whose argument is a comment.</summary>
    public static readonly IReadOnlyCollection<string> Comments = new HashSet<string> { "comment", "tcp", "tcc", "tcpstar", "intertext", "shortintertext" };

    /// <summary>Signs after which the rest of the line is a comment.</summary>
    public static readonly IReadOnlyCollection<string> CommentSigns = new HashSet<string> { "triangleright", "rhd", "vartriangleright" };

    /// <summary>Settings of the layout that mean nothing at all.</summary>
    public static readonly IReadOnlyCollection<string> Settings = new HashSet<string>
    {
        "hline", "hrule", "toprule", "midrule", "bottomrule", "centering", "noindent", "indent", "medskip", "smallskip", "bigskip", "vskip",
        "small", "footnotesize", "normalsize", "large", "Large", "tiny", "scriptsize", "SetAlgoLined", "DontPrintSemicolon", "LinesNumbered",
        "SetAlgoNoLine", "algorithmic", "displaybreak", "pagebreak", "linebreak", "strut", "null", "protect", "relax", "ensuremath", "boxed",
        "mathop", "mathbin", "mathrel", "mathord", "mathopen", "mathclose", "mathinner", "mathpunct", "underbrace", "overbrace", "cancel", "fbox",
        "textstyle", "scriptscriptstyle", "mathstrut", "smash", "mathclap",
    };
}
