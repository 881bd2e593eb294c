using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Generators.Lifting;
using OptDsl.Language.Formulas.Model;
using OptDsl.Language.Operations;
using TextSpan = Microsoft.CodeAnalysis.Text.TextSpan;

namespace OptDsl.CodeFixes.Loops;

/// <summary>
/// Writes a mended rule back into the loop that it was read from: what differs is replaced where it stands, and what is new gets a
/// statement of its own. What the loop has already is written as the loop writes it.
/// </summary>
internal sealed class LoopMending
{
    private readonly LiftedLoop _loop;
    private readonly RuleModel _mended;
    private readonly SyntaxNode _root;
    private readonly SourceText _text;
    private readonly ExpressionKey _keys;
    private readonly Dictionary<Definition, string> _names = [];
    private readonly Dictionary<string, string> _code = [];
    private readonly Dictionary<Definition, string> _inserted = [];
    private readonly List<TextChange> _changes = [];
    private readonly bool _isSingle;
    private readonly CodeExpression _writer;

    private LoopMending(LiftedLoop loop, RuleModel mended, SyntaxNode root, SourceText text)
    {
        (_loop, _mended, _root, _text) = (loop, mended, root, text);
        _isSingle = loop.Roles.First(role => role.Kind == RoleKind.Parameter).Place?.Type?.SpecialType == SpecialType.System_Single;
        _keys = new ExpressionKey(definition => _names[definition]);
        _writer = new CodeExpression(Known, _isSingle);
    }

    /// <summary>The edits, or nothing where the difference cannot be written into this code.</summary>
    public static ImmutableArray<TextChange> Plan(LiftedLoop loop, RuleModel mended, SyntaxNode root, SourceText text) =>
        new LoopMending(loop, mended, root, text).Plan() is { Count: > 0 } changes ? [.. changes] : [];

    private List<TextChange>? Plan()
    {
        if (Pairs() is not { } pairs)
            return null;
        foreach (var definition in _loop.Model.Definitions)
            Learn(definition);
        foreach (var (was, becomes) in pairs)
        {
            if (was is null ? !Insert(becomes, pairs) : !Replace(was, becomes))
                return null;
        }

        return _changes;
    }

    /// <summary>The definitions of the mended rule beside those of the loop, and null beside what is new.</summary>
    private List<(Definition? Was, Definition Becomes)>? Pairs()
    {
        var (old, pairs) = (_loop.Model.Definitions, new List<(Definition?, Definition)>());
        var next = 0;
        foreach (var definition in _mended.Definitions)
        {
            var name = definition.Target.Name;
            if (next < old.Length && old[next].Target.Name == name)
            {
                _names[old[next]] = _names[definition] = $"{name}#{next}";
                pairs.Add((old[next++], definition));
            }
            else if (old.All(other => other.Target.Name != name))
            {
                _names[definition] = name;
                pairs.Add((null, definition));
            }
            else
            {
                return null;
            }
        }

        return next == old.Length ? pairs : null;
    }

    /// <summary>How the code writes what it computes.</summary>
    private void Learn(Definition definition)
    {
        Learn(definition.Value, null);
        if (_loop.Map.FindExact(definition.TargetSpan) is not { } target)
            return;
        var node = NodeAt(target);
        var name = node is VariableDeclaratorSyntax declarator ? declarator.Identifier.ValueText : node is ExpressionSyntax and not AssignmentExpressionSyntax ? _text.ToString(target) : null;
        if (name is not null)
            _code[$"new {_names[definition]}"] = name;
    }

    private void Learn(Expr expression, TextSpan? outer)
    {
        var code = _loop.Map.FindExact(expression.Span);
        // What shares its characters with more than itself, as the power that a running product is, has none of its own.
        var own = code is { } span && span != outer && NodeAt(span) is ExpressionSyntax and not AssignmentExpressionSyntax ? code : null;
        if (own is { } found && _keys.Of(expression) is var key && !_code.ContainsKey(key))
            _code[key] = _text.ToString(found);
        foreach (var child in expression.Children())
            Learn(child, code ?? outer);
    }

    private SyntaxNode NodeAt(TextSpan span) => Unwrapped(_root.FindNode(span, getInnermostNodeForTie: false), span);

    private static SyntaxNode Unwrapped(SyntaxNode node, TextSpan span)
    {
        while (node is ArgumentSyntax or ExpressionStatementSyntax or EqualsValueClauseSyntax && node.ChildNodes().FirstOrDefault(child => child.Span == span) is { } inner)
            node = inner;
        return node;
    }

    /// <summary>The code of an expression, where the loop has it or it was put in.</summary>
    private string? Known(Expr expression) => expression is DefinedExpr { Definition: var definition } && _inserted.TryGetValue(definition, out var name) ? name
        : _code.TryGetValue(_keys.Of(expression), out var code) ? code
        : expression is StepExpr && CountSteps() ? _code["step"] : null;

