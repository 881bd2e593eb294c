using System.Collections.Immutable;
using OptDsl.Language.Operations;

namespace OptDsl.Language.Formulas.Syntax;

/// <summary>An expression as it is written: names are not resolved yet, and products without a sign not yet cut into factors.</summary>
/// <param name="Span">Its characters.</param>
/// <param name="Depth">The height of the tree; bounded by the parser, so that nothing after it can run out of stack.</param>
internal abstract record ExprSyntax(TextSpan Span, int Depth);

internal sealed record NumberSyntax(TextSpan Span, double Value) : ExprSyntax(Span, 1)
{
    /// <summary>True for a vector of ones, <c>1_n</c>, which is 1 for each element and sums where it multiplies a matrix.</summary>
    public bool IsOnes { get; init; }
}

/// <summary>
/// A run of letters with its scripts: one name, or several without a sign between them. The subscripts are written below the
/// last letter; the time index above it in parentheses, as in <c>y^{(t-1)}</c>.
/// </summary>
internal sealed record NameSyntax(
    TextSpan Span, ImmutableArray<Glyph> Glyphs, ImmutableArray<Subscript> Subscripts, Subscript? TimeIndex)
    : ExprSyntax(Span, Math.Max(1, Glyphs.Length))
{
    public string Letters => string.Concat(Glyphs.Select(glyph => glyph.Text));

    /// <summary>The normalised form of the name: its letters, then the subscripts, then the labels. The step is no part of it.</summary>
    public string Key(string step) => KeyOf(Letters, Subscripts.Any(part => part.Text == step) ? Subscripts.RemoveAll(part => part.Text == step) : Subscripts);

    /// <summary>The normalised form of letters with subscripts, so that <c>v_1^{max}</c> and <c>v^{max}_1</c> are one name.</summary>
    public static string KeyOf(string letters, ImmutableArray<Subscript> subscripts) =>
        letters + string.Concat(subscripts.Where(part => !part.IsLabel).Select(part => part.Text)) + string.Concat(subscripts.Where(part => part.IsLabel).Select(part => part.Text));

    /// <summary>The name that has a normalised form, wherever it stands: each letter with what is written on it.</summary>
    public static NameSyntax OfKey(string key, TextSpan span)
    {
        var glyphs = ImmutableArray.CreateBuilder<Glyph>();
        for (var i = 0; i < key.Length;)
        {
            var end = i + Syntax.Letters.LengthAt(key, i);
            while (end < key.Length && !Syntax.Letters.IsLetterAt(key, end))
                end += Syntax.Letters.LengthAt(key, end);
            glyphs.Add(new Glyph(key.Substring(i, end - i), span));
            i = end;
        }

        return new NameSyntax(span, glyphs.ToImmutable(), [], null);
    }

    /// <summary>The letters from one to another; what is written on the run stays with its last letter.</summary>
    public NameSyntax Part(int start, int end)
    {
        var glyphs = ImmutableArray.Create(Glyphs, start, end - start);
        var isLast = end == Glyphs.Length;
        var from = start == 0 ? Span.Start : glyphs[0].Span.Start;
        var to = isLast ? Span.End : glyphs[glyphs.Length - 1].Span.End;
        return new NameSyntax(TextSpan.FromBounds(from, to), glyphs, isLast ? Subscripts : [], isLast ? TimeIndex : null);
    }
}

/// <summary>A part of a subscript: a word or number, and what is added to it, as in <c>t-1</c>.</summary>
internal sealed record Subscript(TextSpan Span, string Text, int Offset)
{
    /// <summary>True for what stands above the name, or in square brackets behind it: <c>^max</c>, <c>[g^2]</c>.</summary>
    public bool IsLabel => Text.Length > 1 && Text[0] is '^' or '[';
}

