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
        ["slash"] = TokenKind.Divide,
        ["nabla"] = TokenKind.Nabla,
        ["infty"] = TokenKind.Infinity,
        ["bullet"] = TokenKind.Times,
        ["leftarrow"] = TokenKind.Assign,
        ["longleftarrow"] = TokenKind.Assign,
        ["Leftarrow"] = TokenKind.Assign,
        ["gets"] = TokenKind.Assign,
        ["coloneqq"] = TokenKind.Assign,
        ["coloneq"] = TokenKind.Assign,
        ["triangleq"] = TokenKind.Assign,
        ["mapsto"] = TokenKind.Assign,
        ["equiv"] = TokenKind.Assign,
        ["doteq"] = TokenKind.Assign,
        ["partial"] = TokenKind.Partial,
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
        ["langle"] = TokenKind.OpenAngle,
        ["rangle"] = TokenKind.CloseAngle,
        ["lparen"] = TokenKind.OpenParenthesis,
        ["rparen"] = TokenKind.CloseParenthesis,
        ["lbrack"] = TokenKind.OpenBracket,
        ["rbrack"] = TokenKind.CloseBracket,
    };

    /// <summary>Commands whose argument is a name in another typeface: the typeface carries no meaning.</summary>
    public static readonly IReadOnlyCollection<string> Typefaces = new HashSet<string>
    {
        "mathbf", "mathrm", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "mathbb", "boldsymbol", "bm",
        "bf", "rm", "text", "textbf", "textit", "textrm", "textsf", "texttt", "textsc", "textnormal", "emph", "operatorname", "mbox", "pmb",
        "mathnormal", "symbf", "symup", "symrm",
    };

    /// <summary>Typefaces that are set for the rest of the braces in which they stand, as in <c>{\rm sign}</c>.</summary>
    public static readonly IReadOnlyCollection<string> Switches = new HashSet<string>
    {
        "rm", "bf", "it", "sf", "tt", "cal", "sl", "sc", "em", "bfseries", "itshape", "rmfamily", "ttfamily", "sffamily", "boldmath", "normalfont",
    };

    /// <summary>Signs that say something about a formula and are no part of one.</summary>
    public static readonly IReadOnlyDictionary<string, string> Remarks = new Dictionary<string, string>
    {
        ["in"] = "∈",
        ["notin"] = "∉",
        ["sim"] = "∼",
        ["forall"] = "∀",
        ["exists"] = "∃",
        ["dots"] = "…",
        ["ldots"] = "…",
        ["cdots"] = "…",
        ["dotsc"] = "…",
        ["to"] = "→",
        ["rightarrow"] = "→",
        ["longrightarrow"] = "→",
        ["Rightarrow"] = "⇒",
        ["Longrightarrow"] = "⇒",
        ["leftrightarrow"] = "⇔",
        ["Leftrightarrow"] = "⇔",
        ["Longleftrightarrow"] = "⇔",
        ["iff"] = "⇔",
        ["implies"] = "⇒",
        ["approx"] = "≈",
        ["propto"] = "∝",
        ["subset"] = "⊂",
        ["subseteq"] = "⊆",
        ["therefore"] = "∴",
        ["because"] = "∵",
        ["checkmark"] = "✓",
        ["square"] = "□",
        ["blacksquare"] = "■",
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
        "Biggr", "bigm", "Bigm", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber",
        "notag", "hfill", "xspace", "pause", "displaylimits", "newpage", "clearpage", "onslide", "raggedright", "enspace", "thinspace", "medspace", "thickspace", "negthinspace", "allowbreak",
    };

    /// <summary>Layout commands whose argument is layout as well.</summary>
    public static readonly IReadOnlyCollection<string> LayoutWithArgument = new HashSet<string>
    {
        "begin", "end", "tag", "label", "hspace", "vspace", "phantom", "hphantom", "vphantom", "rule", "setlength", "setcounter",
        "fontsize", "kern", "mskip", "hskip", "mkern", "raisebox", "usepackage", "KwTo", "ref", "eqref", "cite", "citep", "citet", "footnote",
        "stepcounter", "addtocounter", "vskip", "citeauthor", "citeyear", "Cref", "cref", "autoref", "footnotemark", "textsuperscript", "refstepcounter", "pagestyle",
    };

    /// <summary>Commands whose first argument is layout; what follows is formula.</summary>
    public static readonly IReadOnlyCollection<string> Colours = new HashSet<string> { "color", "textcolor", "colorbox", "href", "htmlClass" };

    /// <summary>Wide spaces.</summary>
    public static readonly IReadOnlyCollection<string> Gaps = new HashSet<string> { "quad", "qquad" };
}
