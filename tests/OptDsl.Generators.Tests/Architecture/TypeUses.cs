using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Which types an assembly's types use, in signatures, fields, attributes and method bodies, read from its metadata.</summary>
internal static class TypeUses
{
    /// <summary>Pairs of a type of the assembly, the outermost where types are nested, and another type that it uses, own or foreign.</summary>
    public static IReadOnlyList<TypeUse> In(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var metadata = file.GetMetadataReader();
        var uses = new HashSet<TypeUse>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var user = NameCollector.NameOf(metadata, handle);
            foreach (var used in Uses(file, metadata, metadata.GetTypeDefinition(handle)))
            {
                if (used != user)
                    uses.Add(new TypeUse(user, used));
            }
        }

        return [.. uses.OrderBy(use => use.User, StringComparer.Ordinal).ThenBy(use => use.Used, StringComparer.Ordinal)];
    }

    private static IReadOnlyCollection<string> Uses(PEReader file, MetadataReader metadata, TypeDefinition type)
    {
        var names = new NameCollector();
        names.Add(metadata, type.BaseType);
        names.AddAttributes(metadata, type.GetCustomAttributes());
        names.AddConstraints(metadata, type.GetGenericParameters());
        foreach (var implementation in type.GetInterfaceImplementations())
            names.Add(metadata, metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (var handle in type.GetFields())
        {
            var field = metadata.GetFieldDefinition(handle);
            field.DecodeSignature(names, metadata);
            names.AddAttributes(metadata, field.GetCustomAttributes());
        }

        foreach (var handle in type.GetProperties())
            names.AddAttributes(metadata, metadata.GetPropertyDefinition(handle).GetCustomAttributes());
        foreach (var handle in type.GetMethods())
            AddMethod(file, metadata, metadata.GetMethodDefinition(handle), names);
        return names.Names;
    }

    private static void AddMethod(PEReader file, MetadataReader metadata, MethodDefinition method, NameCollector names)
    {
        method.DecodeSignature(names, metadata);
        names.AddAttributes(metadata, method.GetCustomAttributes());
        names.AddConstraints(metadata, method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, metadata);
        foreach (var region in body.ExceptionRegions)
            names.Add(metadata, region.CatchType);
        foreach (var token in InstructionTokens.In(body.GetILBytes()!))
            names.Add(metadata, token);
    }
}

/// <summary>One type uses another; both by their full names.</summary>
internal sealed record TypeUse(string User, string Used)
{
    public string UserNamespace => NamespaceOf(User);

    public string UsedNamespace => NamespaceOf(Used);

    private static string NamespaceOf(string type) => type[..Math.Max(0, type.LastIndexOf('.'))];
}
