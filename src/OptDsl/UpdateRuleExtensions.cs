namespace OptDsl;

/// <summary>Members of <see cref="IUpdateRule"/> that a class with formulas keeps free for members of the user's.</summary>
public static class UpdateRuleExtensions
{
    /// <param name="rule">A compiled rule.</param>
    extension(IUpdateRule rule)
    {
        /// <summary>What the rule is and what a step of it costs; <see cref="IUpdateRule.Description"/>, without a cast.</summary>
        public RuleDescription Description => rule.Description;
    }
}
