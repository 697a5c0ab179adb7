using System.Globalization;

namespace Benchmarks;

/// <summary>Gathers medians and holds them against what is asked for.</summary>
internal sealed class Report
{
    private readonly List<string[]> _rows = [["measure", "median", "asked for", "", "samples"]];
    private bool _good = true;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public void AtMost(string measure, IReadOnlyList<double> samples, double limit, string unit) =>
        Add(measure, samples, Median(samples) <= limit, $"≤ {Text(limit)} {unit}", unit);

    public void AtLeast(string measure, IReadOnlyList<double> samples, double limit, string unit) =>
        Add(measure, samples, Median(samples) >= limit, $"≥ {Text(limit)} {unit}", unit);

    /// <summary>A figure to read others by, such as what the machine can do at most.</summary>
    public void Tell(string measure, IReadOnlyList<double> samples, string unit) => Add(measure, samples, null, string.Empty, unit);

    /// <summary>Writes the table; true when everything is as asked for.</summary>
    public bool Print()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
        {
            Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return _good;
    }

    private void Add(string measure, IReadOnlyList<double> samples, bool? good, string asked, string unit)
    {
        _good &= good != false;
        _rows.Add([measure, $"{Text(Median(samples))} {unit}", asked, good switch { true => "ok", false => "MISSED", null => string.Empty }, string.Join(' ', samples.Select(Text))]);
        Console.Error.WriteLine($"{measure}: {Text(Median(samples))} {unit}");
    }

    private static string Text(double value) => value.ToString(value >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
