using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>
/// Replaces a loop over the elements of arrays by a call of a rule that is declared behind the type; where one loop steps several
/// parameters, by one call for each. The arrays, the count of the steps and the hyper-parameters stay where they are, and are handed
/// over at every call.
/// </summary>
internal sealed class LoopConversion
{
    private readonly IReadOnlyList<ConvertedStep> _steps;
    private readonly SyntaxNode _root;
    private readonly SemanticModel _model;
    private readonly SourceText _text;

    private LoopConversion(IReadOnlyList<ConvertedStep> steps, SyntaxNode root, SemanticModel model, SourceText text) => (_steps, _root, _model, _text) = (steps, root, model, text);

    /// <summary>The edits; or none, and why.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="others">What else the code steps.</param>
    /// <param name="root">Of the document.</param>
    /// <param name="model">Of the document.</param>
    /// <param name="text">Of the document.</param>
    /// <param name="cancellation">To stop.</param>
    public static ConversionPlan Plan(LiftedLoop loop, IEnumerable<LiftedLoop> others, SyntaxNode root, SemanticModel model, SourceText text, CancellationToken cancellation)
    {
        string? refusal = null;
        foreach (var isRow in new[] { false, true })
        {
            var step = ConvertedStep.Of(loop, isRow, root, model);
            if (step.Refusal is { } unfit)
            {
                refusal ??= unfit;
                continue;
            }

            // What stands in the same loop is replaced with it.
            var together = others.Where(other => other.Update != loop.Update && step.Range?.Body.Span.Contains(other.Update) == true).Select(other => ConvertedStep.Of(other, isRow, root, model)).ToList();
            if (together.FirstOrDefault(other => other.Refusal is not null || other.Range?.Statement != step.Range?.Statement) is { } odd)
            {
                refusal ??= odd.Refusal ?? "the loops over the elements differ";
                continue;
            }

            List<ConvertedStep> steps = [.. together.Append(step).OrderBy(each => each.Loop.Update.Start)];
            var statements = ConvertedStatements.Of([.. steps.Select(each => each.Loop)], root, model, step.Range);
            if (statements.Refusal is { } reason)
                refusal ??= reason;
            else if (new LoopConversion(steps, root, model, text).Plan(statements, cancellation) is var plan && plan.Refusal is null)
                return plan;
            else
                refusal ??= plan.Refusal;
        }

        return new ConversionPlan([], refusal);
    }

