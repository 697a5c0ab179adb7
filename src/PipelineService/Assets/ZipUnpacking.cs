using System.IO.Compression;
using Media.Fetching;

namespace PipelineService.Assets;

/// <summary>Takes the pictures out of an archive that may be made to harm: bounded in number, size and ratio by what is really unpacked.</summary>
internal static class ZipUnpacking
{
    private const long RatioCountsFrom = 1024 * 1024;
    private const string Damaged = "The file is damaged or encrypted in the archive.";

    /// <param name="maxBytes">Largest picture.</param>
    /// <returns>Null, or why the archive as a whole is not taken.</returns>
    public static async Task<string?> AddToAsync(
        UploadBatch batch, string zipName, int part, string zipPath, long maxBytes, AssetsOptions options, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(zipPath, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);
        if (ZipDirectory.Count(file, options.MaxFiles) is not { } count)
        {
            return "This is not a ZIP archive.";
        }

        // folders are entries, too; more than that is no collection of pictures
        if (count > options.MaxFiles)
        {
            return $"The archive has more than {options.MaxFiles} entries.";
        }

        try
        {
            file.Position = 0;
            await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, null, cancellationToken);
            foreach (var entry in archive.Entries.Where(entry => !ZipPaths.IsNoise(entry.FullName)))
            {
                var name = $"{zipName}/{entry.FullName}";
                if (ZipPaths.Refusal(entry.FullName) is { } reason)
                {
                    batch.Refuse(name, part, reason);
                }
                else
                {
                    await batch.TakeAsync(name, part, path => UnpackAsync(batch, entry, path, maxBytes, options, cancellationToken));
                }
            }

            return null;
        }
        catch (InvalidDataException)
        {
            return "The ZIP archive is damaged.";
        }
    }

    private static async Task<string?> UnpackAsync(
        UploadBatch batch, ZipArchiveEntry entry, string path, long maxBytes, AssetsOptions options, CancellationToken cancellationToken)
    {
        // sizes in the directory are claims; what counts is what comes out
        var byRatio = Math.Max(RatioCountsFrom, entry.CompressedLength * options.MaxZipRatio);
        var limit = Math.Min(Math.Min(maxBytes, byRatio), batch.UnpackedBytesLeft);
        try
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            var written = await BoundedFile.WriteAsync(content, path, limit, cancellationToken);
            batch.UnpackedBytesLeft -= written ?? limit;
            return written is not null ? null
                : limit == maxBytes ? $"The file is larger than {maxBytes / (1024 * 1024)} MB."
                : limit == byRatio ? $"The file unpacks to more than {options.MaxZipRatio} times its size."
                : $"The archives of one upload unpack to {options.MaxUnpackedBytes / (1024 * 1024)} MB at most.";
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            return Damaged;
        }
    }
}
