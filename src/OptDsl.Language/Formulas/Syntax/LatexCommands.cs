namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The LaTeX commands that formulas may contain, by what they mean here.</summary>
internal static class LatexCommands
{
    /// <summary>Commands for letters.</summary>
    public static readonly IReadOnlyDictionary<string, string> LetterNames = new Dictionary<string, string>
    {
        ["alpha"] = "α",
        ["beta"] = "β",
        ["gamma"] = "γ",
        ["delta"] = "δ",
        ["epsilon"] = "ε",
        ["varepsilon"] = "ε",
        ["zeta"] = "ζ",
        ["eta"] = "η",
        ["theta"] = "θ",
        ["vartheta"] = "θ",
        ["iota"] = "ι",
        ["kappa"] = "κ",
        ["varkappa"] = "κ",
        ["lambda"] = "λ",
        ["mu"] = "μ",
        ["nu"] = "ν",
        ["xi"] = "ξ",
        ["omicron"] = "ο",
        ["pi"] = "π",
        ["varpi"] = "π",
        ["rho"] = "ρ",
        ["varrho"] = "ρ",
        ["sigma"] = "σ",
        ["varsigma"] = "ς",
        ["tau"] = "τ",
        ["upsilon"] = "υ",
        ["phi"] = "φ",
        ["varphi"] = "φ",
        ["chi"] = "χ",
        ["psi"] = "ψ",
        ["omega"] = "ω",
        ["Gamma"] = "Γ",
        ["Delta"] = "Δ",
        ["Theta"] = "Θ",
        ["Lambda"] = "Λ",
        ["Xi"] = "Ξ",
        ["Pi"] = "Π",
        ["Sigma"] = "Σ",
        ["Upsilon"] = "Υ",
        ["Phi"] = "Φ",
        ["Psi"] = "Ψ",
        ["Omega"] = "Ω",
        ["ell"] = "l",
    };

    /// <summary>Commands for a single symbol of the language.</summary>
    public static readonly IReadOnlyDictionary<string, TokenKind> Symbols = new Dictionary<string, TokenKind>
    {
        ["cdot"] = TokenKind.Times,
        ["times"] = TokenKind.Times,
        ["odot"] = TokenKind.Times,
        ["circ"] = TokenKind.Times,
        ["ast"] = TokenKind.Times,
        ["div"] = TokenKind.Divide,
        ["oslash"] = TokenKind.Divide,
        ["nabla"] = TokenKind.Nabla,
        ["infty"] = TokenKind.Infinity,
        ["leftarrow"] = TokenKind.Assign,
        ["gets"] = TokenKind.Assign,
        ["coloneqq"] = TokenKind.Assign,
        ["coloneq"] = TokenKind.Assign,
        ["le"] = TokenKind.LessOrEqual,
        ["leq"] = TokenKind.LessOrEqual,
        ["leqslant"] = TokenKind.LessOrEqual,
        ["ge"] = TokenKind.GreaterOrEqual,
        ["geq"] = TokenKind.GreaterOrEqual,
        ["geqslant"] = TokenKind.GreaterOrEqual,
        ["lt"] = TokenKind.Less,
        ["gt"] = TokenKind.Greater,
        ["ne"] = TokenKind.NotEqual,
        ["neq"] = TokenKind.NotEqual,
        ["land"] = TokenKind.And,
        ["wedge"] = TokenKind.And,
        ["lor"] = TokenKind.Or,
        ["vee"] = TokenKind.Or,
        ["lnot"] = TokenKind.Not,
        ["neg"] = TokenKind.Not,
        ["lVert"] = TokenKind.DoubleBar,
        ["rVert"] = TokenKind.DoubleBar,
        ["Vert"] = TokenKind.DoubleBar,
        ["lvert"] = TokenKind.Bar,
        ["rvert"] = TokenKind.Bar,
        ["vert"] = TokenKind.Bar,
        ["mid"] = TokenKind.Bar,
        ["lbrace"] = TokenKind.OpenParenthesis,
        ["rbrace"] = TokenKind.CloseParenthesis,
        ["lbrack"] = TokenKind.OpenBracket,
        ["rbrack"] = TokenKind.CloseBracket,
    };

    /// <summary>Commands whose argument is a name in another typeface: the typeface carries no meaning.</summary>
    public static readonly IReadOnlyCollection<string> Typefaces = new HashSet<string>
    {
        "mathbf", "mathrm", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "mathbb", "boldsymbol", "bm",
        "bf", "rm", "text", "textbf", "textit", "textrm", "textsf", "texttt", "operatorname", "mbox", "pmb",
    };

    /// <summary>Commands that put an accent on their argument, as the combining mark.</summary>
    public static readonly IReadOnlyDictionary<string, string> Accents = new Dictionary<string, string>
    {
        ["hat"] = "\u0302",
        ["widehat"] = "\u0302",
        ["bar"] = "\u0304",
        ["overline"] = "\u0304",
        ["tilde"] = "\u0303",
        ["widetilde"] = "\u0303",
        ["dot"] = "\u0307",
        ["ddot"] = "\u0308",
        ["vec"] = "\u20D7",
        ["check"] = "\u030C",
        ["breve"] = "\u0306",
        ["acute"] = "\u0301",
        ["grave"] = "\u0300",
        ["mathring"] = "\u030A",
    };

    public static readonly IReadOnlyCollection<string> Fractions = new HashSet<string> { "frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac" };

    public const string SquareRoot = "sqrt";

    /// <summary>Commands that only lay the formula out.</summary>
    public static readonly IReadOnlyCollection<string> Layout = new HashSet<string>
    {
        "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl",
        "Biggr", "bigm", "Bigm", "quad", "qquad", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber",
        "notag", "hfill", "enspace", "thinspace", "medspace", "thickspace", "negthinspace", "allowbreak",
    };

    /// <summary>Layout commands whose argument is layout as well.</summary>
    public static readonly IReadOnlyCollection<string> LayoutWithArgument = new HashSet<string>
    {
        "begin", "end", "tag", "label", "hspace", "vspace", "phantom", "hphantom", "vphantom", "color",
    };

    public static readonly IReadOnlyCollection<string> NewLines = new HashSet<string> { "newline", "cr" };
}
