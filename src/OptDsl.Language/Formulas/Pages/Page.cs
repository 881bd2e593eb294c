namespace OptDsl.Language.Formulas.Pages;

/// <summary>Reads the formulas out of the languages that pages are written in, before characters become tokens.</summary>
internal static class Page
{
    private static readonly Func<string, PlainText?>[] Readings = [Macros.Expand, Islands.Read, MathMl.Read, LostScripts.Restore, Worded.Read];

    /// <summary>The text without what belongs to the page, or null where nothing does.</summary>
    public static PlainText? Read(string text)
    {
        PlainText? page = null;
        foreach (var reading in Readings)
        {
            if (reading(page?.Text ?? text) is { } next)
                page = page is null ? next : page.Then(next);
        }

        return page;
    }
}
