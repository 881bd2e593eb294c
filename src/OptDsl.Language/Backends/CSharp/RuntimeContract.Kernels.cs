namespace OptDsl.Language.Backends.CSharp;

/// <summary>What kernels are made of.</summary>
internal static partial class RuntimeContract
{
    public static class RuleChecks
    {
        public const string Step = nameof(RuleChecks) + "." + nameof(Step);
        public const string Hyper = nameof(RuleChecks) + "." + nameof(Hyper);
        public const string At = nameof(RuleChecks) + "." + nameof(At);
        public const string Rate = nameof(RuleChecks) + "." + nameof(Rate);
        public const string RateAt = nameof(RuleChecks) + "." + nameof(RateAt);
        public const string SameLength = nameof(RuleChecks) + "." + nameof(SameLength);
        public const string Separate = nameof(RuleChecks) + "." + nameof(Separate);
        public const string Tensors = nameof(RuleChecks) + "." + nameof(Tensors);
        public const string Extent = nameof(RuleChecks) + "." + nameof(Extent);
        public const string Later = nameof(RuleChecks) + "." + nameof(Later);
    }

    public static class IPasses
    {
        public const string Name = nameof(IPasses);
        public const string Count = nameof(Count);
        public const string LastOfGradient = nameof(LastOfGradient);
        public const string Run = nameof(Run);
    }

    public static class Passes
    {
        public const string Run = nameof(Passes) + "." + nameof(Run);
    }

    public static class MemoryExtent
    {
        public const string Name = nameof(MemoryExtent);
    }

    public static class IPack
    {
        public const string Name = nameof(IPack);
        public const string Count = nameof(Count);
        public const string Equal = nameof(Equal);
        public const string Select = nameof(Select);
        public const string Number = nameof(Number);
        public const string MultiplyAdd = nameof(MultiplyAdd);
        public const string Sign = nameof(Sign);
        public const string Sqrt = nameof(Sqrt);
        public const string Abs = nameof(Abs);
        public const string Floor = nameof(Floor);
        public const string Min = nameof(Min);
        public const string Max = nameof(Max);
        public const string AtMost = nameof(AtMost);
        public const string AtLeast = nameof(AtLeast);
        public const string Largest = nameof(Largest);
        public const string Highest = nameof(Highest);
        public const string AddTo = nameof(AddTo);
        public const string AddSquareTo = nameof(AddSquareTo);
        public const string RaiseTo = nameof(RaiseTo);
        public const string First = nameof(First);
        public const string Load = nameof(Load);
        public const string Store = nameof(Store);
    }

    public static class Elements
    {
        public const string Of = nameof(Elements) + "." + nameof(Of);
    }

    public static class ElementMath
    {
        public const string Name = nameof(ElementMath);
    }

    public static class IFunctionPack
    {
        public const string Name = nameof(IFunctionPack);
    }

    public static class WidePack
    {
        public const string Name = nameof(WidePack);
    }

    public static class VectorPack
    {
        public const string Name = nameof(VectorPack);
    }

    public static class ElementPack
    {
        public const string Name = nameof(ElementPack);
    }

    public static class IBlockLanes
    {
        public const string Name = nameof(IBlockLanes);
        public const string Add = nameof(Add);
        public const string AddProduct = nameof(AddProduct);
        public const string CopyTo = nameof(CopyTo);
    }

    public static class WideLanes
    {
        public const string Name = nameof(WideLanes);
    }

    public static class VectorLanes
    {
        public const string Name = nameof(VectorLanes);
    }

    public static class ElementLanes
    {
        public const string Name = nameof(ElementLanes);
    }

    public static class BlockSum
    {
        public const string Name = nameof(BlockSum);
        public const string Length = nameof(BlockSum) + "." + nameof(Length);
        public const string Lanes = nameof(BlockSum) + "." + nameof(Lanes);
        public const string LaneValues = nameof(BlockSum) + "." + nameof(LaneValues);
        public const string Total = nameof(Total);
        public const string Add = nameof(Add);
    }

