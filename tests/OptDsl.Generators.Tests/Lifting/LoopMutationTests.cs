using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Loops;
using OptDsl.Generators.Analyzers;
using OptDsl.Generators.Lifting;
using OptDsl.Generators.Tests.Infrastructure;
using OptDsl.Language.Checks.Fixes;
using OptDsl.Language.Formulas.Model;

namespace OptDsl.Generators.Tests.Lifting;

/// <summary>Loops of ready-made rules with one token changed: what the first fix makes of them.</summary>
public sealed class LoopMutationTests(ITestOutputHelper output)
{
    /// <summary>One of so many mutants is tried.</summary>
    private const int Sampled = 3;

    private static readonly string[] s_rules = ["Adam", "AdamW", "RmsProp", "Adagrad", "ClassicMomentum", "NesterovMomentum", "NAdam", "Adamax", "AdaMax", "Lion"];

    [Fact]
    public void The_first_fix_leads_back_or_nothing_is_offered()
    {
        var recognition = LoopAnalyzer.Recognition(TestCompilation.Create(new SourceFile("Empty.cs", "")), TestContext.Current.CancellationToken)!;
        var (mutants, said, offered, led) = (0, 0, 0, 0);
        var astray = new List<string>();
        foreach (var (name, rule) in RoundTripTests.Library().Where(rule => s_rules.Contains(rule.Name)))
        {
            if (NaiveLoop.Write(rule, name + "Loop") is not { } code)
                continue;
            foreach (var mutant in Mutants(code).Where((_, index) => index % Sampled == name.Length % Sampled))
            {
                var model = Compile("using System;\n" + mutant.Code);
                var root = model.SyntaxTree.GetRoot(TestContext.Current.CancellationToken);
                var container = root.DescendantNodes().OfType<ClassDeclarationSyntax>().Single();
                if (model.GetDiagnostics(cancellationToken: TestContext.Current.CancellationToken).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) || LoopScan.Find(container, model, TestContext.Current.CancellationToken) is not [var loop] || RoundTripTests.Difference(rule, loop.Model) is null)
                    continue;
                mutants++;
                var problems = LoopChecks.Check(loop, recognition, TestContext.Current.CancellationToken);
                said += problems.IsEmpty ? 0 : 1;
                var text = model.SyntaxTree.GetText(TestContext.Current.CancellationToken);
                var trial = new LoopTrial(model, root, text, container);
                var first = problems.SelectMany(problem => problem.Fixes).Select(fix => EditedRule.Apply(fix, loop.Source, default)).OfType<RuleModel>()
                    .Select(mended => (Mended: mended, Changes: LoopMending.Plan(loop, mended, root, text))).FirstOrDefault(fix => !fix.Changes.IsDefaultOrEmpty && trial.Computes(fix.Changes, loop, fix.Mended, default));
                if (first.Mended is null)
                    continue;
                offered++;
                var mendedModel = Compile(text.WithChanges(first.Changes.OrderBy(change => change.Span.Start)).ToString());
                var again = LoopScan.Find(mendedModel.SyntaxTree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ClassDeclarationSyntax>().Single(), mendedModel, TestContext.Current.CancellationToken);
                if (again is [var mendedLoop] && RoundTripTests.Difference(rule, mendedLoop.Model) is null)
                    led++;
                else
                    astray.Add($"{name}: {mutant.What}: {problems[0].Id} {problems[0].Message}");
            }
        }

        var summary = $"{mutants} mutants, something is said of {said}, a fix is offered for {offered}, the first leads back for {led}";
        output.WriteLine(summary + "\n" + string.Join('\n', astray));
        Assert.True(mutants >= 15 && led >= 0.75 * offered, summary + "\n" + string.Join('\n', astray));
    }

    private static SemanticModel Compile(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(code), TestCompilation.ParseOptions, "Loop.cs", TestContext.Current.CancellationToken);
        return CSharpCompilation.Create("Loops", [tree], TestCompilation.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).GetSemanticModel(tree);
    }

    /// <summary>Another operator, another name of the same kind, or no root.</summary>
    private static IEnumerable<(string What, string Code)> Mutants(string code)
    {
        var body = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Single().Body!;
        var names = body.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).Distinct().ToList();
        foreach (var node in body.DescendantNodes())
        {
            switch (node)
            {
                case BinaryExpressionSyntax { OperatorToken: var sign } when sign.Text is "+" or "-" or "*" or "/":
                    yield return Change(sign.Span, sign.Text switch { "+" => "-", "-" => "+", "*" => "/", _ => "*" });
                    break;
                case IdentifierNameSyntax { Identifier: { ValueText: ['h' or 's', _] own } token } when node.Parent is not AssignmentExpressionSyntax && !(node.Parent is ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } target && assignment.Left == target):
                    foreach (var other in names.Where(other => other.Length == 2 && other[0] == own[0] && other != own))
                        yield return Change(token.Span, other);
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sqrt" } function }:
                    yield return Change(function.Span, "");
                    break;
            }
        }

        (string, string) Change(TextSpan span, string text)
        {
            var line = code[..span.Start].Split('\n')[^1] + "[" + code.Substring(span.Start, span.Length) + " -> " + text + "]" + code[span.End..].Split('\n')[0];
            return (line.Trim(), code[..span.Start] + text + code[span.End..]);
        }
    }
}
