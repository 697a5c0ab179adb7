using Contracts.Generation;
using Media.Images;
using Media.Tools;
using Microsoft.Extensions.Options;

namespace Providers.Local;

/// <summary>Runs ffmpeg for the demo renderer: a bounded number at a time, within limits, in a folder of temporary files.</summary>
internal sealed class Workbench(Ffmpeg ffmpeg, IOptions<Media.MediaOptions> media, IOptions<LocalOptions> options) : IDisposable
{
    private readonly LocalOptions _options = options.Value;
    private readonly SemaphoreSlim _slots = new(options.Value.Renderings);

    public void Dispose() => _slots.Dispose();

    /// <summary>A name for a temporary file of the caller's.</summary>
    public static string TemporaryFile(string extension) => Path.Combine(Path.GetTempPath(), $"pipeline-local-{Guid.NewGuid():N}.{extension}");

    /// <summary>Judges a source by its own header before any decoder sees it.</summary>
    public (ImageProbeResult.Accepted? Source, ItemFailure? Failure) Examine(string path)
    {
        if (!File.Exists(path))
        {
            return (null, new ItemFailure(FailureKind.SourceMissing, "The source picture is gone."));
        }

        return ImageProbe.Read(path, ImageLimits.ForGenerated(media.Value)) switch
        {
            ImageProbeResult.Accepted accepted => (accepted, null),
            ImageProbeResult.Refused refused => (null, new ItemFailure(FailureKind.SourceMissing, $"The source picture cannot be used. {refused.Reason}")),
            _ => throw new InvalidOperationException("Unknown probe result."),
        };
    }

    public IReadOnlyList<string> Input(string path, ImageFormat format) => ffmpeg.ImageInput(path, format);

    /// <summary>Null when the program did its work; else the failure.</summary>
    /// <param name="label">The text of the label; the graph reads it from the file it is given the name of.</param>
    public async Task<ItemFailure?> RunAsync(string label, Func<string, IReadOnlyList<string>> arguments, CancellationToken cancellationToken)
    {
        var textFile = TemporaryFile("txt");
        await _slots.WaitAsync(cancellationToken);
        try
        {
            await File.WriteAllTextAsync(textFile, label, cancellationToken);
            var limits = new ToolLimits(_options.Timeout, _options.MemoryMegabytes);
            // relative to the folder, so that no path has to be written in the filter language
            var result = await ffmpeg.RunAsync(
                [.. Ffmpeg.Start, .. arguments(Path.GetFileName(textFile))], limits, Path.GetDirectoryName(textFile), cancellationToken);
            return result switch
            {
                { Ok: true } => null,
                { TimedOut: true } => new ItemFailure(FailureKind.TimedOut, $"The demo renderer did not finish within {_options.Timeout.TotalSeconds:0} seconds."),
                _ when IsDecoding(result.Error) => new ItemFailure(FailureKind.SourceMissing, "The source picture is damaged and cannot be read."),
                _ => new ItemFailure(FailureKind.Internal, $"The demo renderer failed: {FirstLine(result.Error)}"),
            };
        }
        finally
        {
            _slots.Release();
            File.Delete(textFile);
        }
    }

    private static bool IsDecoding(string error) =>
        error.Contains("Error while decoding", StringComparison.Ordinal) || error.Contains("Invalid data found", StringComparison.Ordinal)
        || error.Contains("Cannot determine format of input stream", StringComparison.Ordinal);

    private static string FirstLine(string error) => error.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line : "the program gave no reason.";
}
