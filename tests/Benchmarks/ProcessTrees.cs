using System.Globalization;

namespace Benchmarks;

/// <summary>What process trees use, from <c>/proc</c>: CPU seconds (user and system, ended children included) and resident memory.</summary>
internal static class ProcessTrees
{
    private const double TicksPerSecond = 100;
    private const double KilobytesPerMegabyte = 1024;

    /// <summary>CPU seconds of these processes and all of their descendants so far, but for those of others with theirs.</summary>
    public static double CpuSeconds(IEnumerable<int> roots, params IReadOnlyList<int> except) => All(roots, except).Sum(process => process.Ticks) / TicksPerSecond;

    /// <summary>Megabytes that these processes and their descendants keep resident; memory they share among each other counts once, at its largest.</summary>
    public static double ResidentMegabytes(IEnumerable<int> roots, params IReadOnlyList<int> except)
    {
        double own = 0, shared = 0;
        foreach (var process in All(roots, except))
        {
            var (anonymousAndFiles, shmem) = Resident(process.Id);
            own += anonymousAndFiles;
            shared = Math.Max(shared, shmem);
        }

        return (own + shared) / KilobytesPerMegabyte;
    }

    /// <summary>Processes whose command line mentions a text.</summary>
    public static IReadOnlyList<int> Mentioning(string text) =>
        [.. Ids().Where(id => Read($"/proc/{id}/cmdline").Contains(text, StringComparison.Ordinal))];

    /// <summary>Direct children with the names of their programs.</summary>
    public static IReadOnlyList<(int Id, string Name)> Children(int parent) =>
    [
        .. Ids().Select(id => (Id: id, Stat: Read($"/proc/{id}/stat")))
            .Where(process => process.Stat[(process.Stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var of, ..] && of == $"{parent}")
            .Select(process => (process.Id, process.Stat[(process.Stat.IndexOf('(') + 1)..process.Stat.LastIndexOf(')')])),
    ];

    private static List<(int Id, double Ticks)> All(IEnumerable<int> roots, IReadOnlyList<int> except)
    {
        var ticks = new Dictionary<int, double>();
        var children = new Dictionary<int, List<int>>();
        foreach (var id in Ids())
        {
            var text = Read($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 15)
            {
                continue;
            }

            // After the name: state, parent, … utime, stime, cutime and cstime are fields 14 to 17 of the whole line.
            ticks[id] = fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
            var parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
            (children.TryGetValue(parent, out var known) ? known : children[parent] = []).Add(id);
        }

        var found = new Dictionary<int, double>();
        var open = new Stack<int>(roots);
        while (open.TryPop(out var id))
        {
            if (!except.Contains(id) && ticks.TryGetValue(id, out var used) && found.TryAdd(id, used))
            {
                children.GetValueOrDefault(id)?.ForEach(open.Push);
            }
        }

        return [.. found.Select(pair => (pair.Key, pair.Value))];
    }

    private static (double Own, double Shared) Resident(int id)
    {
        double own = 0, shared = 0;
        foreach (var line in Read($"/proc/{id}/status").Split('\n'))
        {
            if (line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssFile:", StringComparison.Ordinal))
            {
                own += Kilobytes(line);
            }
            else if (line.StartsWith("RssShmem:", StringComparison.Ordinal))
            {
                shared = Kilobytes(line);
            }
        }

        return (own, shared);
    }

    private static double Kilobytes(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture);

    private static IEnumerable<int> Ids() =>
        Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => char.IsAsciiDigit(name[0])).Select(name => int.Parse(name, CultureInfo.InvariantCulture));

    // A process may end while it is looked at.
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return string.Empty;
        }
        catch (UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
