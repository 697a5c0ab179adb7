using System.Globalization;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers;
using Providers.Catalog;

namespace Sandbox.Fal;

/// <summary>Does what a model would: holds the body to its fields, fetches the source, and has the demo renderer make a picture or a clip of it.</summary>
internal sealed class FalRenderer(DemoDrawing drawing, FalFiles files)
{
    public async Task<FalOutcome> RunAsync(FalJob job, CancellationToken cancellationToken)
    {
        var wire = job.Model.Wire!;
        if (Planned(job) is { } planned)
        {
            return planned;
        }

        if (FalSchema.Check(wire, job.Body) is { } refused)
        {
            return refused;
        }

        var (source, owned) = await SourceAsync(wire, job.Body, cancellationToken);
        if (source is null)
        {
            return FalOutcome.Error(422, "file_download_error", "Failed to download the file", wire.ImageField);
        }

        try
        {
            return await drawing.DrawAsync(job.Model, Parameters(job), job.Id, Seed(job), job.Prompt, source, cancellationToken) switch
            {
                { Output: { } output } => Result(job, output.FilePath!, output),
                { SourceUnreadable: true } => FalOutcome.Error(422, "image_load_error", "The image could not be loaded", wire.ImageField),
                _ => FalOutcome.Error(500, "internal_server_error", "Internal server error"),
            };
        }
        finally
        {
            if (owned)
            {
                File.Delete(source);
            }
        }
    }

    private static FalOutcome? Planned(FalJob job) => job.Fault switch
    {
        // The real one repeats the input as well; whoever logs an answer has then logged the prompt.
        Fault.Policy => FalOutcome.Error(
            422, "content_policy_violation", "The content could not be processed because it contained material flagged by a content checker.", input: new JsonObject { ["prompt"] = job.Prompt }),
        Fault.SourceDownload => FalOutcome.Error(422, "file_download_error", "Failed to download the file", job.Model.Wire!.ImageField),
        Fault.ModelError => FalOutcome.Error(500, "internal_server_error", "Internal server error"),
        Fault.ModelTimeout => new FalOutcome(504, new JsonObject { ["detail"] = "Generation timed out", ["error_type"] = "generation_timeout" }, 0),
        Fault.NoMedia => new FalOutcome(200, new JsonObject { ["images"] = new JsonArray() }, 0),
        _ => null,
    };

    private FalOutcome Result(FalJob job, string path, Produced output)
    {
        var video = job.Model.Kind == GenerationKind.Video;
        var contentType = video ? "video/mp4" : output.ContentType ?? "image/png";
        var bytes = new FileInfo(path).Length;
        var id = files.Keep(path, contentType, job.Fault);
        if (output.PosterPath is { } poster)
        {
            File.Delete(poster);
        }

        var name = "output." + contentType.Split('/')[1];
        var file = new JsonObject
        {
            ["url"] = job.Fault == Fault.PrivateFile ? "http://10.1.2.3/" + name : $"{job.Base}files/{id}/{name}",
            ["content_type"] = contentType,
            ["file_name"] = name,
            ["file_size"] = bytes,
        };
        var body = video ? new JsonObject { ["video"] = file } : new JsonObject { ["images"] = new JsonArray(file), ["description"] = "" };
        if (job.Body["seed"] is { } seed)
        {
            body["seed"] = seed.DeepClone();
        }

        return new FalOutcome(200, body, BilledUnits.Of(job.Model.Price, Parameters(job)) ?? 1);
    }

    private static long Seed(FalJob job) => job.Body["seed"] is JsonValue value && value.TryGetValue<long>(out var number) ? number : DemoDrawing.Seed(Guid.Parse(job.Id));

    private static GenerationParameters Parameters(FalJob job)
    {
        var size = Text(job.Body, "image_size");
        return new GenerationParameters(
            job.Model.Id,
            Text(job.Body, "aspect_ratio"),
            size is not null && char.IsAsciiDigit(size[0]) ? size : null,
            Text(job.Body, "resolution"),
            Text(job.Body, "quality"),
            Seconds(job.Body) ?? job.Model.Capabilities.DefaultDurationSec,
            job.Body["generate_audio"]?.GetValueKind() == System.Text.Json.JsonValueKind.True,
            Text(job.Body, "negative_prompt"));
    }

    /// <summary>A readable file, and whether it is this job's alone.</summary>
    private async Task<(string? Path, bool Owned)> SourceAsync(ModelWire wire, JsonObject body, CancellationToken cancellationToken)
    {
        var url = body[wire.ImageField] switch
        {
            JsonArray { Count: > 0 } many => many[0]?.ToString(),
            JsonValue one => one.ToString(),
            _ => null,
        };
        if (url?.StartsWith("data:", StringComparison.Ordinal) == true)
        {
            return (await UnpackedAsync(url, cancellationToken), true);
        }

        return (Uri.TryCreate(url, UriKind.Absolute, out var address) ? files.PathOf(address) : null, false);
    }

    private static async Task<string?> UnpackedAsync(string url, CancellationToken cancellationToken)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var buffer = new byte[Math.Max(0, url.Length - comma)];
        if (comma < 0 || !url[..comma].EndsWith(";base64", StringComparison.Ordinal) || !Convert.TryFromBase64String(url[(comma + 1)..], buffer, out var length))
        {
            return null;
        }

        var path = Path.Combine(Path.GetTempPath(), $"pipeline-sandbox-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(path, buffer[..length], cancellationToken);
        return path;
    }

    private static int? Seconds(JsonObject body) =>
        int.TryParse(body["duration"]?.ToString().TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static string? Text(JsonObject body, string name) => body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
