namespace Providers.Http;

/// <summary>Reads a JSON document with a file in it, which goes to disk as it comes: pictures of tens of megabytes, many at once, are never held in memory.</summary>
internal static class JsonWithFile
{
    private const int BufferLength = 64 * 1024;

    /// <param name="field">The name of the text that is the file, in base64.</param>
    /// <param name="path">Made when there is such a text, also when it turns out to be flawed; the caller's to delete.</param>
    public static async Task<JsonRead> ReadAsync(Stream body, string field, string path, int maxJsonBytes, long maxFileBytes, CancellationToken cancellationToken)
    {
        var split = new JsonSplit(field, maxJsonBytes, maxFileBytes);
        var buffer = new byte[BufferLength];
        FileStream? file = null;
        try
        {
            int read;
            while (split.Flaw == JsonFlaw.None && (read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                split.Take(buffer.AsSpan(0, read));
                if (!split.Decoded.IsEmpty)
                {
                    file ??= new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
                    await file.WriteAsync(split.Decoded, cancellationToken);
                }
            }

            return split.End();
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }
    }
}
