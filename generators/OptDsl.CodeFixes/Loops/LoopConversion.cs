using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.CodeFixes.Edits;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas;
using OptDsl.Language.Formulas.Compilation;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Formulas.Notation;
using NotationStyle = OptDsl.Language.Formulas.Syntax.NotationStyle;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>
/// Replaces a loop over the elements of arrays by a call of a rule that is declared behind the type. The arrays, the count of the
/// steps and the hyper-parameters stay where they are, and are handed over at every call.
/// </summary>
internal sealed class LoopConversion
{
    private readonly LiftedLoop _loop;
    private readonly SyntaxNode _root;
    private readonly SemanticModel _model;
    private readonly SourceText _text;
    private readonly ForStatementSyntax _for;
    private readonly string _index;

    private LoopConversion(LiftedLoop loop, SyntaxNode root, SemanticModel model, SourceText text, ForStatementSyntax statement, string index) =>
        (_loop, _root, _model, _text, _for, _index) = (loop, root, model, text, statement, index);

    /// <summary>The edits, or nothing where the loop does more than a call of the rule would.</summary>
    public static ImmutableArray<TextChange> Plan(LiftedLoop loop, SyntaxNode root, SemanticModel model, SourceText text, CancellationToken cancellation)
    {
        var statement = root.FindNode(loop.Update, getInnermostNodeForTie: true).FirstAncestorOrSelf<ForStatementSyntax>();
        if (!loop.Findings.IsEmpty || statement?.Declaration is not { Variables.Count: 1 } counter || counter.Variables[0] is not { Initializer.Value: LiteralExpressionSyntax { Token.ValueText: "0" } } variable
            || statement.Condition is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Right: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" } } || statement.Incrementors.Count != 1)
        {
            return [];
        }

        return new LoopConversion(loop, root, model, text, statement, variable.Identifier.ValueText).Plan(cancellation);
    }

    private ImmutableArray<TextChange> Plan(CancellationToken cancellation)
    {
        var body = _for.Statement is BlockSyntax block ? block.Statements.ToImmutableArray() : [_for.Statement];
        if (!body.All(statement => _loop.Statements.Any(span => statement.Span.Contains(span))) || !HasAll(cancellation))
            return [];
        var arguments = new List<string>();
        if (StepCode() is not { } step)
            return [];
        arguments.Add(step);
        foreach (var symbol in new[] { _loop.Source.Parameter, _loop.Source.Gradient }.Concat(_loop.Model.States.Select(state => state.Source.Symbol)))
        {
            if (ArrayCode(symbol, cancellation) is not { } array)
                return [];
            arguments.Add(array);
        }

        var values = new List<string>();
        foreach (var hyper in _loop.Model.Hypers)
        {
            if (CodeOf(node => node is HyperExpr read && read.Symbol.Equals(hyper)) is not { } value)
                return [];
            values.Add($"{PropertyOf(hyper)} = {value}");
        }

        var outermost = _for.Ancestors().OfType<BaseTypeDeclarationSyntax>().LastOrDefault();
        if (outermost is null)
            return [];
        var name = FreeName(outermost, cancellation);
        var call = $"new {name}{(values.Count == 0 ? "()" : $" {{ {string.Join(", ", values)} }}")}.Update({string.Join(", ", arguments)});";
        var changes = ImmutableArray.CreateBuilder<TextChange>();
        if (_root is CompilationUnitSyntax unit && !unit.Usings.Any(directive => directive.Name?.ToString() == "OptDsl"))
            changes.Add(new TextChange(new TextSpan(unit.Usings.FirstOrDefault()?.SpanStart ?? 0, 0), "using OptDsl;" + LineBreak));
        changes.Add(new TextChange(_for.Span, call));
        changes.Add(new TextChange(new TextSpan(outermost.Span.End, 0), Declaration(name, outermost)));
        return changes.ToImmutable();
    }

    private string LineBreak => TextEdits.LineBreak(_text);

    /// <summary>Every tensor is one value an element.</summary>
    private bool HasAll(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _loop.Model.States.All(state => !state.IsScalar) && _loop.Roles.Count(role => role.Kind == RoleKind.Gradient) == 1;
    }

    /// <summary>The count of the steps as callers of rules have it, from 1.</summary>
    private string? StepCode()
    {
        if (!Nodes().Any(node => node is StepExpr))
            return "1";
        if (CodeOf(node => node is StepExpr, IsWhole) is not { } step)
            return null;
        // Where the code counts from 0 its t + 1 is one step of the model, and t alone is one less.
        return _loop.Source.FirstStep == 0 && !step.Contains('+') ? step + " + 1" : step;

        bool IsWhole(TextSpan code) => _root.FindNode(code, getInnermostNodeForTie: true) is IdentifierNameSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
            && _model.GetTypeInfo(_root.FindNode(code, getInnermostNodeForTie: true)).Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
    }

    /// <summary>The array or span whose elements a symbol stands for.</summary>
    private string? ArrayCode(string symbol, CancellationToken cancellation)
    {
        var place = _loop.Roles.First(role => role.Symbol == symbol).Place!;
        var accesses = _for.Statement.DescendantNodes().OfType<ElementAccessExpressionSyntax>()
            .Where(access => access.ArgumentList.Arguments.Count == 1 && access.ArgumentList.Arguments[0].Expression is IdentifierNameSyntax index && index.Identifier.ValueText == _index);
        foreach (var access in accesses)
        {
            var type = _model.GetTypeInfo(access.Expression, cancellation).Type;
            var isTensor = type is IArrayTypeSymbol { Rank: 1 } || type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments.Length: 1 };
            if (isTensor && NameOf(access.Expression) == place.Name && !_for.DescendantNodes().OfType<VariableDeclaratorSyntax>().Any(local => local.Identifier.ValueText == NameOf(access.Expression)))
                return access.Expression.ToString();
        }

        return null;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        ElementAccessExpressionSyntax element => NameOf(element.Expression),
        _ => null,
    };

