namespace OptDsl.Language.Formulas.Syntax;

/// <summary>The words of algorithm listings and of the sentences around formulas.</summary>
internal static class ListingWords
{
    /// <summary>Words that begin a loop; what stands behind "do" is the body.</summary>
    private static readonly HashSet<string> Loops = ["for", "foreach", "forall", "while", "repeat", "until", "loop"];

    /// <summary>Words whose line says what is given and what comes out.</summary>
    private static readonly HashSet<string> Headings =
    [
        "input", "inputs", "output", "outputs", "require", "required", "ensure", "given", "parameters", "parameter", "hyperparameters", "hyperparameter",
        "hyper", "data", "result", "algorithm", "procedure", "function", "caption", "return", "returns", "default", "defaults", "notation", "note", "remark", "kwin",
        "kwout", "kwdata", "kwresult", "kwret", "def", "class", "end", "begin", "do", "done", "endfor", "endwhile", "endloop", "endprocedure", "endfunction", "import",
        "settings", "setting", "arguments", "args", "good",
    ];

    private static readonly HashSet<string> Beginnings = ["initialize", "initialise", "initialization", "initialisation", "init", "initially", "start"];

    private static readonly HashSet<string> Choices = ["if", "else", "elif", "otherwise", "then", "endif"];

    /// <summary>Words that introduce a formula in a sentence, or go on behind one.</summary>
    private static readonly HashSet<string> Connectives =
    [
        "where", "with", "and", "then", "so", "thus", "hence", "let", "set", "compute", "calculate", "update", "define", "assign", "apply", "obtain", "get", "store",
        "accumulate", "correct", "such", "that", "is", "are", "by", "we", "have", "finally", "first", "next", "now", "also", "perform", "take", "when", "since", "as",
        "i.e.", "e.g.", "which", "the", "a", "an", "of", "at", "per", "from", "on", "this", "here", "denotes", "using", "gives", "step", "its", "it", "to", "all", "each", "every",
        "for", "in", "via", "generate", "sample", "draw", "choose", "pick", "observe", "receive", "query", "evaluate",
        // Of programs, before the name that they declare.
        "const", "var", "auto", "float", "double", "val", "mut", "local", "final",
        // Of other languages.
        "avec", "où", "et", "mit", "wobei", "wo", "und", "dann", "donde", "con", "com", "onde", "где", "при", "и", "для", "затем",
        "其中", "然后", "更新", "计算", "ここで", "次に",
    ];

    /// <summary>Words behind which a sentence explains what it used before.</summary>
    private static readonly HashSet<string> Explaining = ["where", "with", "here", "avec", "où", "mit", "wobei", "donde", "con", "onde", "где", "при", "其中", "ここで"];

    public static bool Explains(string word) => Explaining.Contains(word.ToLowerInvariant());

    public static bool IsLoop(string word) => Loops.Contains(word.ToLowerInvariant());

    /// <summary>True for a loop without a condition before its body.</summary>
    public static bool IsBareLoop(string word) => word.ToLowerInvariant() is "repeat" or "loop";

    public static bool IsHeading(string word) => Headings.Contains(word.ToLowerInvariant());

    public static bool IsBeginning(string word) => Beginnings.Contains(word.ToLowerInvariant());

    public static bool IsChoice(string word) => Choices.Contains(word.ToLowerInvariant());

    /// <summary>True for a word behind which a value may stand that must be computed.</summary>
    public static bool Returns(string word) => word.ToLowerInvariant() is "return" or "returns" or "output" or "outputs";

    /// <summary>True for a word behind which stands what a name is.</summary>
    public static bool Tells(string word) => word.ToLowerInvariant() is "is" or "are" or "denotes" or "denote" or "represents" or "controls" or "ist" or "est" or "es" or "is:" or "bezeichnet";

    public static bool IsConnective(string word) => Connectives.Contains(word.ToLowerInvariant());

    /// <summary>True for a word that no paper uses as a name.</summary>
    public static bool IsWord(string word) =>
        word.Length > 1 && (IsLoop(word) || IsHeading(word) || IsBeginning(word) || IsChoice(word) || IsConnective(word));
}
