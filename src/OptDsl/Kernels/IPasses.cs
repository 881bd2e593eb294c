using System.ComponentModel;

namespace OptDsl.Kernels;

/// <summary>
/// The passes of a rule, over elements of any type, whatever the gradient and the states are in memory; <see cref="Passes"/> chooses among
/// these. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPasses
{
    /// <summary>How many there are.</summary>
    static virtual int Count => 1;

    /// <summary>The pass after which the gradient is not needed any more.</summary>
    static virtual int LastOfGradient => 0;

    /// <summary>Runs one pass over a slice of one tensor.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <typeparam name="TGradient">How the gradient is read.</typeparam>
    /// <typeparam name="TStates">How states are read and written.</typeparam>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="gradient">Reads the gradient.</param>
    /// <param name="states">Reads and writes the states.</param>
    /// <param name="slice">The slice and the values that the pass needs.</param>
    static abstract void Run<T, TGradient, TStates>(int pass, TGradient gradient, TStates states, in PassSlice<T> slice)
        where T : unmanaged
        where TGradient : struct, IGradientReader<T>
        where TStates : struct, IStateMemory;
}
