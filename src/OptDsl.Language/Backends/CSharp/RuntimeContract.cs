namespace OptDsl.Language.Backends.CSharp;

/// <summary>
/// Every name of the runtime that generated code uses: a class for each type, with the members that are named. A test holds it against
/// the assembly, and generated code against it.
/// </summary>
internal static partial class RuntimeContract
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
        public const string RunBatch = nameof(RunBatch);
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

    public static class PassBatch
    {
        public const string Name = nameof(PassBatch);
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
        public const string IsForMatrices = nameof(IsForMatrices);
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
        public const string Block8 = nameof(Storage) + "." + nameof(Block8);
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
}
