using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace OptDsl.Generators.Declarations;

/// <summary>
/// Names generated files: by the metadata name of the type, which is unique but for its case. The metadata name of a type
/// local to a file has angle brackets, which file names may not have.
/// </summary>
internal static class HintName
{
    // The names under a symbol that another differs from in case only: asked for by every rule of a namespace.
    private static readonly ConditionalWeakTable<INamespaceOrTypeSymbol, HashSet<string>> s_twins = new();

    public static string For(INamedTypeSymbol type)
    {
        var name = MetadataName(type);
        if (HasTwin(type))
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

    /// <summary>True where the type, or something around it, differs from a neighbour in case only; files are named without regard to case.</summary>
    private static bool HasTwin(INamedTypeSymbol type)
    {
        for (ISymbol symbol = type; symbol.ContainingSymbol is INamespaceOrTypeSymbol parent; symbol = parent)
        {
            if (s_twins.GetValue(parent, Twins).Contains(symbol.MetadataName))
                return true;
        }

        return false;
    }

    private static HashSet<string> Twins(INamespaceOrTypeSymbol parent)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var twins = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in parent.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (!names.Add(member.MetadataName))
                twins.Add(member.MetadataName);
        }

        return twins;
    }

    /// <summary>Enough of a hash that no two names share it.</summary>
    private static string Fingerprint(string name)
    {
        using var hash = SHA256.Create();
        return string.Concat(hash.ComputeHash(Encoding.Unicode.GetBytes(name)).Take(16).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
