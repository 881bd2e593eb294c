using System.Globalization;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Declarations;

/// <summary>
/// Names generated files: by the metadata name of the type, which is unique but for its case. The metadata name of a type
/// local to a file has angle brackets, which file names may not have.
/// </summary>
internal static class HintName
{
    public static string For(INamedTypeSymbol type)
    {
        var path = new Stack<string>();
        ISymbol current = type;
        while (current is not INamespaceSymbol { IsGlobalNamespace: true })
        {
            path.Push(current.MetadataName);
            current = current.ContainingSymbol;
        }

        var name = MetadataName(type);
        var twins = Count((INamespaceSymbol)current, path.ToArray(), 0);
        if (twins > 1)
            name = $"{name}-{Fingerprint(name)}";
        return $"{name.Replace('<', '(').Replace('>', ')')}.g.cs";
    }

    private static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{MetadataName(outer)}+{type.MetadataName}";
        var space = type.ContainingNamespace;
        return space.IsGlobalNamespace ? type.MetadataName : $"{space.ToDisplayString(Plain)}.{type.MetadataName}";
    }

    private static readonly SymbolDisplayFormat Plain = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>How many types of the project have this path when case is ignored, as file names are compared.</summary>
    private static int Count(INamespaceOrTypeSymbol parent, string[] path, int depth) =>
        parent.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .Where(member => string.Equals(member.MetadataName, path[depth], StringComparison.OrdinalIgnoreCase)
                && member.DeclaringSyntaxReferences.Length > 0)
            .Sum(member => depth == path.Length - 1 ? (member is INamedTypeSymbol ? 1 : 0) : Count(member, path, depth + 1));

    /// <summary>FNV-1a over the UTF-16 code units.</summary>
    private static string Fingerprint(string name)
    {
        var hash = 2166136261;
        foreach (var c in name)
            hash = unchecked((hash ^ c) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
