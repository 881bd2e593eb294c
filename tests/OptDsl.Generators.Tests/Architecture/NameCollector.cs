using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace OptDsl.Generators.Tests.Architecture;

/// <summary>Collects the names of the types, own and foreign, that signatures and instructions mention.</summary>
internal sealed class NameCollector : ISignatureTypeProvider<string, MetadataReader>
{
    private readonly HashSet<string> _names = [];

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The full name of a type of the assembly; of a nested one that of the type around it.</summary>
    public static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? NameOf(metadata, outer)
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    public void AddAttributes(MetadataReader metadata, CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
            Add(metadata, metadata.GetCustomAttribute(attribute).Constructor);
    }

    public void AddConstraints(MetadataReader metadata, GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
            Add(metadata, metadata.GetGenericParameterConstraint(constraint).Type);
    }

    public void Add(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition when !handle.IsNil:
                GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0);
                break;
            case HandleKind.MethodDefinition:
                GetTypeFromDefinition(metadata, metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType(), 0);
                break;
            case HandleKind.FieldDefinition:
                GetTypeFromDefinition(metadata, metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType(), 0);
                break;
            case HandleKind.TypeReference when !handle.IsNil:
                GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, metadata);
                break;
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                Add(metadata, member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method)
                    member.DecodeMethodSignature(this, metadata);
                else
                    member.DecodeFieldSignature(this, metadata);
                break;
            case HandleKind.MethodSpecification:
                var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(metadata, method.Method);
                method.DecodeSignature(this, metadata);
                break;
        }
    }

    public void Add(MetadataReader metadata, int token)
    {
        if (MetadataTokens.Handle(token) is { Kind: not HandleKind.UserString } handle)
            Add(metadata, (EntityHandle)handle);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = type.ResolutionScope.Kind == HandleKind.TypeReference
            ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)
            : $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
        _names.Add(name);
        return name;
    }

    public string GetTypeFromSpecification(MetadataReader reader, MetadataReader genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var name = NameOf(reader, handle);
        _names.Add(name);
        return name;
    }

    public string GetArrayType(string elementType, ArrayShape shape) => elementType;

    public string GetByReferenceType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

    public string GetGenericMethodParameter(MetadataReader genericContext, int index) => "";

    public string GetGenericTypeParameter(MetadataReader genericContext, int index) => "";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

    public string GetSZArrayType(string elementType) => elementType;
}
