using System.Diagnostics;

namespace Testing.Studio;

/// <summary>Pictures drawn on the spot, so that no photo has to be shipped with the tests.</summary>
public static class TestPictures
{
    /// <summary>A JPEG with sky, ground and a round subject, like a simple photo.</summary>
    public static async Task<byte[]> PhotoAsync(int width = 640, int height = 800, int hue = 0)
    {
        const string subject = "hypot(X-W/2,Y-H*0.45)";
        var filter = $"nullsrc=s={width}x{height},geq=r='if(lt({subject},W/4),210-60*{subject}/W,60+120*Y/H)':g='if(lt({subject},W/4),140,110+60*Y/H)':b='if(lt({subject},W/4),90,230-160*Y/H)',noise=alls=6,hue=h={hue}";
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-loglevel", "error", "-f", "lavfi", "-i", filter, "-frames:v", "1", "-f", "mjpeg", "-q:v", "3", "pipe:1" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var picture = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(picture);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? picture.ToArray() : throw new InvalidOperationException(errors);
    }

    /// <summary>Codec, width, height and seconds of a video, as ffprobe reads them.</summary>
    public static async Task<(string Codec, int Width, int Height, double Seconds)> ProbeAsync(byte[] video)
    {
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".mp4");
        await File.WriteAllBytesAsync(path, video);
        try
        {
            var start = new ProcessStartInfo("ffprobe", $"-v error -select_streams v:0 -show_entries stream=codec_name,width,height:format=duration -of csv=p=0 {path}") { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync();
            var stream = lines[0].Split(',');
            return (stream[0], int.Parse(stream[1]), int.Parse(stream[2]), double.Parse(lines[1]));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
