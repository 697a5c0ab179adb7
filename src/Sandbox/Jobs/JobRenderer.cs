using Providers;
using Providers.Catalog;
using Sandbox.Files;

namespace Sandbox.Jobs;

/// <summary>Does what a model would: holds the body to its fields, fetches the source, and has the demo renderer make a picture or a clip of it.</summary>
internal sealed class JobRenderer(DemoDrawing drawings, StoredFiles files)
{
    public async Task<JobOutcome> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (Planned(job.Fault) is { } planned)
        {
            return new JobOutcome(planned);
        }

        if (job.Check() is { } faults)
        {
            return new JobOutcome(JobEnd.Invalid) { Faults = faults };
        }

        var input = job.Read();
        var (source, owned) = await SourceAsync(input.Source, cancellationToken);
        if (source is null)
        {
            return new JobOutcome(JobEnd.SourceUnreachable);
        }

        try
        {
            return await drawings.DrawAsync(job.Model, input.Parameters, job.Id, input.Seed ?? StableSeed(job.Id), input.Prompt, source, cancellationToken) switch
            {
                { Output: { FilePath: { } path } output } => Made(job, input, path, output),
                { SourceUnreadable: true } => new JobOutcome(JobEnd.SourceUnreadable),
                _ => new JobOutcome(JobEnd.ModelError),
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

    private static JobEnd? Planned(Fault fault) => fault switch
    {
        Fault.Policy => JobEnd.Refused,
        Fault.SourceDownload => JobEnd.SourceUnreachable,
        Fault.ModelError => JobEnd.ModelError,
        Fault.ModelTimeout => JobEnd.TimedOut,
        Fault.NoMedia => JobEnd.NoMedia,
        _ => null,
    };

    private JobOutcome Made(Job job, JobInput input, string path, Produced output)
    {
        var contentType = job.Model.Kind == GenerationKind.Video ? "video/mp4" : output.ContentType ?? "image/png";
        var bytes = new FileInfo(path).Length;
        var id = files.Keep(path, contentType, job.Fault);
        if (output.PosterPath is { } poster)
        {
            File.Delete(poster);
        }

        return new JobOutcome(JobEnd.Made, BilledUnits.Of(job.Model.At(job.Vendor).Price, input.Parameters) ?? 1)
        {
            File = new MadeFile(id, "output." + contentType.Split('/')[1], contentType, bytes),
        };
    }

    /// <summary>A readable file, and whether it is this job's alone.</summary>
    private async Task<(string? Path, bool Owned)> SourceAsync(string? url, CancellationToken cancellationToken)
    {
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

    private static long StableSeed(string id) => id.Aggregate(17L, (sum, letter) => ((sum * 31) + letter) & int.MaxValue);
}
