using System.Globalization;
using System.Text.Json;
using Testing.Studio;

namespace Benchmarks;

/// <summary>Gathers the medians of one benchmark, holds them against what is asked for, and keeps them as JSON in <c>.run/bench/NAME.json</c>.</summary>
internal sealed class Report(string name)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private readonly List<string[]> _lines = [["measure", "median", "asked for", "", "samples"]];
    private readonly List<object> _rows = [];
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

    /// <summary>A row of the JSON in place of the measures' own; a benchmark that compares systems has one a system.</summary>
    public void Row(object row) => _rows.Add(row);

    /// <summary>Writes the table and the JSON; true when everything is as asked for.</summary>
    public bool Print()
    {
        var widths = Enumerable.Range(0, _lines[0].Length).Select(column => _lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in _lines)
        {
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, ".run", "bench")).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(new { Rows = _rows, Measures = _measures }, Json));
        return _good;
    }

    private readonly List<object> _measures = [];

    private void Add(string measure, IReadOnlyList<double> samples, bool? good, string asked, string unit)
    {
        _good &= good != false;
        _lines.Add([measure, $"{Text(Median(samples))} {unit}", asked, good switch { true => "ok", false => "MISSED", null => string.Empty }, string.Join(' ', samples.Select(Text))]);
        _measures.Add(new { Name = measure, Median = Median(samples), Unit = unit, Asked = asked, Ok = good, Samples = samples });
        Console.Error.WriteLine($"{measure}: {Text(Median(samples))} {unit}");
    }

    private static string Text(double value) => value.ToString(value >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture);
}
