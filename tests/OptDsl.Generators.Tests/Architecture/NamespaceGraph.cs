namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Who uses whom among the namespaces of one assembly.</summary>
internal sealed class NamespaceGraph
{
    private readonly ILookup<string, TypeUse> _uses;

    private NamespaceGraph(IEnumerable<TypeUse> uses, string root)
    {
        // What the compiler adds to every assembly lies in namespaces of the framework.
        var own = uses.Where(use => IsOwn(use.UserNamespace) && IsOwn(use.UsedNamespace) && use.UserNamespace != use.UsedNamespace).ToList();
        _uses = own.ToLookup(use => use.UserNamespace);
        Namespaces = [.. own.SelectMany(use => new[] { use.UserNamespace, use.UsedNamespace }).Distinct().Order(StringComparer.Ordinal)];

        bool IsOwn(string name) => name == root || name.StartsWith(root + ".", StringComparison.Ordinal);
    }

    public static NamespaceGraph From(IEnumerable<TypeUse> uses, string root) => new(uses, root);

    /// <summary>The graph of an assembly whose namespaces begin with its name.</summary>
    public static NamespaceGraph Of(string assemblyPath) => new(TypeUses.In(assemblyPath), Path.GetFileNameWithoutExtension(assemblyPath));

    public IReadOnlyList<string> Namespaces { get; }

    /// <summary>Uses of a type of one namespace by a type of another.</summary>
    public IEnumerable<TypeUse> Uses => _uses.SelectMany(uses => uses);

    /// <summary>The groups of namespaces that each reach one another.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles()
    {
        var reached = Namespaces.ToDictionary(name => name, Reachable);
        return [.. Namespaces.Where(name => reached[name].Contains(name))
            .GroupBy(name => string.Join(", ", reached[name].Where(other => reached[other].Contains(name)).Order(StringComparer.Ordinal)))
            .Select(group => group.ToList())];
    }

    private HashSet<string> Reachable(string start)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var name))
        {
            foreach (var used in _uses[name].Select(use => use.UsedNamespace).Where(reached.Add))
                open.Push(used);
        }

        return reached;
    }
}