/// <summary>The gradient as <c>∇f(θ)</c>, in any of its forms; what it is the gradient of carries no meaning.</summary>
internal sealed record NablaSyntax(TextSpan Span, NameSyntax? Function) : ExprSyntax(Span, 1)
{
    /// <summary>The time on what it is the gradient of, as in <c>∇f_{t-1}</c>.</summary>
    public int? FunctionTime { get; init; }

    /// <summary>The time of the parameter at which it is taken, as in <c>∇f(θ_{t-1})</c>.</summary>
    public int? PointTime { get; init; }

    /// <summary>The time of the data beside the point, as in <c>∇f(θ_{t-1}, ξ_t)</c>.</summary>
    public int? DataTime { get; init; }

    /// <summary>What it is the gradient of, as far as that is named, in the form ∂L/∂w too.</summary>
    public string? Of { get; init; }

    /// <summary>True where the parameter is named as the point.</summary>
    public bool HasPoint { get; init; }
}

/// <summary>A value in parentheses.</summary>
internal sealed record GroupSyntax(TextSpan Span, ExprSyntax Inner) : ExprSyntax(Span, Inner.Depth + 1)
{
    /// <summary>True for an exponent behind a circle, <c>^{∘2}</c>.</summary>
    public bool IsOfElements { get; init; }
}

/// <summary>A name directly before parentheses: a call if it is a function's, else a product.</summary>
internal sealed record ApplySyntax(TextSpan Span, NameSyntax Name, ImmutableArray<ExprSyntax> Arguments)
    : ExprSyntax(Span, Math.Max(Name.Depth, Arguments.Max(argument => argument.Depth)) + Arguments.Length);

/// <summary>A call of a built-in function.</summary>
internal sealed record CallSyntax(TextSpan Span, TextSpan NameSpan, string Function, ImmutableArray<ExprSyntax> Arguments)
    : ExprSyntax(Span, Arguments.Max(argument => argument.Depth) + 1);

/// <summary>A call of a function that the text defines.</summary>
internal sealed record HelperCallSyntax(TextSpan Span, NameSyntax Name, string Helper, ImmutableArray<ExprSyntax> Arguments)
    : ExprSyntax(Span, Arguments.Max(argument => argument.Depth) + 1);

/// <summary>Factors written one after the other.</summary>
internal sealed record ProductSyntax(TextSpan Span, ImmutableArray<ExprSyntax> Factors)
    : ExprSyntax(Span, Factors.Max(factor => factor.Depth) + Factors.Length);

internal sealed record PowerSyntax(TextSpan Span, ExprSyntax Base, ExprSyntax Exponent)
    : ExprSyntax(Span, Math.Max(Base.Depth, Exponent.Depth) + 1)
{
    /// <summary>True for the power of each element, also of a square matrix: <c>L^{∘1/2}</c>.</summary>
    public bool IsOfElements { get; init; }
}

/// <summary>The transpose of a matrix.</summary>
internal sealed record TransposeSyntax(TextSpan Span, ExprSyntax Operand) : ExprSyntax(Span, Operand.Depth + 1);

/// <summary>A root; the degree is null for the square root.</summary>
internal sealed record RootSyntax(TextSpan Span, ExprSyntax Operand, ExprSyntax? Degree)
    : ExprSyntax(Span, Math.Max(Operand.Depth, Degree?.Depth ?? 0) + 1);

/// <summary><c>|x|</c>.</summary>
internal sealed record AbsoluteSyntax(TextSpan Span, ExprSyntax Inner) : ExprSyntax(Span, Inner.Depth + 1);

/// <summary><c>‖x‖</c> with the subscript that says which norm.</summary>
internal sealed record NormSyntax(TextSpan Span, ExprSyntax Inner, NormKind Kind) : ExprSyntax(Span, Inner.Depth + 1)
{
    /// <summary>The p of <c>‖x‖_p</c>, where it is no norm of its own.</summary>
    public ExprSyntax? Order { get; init; }
}

internal enum NormKind
{
    Euclidean,
    SumOfAbsolutes,
    LargestAbsolute,

