using OptDsl.Language.Formulas;

namespace OptDsl.Language.Backends.CSharp;

/// <summary>What it takes to reopen a partial type in generated code.</summary>
/// <param name="Namespace">The full namespace, or empty.</param>
/// <param name="Containers">The types around it, outermost first.</param>
/// <param name="Type">The type itself.</param>
internal sealed record TypeHeader(string Namespace, EquatableArray<TypePart> Containers, TypePart Type)
{
    /// <summary>The name as a reader would say it: <c>Demo.Outer.Momentum</c>.</summary>
    public string FullName =>
        string.Join(".", new[] { Namespace }.Concat(Containers.Select(part => part.Name)).Append(Type.Name).Where(name => name != ""));
}

/// <summary>One type declaration.</summary>
/// <param name="Keyword"><c>class</c>, <c>record</c>, <c>record struct</c>, <c>struct</c> or <c>interface</c>.</param>
/// <param name="Name">The identifier, without <c>@</c>.</param>
/// <param name="TypeParameters">Names of the type parameters.</param>
internal sealed record TypePart(string Keyword, string Name, EquatableArray<string> TypeParameters);
