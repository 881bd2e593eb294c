using OptDsl.Language.Formulas.Diagnostics;
using OptDsl.Language.Formulas.Syntax;

namespace OptDsl.Language.Formulas.Binding;

/// <summary>
/// Finds the declared name that somebody meant by an unknown one. A name with another number, accent or prime is another quantity and no
/// slip, so that <c>β₂</c> is never offered for <c>β₁</c>, nor <c>m</c> for <c>m̂</c>.
/// </summary>
internal sealed class NameSuggestions(Scope scope, string text)
{
    /// <summary>The name as it is declared, and why; null where none is near.</summary>
    public (string Name, string Why)? Find(string name) =>
        Spelled(name) ?? Letter(name) ?? Capital(name) ?? Property(name) ?? LostSubscript(name) ?? Near(name);

    private static (string, string) Meant(string name) => (name, $"did you mean '{name}'?");

    /// <summary><c>eta</c> where <c>η</c> is declared.</summary>
    private (string, string)? Spelled(string name)
    {
        var letters = new string([.. name.TakeWhile(char.IsLetter)]);
        return LatexCommands.LetterNames.TryGetValue(letters, out var greek) && scope.IsDeclared(greek + name.Substring(letters.Length))
            ? Meant(scope.Display(greek + name.Substring(letters.Length))) : null;
    }

    /// <summary><c>η</c> where <c>eta</c> is declared.</summary>
    private (string, string)? Letter(string name)
    {
        var spelled = LatexCommands.LetterNames.Where(letter => name.StartsWith(letter.Value, StringComparison.Ordinal)).Select(letter => letter.Key + name.Substring(letter.Value.Length)).FirstOrDefault(scope.IsDeclared);
        return spelled is null ? null : (scope.Display(spelled), $"'{scope.Display(spelled)}' is, which is the letter's name; write one of the two in both places");
    }

    private (string, string)? Capital(string name) =>
        scope.Visible.FirstOrDefault(visible => visible != name && string.Equals(visible, name, StringComparison.OrdinalIgnoreCase)) is { } other ? Meant(scope.Display(other)) : null;

    /// <summary><c>LearningRate</c>, the property of a hyper-parameter.</summary>
    private (string, string)? Property(string name) => scope.Hypers.FirstOrDefault(hyper => UsualNames.AreSpelledAlike(hyper.Source.Property, name)) is { } hyper
        ? (hyper.Source.Symbol, $"formulas call the property {hyper.Source.Property} by its symbol '{hyper.Source.Symbol}'") : null;

    /// <summary><c>lr</c> and <c>α</c> where the learning rate is declared as <c>η</c>, and the formulas have no use for it.</summary>
    public HyperSource? Unused(string name) => scope.Hypers.FirstOrDefault(hyper =>
        text.IndexOf(hyper.Source.Symbol, StringComparison.Ordinal) < 0 && (UsualNames.AreOne(hyper.Source.Property, name) || UsualNames.AreOne(hyper.Source.Symbol, name)))?.Source;

    /// <summary>What to write where the declaration has what a name means, but so that formulas do not see it.</summary>
    /// <param name="name">The name in the formulas.</param>
    /// <param name="isExact">True for members of that name alone, false also for those that usually mean the same.</param>
    public string? Unseen(string name, bool isExact) => scope.Unseen.FirstOrDefault(member =>
        member.Symbol == name || UsualNames.AreSpelledAlike(member.Name, name) || (!isExact && member.Symbol is null && UsualNames.AreOne(member.Name, name))) is { } member
        ? string.Format(System.Globalization.CultureInfo.InvariantCulture, member.Advice, scope.Display(name)) : null;

    /// <summary><c>mt</c> where <c>m</c> is declared: text that is copied from a page loses its subscripts.</summary>
    private (string, string)? LostSubscript(string name)
    {
        if (scope.Step is not { Length: > 0 } step || name.Length <= step.Length || !name.EndsWith(step, StringComparison.Ordinal) || !scope.IsDeclared(name.Substring(0, name.Length - step.Length)))
            return null;
        var timed = $"{scope.Display(name.Substring(0, name.Length - step.Length))}_{step}";
        return (timed, $"if a subscript was lost in copying, write '{timed}'");
    }

    private (string, string)? Near(string name) =>
        Nearest.To(name, scope.Visible.Where(visible => visible != scope.Step && Bare(visible) != Bare(name) && !(Bare(name).Length == 1 && Bare(visible).Length == 1 && name.Length + visible.Length > 2))) is { } nearest ? Meant(scope.Display(nearest)) : null;

    /// <summary>The letters without numbers, accents and primes.</summary>
    private static string Bare(string name) =>
        new([.. LetterForms.Decompose(name).Where(char.IsLetter)]);
}
