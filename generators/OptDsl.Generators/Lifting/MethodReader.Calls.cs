using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using OptDsl.Language.Operations;
using static OptDsl.Generators.Lifting.NumberTypes;

namespace OptDsl.Generators.Lifting;

/// <summary>The part of the reader that reads functions, and methods where they are called.</summary>
internal sealed partial class MethodReader
{
    private const int Deepest = 4;
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, CodeFunction> _functions = new(SymbolEqualityComparer.Default);
    private List<Returned> _returns = [];
    private int _outerGuards;
    private int _outerLoops;
    private TextSpan? _site;

    /// <summary>The innermost call in this file, while a method of another is read: all that it does is done there.</summary>
    private TextSpan _foreign;

    /// <summary>Calls of methods in other files.</summary>
    public HashSet<TextSpan> ForeignSites { get; } = [];

    /// <summary>A method or lambda.</summary>
    private sealed record CodeFunction(IMethodSymbol Symbol, IOperation Body);

    /// <summary>A value that a method returns, and when.</summary>
    private sealed record Returned(Term? Guard, Term Value, ImmutableArray<Part> Parts, bool IsChoice);

    private Term Call(IInvocationOperation call, TextSpan span)
    {
        var method = call.TargetMethod;
        if (IsFunctions(method.ContainingType) && FunctionOf(method.Name, span, [.. call.Arguments.Select(argument => Evaluate(argument.Value))]) is { } value)
            return value;
        if (IsVectors(call.TargetMethod.ReturnType) || NumberTypes.IsOfVectors(method.ContainingType) || IsVectors(method.ContainingType))
            return Vectors(call, span);
        if (method.ContainingType is { Name: "TensorPrimitives" })
            return WholeSpans(call, span);
        if (Repeated(call) is { } repeated)
            return Run(call, repeated, span);
        if (method is { Name: "Increment" or "Decrement", ContainingType.Name: "Interlocked" } && _paths.Find(call.Arguments[0].Value) is { } counter)
            return Counted(call, counter, method.Name == "Increment" ? Op.Add : Op.Subtract, span);
        if (method.Name == "TryGetValue" && call.Arguments is [var key, var found] && _paths.Find(call.Instance) is { } collection)
            return Found(collection, key.Value, found.Value, span);
        if (method is { Name: "Invoke", ContainingType.TypeKind: TypeKind.Delegate } && call.Instance is ILocalReferenceOperation { Local: var local } && _functions.TryGetValue(local, out var function))
            return Inline(local, function, call, span);
        if (!method.IsAsync && !IsReplaced(method, call.Instance) && BodyOf(method) is { } own)
            return Accessed(call, own, span) ?? Inline(method, new CodeFunction(method, own), call, span);
        return _paths.Find(call) is { } place && IsNumber(place.Type) ? new ReadTerm(span, place) : new UnknownTerm(span);
    }

    /// <summary>Types whose methods are functions of numbers, also those of game engines.</summary>
    private static bool IsFunctions(INamedTypeSymbol? type) =>
        type is { Name: "Math" or "MathF" or "Double" or "Single" or "Half" or "Decimal" or "Int32", ContainingNamespace.Name: "System" }
        || type is { Name: "Mathf" or "MathHelper" } or { Name: "math", ContainingNamespace.Name: "Mathematics" } || NumberTypes.IsOfVectors(type) || IsOfMathematics(type);

    /// <summary>The function of a name, which some libraries begin with a small letter.</summary>
    private static Term? FunctionOf(string name, TextSpan span, Term[] values) => Function(char.ToUpperInvariant(name[0]) + name.Substring(1), span, values);

