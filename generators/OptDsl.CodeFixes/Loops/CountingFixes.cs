using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;

namespace OptDsl.CodeFixes.Loops;

/// <summary>Mends how code counts its steps, and quotients of whole numbers.</summary>
internal static class CountingFixes
{
    public static IEnumerable<TextFix> Find(LoopProblem problem, LiftedLoop loop, SyntaxNode root, SourceText text)
    {
        var node = root.FindNode(problem.Span, getInnermostNodeForTie: true);
        return problem.Id switch
        {
            LoopIds.CounterPerElement when StepOnce(node, loop, root, text) is { IsEmpty: false } changes => [new TextFix("Step the count once, before the loop", problem.Id, changes)],
            LoopIds.CounterStandsStill when Keep(node, text) is { IsEmpty: false } changes => [new TextFix("Keep the count from step to step", problem.Id, changes)],
            LoopIds.CounterStandsStill when Count(node, loop, root, text) is { IsEmpty: false } changes => [new TextFix("Count the steps", problem.Id, changes)],
            LoopIds.StateBeginsAnew when KeepStates(loop, root, text) is { IsEmpty: false } changes => [new TextFix("Keep the states from step to step", problem.Id, changes)],
            LoopIds.IntegerDivision when node.FirstAncestorOrSelf<BinaryExpressionSyntax>() is { RawKind: (int)SyntaxKind.DivideExpression } quotient =>
                [new TextFix("Divide as a number with a fraction", problem.Id, [new TextChange(new TextSpan(quotient.Left.SpanStart, 0), "(double)")])],
            _ => [],
        };
    }

    /// <summary>Moves the statement before the loop over the elements.</summary>
    private static ImmutableArray<TextChange> StepOnce(SyntaxNode node, LiftedLoop loop, SyntaxNode root, SourceText text) =>
        node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Parent: BlockSyntax } step && LoopPlaces.Outermost(loop, root) is { } outer
            ? [LoopPlaces.Before(outer, step.ToString(), text), LoopPlaces.Remove(step, text)]
            : [];

    /// <summary>Makes a field of a local that begins anew in every step.</summary>
    private static ImmutableArray<TextChange> Keep(SyntaxNode node, SourceText text)
    {
        if (node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { Parent: BlockSyntax { Parent: MethodDeclarationSyntax } } local
            || local.Declaration.Variables.Count != 1 || local.Declaration.Variables[0] is not { Initializer.Value: LiteralExpressionSyntax { Token.Value: { } start } initial } variable)
        {
            return [];
        }

        var type = !local.Declaration.Type.IsVar ? local.Declaration.Type.ToString() : start is int ? "int" : "double";
        return LoopPlaces.Field(local, type, variable.Identifier.ValueText + (start is 0 ? "" : $" = {initial}"), text) is { } field ? [field, LoopPlaces.Remove(local, text)] : [];
    }

    /// <summary>Makes fields of all arrays of states that a step makes anew. Where the method knows how long they are, it makes them again if that changes.</summary>
    private static ImmutableArray<TextChange> KeepStates(LiftedLoop loop, SyntaxNode root, SourceText text)
    {
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var declaration in loop.Findings.Where(finding => finding.Id == LoopIds.StateBeginsAnew).Select(finding => root.FindNode(finding.Span).FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()).Distinct())
        {
            if (declaration is not { Parent: BlockSyntax { Parent: MethodDeclarationSyntax } })
                return [];
            var checks = new List<string>();
            foreach (var variable in declaration.Declaration.Variables)
            {
                var made = variable.Initializer?.Value switch { ArrayCreationExpressionSyntax array => array.Type, StackAllocArrayCreationExpressionSyntax stack => stack.Type as ArrayTypeSyntax, _ => null };
                if (made is not { ElementType: var element, RankSpecifiers: [{ Sizes: [var size] }] })
                    return [];
                var name = variable.Identifier.ValueText;
                var isConstant = size is LiteralExpressionSyntax;
                if (LoopPlaces.Field(declaration, $"{element}[]", $"{name} = new {element}[{(isConstant ? size : "0")}]", text) is not { } field)
                    return [];
                changes.Add(field);
                if (!isConstant)
                    checks.Add($"if ({name}.Length != {size}){TextEdits.LineBreak(text)}{TextEdits.Indentation(text, declaration.SpanStart)}    {name} = new {element}[{size}];");
            }

            changes.Add(checks.Count == 0 ? LoopPlaces.Remove(declaration, text)
                : new TextChange(declaration.Span, string.Join(TextEdits.LineBreak(text) + TextEdits.Indentation(text, declaration.SpanStart), checks)));
        }

        return changes.ToImmutable();
    }

    /// <summary>Steps a count that nothing steps.</summary>
    private static ImmutableArray<TextChange> Count(SyntaxNode node, LiftedLoop loop, SyntaxNode root, SourceText text)
    {
        if (node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Parent.Parent: FieldDeclarationSyntax field } variable
            || field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) || field.Modifiers.Any(SyntaxKind.ConstKeyword) || LoopPlaces.Outermost(loop, root) is not { } outer)
        {
            return [];
        }

        var step = LoopPlaces.Before(outer, $"{variable.Identifier.ValueText}++;", text);
        return variable.Initializer is { Value: LiteralExpressionSyntax { Token.Value: not 0 } } initial
            ? [new TextChange(TextSpan.FromBounds(variable.Identifier.Span.End, initial.Span.End), ""), step]
            : [step];
    }
}
