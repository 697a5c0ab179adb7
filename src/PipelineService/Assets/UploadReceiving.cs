using Media;
using Media.Fetching;
using Media.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace PipelineService.Assets;

/// <summary>Reads a multipart upload as a stream: no file is ever held in memory, and each is judged by itself.</summary>
internal sealed class UploadReceiving(MediaStoring storing, IOptions<AssetsOptions> options, IOptions<MediaOptions> media)
{
    public const string Field = "files";

    private readonly AssetsOptions _options = options.Value;
    private readonly long _maxBytes = media.Value.MaxImageBytes;

    /// <exception cref="InvalidDataException">The body is not the multipart document it says it is.</exception>
    /// <exception cref="IOException">It ends too early.</exception>
    public async Task<IReadOnlyList<FileOutcome>> ReceiveAsync(long tenantId, MultipartReader reader, CancellationToken cancellationToken)
    {
        await using var batch = new UploadBatch(tenantId, storing, _options, cancellationToken);
        for (var part = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; part++)
        {
            await TakeAsync(batch, part, section, cancellationToken);
        }

        return await batch.FinishAsync();
    }

    private Task TakeAsync(UploadBatch batch, int part, MultipartSection section, CancellationToken cancellationToken)
    {
        var disposition = section.GetContentDispositionHeader();
        var field = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value ?? string.Empty;
        var file = FileName(disposition);
        if (field != Field)
        {
            batch.Refuse(AssetName.Clean(file ?? field), part, $"Send files in the field '{Field}'; '{AssetName.Clean(field)}' is not known.");
            return Task.CompletedTask;
        }

        var name = AssetName.Clean(file ?? $"file {part + 1}");
        return name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || section.ContentType is "application/zip" or "application/x-zip-compressed"
            ? TakeZipAsync(batch, name, part, section.Body, cancellationToken)
            : batch.TakeAsync(name, part, async path => await BoundedFile.WriteAsync(section.Body, path, _maxBytes, cancellationToken) is null
                ? $"The file is larger than {_maxBytes / (1024 * 1024)} MB."
                : null);
    }

    private async Task TakeZipAsync(UploadBatch batch, string name, int part, Stream body, CancellationToken cancellationToken)
    {
        var path = batch.NewPath();
        // the request as a whole is bounded, and so is this part of it
        await BoundedFile.WriteAsync(body, path, _options.MaxUploadBytes, cancellationToken);
        if (await ZipUnpacking.AddToAsync(batch, name, part, path, _maxBytes, _options, cancellationToken) is { } reason)
        {
            batch.Refuse(name, part, reason);
        }

        File.Delete(path);
    }

    private static string? FileName(ContentDispositionHeaderValue? disposition)
    {
        var name = disposition?.FileNameStar is { HasValue: true, Length: > 0 } extended ? extended : HeaderUtilities.RemoveQuotes(disposition?.FileName ?? default);
        return string.IsNullOrWhiteSpace(name.Value) ? null : name.Value;
    }
}
