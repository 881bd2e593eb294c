using Microsoft.Playwright;

namespace OptDsl.Playground.Tests;

/// <summary>The open page, with what happened on it.</summary>
public sealed class Playground : IAsyncDisposable
{
    private readonly List<string> _requests = [];
    private readonly List<string> _errors = [];

    private Playground(IPage page) => Page = page;

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The addresses that it asked for.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>The length of all that was sent to it, compressed as it was.</summary>
    public long Bytes { get; private set; }

    /// <summary>Errors of its console, and dialogs.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The editor.</summary>
    public ILocator Formulas => Page.Locator("#formulas");

    /// <summary>What is said about the formulas.</summary>
    public ILocator Findings => Page.Locator("#findings");

    /// <summary>Loads the page and waits for the language.</summary>
    public static async Task<Playground> Open(IPage page, string address)
    {
        var playground = new Playground(page);
        page.Request += (_, request) => playground._requests.Add(request.Url);
        page.Response += (_, response) =>
        {
            if (response.Headers.TryGetValue("content-length", out var length))
                playground.Bytes += long.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                playground._errors.Add(message.Text);
        };
        page.PageError += (_, error) => playground._errors.Add(error);
        page.Dialog += (_, dialog) =>
        {
            playground._errors.Add("dialog " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(address);
        await playground.Formulas.WaitForAsync();
        return playground;
    }

    /// <summary>The marked characters of the formulas.</summary>
    public async Task<IReadOnlyList<string>> Marks() => await Page.Locator("section .backdrop mark").AllInnerTextsAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
