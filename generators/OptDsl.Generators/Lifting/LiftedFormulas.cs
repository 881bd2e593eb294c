using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OptDsl.Language.Operations;
using CodeSpan = Microsoft.CodeAnalysis.Text.TextSpan;
using FormulaSpan = OptDsl.Language.Formulas.TextSpan;

namespace OptDsl.Generators.Lifting;

/// <summary>Writes lines as formulas, and notes where each part of them stands in the code.</summary>
internal sealed class LiftedFormulas(Func<Place, string> nameOf, string gradient)
{
    private const int Choice = 0;
    private const int Or = 1;
    private const int And = 2;
    private const int Not = 3;
    private const int Comparison = 4;
    private const int Sum = 5;
    private const int Product = 6;
    private const int Sign = 7;
    private const int Power = 8;
    private const int Atom = 9;
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<SourcePart>.Builder _parts = ImmutableArray.CreateBuilder<SourcePart>();

    public string Text => _text.ToString();

    /// <summary>The way from the formulas to the code.</summary>
    public SourceMap Map => new(_parts.ToImmutable());

    public void Write(Line line)
    {
        if (_text.Length > 0)
            _text.Append('\n');
        var start = _text.Length;
        _text.Append(nameOf(line.Target));
        Note(start, line.Source.TargetSpan, isTarget: true);
        _text.Append(" = ");
        Write(line.Value, Choice);
        Note(start, line.Source.Span, isTarget: false);
    }

    private void Write(Term term, int level)
    {
        var start = _text.Length;
        var own = LevelOf(term);
        if (own < level)
            _text.Append('(');
        var inner = _text.Length;
        WriteBare(term);
        Note(inner, term.Span, isTarget: false);
        if (own < level)
            _text.Append(')');
        if (own < level)
            Note(start, term.Span, isTarget: false);
    }

    private void WriteBare(Term term)
    {
        switch (term)
        {
            case NumberTerm number:
                _text.Append(Number(number.Value));
                break;
            case ReadTerm read:
                _text.Append(nameOf(read.Place));
                break;
            case GradientTerm:
                _text.Append(gradient);
                break;
            case SumTerm sum:
                Call("sum", [sum.Operand]);
                break;
            case OperationTerm operation:
                WriteOperation(operation);
                break;
        }
    }

    private void WriteOperation(OperationTerm operation)
    {
        var operands = operation.Operands;
        switch (operation.Op)
        {
            case Op.Negate:
                _text.Append('-');
                Write(operands[0], Sign);
                break;
            case Op.Not:
                _text.Append("not ");
                Write(operands[0], Not);
                break;
            case Op.Add or Op.Subtract:
                Infix(operands, operation.Op == Op.Add ? " + " : " - ", Sum, Product);
                break;
            case Op.Multiply or Op.Divide:
                Infix(operands, operation.Op == Op.Multiply ? "*" : " / ", Product, Sign);
                break;
            case Op.Power:
                Infix(operands, "^", Atom, Atom);
                break;
            case Op.And or Op.Or:
                Infix(operands, operation.Op == Op.And ? " and " : " or ", operation.Op == Op.And ? And : Or, operation.Op == Op.And ? Not : And);
                break;
            case Op.Select:
                Write(operands[0], Or);
                _text.Append(" ? ");
                Write(operands[1], Or);
                _text.Append(" : ");
                Write(operands[2], Or);
                break;
            case >= Op.Less and <= Op.NotEqual:
                Infix(operands, Comparator(operation.Op), Sum, Sum);
                break;
            case Op.Ln:
                Call("ln", operands);
                break;
            default:
                Call(operation.Op.ToString().ToLowerInvariant(), operands);
                break;
        }
    }

    private void Infix(ImmutableArray<Term> operands, string sign, int left, int right)
    {
        Write(operands[0], left);
        _text.Append(sign);
        Write(operands[1], right);
    }

    private void Call(string function, ImmutableArray<Term> operands)
    {
        _text.Append(function).Append('(');
        for (var i = 0; i < operands.Length; i++)
        {
            if (i > 0)
                _text.Append(", ");
            Write(operands[i], Choice);
        }

        _text.Append(')');
    }

    private static string Comparator(Op op) => op switch
    {
        Op.Less => " < ",
        Op.LessOrEqual => " <= ",
        Op.Greater => " > ",
        Op.GreaterOrEqual => " >= ",
        Op.Equal => " == ",
        _ => " != ",
    };

    private static int LevelOf(Term term) => term switch
    {
        NumberTerm { Value: < 0 } => Sign,
        OperationTerm operation => operation.Op switch
        {
            Op.Negate => Sign,
            Op.Not => Not,
            Op.Add or Op.Subtract => Sum,
            Op.Multiply or Op.Divide => Product,
            Op.Power => Power,
            Op.And => And,
            Op.Or => Or,
            Op.Select => Choice,
            >= Op.Less and <= Op.NotEqual => Comparison,
            _ => Atom,
        },
        _ => Atom,
    };

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e").Replace("E-0", "e-").Replace("E", "e");

    private void Note(int start, CodeSpan code, bool isTarget) => _parts.Add(new SourcePart(new FormulaSpan(start, _text.Length - start), code, isTarget));
}
