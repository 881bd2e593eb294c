namespace OptDsl.Training.Charts;

/// <summary>Lines of equal value of a function of two variables.</summary>
/// <param name="function">The function.</param>
/// <param name="levels">The values to draw.</param>
public sealed class Contours(Func<double, double, double> function, params IReadOnlyList<double> levels)
{
    private const int Cells = 120;

    internal int LevelCount => levels.Count;

    /// <summary>The lines of one level, by marching squares on a grid, in the coordinates of the axes.</summary>
    internal IEnumerable<List<(double X, double Y)>> Lines(int level, Axis x, Axis y)
    {
        var values = new double[Cells + 1, Cells + 1];
        for (var i = 0; i <= Cells; i++)
        {
            for (var j = 0; j <= Cells; j++)
                values[i, j] = function(At(x, i), At(y, j)) - levels[level];
        }

        return Join(Segments(values)).Select(line => line.ConvertAll(edge => PointOn(edge, values, x, y)));
    }

    private static double At(Axis axis, double place) => axis.Min + (axis.Max - axis.Min) * place / Cells;

    /// <summary>The pieces inside each cell, from one crossed edge to another.</summary>
    private static IEnumerable<(Edge A, Edge B)> Segments(double[,] values)
    {
        for (var i = 0; i < Cells; i++)
        {
            for (var j = 0; j < Cells; j++)
            {
                Edge bottom = new(i, j, true), top = new(i, j + 1, true), left = new(i, j, false), right = new(i + 1, j, false);
                var corners = (values[i, j] > 0 ? 1 : 0) | (values[i + 1, j] > 0 ? 2 : 0) | (values[i + 1, j + 1] > 0 ? 4 : 0) | (values[i, j + 1] > 0 ? 8 : 0);
                var centreIsHigh = values[i, j] + values[i + 1, j] + values[i, j + 1] + values[i + 1, j + 1] > 0;
                switch (corners)
                {
                    case 1 or 14:
                        yield return (left, bottom);
                        break;
                    case 2 or 13:
                        yield return (bottom, right);
                        break;
                    case 4 or 11:
                        yield return (right, top);
                        break;
                    case 8 or 7:
                        yield return (top, left);
                        break;
                    case 3 or 12:
                        yield return (left, right);
                        break;
                    case 6 or 9:
                        yield return (bottom, top);
                        break;

                    // Two opposite corners are high: the value in the middle says which of them are joined.
                    case 5 or 10:
                        var joinsLowerLeft = centreIsHigh == (corners == 5);
                        yield return joinsLowerLeft ? (left, top) : (left, bottom);
                        yield return joinsLowerLeft ? (bottom, right) : (right, top);
                        break;
                }
            }
        }
    }

    /// <summary>Puts pieces that share an edge together to lines as long as possible.</summary>
    private static IEnumerable<List<Edge>> Join(IEnumerable<(Edge A, Edge B)> segments)
    {
        var neighbours = new Dictionary<Edge, List<Edge>>();
        var order = new List<Edge>();
        foreach (var (a, b) in segments)
        {
            Neighbours(a).Add(b);
            Neighbours(b).Add(a);
        }

        // Open lines first, from their ends; what is left are closed ones.
        foreach (var start in order.Where(edge => neighbours[edge].Count == 1).Concat(order))
        {
            if (neighbours[start].Count == 0)
                continue;
            var line = new List<Edge> { start };
            while (neighbours[line[^1]] is [var next, ..] here)
            {
                here.RemoveAt(0);
                neighbours[next].Remove(line[^1]);
                line.Add(next);
            }

            yield return line;
        }

        List<Edge> Neighbours(Edge edge)
        {
            if (!neighbours.TryGetValue(edge, out var list))
            {
                neighbours.Add(edge, list = []);
                order.Add(edge);
            }

            return list;
        }
    }

    private static (double X, double Y) PointOn(Edge edge, double[,] values, Axis x, Axis y)
    {
        var (i, j, horizontal) = edge;
        var from = values[i, j];
        var to = horizontal ? values[i + 1, j] : values[i, j + 1];
        var share = from / (from - to);
        return horizontal ? (At(x, i + share), At(y, j)) : (At(x, i), At(y, j + share));
    }

    /// <summary>An edge of the grid: from the node (I, J) one to the right or one up.</summary>
    private readonly record struct Edge(int I, int J, bool Horizontal);
}
