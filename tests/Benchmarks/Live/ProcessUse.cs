using System.Globalization;

namespace Benchmarks.Live;

/// <summary>Memory and processor time of another process, from <c>/proc</c>.</summary>
internal sealed class ProcessUse(int id)
{
    private const double TicksPerSecond = 100;

    /// <summary>Resident megabytes.</summary>
    public double Megabytes => double.Parse(
        File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    /// <summary>User and system seconds since it started.</summary>
    public double CpuSeconds
    {
        get
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }
}
