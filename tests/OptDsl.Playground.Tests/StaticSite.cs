using System.Net;
using System.Net.Sockets;

namespace OptDsl.Playground.Tests;

/// <summary>Serves the published files, compressed where they are, and nothing else.</summary>
internal sealed class StaticSite : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _folder;

    public StaticSite(string folder)
    {
        _folder = folder;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await Answer(context);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The browser left, or the site closes.
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, context.Request.Url!.AbsolutePath.TrimStart('/') is { Length: > 0 } file ? file : "index.html"));
        if (!path.StartsWith(_folder, StringComparison.Ordinal) || !File.Exists(path))
        {
            context.Response.StatusCode = 404;
            context.Response.Close();
            return;
        }

        var isCompressed = File.Exists(path + ".br");
        var content = await File.ReadAllBytesAsync(isCompressed ? path + ".br" : path);
        if (isCompressed)
            context.Response.Headers["Content-Encoding"] = "br";
        context.Response.ContentType = Path.GetExtension(path) switch { ".html" => "text/html", ".js" => "text/javascript", ".css" => "text/css", ".wasm" => "application/wasm", ".json" => "application/json", _ => "application/octet-stream" };
        context.Response.ContentLength64 = content.Length;
        await context.Response.OutputStream.WriteAsync(content);
        context.Response.Close();
    }
}
