using System.Globalization;
using CsvHelper;

namespace OptDsl.Training;

/// <summary>A log as comma-separated values: a row a step, a column a name, the first of them <c>step</c>.</summary>
/// <remarks>
/// A row is in the file as soon as the next step begins, so that the file can be watched. A name that comes later gets a column of its own, and
/// rows before it stay empty there. Numbers are written in full precision and the same in every culture.
/// </remarks>
public sealed class CsvLog : TrainingLog
{
    private const string StepColumn = "step";

    private readonly string _path;
    private readonly List<string> _names = [];
    private CsvWriter _csv;

    /// <summary>Begins a file, or goes on with one.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="after">
    /// The step after which the log goes on: rows up to it are kept, later ones are of a training that was broken off. <c>optimizer.StepCount</c>
    /// does for a new training as for one that resumes; with 0, the default, the file begins anew.
    /// </param>
    /// <exception cref="InvalidDataException">The file that is to go on is no such log.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public CsvLog(string path, long after = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var kept = after > 0 && File.Exists(_path) ? ReadUpTo(after) : [];
        _csv = Open(append: false);
        WriteHeader(_csv);
        foreach (var row in kept)
            WriteFields(_csv, row);
        _csv.Flush();
    }

    /// <inheritdoc/>
    protected override void WriteStep(long step, IReadOnlyList<(string Name, double Value)> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var known = _names.Count;
        _names.AddRange(values.Select(value => value.Name).Where(name => !_names.Contains(name)).ToList());
        if (_names.Count > known)
            Widen();
        WriteFields(_csv, _names.Select(name => values.Where(value => value.Name == name).Select(value => value.Value.ToString(CultureInfo.InvariantCulture)).FirstOrDefault(""))
            .Prepend(step.ToString(CultureInfo.InvariantCulture)));
        _csv.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _csv.Dispose();
    }

    /// <summary>Writes the file anew with all columns.</summary>
    private void Widen()
    {
        _csv.Dispose();
        var rows = ReadRows(_path);
        var wider = Path.ChangeExtension(_path, $"{Guid.NewGuid():N}.csv");
        using (var csv = Create(new StreamWriter(wider)))
        {
            WriteHeader(csv);
            foreach (var row in rows.Skip(1))
                WriteFields(csv, row.Concat(Enumerable.Repeat("", _names.Count + 1 - row.Length)));
        }

        File.Move(wider, _path, overwrite: true);
        _csv = Open(append: true);
    }

    private List<string[]> ReadUpTo(long last)
    {
        var rows = ReadRows(_path);
        if (rows.Count == 0 || rows[0][0] != StepColumn)
            throw new InvalidDataException($"'{_path}' is no log of steps: its first column is not called '{StepColumn}'.");
        _names.AddRange(rows[0][1..]);
        return [.. rows.Skip(1).Where(row => long.TryParse(row[0], CultureInfo.InvariantCulture, out var step) && step <= last)];
    }

    private static List<string[]> ReadRows(string path)
    {
        var rows = new List<string[]>();
        using var parser = new CsvParser(new StreamReader(path), CultureInfo.InvariantCulture);
        while (parser.Read())
            rows.Add(parser.Record!);
        return rows;
    }

    private CsvWriter Open(bool append) =>
        Create(new StreamWriter(new FileStream(_path, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.ReadWrite)));

    private static CsvWriter Create(StreamWriter writer) => new(writer, CultureInfo.InvariantCulture);

    private void WriteHeader(CsvWriter csv)
    {
        if (_names.Count > 0)
            WriteFields(csv, _names.Prepend(StepColumn));
    }

    private static void WriteFields(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        csv.NextRecord();
    }
}
