using System.Globalization;

namespace Benchmarks;

/// <summary>What processes have used, from /proc.</summary>
internal static class ProcessUse
{
    private const double TicksPerSecond = 100;
    private static readonly string[] Servers = ["postgres", "beam.smp", "redis-server"];

    /// <summary>Seconds of CPU that these processes and all servers of this machine have used so far, with their children that have ended.</summary>
    public static double CpuSeconds(IReadOnlyCollection<int> processes) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0)
        .Sum(id => Seconds(id, processes.Contains(id)));

    /// <summary>Most memory a process ever had, in MB of 1,048,576 bytes.</summary>
    public static double PeakMb(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static double Seconds(int id, bool wanted)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)
        {
            return 0;
        }

        var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
        if (!wanted && !Servers.Contains(text[(open + 1)..close]))
        {
            return 0;
        }

        // utime, stime, cutime, cstime are fields 14 to 17; behind the name the first is field 3.
        var fields = text[(close + 2)..].Split(' ');
        return fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
