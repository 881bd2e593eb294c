using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Tests.Infrastructure;

/// <summary>
/// Sources and what is generated for them, compiled with every warning an error and loaded; unloaded when disposed. Each
/// source is compiled with checked and with unchecked arithmetic.
/// </summary>
internal sealed class CompiledCode : IDisposable
{
    private readonly AssemblyLoadContext _context;

    private CompiledCode(AssemblyLoadContext context, Assembly assembly)
    {
        _context = context;
        Assembly = assembly;
    }

    public Assembly Assembly { get; }

    /// <summary>Compiles both ways and loads the one asked for.</summary>
    public static CompiledCode Load(bool checkOverflow, params string[] sources)
    {
        using var other = Emit(!checkOverflow, sources);
        using var image = Emit(checkOverflow, sources);
        var context = new AssemblyLoadContext(nameof(CompiledCode), isCollectible: true);
        return new CompiledCode(context, context.LoadFromStream(image));
    }

    public static CompiledCode Load(params string[] sources) => Load(checkOverflow: false, sources);

    /// <summary>An instance of a type by its full name.</summary>
    public object Create(string typeName) => Activator.CreateInstance(Assembly.GetType(typeName, throwOnError: true)!)!;

    /// <summary>Calls a static method by the full name of its type.</summary>
    public object? Call(string typeName, string method, params object?[] arguments) =>
        Assembly.GetType(typeName, throwOnError: true)!
            .GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    public void Dispose() => _context.Unload();

    private static MemoryStream Emit(bool checkOverflow, string[] sources)
    {
        var compilation = TestCompilation.Create(SourceFile.Numbered(sources));
        var run = GeneratorRun.Of(compilation.WithOptions(compilation.Options.WithOverflowChecks(checkOverflow).WithAllowUnsafe(true)));
        var image = new MemoryStream();
        using var documentation = new MemoryStream();
        var result = run.Compilation.Emit(image, xmlDocumentationStream: documentation, cancellationToken: TestContext.Current.CancellationToken);
        var problems = result.Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).ToArray();
        if (problems.Length > 0)
        {
            Assert.Fail(string.Join('\n', problems.Select(problem => problem.ToString()))
                + "\n\n" + string.Join('\n', run.Files.Select(file => $"// {file.HintName}\n{file.SourceText}")));
        }

        image.Position = 0;
        return image;
    }
}
