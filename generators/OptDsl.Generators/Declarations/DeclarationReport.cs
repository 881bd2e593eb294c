using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using OptDsl.Language.Formulas;

namespace OptDsl.Generators.Declarations;

/// <summary>
/// Collects what is wrong with one declaration: as text for the generated <c>#error</c>, and as diagnostics where an analyzer
/// listens.
/// </summary>
internal sealed class DeclarationReport(Action<Diagnostic>? listener)
{
    private readonly ImmutableArray<string>.Builder _messages = ImmutableArray.CreateBuilder<string>();

    public EquatableArray<string> Messages => _messages.ToImmutable();

    public void Add(DiagnosticDescriptor descriptor, Location? location, params object[] arguments)
    {
        var diagnostic = Diagnostic.Create(descriptor, location, arguments);
        _messages.Add($"{descriptor.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
        listener?.Invoke(diagnostic);
    }
}
