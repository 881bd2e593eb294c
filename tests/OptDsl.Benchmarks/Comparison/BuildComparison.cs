using System.Reflection;
using System.Runtime.Loader;
using OptDsl.Benchmarks.Contestants;

namespace OptDsl.Benchmarks.Comparison;

/// <summary>The library rules of this build beside those of another build of the library, over the same memory.</summary>
internal sealed class BuildComparison
{
    /// <summary>This build.</summary>
    public const string New = "new";

    /// <summary>The other build.</summary>
    public const string Old = "old";

    private static readonly Type[] s_steps = [typeof(Step0), typeof(Step1), typeof(Step2), typeof(Step3)];
    private readonly List<(Type New, Type Old, Type Step)> _rules;

    /// <param name="path">The library of the other build, <c>OptDsl.dll</c>.</param>
    public BuildComparison(string path)
    {
        var other = new AssemblyLoadContext(Old).LoadFromAssemblyPath(Path.GetFullPath(path));
        _rules =
        [
            .. from rule in typeof(UpdateRuleAttribute).Assembly.GetExportedTypes()
               where rule.Namespace == typeof(Rules.AdamW).Namespace
               let twin = other.GetType(rule.FullName!)
               from step in s_steps
               where Update(rule, step) is not null && twin is not null && Update(twin, step) is not null
               orderby rule.Name
               select (rule, twin, step),
        ];
    }

    private delegate void Step0(long step, Span<float> parameter, ReadOnlySpan<float> gradient);

    private delegate void Step1(long step, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> first);

    private delegate void Step2(long step, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second);

    private delegate void Step3(long step, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, Span<float> third);

    /// <summary>The rules that both builds have, with at most three states of elements and no others.</summary>
    public IEnumerable<string> Rules => _rules.Select(rule => rule.New.Name);

    /// <summary>Races the two builds of a rule.</summary>
    /// <param name="rule">One of <see cref="Rules"/>.</param>
    /// <param name="length">The number of elements.</param>
    public RaceResult Run(string rule, int length)
    {
        var (present, past, step) = _rules.First(candidate => candidate.New.Name == rule);
        float[] parameter = new float[length], first = new float[length], second = new float[length], third = new float[length];
        float[] gradient = [.. Enumerable.Range(0, length).Select(i => MathF.Sin(i))];
        return Race.Run([Contestant(New, present), Contestant(Old, past)], reset: null, rounds: 101, TimeSpan.FromMilliseconds(1));

        Contestant Contestant(string name, Type type) => new(name, Update(type, step)!.CreateDelegate(step, Activator.CreateInstance(type)) switch
        {
            Step0 update => t => update((long)t, parameter, gradient),
            Step1 update => t => update((long)t, parameter, gradient, first),
            Step2 update => t => update((long)t, parameter, gradient, first, second),
            Step3 update => t => update((long)t, parameter, gradient, first, second, third),
            _ => throw new InvalidOperationException(),
        });
    }

    private static MethodInfo? Update(Type rule, Type step) => rule.GetConstructor([]) is null ? null
        : rule.GetMethod("Update", [.. step.GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)]);
}
