namespace OptDsl.Exports.Tests.Rules;

internal enum CaseSet
{
    /// <summary>The rules of the library with their options.</summary>
    Library,

    /// <summary>A rule for each construct of the language.</summary>
    Constructs,

    /// <summary>Rules drawn at random.</summary>
    Random,
}

internal static class Cases
{
    public static IReadOnlyList<ExportCase> Of(CaseSet set) => set switch
    {
        CaseSet.Library => LibraryCase.All,
        CaseSet.Constructs => ConstructCases.All,
        _ => RandomCases.All,
    };

    public static ExportCase Of(CaseSet set, string name) => Of(set).Single(item => item.Name == name);
}
