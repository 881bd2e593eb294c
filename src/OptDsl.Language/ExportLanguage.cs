namespace OptDsl.Language;

/// <summary>The languages that a rule can be written in.</summary>
public enum ExportLanguage
{
    /// <summary>A class of <c>torch.optim</c>.</summary>
    PyTorch,

    /// <summary>A gradient transformation of optax.</summary>
    Optax,

    /// <summary>C99.</summary>
    C,

    /// <summary>Formulas for papers, aligned at what they assign.</summary>
    Latex,

    /// <summary>Formulas for pages.</summary>
    MathML,

    /// <summary>The annotated class in C# that declares the rule for OptDsl.</summary>
    CSharp,

    /// <summary>The document that declares the rule without a programming language.</summary>
    RuleFile,
}
