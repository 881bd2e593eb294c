namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Every name of the runtime that generated code uses: a class for each type, with the members that are named. A test holds it against
/// the assembly, and generated code against it.
/// </summary>
internal static class RuntimeContract
{
    /// <summary>Before the name of a type of the runtime, where the namespace is the user's.</summary>
    public const string Root = "global::OptDsl.";

    /// <summary>Before the name of a type for generated code, where the namespace is the user's.</summary>
    public const string Kernels = "global::OptDsl.Kernels.";

    /// <summary>Before the name of a file-local class, where the namespace is the user's.</summary>
    public const string Generated = "global::OptDsl.Generated.";

    public static class IUpdateRule
    {
        public const string Name = nameof(IUpdateRule);
        public const string Description = nameof(Description);
        public const string HyperAt = nameof(HyperAt);
        public const string ScheduleOf = nameof(ScheduleOf);
        public const string SetHyper = nameof(SetHyper);
        public const string BeginStep = nameof(BeginStep);
        public const string BeforePass = nameof(BeforePass);
        public const string HasState = nameof(HasState);
        public const string HasTensorScalars = nameof(HasTensorScalars);
        public const string HasPass = nameof(HasPass);
        public const string InitialTensorState = nameof(InitialTensorState);
        public const string InitialGroupState = nameof(InitialGroupState);
        public const string Initialize = nameof(Initialize);
        public const string RunPass = nameof(RunPass);
    }

    public static class Schedule
    {
        public const string Name = nameof(Schedule);
        public const string At = nameof(At);
        public const string CheckSettings = nameof(CheckSettings);
        public const string DescribeSettings = nameof(DescribeSettings);
    }

    public static class RuleStep
    {
        public const string Name = nameof(RuleStep);
        public const string Shape = nameof(Shape);
    }

    public static class PassSlice
    {
        public const string Name = nameof(PassSlice);
        public const string Parameter = nameof(Parameter);
        public const string Gradient = nameof(Gradient);
        public const string State = nameof(State);
        public const string Scalars = nameof(Scalars);
        public const string Partials = nameof(Partials);
        public const string Transform = nameof(Transform);
        public const string Packing = nameof(Packing);
        public const string Shape = nameof(Shape);
        public const string BlockRows = nameof(BlockRows);
        public const string Scratch = nameof(Scratch);
        public const string ColumnSums = nameof(ColumnSums);
        public const string ElementsOf = nameof(ElementsOf);
        public const string RowsOf = nameof(RowsOf);
        public const string Workspace = nameof(Workspace);
    }

    public static class TensorShape
    {
        public const string Name = nameof(TensorShape);
        public const string Rank = nameof(Rank);
        public const string Rows = nameof(Rows);
        public const string Columns = nameof(Columns);
    }

    public static class GradientTransform
    {
        public const string Name = nameof(GradientTransform);
        public const string Zero = nameof(Zero);
        public const string IsIdentity = nameof(IsIdentity);
    }

    public static class RuleDescription
    {
        public const string Type = nameof(RuleDescription);
        public const string Name = nameof(Name);
        public const string Formulas = nameof(Formulas);
        public const string Latex = nameof(Latex);
        public const string FirstStep = nameof(FirstStep);
        public const string Hash = nameof(Hash);
        public const string States = nameof(States);
        public const string Hypers = nameof(Hypers);
        public const string Passes = nameof(Passes);
        public const string ScalarCount = nameof(ScalarCount);
        public const string HasTensorScalars = nameof(HasTensorScalars);
        public const string GradientDegree = nameof(GradientDegree);
        public const string StepSizeDegree = nameof(StepSizeDegree);
        public const string HasBiasCorrection = nameof(HasBiasCorrection);
        public const string HasEpsilon = nameof(HasEpsilon);
        public const string SupportsStorage = nameof(SupportsStorage);
        public const string UsesShape = nameof(UsesShape);
        public const string Scratch = nameof(Scratch);
    }

    public static class StateDescription
    {
        public const string Type = nameof(StateDescription);
        public const string Meaning = nameof(Meaning);
        public const string When = nameof(When);
        public const string IsThereByDefault = nameof(IsThereByDefault);
        public const string Storage = nameof(Storage);
        public const string Rounding = nameof(Rounding);
        public const string BeginsAsParameter = nameof(BeginsAsParameter);
        public const string Shape = nameof(Shape);
        public const string DependsOnShape = nameof(DependsOnShape);
    }

    public static class Storage
    {
        public const string BFloat16 = nameof(Storage) + "." + nameof(BFloat16);
    }

    public static class Rounding
    {
        public const string Nearest = nameof(Rounding) + "." + nameof(Nearest);
    }

    public static class HyperDescription
    {
        public const string Type = nameof(HyperDescription);
        public const string IsLearningRate = nameof(IsLearningRate);
    }

    public static class PassDescription
    {
        public const string Type = nameof(PassDescription);
        public const string When = nameof(When);
        public const string IsThereByDefault = nameof(IsThereByDefault);
        public const string OptionalReads = nameof(OptionalReads);
        public const string IsWhole = nameof(IsWhole);
        public const string IsByRows = nameof(IsByRows);
        public const string ColumnReductions = nameof(ColumnReductions);
    }

    public static class ColumnReductionDescription
    {
        public const string Type = nameof(ColumnReductionDescription);
    }

    public static class ReductionDescription
    {
        public const string Type = nameof(ReductionDescription);
        public const string Per = nameof(Per);
    }

    public static class Per
    {
        public const string Element = nameof(Per) + "." + nameof(Element);
        public const string Tensor = nameof(Per) + "." + nameof(Tensor);
        public const string Group = nameof(Per) + "." + nameof(Group);
        public const string Row = nameof(Per) + "." + nameof(Row);
        public const string Column = nameof(Per) + "." + nameof(Column);
    }

    public static class ReductionKind
    {
        public const string Sum = nameof(ReductionKind) + "." + nameof(Sum);
        public const string Max = nameof(ReductionKind) + "." + nameof(Max);
        public const string Norm = nameof(ReductionKind) + "." + nameof(Norm);
    }

    public static class RuleChecks
    {
        public const string Step = nameof(RuleChecks) + "." + nameof(Step);
        public const string Hyper = nameof(RuleChecks) + "." + nameof(Hyper);
        public const string At = nameof(RuleChecks) + "." + nameof(At);
        public const string Rate = nameof(RuleChecks) + "." + nameof(Rate);
        public const string RateAt = nameof(RuleChecks) + "." + nameof(RateAt);
        public const string SameLength = nameof(RuleChecks) + "." + nameof(SameLength);
        public const string Separate = nameof(RuleChecks) + "." + nameof(Separate);
        public const string Extent = nameof(RuleChecks) + "." + nameof(Extent);
        public const string Later = nameof(RuleChecks) + "." + nameof(Later);
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