    public static class BlockNorm
    {
        public const string Name = nameof(BlockNorm);
        public const string KeptOf = nameof(BlockNorm) + "." + nameof(KeptOf);
        public const string Root = nameof(BlockNorm) + "." + nameof(Root);
        public const string Total = nameof(Total);
        public const string Add = nameof(Add);
    }

    public static class RowTree
    {
        public const string Name = nameof(RowTree);
        public const string Add = nameof(Add);
        public const string Total = nameof(Total);
    }

    public static class RowBlocks
    {
        public const string Row = nameof(RowBlocks) + "." + nameof(Row);
        public const string Value = nameof(RowBlocks) + "." + nameof(Value);
        public const string Begin = nameof(RowBlocks) + "." + nameof(Begin);
        public const string Combine = nameof(RowBlocks) + "." + nameof(Combine);
    }

    public static class MatrixFills
    {
        public const string Diagonal = nameof(MatrixFills) + "." + nameof(Diagonal);
        public const string ReadDiagonal = nameof(MatrixFills) + "." + nameof(ReadDiagonal);
        public const string Transpose = nameof(MatrixFills) + "." + nameof(Transpose);
    }

    public static class MatrixStep
    {
        public const string Name = nameof(MatrixStep);
        public const string Begin = nameof(Begin);
        public const string Take = nameof(Take);
        public const string TakeNumber = nameof(TakeNumber);
        public const string Run = nameof(Run);
        public const string Give = nameof(Give);
        public const string Number = nameof(Number);
    }

    public static class Matrix
    {
        public const string Name = nameof(Matrix);
        public const string Transposed = nameof(Transposed);
    }

    public static class MatrixMath
    {
        public const string Multiply = nameof(MatrixMath) + "." + nameof(Multiply);
        public const string MultiplyByTranspose = nameof(MatrixMath) + "." + nameof(MultiplyByTranspose);
        public const string NewtonSchulz = nameof(MatrixMath) + "." + nameof(NewtonSchulz);
        public const string PolarFactor = nameof(MatrixMath) + "." + nameof(PolarFactor);
        public const string InverseRoot = nameof(MatrixMath) + "." + nameof(InverseRoot);
        public const string Eigenvectors = nameof(MatrixMath) + "." + nameof(Eigenvectors);
        public const string Orthogonal = nameof(MatrixMath) + "." + nameof(Orthogonal);
        public const string Ordering = nameof(MatrixMath) + "." + nameof(Ordering);
    }

    public static class IGradientReader
    {
        public const string Name = nameof(IGradientReader);
        public const string Load = nameof(Load);
        public const string Release = nameof(Release);
    }

    public static class PlainGradient
    {
        public const string Name = nameof(PlainGradient);
    }

    public static class ScaledGradient
    {
        public const string Name = nameof(ScaledGradient);
    }

    public static class ConsumedGradient
    {
        public const string Name = nameof(ConsumedGradient);
    }

    public static class IStateMemory
    {
        public const string Name = nameof(IStateMemory);
        public const string MoveTo = nameof(MoveTo);
        public const string Load = nameof(Load);
        public const string Store = nameof(Store);
    }

    public static class ElementStates
    {
        public const string Name = nameof(ElementStates);
    }

    public static class BFloat16States
    {
        public const string Name = nameof(BFloat16States);
    }

    public static class MixedStates
    {
        public const string Name = nameof(MixedStates);
    }

    public static class StatePacking
    {
        public const string Name = nameof(StatePacking);
        public const string IsNone = nameof(IsNone);
        public const string IsUniform = nameof(IsUniform);
        public const string Key = nameof(Key);
        public const string MostStates = nameof(MostStates);
    }

    public static class RoundingKey
    {
        public const string Of = nameof(RoundingKey) + "." + nameof(Of);
    }

    public static class ISwitch
    {
        public const string Name = nameof(ISwitch);
        public const string IsOn = nameof(IsOn);
    }

    public static class On
    {
        public const string Name = nameof(On);
    }

    public static class Off
    {
        public const string Name = nameof(Off);
    }
}
