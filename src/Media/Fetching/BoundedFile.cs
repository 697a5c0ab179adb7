namespace Media.Fetching;

/// <summary>Writes a stream of unknown length into a file, up to a limit.</summary>
public static class BoundedFile
{
    private const int BufferLength = 64 * 1024;

    /// <returns>Bytes written; null when the stream has more than <paramref name="maxBytes"/>. What was written so far stays.</returns>
    public static async Task<long?> WriteAsync(Stream source, string path, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferLength];
        long written = 0;
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            written += read;
            if (written > maxBytes)
            {
                return null;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return written;
    }
}
