using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>A pack for functions that are computed in double, or lane by lane. For generated code.</summary>
/// <typeparam name="TSelf">The pack.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFunctionPack<TSelf> : IPack<TSelf>
    where TSelf : struct, IFunctionPack<TSelf>
{
    /// <summary>The values of a function.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="x">Its arguments.</param>
    static abstract TSelf Map<TFunction>(TSelf x)
        where TFunction : struct, IElementFunction<TFunction>;

    /// <summary>The values of a function of two arguments.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="x">Its first arguments.</param>
    /// <param name="y">Its second arguments.</param>
    static abstract TSelf Map<TFunction>(TSelf x, TSelf y)
        where TFunction : struct, IElementFunction2;
}
