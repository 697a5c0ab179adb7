using Contracts.Generation;
using Media.Storage;

namespace PipelineService.Assets;

/// <param name="File">As it is named to the person.</param>
/// <param name="Part">Which part of the request it came in, from 0.</param>
/// <param name="Media">Null when it was refused.</param>
internal sealed record FileOutcome(string File, int Part, MediaRef? Media, string? Reason);

/// <summary>The files of one upload on their way into the store: temporary files that are checked and stored while the next ones arrive.</summary>
internal sealed class UploadBatch(long tenantId, MediaStoring storing, AssetsOptions options, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("upload-").FullName;
    private readonly SemaphoreSlim _slots = new(options.StoreParallelism);
    private readonly List<Task<FileOutcome>> _outcomes = [];
    private int _files;

    /// <summary>Bytes that archives of this upload may still unpack to.</summary>
    public long UnpackedBytesLeft { get; set; } = options.MaxUnpackedBytes;

    /// <summary>Files that may still come.</summary>
    public int FilesLeft => options.MaxFiles - _files;

    public string NewPath() => Path.Combine(_folder, Guid.NewGuid().ToString("N"));

    public void Refuse(string file, int part, string reason) => _outcomes.Add(Task.FromResult(new FileOutcome(file, part, null, reason)));

    /// <summary>Takes a file; waits while as many as may be are being stored, which bounds the temporary files.</summary>
    /// <param name="write">Writes it to a path; a reason when it cannot be taken.</param>
    public async Task TakeAsync(string file, int part, Func<string, Task<string?>> write)
    {
        if (FilesLeft == 0)
        {
            Refuse(file, part, $"One upload takes up to {options.MaxFiles} files.");
            return;
        }

        _files++;
        await _slots.WaitAsync(cancellationToken);
        var path = NewPath();
        Task<FileOutcome>? storingNow = null;
        try
        {
            if (await write(path) is { } reason)
            {
                Refuse(file, part, reason);
            }
            else
            {
                _outcomes.Add(storingNow = StoreAsync(file, part, path));
            }
        }
        finally
        {
            if (storingNow is null)
            {
                File.Delete(path);
                _slots.Release();
            }
        }
    }

    /// <summary>What became of every file, in the order in which they came.</summary>
    public Task<FileOutcome[]> FinishAsync() => Task.WhenAll(_outcomes);

    public async ValueTask DisposeAsync()
    {
        // an upload that broke off leaves files in the making, which still hold their temporary files
        await ((Task)Task.WhenAll(_outcomes)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Directory.Delete(_folder, recursive: true);
        _slots.Dispose();
    }

    private async Task<FileOutcome> StoreAsync(string file, int part, string path)
    {
        try
        {
            return await storing.StoreUploadAsync(tenantId, path, cancellationToken) switch
            {
                StoringResult.Stored stored => new FileOutcome(file, part, stored.Media, null),
                StoringResult.Refused refused => new FileOutcome(file, part, null, refused.Reason),
                _ => throw new InvalidOperationException("Unknown storing result."),
            };
        }
        finally
        {
            File.Delete(path);
            _slots.Release();
        }
    }
}
