using Media.Images;
using Microsoft.Extensions.Options;

namespace Media.Tools;

/// <summary>The ffmpeg programs, with the arguments that make hostile input harmless.</summary>
public sealed class Ffmpeg(ProcessRunner runner, IOptions<MediaOptions> options)
{
    private readonly MediaOptions _options = options.Value;

    /// <summary>Limits for decoding, probing and thumbnails.</summary>
    public ToolLimits DefaultLimits => new(_options.ToolTimeout, _options.ToolMemoryMegabytes);

    /// <summary>What every command begins with.</summary>
    public static IReadOnlyList<string> Start { get; } = ["-hide_banner", "-nostdin", "-loglevel", "error", "-y"];

    /// <summary>
    /// Reads a picture through the demuxer of its probed format. Probing by ffmpeg itself would also open scripts and playlists that name other
    /// files; without <c>-err_detect explode</c> a truncated JPEG counts as success.
    /// </summary>
    public IReadOnlyList<string> ImageInput(string path, ImageFormat format) =>
    [
        "-max_pixels", $"{_options.MaxPixels}", "-err_detect", "explode", "-protocol_whitelist", "file,pipe",
        "-f", ImageFormats.Demuxer(format), "-i", "file:" + Path.GetFullPath(path),
    ];

    public IReadOnlyList<string> VideoInput(string path) =>
        ["-max_pixels", $"{_options.MaxPixels}", "-protocol_whitelist", "file", "-f", "mov", "-i", "file:" + Path.GetFullPath(path)];

    public Task<ToolResult> RunAsync(IReadOnlyList<string> arguments, ToolLimits limits, string? workingDirectory, CancellationToken cancellationToken) =>
        runner.RunAsync(_options.FfmpegPath, arguments, limits, workingDirectory, cancellationToken);

    public Task<ToolResult> ProbeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        runner.RunAsync(_options.FfprobePath, arguments, DefaultLimits, null, cancellationToken);
}
