using System.Text;

namespace Providers.NoOp;

/// <summary>
/// Lines that several processes write and all of them read. Each life of a process has a file of its own and writes a line with one call, so that nothing
/// waits for another process and a kill -9 loses no line.
/// </summary>
internal sealed class NoOpLines(string path, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ListEvery = TimeSpan.FromMilliseconds(100);
    private readonly Lazy<FileStream> _mine = new(() => Open(path));
    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _listed;
    private FileInfo[] _others = [];

    /// <summary>How often each line was written by any process; empty when none was yet.</summary>
    public static IReadOnlyDictionary<string, int> Count(string path)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in Files(path))
        {
            var position = 0L;
            foreach (var line in Tail(file, ref position))
            {
                counts[line] = counts.GetValueOrDefault(line) + 1;
            }
        }

        return counts;
    }

    public void Append(string line)
    {
        line = line.ReplaceLineEndings(" ");
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock)
        {
            _known.Add(line);
            _mine.Value.Write(bytes);
        }
    }

    /// <summary>Whether any process has written it; reads only what is new since the last look.</summary>
    public bool Contains(string line)
    {
        lock (_lock)
        {
            if (_known.Contains(line))
            {
                return true;
            }

            foreach (var file in Others())
            {
                file.Refresh();
                var position = _read.GetValueOrDefault(file.FullName);
                if (file.Length > position)
                {
                    _known.UnionWith(Tail(file, ref position));
                    _read[file.FullName] = position;
                }
            }

            return _known.Contains(line);
        }
    }

    public void Dispose()
    {
        if (_mine.IsValueCreated)
        {
            _mine.Value.Dispose();
        }
    }

    // A process that has just begun has done nothing that somebody could ask for again yet.
    private FileInfo[] Others()
    {
        if (_listed == 0 || time.GetElapsedTime(_listed) > ListEvery)
        {
            (_others, _listed) = ([.. Files(path).Where(file => !_mine.IsValueCreated || file.FullName != _mine.Value.Name)], time.GetTimestamp());
        }

        return _others;
    }

    private static FileInfo[] Files(string path)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return folder.Exists ? folder.GetFiles(Path.GetFileName(path) + ".*") : [];
    }

    // A line that is just being written is left for the next look.
    private static string[] Tail(FileInfo file, ref long position)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = position;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        position += Encoding.UTF8.GetByteCount(whole);
        return whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // Nothing is buffered: a line that was written is the kernel's, and outlives the process.
    private static FileStream Open(string path) =>
        new($"{Path.GetFullPath(path)}.{Environment.ProcessId}-{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
}
