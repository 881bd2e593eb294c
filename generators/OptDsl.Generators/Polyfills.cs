// Types that the C# compiler looks for and netstandard2.0 lacks. They are embedded: tests, which may see what is internal here, have their own.

namespace Microsoft.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class EmbeddedAttribute : Attribute;
}

namespace System
{
    /// <summary>For patterns of lists, which count from the start.</summary>
    [Microsoft.CodeAnalysis.Embedded]
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}