    private ConversionPlan Plan(ConvertedStatements statements, CancellationToken cancellation)
    {
        var (first, last) = (statements.Statements[0], statements.Statements[statements.Statements.Count - 1]);
        if (statements.Cleared.Count > 0 && ConvertedStatements.Beside(first).Count == 1 && first.Parent is not BlockSyntax)
            return new ConversionPlan([], "the gradient is cleared in a statement without a block");
        var outermost = first.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault();
        var usings = new HashSet<string> { "OptDsl" };
        var (calls, declarations, counts) = (new List<string>(), new List<string>(), new List<TextChange>());
        var taken = new HashSet<string>();
        var prefix = Hides() ? "OptDsl." : "";
        foreach (var step in _steps)
        {
            var arguments = new ConvertedArguments(step, first, _root, _model, _text);
            var name = FreeName(first, outermost, taken, cancellation);
            if (arguments.Call(name, taken) is not { } call)
                return new ConversionPlan([], arguments.Refusal);
            calls.Add(call);
            if (statements.Cleared.Contains(step.Loop))
                calls.Add(arguments.ClearCode());
            usings.UnionWith(arguments.Usings);
            counts.AddRange(arguments.Counts);
            var comments = calls.Count == 1 ? Comments(statements.Statements) : [];
            declarations.Add(RuleDeclarationText.Write(step.Loop, name, comments, outermost, _text, prefix));
        }

        var code = string.Join(TextEdits.LineBreak(_text) + TextEdits.Indentation(_text, first.SpanStart), calls);
        // A statement without a block holds one call.
        if (calls.Count > 1 && ConvertedStatements.Beside(first).Count == 1 && first.Parent is not (BlockSyntax or GlobalStatementSyntax))
            code = $"{{ {string.Join(" ", calls)} }}";
        if (prefix != "")
            usings.Remove("OptDsl");
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        if (_root is CompilationUnitSyntax unit)
        {
            var start = unit.Usings.FirstOrDefault()?.SpanStart ?? unit.Members.FirstOrDefault()?.SpanStart ?? 0;
            foreach (var space in usings.Where(space => !unit.Usings.Any(directive => directive.Name?.ToString() == space)).OrderBy(space => space, StringComparer.Ordinal))
                changes.Add(new TextChange(new TextSpan(start, 0), $"using {space};" + TextEdits.LineBreak(_text)));
        }

        changes.AddRange(counts.Distinct());
        changes.AddRange(UnusedDeclarations.Of(statements.Statements, code, _model).Select(declaration => LoopPlaces.Remove(declaration, _text)));
        if (_steps[0].Range is { Body: { } body } && body.FirstAncestorOrSelf<LocalFunctionStatementSyntax>() is { } function && !statements.Statements.Any(statement => statement.Span.Contains(body.Span)) && !function.Span.Contains(first.Span))
            changes.Add(LoopPlaces.Remove(function, _text));
        changes.Add(new TextChange(TextSpan.FromBounds(first.SpanStart, last.Span.End), code));
        changes.Add(new TextChange(new TextSpan(outermost?.Span.End ?? _root.DescendantTokens().Last(token => token.Span.Length > 0).Span.End, 0), string.Concat(declarations)));
        return new ConversionPlan(changes.ToImmutable(), null);
    }

    /// <summary>True where a type that the document names would become another's name, if the names of this library were used in it.</summary>
    private bool Hides()
    {
        var own = _model.Compilation.GlobalNamespace.GetNamespaceMembers().FirstOrDefault(space => space.Name == "OptDsl");
        if (own is null || (_root is CompilationUnitSyntax unit && unit.Usings.Any(directive => directive.Name?.ToString() == "OptDsl")))
            return false;
        var names = new HashSet<string>(own.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).SelectMany(type => new[] { type.Name, type.Name.Replace("Attribute", "") }));
        return _root.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText) && _model.GetSymbolInfo(name).Symbol is INamedTypeSymbol or IMethodSymbol { MethodKind: MethodKind.Constructor });
    }

    private string FreeName(SyntaxNode first, BaseTypeDeclarationSyntax? outermost, HashSet<string> taken, CancellationToken cancellation)
    {
        var owner = first.Ancestors().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault()?.Identifier.ValueText ?? "Step";
        var name = $"{owner}Rule";
        var declared = new HashSet<string>(_root.DescendantTokens().Where(token => token.Parent is BaseTypeDeclarationSyntax).Select(token => token.ValueText));
        for (var number = 2; (!taken.Add(name) || declared.Contains(name) || IsKnown(first.SpanStart) || (outermost is not null && IsKnown(outermost.SpanStart))) && !cancellation.IsCancellationRequested; number++)
            name = $"{owner}Rule{number.ToString(CultureInfo.InvariantCulture)}";
        return name;

        bool IsKnown(int position) => _model.LookupSymbols(position, name: name).Length > 0;
    }

    private static IReadOnlyList<string> Comments(IEnumerable<StatementSyntax> statements) => [.. statements.SelectMany((statement, index) => statement.DescendantTrivia().Where(trivia => index > 0 || statement.Span.Contains(trivia.Span)))
        .Where(trivia => trivia.RawKind == (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.SingleLineCommentTrivia).Select(trivia => trivia.ToString().TrimStart('/').Trim())];
}

/// <summary>The edits that make a rule of a loop.</summary>
/// <param name="Changes">The edits; none where no rule can take the loop's place.</param>
/// <param name="Refusal">Why there are none.</param>
internal sealed record ConversionPlan(ImmutableArray<TextChange> Changes, string? Refusal);