    private string? CodeOf(Func<Expr, bool> isWanted, Func<TextSpan, bool>? fits = null)
    {
        foreach (var node in Nodes().Where(isWanted))
        {
            if (_loop.Map.FindExact(node.Span) is { } code && (fits is null ? IsSimple(code) : fits(code)))
                return _text.ToString(code);
        }

        return null;
    }

    /// <summary>A name that is known where the loop stands.</summary>
    private bool IsSimple(TextSpan code) => _root.FindNode(code, getInnermostNodeForTie: true) is IdentifierNameSyntax or MemberAccessExpressionSyntax or ArgumentSyntax;

    private IEnumerable<Expr> Nodes() => _loop.Model.Definitions.SelectMany(definition => All(definition.Value));

    private static IEnumerable<Expr> All(Expr expression) => expression.Children().SelectMany(All).Append(expression);

    private static string PropertyOf(HyperSymbol hyper) => char.ToUpperInvariant(hyper.Source.Symbol[0]) + hyper.Source.Symbol.Substring(1);

    private string FreeName(BaseTypeDeclarationSyntax outermost, CancellationToken cancellation)
    {
        var owner = _for.Ancestors().OfType<BaseTypeDeclarationSyntax>().First().Identifier.ValueText;
        var name = $"{owner}Rule";
        for (var number = 2; _model.LookupSymbols(outermost.SpanStart, name: name).Length > 0 && !cancellation.IsCancellationRequested; number++)
            name = $"{owner}Rule{number.ToString(CultureInfo.InvariantCulture)}";
        return name;
    }

    private string Declaration(string name, BaseTypeDeclarationSyntax outermost)
    {
        var (indentation, line) = (TextEdits.Indentation(_text, outermost.SpanStart), LineBreak);
        var text = new StringBuilder();
        Line("");
        foreach (var comment in Comments())
            Line($"/// {comment}");
        Line("[UpdateRule(\"\"\"");
        foreach (var formula in Formulas())
            Line("    " + formula);
        var named = (_loop.Source.Parameter == "W" ? "" : $", Parameter = \"{_loop.Source.Parameter}\"") + (_loop.Source.Gradient == "g" ? "" : $", Gradient = \"{_loop.Source.Gradient}\"")
            + (_loop.Source.Step == "t" ? "" : $", Step = \"{_loop.Source.Step}\"") + (_loop.Source.FirstStep == 0 ? ", FirstStep = 0" : "");
        Line($"    \"\"\"{named})]");
        if (!_loop.Model.States.IsEmpty)
            Line($"[{string.Join(", ", _loop.Model.States.Select(state => $"State(\"{state.Source.Symbol}\")"))}]");
        Line($"internal sealed partial class {name}");
        Line("{");
        foreach (var hyper in _loop.Model.Hypers)
        {
            var type = hyper.Source.Type == HyperType.Boolean ? "bool" : "double";
            var value = hyper.Source.Default is { } number ? hyper.Source.Type == HyperType.Boolean ? $" = {(number != 0 ? "true" : "false")};" : $" = {FormulaText.Number(number)};" : "";
            Line($"    [Hyper(\"{hyper.Source.Symbol}\")] public {type} {PropertyOf(hyper)} {{ get; set; }}{value}");
        }

        Line("}");
        return text.ToString();

        void Line(string content) => text.Append(line).Append(content == "" ? "" : indentation + content);
    }

    /// <summary>The formulas as papers print them, where that is the same rule.</summary>
    private IEnumerable<string> Formulas()
    {
        var printed = _loop.Model.WriteFormulas(NotationStyle.Unicode).ToList();
        return FormulaCompiler.Compile(_loop.Source with { Formulas = string.Join("\n", printed) }).Model is { } same && ModelIdentity.Of(same) == ModelIdentity.Of(_loop.Model)
            ? printed : _loop.Source.Formulas.Split('\n');
    }

    /// <summary>What the loop's comments say.</summary>
    private IEnumerable<string> Comments()
    {
        var comments = _for.Statement.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)).Select(trivia => trivia.ToString().TrimStart('/').Trim()).ToList();
        return comments.Count == 0 ? [] : ["<remarks>", .. comments.Select(comment => comment.Replace("&", "&amp;").Replace("<", "&lt;")), "</remarks>"];
    }
}
