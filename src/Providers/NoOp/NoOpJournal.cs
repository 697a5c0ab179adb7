using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Options;

namespace Providers.NoOp;

/// <summary>What the no-op provider was asked, by request key: in memory for this process, and in <see cref="NoOpOptions.JournalPath"/> for all of them.</summary>
public sealed class NoOpJournal(IOptions<NoOpOptions> options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _submits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _fates = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _file = new(1);

    /// <summary>Request key → submits that this process received.</summary>
    public IReadOnlyDictionary<string, int> Submits => _submits;

    /// <summary>Request key → submits that all processes wrote to the file; empty when there is none yet.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var submits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in await LinesAsync(path, cancellationToken))
        {
            var key = line.Split('\t')[0];
            submits[key] = submits.GetValueOrDefault(key) + 1;
        }

        return submits;
    }

    public void Dispose() => _file.Dispose();

    internal async Task RecordAsync(string requestKey, CancellationToken cancellationToken)
    {
        _submits.AddOrUpdate(requestKey, 1, (_, count) => count + 1);
        if (options.Value.JournalPath is { } path)
        {
            await AppendAsync(path, requestKey, cancellationToken);
        }
    }

    /// <summary>True for the first caller with this mark, over all processes when they share a file.</summary>
    internal async Task<bool> FirstAsync(string mark, CancellationToken cancellationToken)
    {
        if (!_fates.TryAdd(mark, 0))
        {
            return false;
        }

        if (options.Value.JournalPath is not { } path)
        {
            return true;
        }

        var marks = path + ".marks";
        var seen = (await LinesAsync(marks, cancellationToken)).Any(line => line == mark);
        await AppendAsync(marks, mark, cancellationToken);
        return !seen;
    }

    private async Task AppendAsync(string path, string line, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n");
        await _file.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    // sharing nothing locks out the other processes; append alone would let two of them write to the same place
                    await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                    await file.WriteAsync(bytes, cancellationToken);
                    return;
                }
                catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
                }
            }
        }
        finally
        {
            _file.Release();
        }
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
