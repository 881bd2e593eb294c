using System.Diagnostics;
using System.Reflection;
using Microsoft.Playwright;
using OptDsl.Playground.Tests;

[assembly: AssemblyFixture(typeof(Published))]

namespace OptDsl.Playground.Tests;

/// <summary>The published page and a browser: made once for all tests.</summary>
public sealed class Published : IAsyncLifetime
{
    private static readonly string s_chromium = Environment.GetEnvironmentVariable("OPTDSL_CHROMIUM") ?? "/usr/bin/chromium";
    private StaticSite? _site;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } =
        Path.GetFullPath(typeof(Published).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Repository").Value!);

    /// <summary>Where the page is served.</summary>
    public string Address => _site!.Address;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(s_chromium))
            return;
        var folder = Environment.GetEnvironmentVariable("OPTDSL_PLAYGROUND") ?? Path.Combine(Repository, "artifacts", "playground");
        if (Environment.GetEnvironmentVariable("OPTDSL_PLAYGROUND") is null)
        {
            using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(Repository, "samples", "Playground"), "-c", "Release", "--artifacts-path", folder + "-build", "-o", folder, "-v", "q", "-nologo"]) { RedirectStandardOutput = true })!;
            var output = await publish.StandardOutput.ReadToEndAsync();
            await publish.WaitForExitAsync();
            Assert.True(publish.ExitCode == 0, output);
        }

        _site = new StaticSite(Path.Combine(folder, "wwwroot"));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = s_chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh page with the playground; skips the test where no browser is.</summary>
    public async Task<Playground> Open(string link = "", int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        if (_browser is null)
        {
            var missing = $"no browser at {s_chromium}; install Debian's 'chromium', or name one in OPTDSL_CHROMIUM";
            if (Environment.GetEnvironmentVariable("OPTDSL_REQUIRE_BROWSER") == "1")
                Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        return await Playground.Open(await context.NewPageAsync(), Address + link);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        _site?.Dispose();
    }
}
