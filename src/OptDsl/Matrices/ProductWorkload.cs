using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OptDsl.Execution;
using OptDsl.Kernels;

namespace OptDsl.Matrices;

/// <summary>
/// A product of matrices, block by block for the caches: a panel of the right factor is copied for the third, a block of the left
/// one for the second, a sliver of each for the first. What is added to an element, and in which order, depends neither on who
/// computes it nor on how the result is cut.
/// </summary>
internal sealed unsafe class ProductWorkload<T> : IWorkload
    where T : unmanaged
{
    /// <summary>The number of products that are added up in registers: the bits depend on it, so it is the same everywhere.</summary>
    private const int Depth = 256;

    // Of the left factor a part of the second cache; of the right one a few MiB.
    private const int BlockBytes = 192 * 1024;
    private const int PanelColumns = 2048;

    // What takes less is done before another thread has woken up.
    private const long LeastParallelProducts = 1L << 21;

    private const int MirrorLength = 32;

    [ThreadStatic]
    private static byte[]? t_block;

    private Operand<T> _left;
    private Operand<T> _right;
    private TileOutput<T> _result;
    private bool _isSymmetric;
    private T* _panel;
    private int _panelColumn;
    private int _panelColumns;
    private int _start;
    private int _depth;
    private int _blockRows;
    private int _blockSlivers;
    private int _columnBlocks;
    private Stage _stage;

    private enum Stage
    {
        PackPanel,
        AddBlocks,
        Mirror,
    }

    /// <inheritdoc/>
    public int Count { get; private set; }

    private static int TileColumns => Vector512.IsHardwareAccelerated ? ProductTile<T, WidePack<T>>.Columns : ProductTile<T, VectorPack<T>>.Columns;

    private int Slivers => CeilingOf(_panelColumns, TileColumns);

    /// <summary>Computes a product.</summary>
    /// <param name="workspace">Who helps, and the memory.</param>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="depth">The number of products that make an element.</param>
    /// <param name="result">Where it goes.</param>
    /// <param name="isSymmetric">True where the result is: then one half is computed and mirrored.</param>
    public void Run(MatrixWorkspace workspace, Operand<T> left, Operand<T> right, int depth, in TileOutput<T> result, bool isSymmetric)
    {
        (_left, _right, _isSymmetric) = (left, right, isSymmetric);
        var degree = (long)result.Rows * result.Columns * depth < LeastParallelProducts ? 1 : workspace.Degree;
        for (_panelColumn = 0; _panelColumn < result.Columns; _panelColumn += PanelColumns)
        {
            _panelColumns = Math.Min(PanelColumns, result.Columns - _panelColumn);
            Divide(result.Rows, degree);
            _panel = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(workspace.Rent<T>(MatrixWorkspace.Buffer.Panel, Slivers * TileColumns * Math.Min(Depth, depth))));
            for (_start = 0; _start == 0 || _start < depth; _start += Depth)
            {
                _depth = Math.Min(Depth, depth - _start);
                _result = _start == 0 ? result : result.Continued;
                Run(workspace, Stage.PackPanel, Slivers, degree);
                Run(workspace, Stage.AddBlocks, CeilingOf(result.Rows, _blockRows) * _columnBlocks, degree);
            }
        }

        if (isSymmetric)
            Run(workspace, Stage.Mirror, CeilingOf(result.Rows, MirrorLength), degree);
    }

    void IWorkload.Run(int first, int end)
    {
        for (var item = first; item < end; item++)
        {
            if (_stage == Stage.Mirror)
                Mirror(item * MirrorLength);
            else if (Vector512.IsHardwareAccelerated)
                Run<WidePack<T>>(item);
            else
                Run<VectorPack<T>>(item);
        }
    }

    private void Run(MatrixWorkspace workspace, Stage stage, int count, int degree)
    {
        (_stage, Count) = (stage, count);
        workspace.Run(this, degree);
    }

    /// <summary>Cuts the result into blocks: as large as the caches allow, and some for each thread.</summary>
    private void Divide(int rows, int degree)
    {
        var largest = BlockBytes / (Depth * sizeof(T)) / ProductTile<T, VectorPack<T>>.Rows * ProductTile<T, VectorPack<T>>.Rows;
        var wanted = degree == 1 ? 1 : 2 * degree;
        _blockRows = Math.Min(largest, CeilingOf(CeilingOf(rows, wanted), ProductTile<T, VectorPack<T>>.Rows) * ProductTile<T, VectorPack<T>>.Rows);
        _columnBlocks = Math.Min(Slivers, CeilingOf(wanted, CeilingOf(rows, _blockRows)));
        _blockSlivers = CeilingOf(Slivers, _columnBlocks);
    }

    private void Run<TPack>(int item)
        where TPack : struct, IPack<TPack, T>
    {
        if (_stage == Stage.PackPanel)
        {
            var width = ProductTile<T, TPack>.Columns;
            var column = item * width;
            _right.Pack<TPack>(_panelColumn + column, Math.Min(width, _panelColumns - column), width, _start, _depth, _panel + (column * (nint)_depth));
        }
        else
        {
            AddBlock<TPack>(item / _columnBlocks * _blockRows, item % _columnBlocks * _blockSlivers);
        }
    }

    private void AddBlock<TPack>(int firstRow, int firstSliver)
        where TPack : struct, IPack<TPack, T>
    {
        var width = ProductTile<T, TPack>.Columns;
        var height = ProductTile<T, TPack>.Rows;
        var endRow = Math.Min(firstRow + _blockRows, _result.Rows);
        if (_isSymmetric && endRow <= _panelColumn + (firstSliver * width))
            return;
        var block = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(PinnedMemory.Of<T>(ref t_block, _blockRows * Depth)));
        for (var row = firstRow; row < endRow; row += height)
            _left.Pack<TPack>(row, Math.Min(height, endRow - row), height, _start, _depth, block + ((row - firstRow) * (nint)_depth));

        var tile = stackalloc T[ProductTile<T, TPack>.MaxLength];
        var aside = new TileOutput<T>(1, 0, tile, width, null, 0, height, width);
        var endSliver = Math.Min(firstSliver + _blockSlivers, Slivers);
        for (var sliver = firstSliver; sliver < endSliver; sliver++)
        {
            var column = _panelColumn + (sliver * width);
            var columns = Math.Min(width, _result.Columns - column);
            var right = _panel + (sliver * (nint)width * _depth);
            for (var row = firstRow; row < endRow; row += height)
            {
                var rows = Math.Min(height, endRow - row);
                if (_isSymmetric && row + rows <= column)
                    continue;
                var left = block + ((row - firstRow) * (nint)_depth);
                var output = _result.Part(row, column, rows, columns);
                if (rows == height && columns == width)
                {
                    ProductTile<T, TPack>.Add(left, right, _depth, output);
                }
                else
                {
                    // At an edge: the whole tile aside, and of it what is part of the result.
                    ProductTile<T, TPack>.Add(left, right, _depth, aside);
                    output.Put(tile, width);
                }
            }
        }
    }

    /// <summary>Copies what is below the diagonal to above it, for some rows.</summary>
    private void Mirror(int firstRow)
    {
        var stride = _result.TargetStride;
        var endRow = Math.Min(firstRow + MirrorLength, _result.Rows);
        for (var firstColumn = 0; firstColumn < endRow; firstColumn += MirrorLength)
        {
            for (var row = firstRow; row < endRow; row++)
            {
                var endColumn = Math.Min(firstColumn + MirrorLength, row);
                for (var column = firstColumn; column < endColumn; column++)
                    _result.Target[(column * stride) + row] = _result.Target[(row * stride) + column];
            }
        }
    }

    private static int CeilingOf(int count, int divisor) => (count + divisor - 1) / divisor;
}
