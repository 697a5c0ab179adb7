using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Providers.NoOp;

/// <summary>
/// What the no-op provider was asked, by request key: in memory for this process, and beside <see cref="NoOpOptions.JournalPath"/> for all of them. Each
/// life of a process has a file of its own and writes a line with one call, so that nothing waits for another process and a kill -9 loses no line.
/// </summary>
public sealed class NoOpJournal(IOptions<NoOpOptions> options) : IDisposable
{
    private const string Marks = ".marks";
    private readonly ConcurrentDictionary<string, int> _submits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _fates = new(StringComparer.Ordinal);
    private readonly Lazy<FileStream?> _file = new(() => options.Value.JournalPath is { } path ? Open(path) : null);
    private readonly Lock _writing = new();

    /// <summary>Request key → submits that this process received.</summary>
    public IReadOnlyDictionary<string, int> Submits => _submits;

    /// <summary>Request key → submits that all processes wrote; empty when there is none yet.</summary>
    /// <param name="path">As in <see cref="NoOpOptions.JournalPath"/>.</param>
    public static async Task<IReadOnlyDictionary<string, int>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var submits = new Dictionary<string, int>(StringComparer.Ordinal);
        var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!);
        foreach (var life in folder.Exists ? folder.GetFiles(Path.GetFileName(path) + ".*") : [])
        {
            await using var file = new FileStream(life.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            foreach (var key in (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                submits[key] = submits.GetValueOrDefault(key) + 1;
            }
        }

        return submits;
    }

    public void Dispose()
    {
        if (_file.IsValueCreated)
        {
            _file.Value?.Dispose();
        }
    }

    internal void Record(string requestKey)
    {
        _submits.AddOrUpdate(requestKey, 1, (_, count) => count + 1);
        if (_file.Value is { } file)
        {
            var line = Encoding.UTF8.GetBytes(requestKey.ReplaceLineEndings(" ") + "\n");
            lock (_writing)
            {
                file.Write(line);
            }
        }
    }

    /// <summary>True for the first caller with this mark, over all processes when they share a journal.</summary>
    internal bool First(string mark)
    {
        if (!_fates.TryAdd(mark, 0))
        {
            return false;
        }

        if (options.Value.JournalPath is not { } path)
        {
            return true;
        }

        // A file that two processes cannot both create decides who was first.
        var name = Path.Combine(Directory.CreateDirectory(path + Marks).FullName, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mark))));
        try
        {
            using var created = new FileStream(name, FileMode.CreateNew, FileAccess.Write);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    // Nothing is buffered: a line that was written is the kernel's, and outlives the process.
    private static FileStream Open(string path) =>
        new($"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}", FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
}
