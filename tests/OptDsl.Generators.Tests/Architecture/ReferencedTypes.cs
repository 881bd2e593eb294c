using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Which foreign types an assembly's types use, in signatures, fields and method bodies, read from its metadata.</summary>
internal static class ReferencedTypes
{
    /// <summary>Pairs of a type in a namespace of the assembly and a type of another assembly that it uses.</summary>
    public static IReadOnlyList<(string User, string Used)> From(string assemblyPath, string usersNamespace)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        var metadata = file.GetMetadataReader();
        var uses = new HashSet<(string, string)>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var name = FullName(metadata, handle);
            if (!name.StartsWith(usersNamespace + ".", StringComparison.Ordinal))
                continue;
            foreach (var used in Uses(file, metadata, metadata.GetTypeDefinition(handle)))
                uses.Add((name, used));
        }

        return [.. uses.Order()];
    }

    private static IEnumerable<string> Uses(PEReader file, MetadataReader metadata, TypeDefinition type)
    {
        var names = new NameCollector();
        names.Add(metadata, type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations())
            names.Add(metadata, metadata.GetInterfaceImplementation(implementation).Interface);
        foreach (var field in type.GetFields())
            metadata.GetFieldDefinition(field).DecodeSignature(names, metadata);
        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            method.DecodeSignature(names, metadata);
            if (method.RelativeVirtualAddress == 0)
                continue;
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
                metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, metadata);
            foreach (var token in InstructionTokens.In(body.GetILBytes()!))
                names.Add(metadata, token);
        }

        return names.Names;
    }

    private static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{FullName(metadata, outer)}+{metadata.GetString(type.Name)}"
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
