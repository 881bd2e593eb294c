namespace OptDsl.Training.Charts;

/// <summary>Cuts lines at the edges of a rectangle (Liang and Barsky), so that a diverging path leaves the picture and no more.</summary>
internal static class Clipping
{
    /// <summary>The runs of a polyline that lie inside 0 … width by 0 … height.</summary>
    public static IEnumerable<List<(double X, double Y)>> Clip(IEnumerable<(double X, double Y)> points, double width, double height)
    {
        var run = new List<(double X, double Y)>();
        (double X, double Y)? before = null;
        foreach (var point in points)
        {
            if (before is { } from && Segment(from, point, width, height) is var (a, b))
            {
                if (run.Count == 0 || run[^1] != a)
                {
                    if (run.Count > 1)
                        yield return run;
                    run = [a];
                }

                run.Add(b);
            }

            before = point;
        }

        if (run.Count > 1)
            yield return run;
    }

    private static ((double X, double Y) A, (double X, double Y) B)? Segment((double X, double Y) a, (double X, double Y) b, double width, double height)
    {
        if (!double.IsFinite(a.X + a.Y + b.X + b.Y))
            return null;
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var (enter, leave) = (0.0, 1.0);
        ReadOnlySpan<(double Step, double Room)> edges = [(-dx, a.X), (dx, width - a.X), (-dy, a.Y), (dy, height - a.Y)];
        foreach (var (step, room) in edges)
        {
            if (step == 0 && room < 0)
                return null;
            if (step < 0)
                enter = Math.Max(enter, room / step);
            else if (step > 0)
                leave = Math.Min(leave, room / step);
        }

        if (enter > leave)
            return null;
        return (enter == 0 ? a : (a.X + enter * dx, a.Y + enter * dy), leave == 1 ? b : (a.X + leave * dx, a.Y + leave * dy));
    }
}
