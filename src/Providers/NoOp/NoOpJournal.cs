using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Providers.NoOp;

/// <summary>
/// What the no-op provider was asked and what it did, by request key: in memory for this process, and beside <see cref="NoOpOptions.JournalPath"/> for
/// all of them.
/// </summary>
public sealed class NoOpJournal(IOptions<NoOpOptions> options, TimeProvider time) : IDisposable
{
    private const string Marks = ".marks";
    private const string Done = "-done";
    private readonly ConcurrentDictionary<string, int> _submits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _fates = new(StringComparer.Ordinal);
    private readonly NoOpLines? _asked = options.Value.JournalPath is { Length: > 0 } path ? new NoOpLines(path, time) : null;
    private readonly NoOpLines? _done = options.Value.JournalPath is { Length: > 0 } path ? new NoOpLines(path + Done, time) : null;

    /// <summary>Request key → submits that this process received.</summary>
    public IReadOnlyDictionary<string, int> Submits => _submits;

    /// <summary>Request key → submits that all processes wrote; empty when there is none yet.</summary>
    /// <param name="path">As in <see cref="NoOpOptions.JournalPath"/>.</param>
    public static IReadOnlyDictionary<string, int> Read(string path) => NoOpLines.Count(path);

    /// <summary>Request key → how often it was done, over all processes. A submit whose process died before it was done is not in here.</summary>
    public static IReadOnlyDictionary<string, int> ReadDone(string path) => NoOpLines.Count(path + Done);

    public void Dispose()
    {
        _asked?.Dispose();
        _done?.Dispose();
    }

    internal void Record(string requestKey)
    {
        _submits.AddOrUpdate(requestKey, 1, (_, count) => count + 1);
        _asked?.Append(requestKey);
    }

    internal void RecordDone(string requestKey) => _done?.Append(requestKey);

    /// <summary>Whether any process did it before, as a vendor knows by its idempotency key; without a journal nobody remembers.</summary>
    internal bool WasDone(string requestKey) => _done?.Contains(requestKey) ?? false;

    /// <summary>True for the first caller with this mark, over all processes when they share a journal.</summary>
    internal bool First(string mark)
    {
        if (!_fates.TryAdd(mark, 0))
        {
            return false;
        }

        if (options.Value.JournalPath is not { Length: > 0 } path)
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
}
