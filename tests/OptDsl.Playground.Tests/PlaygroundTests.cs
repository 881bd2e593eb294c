using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OptDsl.Playground.Tests;

/// <summary>The page in a real browser, used as its readers use it.</summary>
public sealed class PlaygroundTests(Published published, ITestOutputHelper output)
{
    private const string Adam = "m = β₁m + (1-β₁)g\nv = β₂v + (1-β₂)g²\nW = W - η m / (√v + ε)";

    [Fact]
    public async Task A_missing_correction_is_seen_under_its_characters_and_mended_by_a_click()
    {
        await using var page = await published.Open();
        await page.Formulas.FillAsync("");
        await page.Formulas.PressSequentiallyAsync(Adam);

        await Expect(page.Findings).ToContainTextAsync("OPT301");
        await Expect(page.Findings).ToContainTextAsync("3.162 times the settled one, the largest 6.569 times at t = 12");
        Assert.Equal(["m", "v"], (await page.Marks()).Select(mark => mark.Trim()));
        await Expect(page.Page.Locator(".picture").First).ToContainTextAsync("the step at t = 1 is 3.162 times the settled one, the largest 6.569 times at t = 12");

        await page.Page.GetByText("Correct the bias of 'm', correct the bias of 'v'").ClickAsync();
        await Expect(page.Findings).ToContainTextAsync("Nothing is wrong");
        Assert.Empty(await page.Marks());
        await Expect(page.Page.Locator(".picture").First).ToContainTextAsync("the step at t = 1 is 1 times the settled one, the largest 1 times");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task All_is_mended_by_one_click()
    {
        await using var page = await published.Open();
        await Expect(page.Findings).ToContainTextAsync("OPT301");
        await page.Page.Locator("#mend").ClickAsync();
        await Expect(page.Findings).ToContainTextAsync("Nothing is wrong");
        Assert.Empty(await page.Marks());
        await Expect(page.Page.Locator("#mend")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Nothing_is_asked_of_another_host_and_the_first_load_is_small()
    {
        await using var page = await published.Open();
        await page.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.All(page.Requests, request => Assert.True(request.StartsWith(published.Address, StringComparison.Ordinal) || request.StartsWith("data:", StringComparison.Ordinal), request));
        var bytes = page.Bytes;
        output.WriteLine($"first load: {bytes / 1e6:0.00} MB in {page.Requests.Count} requests");
        Assert.InRange(bytes, 500_000, 3_000_000);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_keystroke_redraws_everything()
    {
        await using var page = await published.Open();
        await page.Formulas.PressAsync("Control+End");
        for (var i = 0; i < 30; i++)
        {
            await page.Formulas.PressAsync(i % 2 == 0 ? "Space" : "Backspace");
            await page.Page.WaitForTimeoutAsync(30);
        }

        var times = (await page.Page.EvaluateAsync<double[]>("playgroundTimes")).ToArray();
        Assert.InRange(times.Length, 25, 40);
        var warm = times.Skip(10).Order().ToArray();
        output.WriteLine($"a keystroke to everything redrawn: first {times[0]:0} ms, then fastest {warm[0]:0} ms, median {warm[warm.Length / 2]:0} ms, slowest {warm[^1]:0} ms");
    }

    [Fact]
    public async Task A_link_holds_the_whole_state()
    {
        await using var page = await published.Open();
        await page.Formulas.FillAsync("v = μv + g\nW = W - ηv");
        await page.Page.Locator("#language").SelectOptionAsync("c");
        await page.Page.GetByLabel("The value of μ").FillAsync("0.75");
        await page.Page.GetByLabel("The value of μ").PressAsync("Tab");
        await Expect(page.Page.Locator("#code")).ToContainTextAsync("void myrule(");
        var link = page.Page.Url;

        await using var other = await published.Open(new Uri(link).Fragment);
        await Expect(other.Formulas).ToHaveValueAsync("v = μv + g\nW = W - ηv");
        await Expect(other.Page.GetByLabel("The value of μ")).ToHaveValueAsync("0.75");
        await Expect(other.Page.Locator("#code")).ToContainTextAsync("void myrule(");
    }

    [Theory]
    [InlineData("#%%%")]
    [InlineData("#AAAA")]
    [InlineData("#javascript:alert(1)")]
    public async Task A_broken_link_shows_the_first_example(string link)
    {
        await using var page = await published.Open(link);
        await Expect(page.Formulas).ToHaveValueAsync(Adam);
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(1)>")]
    [InlineData("W = W - \"><svg onload=alert(1)>")]
    [InlineData("W = W - \u202egη\u202c\u200f")]
    [InlineData("state \"<img src=x onerror=alert(1)>\"\nW = W - g")]
    [InlineData("\ud800 = \0\u0001")]
    public async Task A_hostile_text_stays_a_text(string text)
    {
        await using var page = await published.Open();
        await page.Formulas.FillAsync(text);
        await Expect(page.Findings).ToContainTextAsync("OPT");
        Assert.Equal(0, await page.Page.Locator("#app img, #app script, #app [onload], #app [onerror]").CountAsync());
        await page.Formulas.FillAsync("W = W - ηg");
        await Expect(page.Page.Locator("#typeset math")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Ten_thousand_characters_are_read()
    {
        await using var page = await published.Open();
        await page.Formulas.FillAsync("W = W - η(" + string.Concat(Enumerable.Repeat("g + ", 2500)) + "g)");
        await page.Formulas.FillAsync("W = W - ηg");
        await Expect(page.Findings).ToContainTextAsync("Nothing is wrong", new() { Timeout = 60_000 });
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Everything_that_is_used_has_a_name()
    {
        await using var page = await published.Open();
        var unnamed = await page.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("button, select, textarea, input, svg[role=img], [role=listbox], [role=toolbar]")]
                .filter(item => !(item.getAttribute("aria-label") || item.textContent.trim() || item.labels?.length)).map(item => item.outerHTML)
            """);
        Assert.Empty(unnamed);
        await Expect(page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Formulas, one assignment a line" })).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Slider, new() { Name = "β₁" })).ToBeVisibleAsync();
        Assert.NotEqual("", await page.Page.Locator("math").GetAttributeAsync("alttext"));
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var page = await published.Open();
        await page.Formulas.FocusAsync();
        await page.Formulas.PressAsync("Control+A");
        await page.Page.Keyboard.TypeAsync("W = W - \\et");
        await Expect(page.Page.Locator("#completion [aria-selected=true]")).ToContainTextAsync("η");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Formulas).ToHaveValueAsync("W = W - η");
        await page.Page.Keyboard.TypeAsync("g^");
        await page.Page.Keyboard.PressAsync("Backspace");
        await Expect(page.Findings).ToContainTextAsync("Nothing is wrong");

        await page.Formulas.FillAsync(Adam);
        await Expect(page.Page.Locator(".fix").First).ToBeVisibleAsync();
        await page.Formulas.FocusAsync();
        for (var i = 0; i < 8 && await page.Page.EvaluateAsync<bool>("document.activeElement.className !== 'fix'"); i++)
            await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Findings).Not.ToContainTextAsync("m is a zero-initialised average");
    }

    [Fact]
    public async Task Every_rule_of_the_library_is_set_drawn_and_written()
    {
        await using var page = await published.Open();
        var names = await page.Page.Locator("#examples option").EvaluateAllAsync<string[]>("options => options.map(option => option.value).filter(value => value)");
        Assert.Equal(45, names.Length);
        foreach (var name in names)
        {
            await page.Page.Locator("#examples").SelectOptionAsync(name);
            await Expect(page.Page.Locator("#code")).ToContainTextAsync($"class {name}(Optimizer):");
            Assert.True(await page.Page.Locator("#typeset mtable").First.EvaluateAsync<double>("table => table.getBoundingClientRect().height") > 20, name);
            Assert.Equal(0, await page.Page.Locator(".finding.error").CountAsync());
        }

        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData("desktop", 1280, 900)]
    [InlineData("telephone", 390, 844)]
    public async Task Nothing_is_wider_than_the_screen(string name, int width, int height)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var page = await published.Open(width: width, height: height, scheme: scheme);
            await Expect(page.Page.Locator(".fix").First).ToBeVisibleAsync();
            Assert.True(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);

            // Charts shrink with the screen; their letters must stay letters.
            Assert.True(await page.Page.EvaluateAsync<double>("Math.min(...[...document.querySelectorAll('.tick, .key')].map(text => parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width / 520))") >= 10);
            if (Environment.GetEnvironmentVariable("OPTDSL_SCREENSHOTS") is { } folder)
                await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
        }
    }
}
