using System.Text;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Media.Images;

namespace Sandbox.OpenAi;

/// <summary>Makes what was asked for and the answer around it.</summary>
internal sealed class OpenAiPainter(DemoDrawing drawing, TimeProvider time)
{
    private const string NoPicture = "<html><body>This is not a picture.</body></html>";

    /// <summary>The whole answer, or why there is none. Goes on when the asker has gone, as the vendor does.</summary>
    public async Task<(JsonObject? Answer, OpenAiError? Error)> PaintAsync(Guid id, OpenAiEdit edit, Fault fault)
    {
        var source = Path.Combine(Path.GetTempPath(), $"pipeline-sandbox-{Guid.NewGuid():N}");
        try
        {
            await using (var file = File.Create(source))
            {
                await edit.Images[0].CopyToAsync(file);
            }

            var data = new JsonArray();
            var (size, format) = (edit.Size, "png");
            for (var index = 0; index < edit.Count && fault != Fault.NoMedia; index++)
            {
                var asked = new GenerationParameters(edit.Model.Id, Size: edit.Size == "auto" ? null : edit.Size, Quality: edit.Quality);
                var made = await drawing.DrawAsync(edit.Model, asked, id.ToString(), DemoDrawing.Seed(id) + index, edit.Prompt, source, CancellationToken.None);
                if (made.Output is not { } output)
                {
                    return (null, made.SourceUnreadable
                        ? OpenAiError.Field("invalid_image_file", "image", "Invalid image file or mode for image 1, please check your image file.")
                        : OpenAiError.Server);
                }

                (size, format) = await AddAsync(data, output.FilePath!, fault);
                output.DeleteFiles();
            }

            return (new JsonObject
            {
                ["created"] = time.GetUtcNow().ToUnixTimeSeconds(),
                ["background"] = "opaque",
                ["data"] = data,
                ["output_format"] = format,
                ["quality"] = edit.Quality,
                ["size"] = size,
                ["usage"] = OpenAiUsage.Of(edit).Json(),
            }, null);
        }
        finally
        {
            File.Delete(source);
        }
    }

    /// <summary>Adds a picture, and says how large and in what format it is: the renderer's own, whatever was asked for.</summary>
    private static async Task<(string Size, string Format)> AddAsync(JsonArray data, string path, Fault fault)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        data.Add(fault switch
        {
            Fault.WrongFile => new JsonObject { ["b64_json"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(NoPicture)) },
            Fault.PrivateFile => new JsonObject { ["url"] = "http://10.1.2.3/output.png" },
            _ => new JsonObject { ["b64_json"] = Convert.ToBase64String(bytes) },
        });
        using var content = new MemoryStream(bytes);
        return ImageProbe.Read(content, new ImageLimits(bytes.Length, 1, long.MaxValue)) is ImageProbeResult.Accepted picture
            ? ($"{picture.Width}x{picture.Height}", picture.Format == ImageFormat.Jpeg ? "jpeg" : "png")
            : ("auto", "png");
    }
}