    private static Term? Function(string name, TextSpan span, Term[] values)
    {
        Op? op = (name, values.Length) switch
        {
            ("Sqrt" or "SquareRoot", 1) => Op.Sqrt,
            ("Cbrt", 1) => Op.Cbrt,
            ("Abs", 1) => Op.Abs,
            ("Sign", 1) => Op.Sign,
            ("Exp", 1) => Op.Exp,
            ("Log", 1) => Op.Ln,
            ("Sin", 1) => Op.Sin,
            ("Cos", 1) => Op.Cos,
            ("Tanh", 1) => Op.Tanh,
            ("Floor", 1) => Op.Floor,
            ("Pow" or "Power", 2) => Op.Power,
            ("Min" or "MinNative" or "MinNumber", 2) => Op.Min,
            ("Max" or "MaxNative" or "MaxNumber", 2) => Op.Max,
            ("Atan2", 2) => Op.Atan2,
            ("Sigmoid", 1) => Op.Sigmoid,
            _ => null,
        };
        if (op is { } known)
            return Terms.Of(span, known, values);
        return (name, values.Length) switch
        {
            ("Square" or "Sq", 1) => Terms.Of(span, Op.Multiply, values[0], values[0]),
            ("Add", 2) => Terms.Of(span, Op.Add, values),
            ("Subtract", 2) => Terms.Of(span, Op.Subtract, values),
            ("Multiply", 2) => Terms.Of(span, Op.Multiply, values),
            ("Divide", 2) => Terms.Of(span, Op.Divide, values),
            ("Negate", 1) => Terms.Of(span, Op.Negate, values),
            ("Clamp01" or "Saturate", 1) => Terms.Of(span, Op.Min, Terms.Of(span, Op.Max, values[0], new NumberTerm(span, 0)), new NumberTerm(span, 1)),
            ("Clamp" or "ClampNative", 3) => Terms.Of(span, Op.Min, Terms.Of(span, Op.Max, values[0], values[1]), values[2]),
            ("FusedMultiplyAdd" or "MultiplyAddEstimate" or "Mad", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], values[1]), values[2]),
            ("Lerp", 3) => Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], Terms.Of(span, Op.Subtract, new NumberTerm(span, 1), values[2])), Terms.Of(span, Op.Multiply, values[1], values[2])),
            ("ReciprocalSqrtEstimate" or "ReciprocalSqrt" or "Rsqrt", 1) => Terms.Of(span, Op.Divide, new NumberTerm(span, 1), Terms.Of(span, Op.Sqrt, values[0])),
            ("ReciprocalEstimate" or "Reciprocal" or "Rcp", 1) => Terms.Of(span, Op.Divide, new NumberTerm(span, 1), values[0]),
            ("Hypot", 2) => Terms.Of(span, Op.Sqrt, Terms.Of(span, Op.Add, Terms.Of(span, Op.Multiply, values[0], values[0]), Terms.Of(span, Op.Multiply, values[1], values[1]))),
            ("CopySign", 2) => Terms.Of(span, Op.Multiply, Terms.Of(span, Op.Abs, values[0]), Terms.Of(span, Op.Sign, values[1])),
            ("CreateChecked" or "CreateSaturating" or "CreateTruncating", 1) => values[0],
            _ => null,
        };
    }

    private ReadTerm Counted(IInvocationOperation call, Place counter, Op op, TextSpan span)
    {
        var read = new ReadTerm(SpanOf(call.Arguments[0]), counter);
        Assign(counter, Terms.Of(span, op, read, new NumberTerm(span, 1)), read.Span, span);
        return new ReadTerm(span, counter);
    }

    /// <summary>A variable that gets what a collection keeps stands for it.</summary>
    private UnknownTerm Found(Place collection, IOperation key, IOperation target, TextSpan span)
    {
        var local = (target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) as ILocalReferenceOperation;
        if (local is not null && !IsNumber(local.Type) && _paths.Element(collection, [key], local.Type) is { } element)
            _paths.SetAlias(local.Local, element);
        return new UnknownTerm(span);
    }

    private bool IsHere(IOperation operation) => operation.Syntax.SyntaxTree == model.SyntaxTree;

    /// <summary>Where an operation stands in this file.</summary>
    private TextSpan SpanOf(IOperation operation) => IsHere(operation) ? operation.Syntax.Span : _foreign;

    /// <summary>True where another method may run instead: in a type of this file that is derived from the one that the code names, and in other files in any.</summary>
    private bool IsReplaced(IMethodSymbol method, IOperation? instance)
    {
        if (method.IsAbstract || !(method.IsVirtual || method.IsOverride))
            return method.IsAbstract;
        return instance?.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class } type || !(type.IsSealed || method.IsSealed || (IsOfFile(type) && !IsBase(type)));
    }

    private bool IsBase(INamedTypeSymbol type) => model.SyntaxTree.GetRoot(cancellation).DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.ClassDeclarationSyntax>()
        .Any(other => other.BaseList?.Types.Any(known => known.Type.ToString().Split('.', '<').Contains(type.Name)) == true);

    private bool IsOfFile(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree == model.SyntaxTree);

    /// <summary>The body of a method of the same project.</summary>
    private IOperation? BodyOf(IMethodSymbol method)
    {
        if ((method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is not [var reference] || Lifting.Declared.ModelOf(reference.SyntaxTree, model) is not { } own)
            return null;
        var body = own.GetOperation(reference.GetSyntax(cancellation), cancellation);
        return body is ILocalFunctionOperation local ? local.Body : body;
    }

    /// <summary>A method of another object that sets one number, or returns one, is that number where it is called; null for any other.</summary>
    private Term? Accessed(IInvocationOperation call, IOperation body, TextSpan span)
    {
        if (call.Instance is null or IInstanceReferenceOperation || _paths.Find(call.Instance) is not { } owner || !IsHere(call))
            return null;
        var only = body is IMethodBodyOperation { BlockBody: var block, ExpressionBody: var expression } ? block ?? expression : body as IBlockOperation;
        switch (only?.Operations is [var operation] ? operation : null, call.Arguments)
        {
            case (IReturnOperation { ReturnedValue: IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } read }, []) when IsNumber(read.Type):
                return new ReadTerm(span, PathReader.MemberOf(owner, read.Member, read.Type!));
            case (IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } set, Value: IParameterReferenceOperation } }, [{ Value: var given }]) when IsNumber(set.Type):
                Assign(PathReader.MemberOf(owner, set.Member, set.Type!), Evaluate(given), span, span);
                return new UnknownTerm(span);
            default:
                return null;
        }
    }

    /// <summary>Reads a method where it is called.</summary>
    private Term Inline(ISymbol symbol, CodeFunction function, IInvocationOperation call, TextSpan span)
    {
        var (parameters, body) = (function.Symbol.Parameters, function.Body);
        _parts = [];
        var outer = _paths.Self;
        var self = call.Instance is null or IInstanceReferenceOperation || symbol is ILocalSymbol ? outer : _paths.Find(call.Instance);
        if (_open.Count >= Deepest || (self is null && call.Instance is not (null or IInstanceReferenceOperation) && symbol is IMethodSymbol) || !_open.Add(symbol))
            return new UnknownTerm(span);
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter)
                Pass(argument, parameters[parameter.Ordinal], body, call.Syntax.SpanStart);
        }

        var (site, foreign) = (_site, _foreign);
        _site ??= SpanOf(call);
        if (!IsHere(body) && IsHere(call))
            ForeignSites.Add(_foreign = call.Syntax.Span);
        _paths.Self = self;
        var result = ResultOf(body);
        (_paths.Self, _site, _foreign) = (outer, site, foreign);
        _open.Remove(symbol);
        return result ?? new UnknownTerm(span);
    }

    /// <summary>Reads a body, and what it returns.</summary>
    private Term? ResultOf(IOperation body)
    {
        var (returns, guards, loops) = (_returns, _outerGuards, _outerLoops);
        (_returns, _outerGuards, _outerLoops) = ([], _guards.Count, _loops.Length);
        Visit(body);
        var result = Result();
        _parts = _returns is [.., { Guard: null, Parts: var parts }] ? parts : [];
        (_returns, _outerGuards, _outerLoops) = (returns, guards, loops);
        return result;
    }

    /// <summary>What a method calls its argument is that place, that index, or a variable which begins with that value.</summary>
    private void Pass(IArgumentOperation argument, IParameterSymbol parameter, IOperation body, int position)
    {
        _constants.Remove(parameter);
        _given.Remove(parameter);
        if (IsNumber(parameter.Type) && parameter.RefKind == RefKind.None && !IsWritten(parameter, body))
            _given[parameter] = SpanOf(argument.Value);
        var isSame = parameter.RefKind != RefKind.None || !IsNumber(parameter.Type) || (!IsWhole(parameter.Type) && !IsWritten(parameter, body));
        if (isSame && _paths.Find(argument.Value) is { } place)
        {
            _paths.SetAlias(parameter, (place.IsPart && IsOneOfSeveral(argument.Value, place) ? place with { Name = parameter.Name } : place) with { IsPart = false });
        }
        else if (IsWhole(parameter.Type) && _paths.SetIndex(parameter, argument.Value))
        {
            return;
        }
        else if (IsNumber(parameter.Type) && Constant(argument.Value) is { } constant && !IsWritten(parameter, body))
        {
            _constants[parameter] = constant;
        }
        else if (IsNumber(parameter.Type))
        {
            var target = new Place($"{parameter.Name}@{position}", parameter.Name, [], parameter.Type, parameter) { Symbol = parameter };
            _declared[target.Path] = _loops;
            _paths.SetAlias(parameter, target);
            Assign(target, Evaluate(argument.Value), SpanOf(argument), SpanOf(argument), isDeclaration: true);
        }
        else if (Function(argument.Value) is { } function)
        {
            _functions[parameter] = function;
        }
        else if (Parts(argument.Value) is { IsEmpty: false } parts)
        {
            var target = new Place($"{parameter.Name}@{position}", parameter.Name, [], parameter.Type, parameter) { Symbol = parameter };
            _declared[target.Path] = _loops;
            _paths.SetAlias(parameter, target);
            Write(target, parts, SpanOf(argument), isDeclaration: true);
        }
    }

    private static bool IsWritten(IParameterSymbol parameter, IOperation body) => body.Descendants().Any(operation => operation switch
    {
        IAssignmentOperation assignment => IsOf(assignment.Target, parameter),
        IIncrementOrDecrementOperation step => IsOf(step.Target, parameter),
        IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => IsOf(argument.Value, parameter),
        _ => false,
    });

    private static bool IsOf(IOperation target, IParameterSymbol parameter) => target is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter);

    private void VisitReturn(IOperation value)
    {
        var isChoice = _loops.Skip(_outerLoops).Any(loop => _enclosures[loop].IsChoice);
        var isNumber = IsNumber(value.Type);
        var guard = Guard(_outerGuards);
        if (!isNumber && HandOut(value))
            return;
        if (!isNumber && _open.Count == 0)
        {
            ReturnProjection(value);
            KeepMembers(value);
        }

        _returns.Add(new Returned(guard, isNumber ? Evaluate(value) : new UnknownTerm(SpanOf(value)), isNumber ? [] : Parts(value), isChoice));
    }

    /// <summary>The number that a method returns: what it returns last, but for the cases in which it returned before. Where it returns under conditions that say nothing, that is left aside.</summary>
    private Term? Result()
    {
        var returns = _returns.Where(result => !result.IsChoice).ToList();
        if (returns.Count == 0)
            return _returns.Count == 1 ? _returns[0].Value : null;
        var value = returns[returns.Count - 1].Value;
        for (var i = returns.Count - 2; i >= 0; i--)
            value = returns[i].Guard is { } guard ? Terms.Of(returns[i].Value.Span, Op.Select, guard, returns[i].Value, value) : returns[i].Value;
        return value;
    }
}
