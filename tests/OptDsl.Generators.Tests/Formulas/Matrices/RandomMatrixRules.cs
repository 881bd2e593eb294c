namespace OptDsl.Generators.Tests.Formulas;

/// <summary>Random rules in which every shape occurs, written so that they compile.</summary>
internal static class RandomMatrixRules
{
    public const string States = "L=0.5I:rows×rows R=0.5I:columns×columns r=0.5:row c=0.5:column M:columns×rows s=1:tensor m";

    /// <summary>The extents of each shape: h for rows, w for columns, 1.</summary>
    private static readonly (string Target, char Height, char Width)[] s_targets =
        [("L", 'h', 'h'), ("R", 'w', 'w'), ("r", 'h', '1'), ("c", '1', 'w'), ("M", 'w', 'h'), ("s", '1', '1'), ("m", 'h', 'w'), ("W", 'h', 'w')];

    public static string Write(Random random)
    {
        var lines = Enumerable.Range(0, random.Next(2, 6)).Select(_ => s_targets[random.Next(s_targets.Length)]).Append(s_targets[^1])
            .Select(target => $"{target.Target} = 0.5 {target.Target} + 0.1({Value(random, target.Height, target.Width, 3)})");
        return string.Join("\n", lines);
    }

    /// <summary>A value of so many rows and columns.</summary>
    private static string Value(Random random, char height, char width, int depth)
    {
        if (depth == 0 || random.Next(5) == 0)
            return Leaf(random, height, width);
        string Inner(char h, char w) => Value(random, h, w, depth - 1);
        char Extent() => "hw"[random.Next(2)];
        switch (random.Next(10))
        {
            case 0:
                return $"({Inner(height, width)} + {Inner(height, width)})";
            case 1:
                return $"({Inner(height, width)} ⊙ {Inner(random.Next(2) == 0 ? '1' : height, random.Next(2) == 0 ? '1' : width)})";
            case 2:
                var inner = Extent();
                return $"({Inner(height, inner)} @ {Inner(inner, width)})";
            case 3:
                return height == '1' && width == '1' ? $"tanh({Inner(height, width)})" : $"transpose({Inner(width, height)})";
            case 4:
                return $"sin({Inner(height, width)})";
            case 5 when width == '1' && height != '1':
                return $"{new[] { "rowmean", "rowsum", "rownorm", "rowmax" }[random.Next(4)]}({Inner(height, Extent())})";
            case 5 when height == '1' && width != '1':
                return $"{new[] { "colmean", "colsum", "colnorm", "colmin" }[random.Next(4)]}({Inner(Extent(), width)})";
            case 5 when height == '1':
                return random.Next(2) == 0 ? $"norm({Inner(Extent(), Extent())})" : $"trace({(random.Next(2) == 0 ? "L" : "R")})";
            case 6:
                return $"({Leaf(random, '1', '1')} > 0.3 ? {Inner(height, width)} : {Inner(height, width)})";
            case 7 when height == width && height != '1':
                var root = Leaf(random, height, width);
                return $"inverseroot({root} @ transpose({root}) + I, {random.Next(1, 5)})";
            case 8 when height != '1' && width != '1':
                return $"msign({Leaf(random, height, width)} + 0.1 {Leaf(random, height, width)}, quintic, {random.Next(1, 4)})";
            default:
                return $"({Inner(height, width)} - {Leaf(random, '1', '1')})";
        }
    }

    private static string Leaf(Random random, char height, char width)
    {
        string[] leaves = (height, width) switch
        {
            ('h', 'w') => ["W", "g", "m", "transpose(M)"],
            ('w', 'h') => ["M", "transpose(g)", "transpose(m)"],
            ('h', 'h') => ["L", "(g @ transpose(g))"],
            ('w', 'w') => ["R", "(transpose(g) @ g)"],
            ('h', '1') => ["r", "diag(L)", "rowmean(g)"],
            ('1', 'w') => ["c", "colsum(m)", "transpose(diag(R))"],
            ('1', 'h') => ["transpose(r)", "transpose(diag(L))"],
            ('w', '1') => ["transpose(c)", "diag(R)"],
            _ => ["0.5", "s", "(rows(W) / columns(W))", "0.1 norm(g)", "(rank(W) - 1)"],
        };
        return leaves[random.Next(leaves.Length)];
    }
}