    /// <summary>How many elements are not 0.</summary>
    NonZeros,

    /// <summary>The root of the sum of powers whose exponent stands below.</summary>
    Powers,
}

internal sealed record UnarySyntax(TextSpan Span, Op Operator, ExprSyntax Operand) : ExprSyntax(Span, Operand.Depth + 1);

internal sealed record BinarySyntax(TextSpan Span, Op Operator, ExprSyntax Left, ExprSyntax Right)
    : ExprSyntax(Span, Math.Max(Left.Depth, Right.Depth) + 1)
{
    /// <summary>What the sign of a product says about matrices: <see cref="Token.Circle"/>, <see cref="Token.Star"/>, <see cref="Token.Dot"/> or nothing.</summary>
    public string Sign { get; init; } = "";
}

internal sealed record ConditionalSyntax(TextSpan Span, ExprSyntax Condition, ExprSyntax WhenTrue, ExprSyntax WhenFalse)
    : ExprSyntax(Span, Math.Max(Condition.Depth, Math.Max(WhenTrue.Depth, WhenFalse.Depth)) + 1);

/// <summary>Stands where an expression could not be read; the error is reported already.</summary>
internal sealed record MissingSyntax(TextSpan Span) : ExprSyntax(Span, 1);

/// <summary>A statement, or a choice between statements.</summary>
internal abstract record ItemSyntax(TextSpan Span);

/// <summary>One assignment; the operator is that of <c>+=</c> and its like, or null for a plain assignment.</summary>
internal sealed record StatementSyntax(TextSpan Span, NameSyntax Target, Op? Operator, ExprSyntax Value) : ItemSyntax(Span)
{
    /// <summary>True for what a sentence explains behind its use: "where c = 1/t".</summary>
    public bool Explains { get; init; }
}

/// <summary>The definition of a function of its own: <c>φ(x) = x / (1 + |x|)</c>.</summary>
/// <param name="Span">All of it.</param>
/// <param name="Target">The function's name.</param>
/// <param name="Parameters">The names of its arguments.</param>
/// <param name="Value">What it computes of them, and of what has a value where it is called.</param>
internal sealed record HelperSyntax(TextSpan Span, NameSyntax Target, ImmutableArray<NameSyntax> Parameters, ExprSyntax Value) : ItemSyntax(Span);

/// <summary>A choice between statements.</summary>
internal sealed record ChoiceSyntax(TextSpan Span, ExprSyntax Condition, ImmutableArray<ItemSyntax> WhenTrue, ImmutableArray<ItemSyntax> WhenFalse)
    : ItemSyntax(Span)
{
    /// <summary>The choice that is all that happens otherwise, as that of an <c>elif</c>.</summary>
    public ChoiceSyntax? ElseIf => WhenFalse.Length == 1 ? WhenFalse[0] as ChoiceSyntax : null;
}

/// <summary>Statements that run several times, each time on what the last one left.</summary>
/// <param name="Span">All of it.</param>
/// <param name="Count">How often, where a number says it.</param>
/// <param name="Body">What is repeated.</param>
internal sealed record RepeatSyntax(TextSpan Span, int Count, ImmutableArray<ItemSyntax> Body) : ItemSyntax(Span)
{
    /// <summary>How often, where a name says it; else null.</summary>
    public ExprSyntax? Times { get; init; }

    /// <summary>The largest count: what is repeated becomes as many statements.</summary>
    public const int MostTimes = 50;
}

internal static class ItemTree
{
    /// <summary>The assignments, those in choices too, in written order.</summary>
    public static IEnumerable<StatementSyntax> Assignments(this IEnumerable<ItemSyntax> items) => items.SelectMany(item => item switch
    {
        StatementSyntax statement => [statement],
        ChoiceSyntax choice => choice.WhenTrue.Concat(choice.WhenFalse).Assignments(),
        RepeatSyntax repeat => repeat.Body.Assignments(),
        _ => [],
    });
}
