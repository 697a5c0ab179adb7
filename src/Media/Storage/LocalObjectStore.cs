using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Media.Storage;

/// <summary>
/// Objects as files below one folder. A file appears under its name only when it is whole: written beside, flushed, then renamed.
/// </summary>
internal sealed partial class LocalObjectStore : IObjectStore
{
    private const int BufferLength = 128 * 1024;

    private readonly string _root;
    private readonly string _incoming;
    private readonly bool _fsync;

    public LocalObjectStore(IOptions<MediaOptions> options)
    {
        _root = Path.GetFullPath(options.Value.Root);
        _incoming = Path.Combine(_root, ".incoming");
        _fsync = options.Value.Fsync;
        Directory.CreateDirectory(_incoming);
    }

    public async Task<StoredObject> PutAsync(long tenantId, Stream content, string extension, CancellationToken cancellationToken)
    {
        if (!ExtensionShape().IsMatch(extension))
        {
            throw new ArgumentException($"'{extension}' is not a file extension.", nameof(extension));
        }

        if (content.CanSeek && await FindSameAsync(tenantId, content, extension, cancellationToken) is { } known)
        {
            return known;
        }

        var incoming = NewIncomingPath();
        try
        {
            var (sha256, bytes) = await WriteAsync(content, incoming, cancellationToken);
            var stored = new StoredObject(ObjectKeys.ForContent(tenantId, sha256, extension), sha256, bytes);
            Publish(incoming, ObjectPath.For(_root, stored.Key));
            return stored;
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    public Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var path = ObjectPath.For(_root, key);
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferLength, FileOptions.Asynchronous));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<string?> GetLocalPathAsync(string key, CancellationToken cancellationToken)
    {
        var path = ObjectPath.For(_root, key);
        return Task.FromResult(File.Exists(path) ? path : null);
    }

    public async Task PutDerivedAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var path = ObjectPath.For(_root, key);
        var incoming = NewIncomingPath();
        try
        {
            await WriteAsync(content, incoming, cancellationToken);
            Publish(incoming, path);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(ObjectPath.For(_root, key));
        }
        catch (DirectoryNotFoundException)
        {
            // never was there
        }

        return Task.CompletedTask;
    }

    // Hashing what is already stored is much cheaper than writing and flushing it again.
    private async Task<StoredObject?> FindSameAsync(long tenantId, Stream content, string extension, CancellationToken cancellationToken)
    {
        var start = content.Position;

        // A small file is read before another thread could be asked to.
        var sha256 = Convert.ToHexStringLower(content.Length <= BufferLength ? SHA256.HashData(content) : await SHA256.HashDataAsync(content, cancellationToken));
        var bytes = content.Position - start;
        content.Position = start;
        var key = ObjectKeys.ForContent(tenantId, sha256, extension);
        var file = new FileInfo(ObjectPath.For(_root, key));
        return file.Exists && file.Length == bytes ? new StoredObject(key, sha256, bytes) : null;
    }

    private async Task<(string Sha256, long Bytes)> WriteAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferLength];
        long bytes = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            bytes += read;
        }

        if (_fsync)
        {
            file.Flush(flushToDisk: true);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    private static void Publish(string incoming, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // atomic; when another writer was first it replaces equal bytes by equal bytes
        File.Move(incoming, path, overwrite: true);
    }

    private string NewIncomingPath() => Path.Combine(_incoming, Guid.NewGuid().ToString("N"));

    [GeneratedRegex(@"\A[a-z0-9]{1,8}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ExtensionShape();
}
