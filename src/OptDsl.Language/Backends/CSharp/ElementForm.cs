using OptDsl.Language.Operations;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>How generated code treats elements: one at a time, in vectors of the machine's usual width, or in the widest.</summary>
internal sealed class ElementForm
{
    public static readonly ElementForm Element = new("Element", "");
    public static readonly ElementForm Vector = new("Vector", "Vector");
    public static readonly ElementForm Vector512 = new("Vector512", "Vector512");

    private readonly string _class;

    private ElementForm(string name, string vectorClass) => (Name, _class) = (name, vectorClass);

    /// <summary>What it is called at the end of a method's name.</summary>
    public string Name { get; }

    public bool IsVector => _class != "";

    /// <summary>True for operations that the widest vectors have.</summary>
    public static bool IsWide(Op op) => OperationTable.Of(op).Kernel?.IsWide ?? true;

    /// <summary>The type of the elements that are treated together.</summary>
    /// <param name="type"><c>float</c> or <c>double</c>.</param>
    public string Type(string type) => IsVector ? $"{_class}<{type}>" : type;

    /// <summary>The type of what comparisons of them give.</summary>
    /// <param name="type"><c>float</c> or <c>double</c>.</param>
    public string MaskType(string type) => this == Element ? "bool" : this == Vector512 ? Type(type) : type == "float" ? "Vector<int>" : "Vector<long>";

    /// <summary>A function of the class that has them.</summary>
    /// <param name="type"><c>float</c> or <c>double</c>.</param>
    /// <param name="name">The function.</param>
    public string Function(string type, string name) => (IsVector ? _class : type) + "." + name;

    /// <summary>A function of elements, or of vectors of them.</summary>
    /// <param name="type"><c>float</c> or <c>double</c>.</param>
    /// <param name="function">The function.</param>
    public string Function(string type, KernelFunction function) => !function.IsMember
        ? "ElementMath." + function.Element
        : Function(type, this == Vector ? function.VectorElement ?? function.Element : function.Element);

    /// <summary>As many times the same value as are treated together.</summary>
    /// <param name="type"><c>float</c> or <c>double</c>.</param>
    /// <param name="value">A C# expression.</param>
    public string Broadcast(string type, string value) => this == Element ? value : this == Vector ? $"new Vector<{type}>({value})" : $"Vector512.Create({value})";
}