    /// <summary>Gives code that counts no steps a field for it.</summary>
    private bool CountSteps()
    {
        var name = FreeName("_step");
        if (LoopPlaces.Outermost(_loop, _root) is not { } outer || LoopPlaces.Field(outer, "int", name, _text) is not { } field)
            return false;
        _changes.Add(field);
        _changes.Add(LoopPlaces.Before(outer, $"{name}++;", _text));
        _code["step"] = name;
        return true;
    }

    private bool Replace(Definition was, Definition becomes) => _keys.Of(was.Value) == _keys.Of(becomes.Value) || Replace(was.Value, becomes.Value, null) || Assign(was, becomes);

    /// <summary>Replaces as little as there is.</summary>
    private bool Replace(Expr was, Expr becomes, TextSpan? outer)
    {
        if (_keys.Of(was) == _keys.Of(becomes))
            return true;
        var code = _loop.Map.FindExact(was.Span);
        var (before, after) = (was.Children(), becomes.Children());
        if (before.Length > 0 && before.Length == after.Length && Head(was) == Head(becomes))
        {
            var mark = _changes.Count;
            if (before.Zip(after, (first, second) => Replace(first, second, code ?? outer)).All(done => done))
                return true;
            _changes.RemoveRange(mark, _changes.Count - mark);
        }

        if (code is not { } span || span == outer || NodeAt(span) is not ExpressionSyntax and not AssignmentExpressionSyntax || NodeAt(span) is AssignmentExpressionSyntax || NodeAt(span).Span != span)
            return false;
        var isOperand = NodeAt(span).Parent is BinaryExpressionSyntax or CastExpressionSyntax or PrefixUnaryExpressionSyntax;
        if ((isOperand ? _writer.WriteFactor(becomes) : _writer.Write(becomes)) is not { } text)
            return false;
        _changes.Add(new TextChange(span, text));
        return true;
    }

    private static string Head(Expr expression) => expression switch
    {
        UnaryExpr unary => unary.Operator.ToString(),
        BinaryExpr binary => binary.Operator.ToString(),
        CallExpr call => call.Function.ToString(),
        ReduceExpr reduce => $"{reduce.OverGroup}{reduce.Reduction}",
        _ => expression.GetType().Name,
    };

    /// <summary>Writes the right side of an assignment anew.</summary>
    private bool Assign(Definition was, Definition becomes)
    {
        if (_loop.Map.FindExact(was.StatementSpan) is not { } statement)
            return false;
        switch (NodeAt(statement))
        {
            case AssignmentExpressionSyntax assignment:
                var (sign, value) = becomes.Value is BinaryExpr { Operator: Op.Add or Op.Subtract, Left: OldExpr old } sum && old.Symbol.Equals(becomes.Target)
                    ? (sum.Operator == Op.Add ? "+=" : "-=", sum.Right) : ("=", becomes.Value);
                if (_writer.Write(value) is not { } text)
                    return false;
                _changes.Add(new TextChange(assignment.Span, $"{assignment.Left} {sign} {text}"));
                return true;
            case VariableDeclaratorSyntax { Initializer.Value: { } initial } when _writer.Write(becomes.Value) is { } start:
                _changes.Add(new TextChange(initial.Span, start));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Puts a new value before the first statement that comes after it; where there is no place for one, into what uses it.</summary>
    private bool Insert(Definition definition, List<(Definition? Was, Definition Becomes)> pairs)
    {
        if (_writer.Write(definition.Value) is not { } value)
            return false;
        var next = pairs.SkipWhile(pair => pair.Becomes != definition).Select(pair => pair.Was).FirstOrDefault(was => was is not null);
        if (next is null || _loop.Map.FindExact(next.StatementSpan) is not { } code || NodeAt(code).FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return false;
        if (statement.Parent is not BlockSyntax)
        {
            _inserted[definition] = value;
            return true;
        }

        var name = FreeName(NameOf(definition.Target.Name));
        _inserted[definition] = name;
        _changes.Add(LoopPlaces.Before(statement, $"{(_isSingle ? "float" : "double")} {name} = {value};", _text));
        return true;
    }

    /// <summary><c>m̂</c> is mHat.</summary>
    private static string NameOf(string symbol)
    {
        var letters = new string([.. symbol.Replace("\u0302", "Hat").Where(char.IsLetterOrDigit)]);
        var name = letters.EndsWith("hat", StringComparison.Ordinal) && letters.Length > 3 ? letters.Substring(0, letters.Length - 3) + "Hat" : letters;
        return SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "value";
    }

    private string FreeName(string name)
    {
        var taken = new HashSet<string>(_root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Concat(_inserted.Values));
        var free = name;
        for (var number = 2; taken.Contains(free); number++)
            free = name + number.ToString(CultureInfo.InvariantCulture);
        return free;
    }
}
