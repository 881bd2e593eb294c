using OptDsl.Language.Documents;
using OptDsl.Language.Formulas.Diagnostics;

namespace OptDsl.Tool.Rules;

/// <summary>Reads rules from C# sources and from rule files.</summary>
internal static class RuleLoader
{
    /// <summary>All rules of some files, and what is wrong with them.</summary>
    public static (IReadOnlyList<LoadedRule> Rules, IReadOnlyList<Problem> Problems) Load(IEnumerable<string> paths)
    {
        var (rules, problems) = (new List<LoadedRule>(), new List<Problem>());
        var files = paths.SelectMany(Expand).Distinct().ToList();
        var sources = files.Where(IsCSharp).ToList();
        if (sources.Count > 0)
            CSharpFiles.Load(sources, rules, problems);
        foreach (var file in files.Where(file => !IsCSharp(file)))
            RuleTextFiles.Load(file, rules, problems);
        return (rules, [.. problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)]);
    }

    /// <summary>One rule: of <c>FILE</c>, or of <c>FILE:NAME</c> where a file has several.</summary>
    /// <exception cref="ToolException">There is no such file or rule, or there are several.</exception>
    public static LoadedRule One(string reference)
    {
        var colon = reference.LastIndexOf(':');
        var (file, name) = colon > 1 && !File.Exists(reference) ? (reference[..colon], reference[(colon + 1)..]) : (reference, null);
        var (rules, problems) = Load([file]);
        if (problems.FirstOrDefault(problem => problem.Severity == Severity.Error && problem.Id == HeaderProblem.Id) is { } problem)
            throw new ToolException($"{problem.File}({problem.Line},{problem.Column}): {problem.Message}");
        var found = rules.Where(rule => name is null || rule.Name == name).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ToolException(name is null ? $"'{file}' declares no rule" : $"'{file}' declares no rule '{name}'; it has {string.Join(", ", rules.Select(rule => rule.Name))}"),
            _ => throw new ToolException($"'{file}' declares {string.Join(", ", found.Select(rule => rule.Name))}; say which: {file}:{found[0].Name}"),
        };
    }

    private static bool IsCSharp(string file) => file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Expand(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => IsCSharp(file) || file.EndsWith(".rule", StringComparison.OrdinalIgnoreCase))
                .Where(file => !file.Split('/', '\\').Any(part => part is "bin" or "obj"))
                .Order(StringComparer.Ordinal);
        }

        return File.Exists(path) ? [path] : throw new ToolException($"there is no file '{path}'");
    }
}
