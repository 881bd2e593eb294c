namespace OptDsl.Kernels;

/// <summary>What exceptions say without what the framework appends.</summary>
internal static class ArgumentReasons
{
    /// <param name="exception">An argument that is refused.</param>
    extension(ArgumentException exception)
    {
        /// <summary>The message without the name of the argument and its value.</summary>
        public string Reason =>
            exception.ParamName is { } name && exception.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) is >= 0 and var end
                ? exception.Message[..end]
                : exception.Message;
    }
}
