using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OptDsl.Generators.Lifting;

/// <summary>All steps of optimizers that the methods of a type make.</summary>
internal static class LoopScan
{
    /// <param name="container">A type, or a compilation unit for the statements of a program.</param>
    /// <param name="model">Of its tree.</param>
    /// <param name="cancellation">To stop.</param>
    public static ImmutableArray<LiftedLoop> Find(SyntaxNode container, SemanticModel model, CancellationToken cancellation) =>
        [.. Readings(container, model, cancellation).Select(readings => readings[0]).OrderBy(loop => loop.Update.Start)];

    /// <summary>For each step all ways in which it is read: on its own, and where methods call its method. The first of them knows most.</summary>
    public static ImmutableArray<ImmutableArray<LiftedLoop>> Readings(SyntaxNode container, SemanticModel model, CancellationToken cancellation)
    {
        var found = new List<LiftedLoop>();
        foreach (var body in LoopGate.Bodies(container))
        {
            if (model.GetOperation(body, cancellation) is not { } operation || Owner(body, model, cancellation) is not { } owner)
                continue;
            found.AddRange(LoopLifter.Lift(operation, model, owner, cancellation));
        }

        // A method that is read on its own and where a loop calls it is the same step; the loop knows more of it.
        return [.. found.GroupBy(loop => loop.Update).Select(group => group.OrderByDescending(loop => loop.Depth).ThenBy(loop => loop.Site is not null).ToImmutableArray())];
    }

    private static ISymbol? Owner(SyntaxNode body, SemanticModel model, CancellationToken cancellation) => body is CompilationUnitSyntax unit
        ? model.GetDeclaredSymbol(unit, cancellation)
        : model.GetDeclaredSymbol(body, cancellation);
}
