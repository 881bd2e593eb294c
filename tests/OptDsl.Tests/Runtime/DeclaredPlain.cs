namespace OptDsl.Tests.Runtime;

/// <summary>A compiled rule without hyper-parameters.</summary>
[UpdateRule("W = W - g")]
public sealed partial class DeclaredPlain;
