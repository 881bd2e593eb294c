using static OptDsl.Language.Backends.CSharp.RuntimeContract;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Writes the check that buffers share no memory. Few are compared pair by pair, in a handful of instructions each; of many, where
/// the pairs would be most of the file, the places are sorted.
/// </summary>
/// <param name="writer">Receives the check.</param>
/// <param name="buffers">The arguments to compare.</param>
/// <param name="stem">What the lists of their names begin with.</param>
/// <param name="isNumber">True for references to one number, false for spans.</param>
/// <param name="names">Where names of variables beside the arguments come from.</param>
internal sealed class SeparationEmitter(CodeWriter writer, IReadOnlyList<CheckedBuffer> buffers, string stem, bool isNumber, Identifiers names)
{
    private const string Extent = Kernels + MemoryExtent.Name;

    // Fifteen pairs; a step over small tensors feels more.
    private const int MostInPairs = 6;

    // A stack is not without end.
    private const int MostOnStack = 1024;

    private readonly string _extents = names.Unique("extents");
    private readonly string _collections = names.Unique("collections");

    private bool InPairs => buffers.Count <= MostInPairs && buffers.All(buffer => buffer.Type is null);

    private string Reference => isNumber ? "ref " : "";

    /// <summary>Writes the fields that the check needs.</summary>
    public void WriteLists()
    {
        if (InPairs)
            return;
        writer.Line($"private static readonly string[] {stem}Symbols = [{string.Join(", ", buffers.Select(buffer => CSharp.Quote(buffer.Symbol)))}];");
        writer.Line($"private static readonly string[] {stem}Arguments = [{string.Join(", ", buffers.Select(buffer => buffer.QuotedName))}];");
        writer.Line();
    }

    public void Write()
    {
        if (InPairs)
            WritePairs();
        else
            WriteSorted();
    }

    private void WritePairs()
    {
        for (var i = 0; i < buffers.Count; i++)
        {
            for (var j = i + 1; j < buffers.Count; j++)
            {
                var (first, second) = (buffers[i], buffers[j]);
                writer.Line($"{Kernels}{RuleChecks.Separate}({CSharp.Quote(first.Symbol)}, {Reference}{first.Name}, {CSharp.Quote(second.Symbol)}, {Reference}{second.Name}, {second.QuotedName});");
            }
        }
    }

    private void WriteSorted()
    {
        var count = CSharp.Int(buffers.Count);
        writer.Line($"global::System.Span<{Extent}> {_extents} = {(buffers.Count <= MostOnStack ? "stackalloc" : "new")} {Extent}[{count}];");
        writer.Line($"int {_collections};");
        writer.Line("do");
        using (writer.Block())
        {
            // A collection may move an array that has been looked at.
            writer.Line($"{_collections} = global::System.GC.CollectionCount(0);");
            for (var i = 0; i < buffers.Count; i++)
                writer.Line($"{_extents}[{CSharp.Int(i)}] = {Kernels}{RuleChecks.Extent}({CSharp.Int(i)}, {Reference}{buffers[i].Name});");
        }

        writer.Line($"while ({_collections} != global::System.GC.CollectionCount(0));");
        writer.Line($"{Kernels}{RuleChecks.Separate}({_extents}, {stem}Symbols, {stem}Arguments);");
    }
}

/// <summary>An argument that needs memory of its own.</summary>
/// <param name="Name">Its C# name.</param>
/// <param name="Symbol">Its symbol in the formulas.</param>
internal sealed record CheckedBuffer(string Name, string Symbol)
{
    /// <summary>The type of its elements, where it is not that of the others.</summary>
    public string? Type { get; init; }

    /// <summary>The name as a literal: what <c>nameof</c> would be, which a symbol may be called.</summary>
    public string QuotedName => CSharp.Quote(Name.TrimStart('@'));
}
