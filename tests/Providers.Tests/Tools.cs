using System.Diagnostics;
using System.Numerics;

namespace Providers.Tests;

/// <summary>ffmpeg as a witness: makes sources and looks at results.</summary>
internal static class Tools
{
    public static async Task<byte[]> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"{program}: {await error}");
    }

    /// <summary>A picture with shapes, gradients and colours; the format follows from the name.</summary>
    public static async Task<string> PictureAsync(string path, int width = 640, int height = 480, string more = "null")
    {
        await RunAsync(
            "ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-f", "lavfi", "-i",
            $"mandelbrot=s={width}x{height}:start_scale=1.2,{more}", "-frames:v", "1", "-update", "1", path);
        return path;
    }

    /// <summary>64 bits by the brightness of neighbours on a 9 × 8 grid, without the lowest tenth, where the caption is.</summary>
    public static async Task<ulong> PerceptualHashAsync(string path)
    {
        var grey = await RunAsync(
            "ffmpeg", "-hide_banner", "-loglevel", "error", "-i", path, "-frames:v", "1",
            "-vf", "crop=iw:floor(ih*0.9):0:0,scale=9:8:flags=area,format=gray", "-f", "rawvideo", "-");
        var hash = 0UL;
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                hash = (hash << 1) | (grey[(row * 9) + column] < grey[(row * 9) + column + 1] ? 1UL : 0);
            }
        }

        return hash;
    }

    /// <summary>Mean difference a pixel and channel, 0..255, of two of <see cref="ThumbAsync"/>.</summary>
    public static double Difference(byte[] thumb, byte[] other) => thumb.Zip(other, (x, y) => Math.Abs(x - y)).Average();

    public static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    public static async Task<string> ProbeAsync(string path, string entries) =>
        System.Text.Encoding.UTF8.GetString(await RunAsync("ffprobe", "-v", "error", "-show_entries", entries, "-of", "csv=p=0", path))
            .ReplaceLineEndings(" ").Trim();

    /// <summary>64 × 64 pixels in red, green and blue of a picture, or of a clip at a time, without the caption.</summary>
    // -ss 0 skips the only frame of a picture
    public static Task<byte[]> ThumbAsync(string path, double seconds = 0) => RunAsync(
        "ffmpeg", ["-hide_banner", "-loglevel", "error", .. seconds > 0 ? ["-ss", FormattableString.Invariant($"{seconds}")] : Array.Empty<string>(), "-i", path,
        "-frames:v", "1", "-vf", "crop=iw:floor(ih*0.9):0:0,scale=64:64:flags=area,format=rgb24", "-f", "rawvideo", "-"]);
}
