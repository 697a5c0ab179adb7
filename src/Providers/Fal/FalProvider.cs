using System.Text.Json;
using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Providers.Http;
using Providers.Keys;

namespace Providers.Fal;

/// <summary>fal.ai's queue: a job is submitted once, then looked after until its result can be copied. A submit whose fate is unknown is never sent again.</summary>
internal sealed class FalProvider(ModelCatalog catalog, FalClient client, FalUploads uploads, FalDownloads downloads, WorkspaceKeys keys, IOptions<FalOptions> options) : IProvider
{
    private const string Vendor = "fal";

    public string Name => ProviderNames.Fal;

    public Resubmit Resubmit => Resubmit.Never;

    public bool Simulated => false;

    public bool SetUp => options.Value.IsSetUp;

    public bool Serves(GenerationKind kind, string? model) => model is not null && catalog.Find(model) is { Wire: not null } found && found.Kind == kind;

    public async Task<ProviderResult> SubmitAsync(GenerationRequest request, CancellationToken cancellationToken)
    {
        var work = VendorWork.Of(request, Vendor);
        if (catalog.Find(work.Parameters.Model) is not { Wire: { } wire } model)
        {
            return new ProviderResult.Failed(new ItemFailure(FailureKind.InvalidRequest, $"How fal is asked for {work.Parameters.Model} is not known. Choose another model."));
        }

        var key = await KeyAsync(request.TenantId, cancellationToken);
        if (!key.IsThere)
        {
            return new ProviderResult.Failed(key.Missing(Vendor));
        }

        var (url, failure) = await uploads.UrlAsync(request.TenantId, key, work.SourcePath, request.SourceSha256, work.SourceContentType, cancellationToken);
        if (failure is not null)
        {
            return new ProviderResult.Failed(failure);
        }

        return await VendorSubmit.GuardAsync(Vendor, FalFailures.Unknown, async () =>
        {
            var answer = await client.SubmitAsync(
                key.Value, wire.Endpoint, wire.QueueApp, FalInput.Body(model, work.Parameters, work.Prompt, request.Seed, url!), request.TenantId, request.RequestKey, cancellationToken);
            return !answer.Ok ? new ProviderResult.Failed(FalFailures.OfSubmit(answer), answer.RequestId)
                : FalHandle.Read(answer.Json, client.Queue, wire.QueueApp) is { } handle ? new ProviderResult.Submitted(handle.ToString())
                : new ProviderResult.Failed(FalFailures.Unknown("fal's answer to the request cannot be read."), answer.RequestId);
        });
    }

    /// <exception cref="HttpRequestException">This look told nothing; another one may.</exception>
    public async Task<ProviderResult> PollAsync(string handle, GenerationRequest request, CancellationToken cancellationToken)
    {
        var job = FalHandle.Parse(handle);
        var key = (await KeyAsync(request.TenantId, cancellationToken)).Required(Vendor);
        var status = await client.GetAsync(key, job.Path + "/status?logs=0", cancellationToken);
        if (!status.Ok)
        {
            return (int)status.Status == 404 && !status.FromIngress
                ? new ProviderResult.Failed(FalFailures.Unknown("fal does not know the job any more."), job.Id)
                : throw Later(status);
        }

        switch (Text(status.Json, "status"))
        {
            case "IN_QUEUE":
                return new ProviderResult.Pending(false, status.Json!.Value.TryGetProperty("queue_position", out var position) && position.TryGetInt32(out var place) ? place : null);
            case "IN_PROGRESS":
                return new ProviderResult.Pending(true);
            case "COMPLETED" when FalFailures.OfType(Text(status.Json, "error_type")) is { } failure:
                return new ProviderResult.Failed(failure, job.Id);
            case "COMPLETED":
                return await ResultAsync(key, job, request, cancellationToken);
            default:
                throw Later(status);
        }
    }

    // Whether it stopped is seen by looking on; none of the possible answers is a fault.
    public async Task CancelAsync(string handle, long tenantId, CancellationToken cancellationToken) =>
        await client.PutAsync((await KeyAsync(tenantId, cancellationToken)).Required(Vendor), FalHandle.Parse(handle).Path + "/cancel", cancellationToken);

    private ValueTask<VendorKey> KeyAsync(long tenantId, CancellationToken cancellationToken) => keys.OfAsync(Name, tenantId, options.Value.Key, cancellationToken);

    private async Task<ProviderResult> ResultAsync(string key, FalHandle job, GenerationRequest request, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(key, job.Path, cancellationToken);
        if (!answer.Ok)
        {
            var ours = (int)answer.Status is 401 or 403 or 429 || answer.Json is null;
            if ((int)answer.Status is 404 or 410 && !answer.FromIngress)
            {
                return new ProviderResult.Failed(downloads.Lost("fal does not keep the result any more"), job.Id);
            }

            if (ours)
            {
                throw Later(answer);
            }

            var failure = FalFailures.OfResult(answer);
            if (failure.Kind == FailureKind.BadResponse)
            {
                uploads.Forget(request.TenantId, request.SourceSha256);
            }

            return new ProviderResult.Failed(failure, job.Id);
        }

        if (MediaUrl(answer.Json, request.Kind) is not { } url)
        {
            // What was counted may not be asked for again by itself.
            return new ProviderResult.Failed(
                answer.BillableUnits == 0 ? new ItemFailure(FailureKind.BadResponse, "fal says that it is done, but its answer holds no media.") : downloads.Lost("its answer holds no media that can be read"), job.Id);
        }

        var video = request.Kind == GenerationKind.Video;
        var (path, lost) = await downloads.FetchAsync(url, video ? options.Value.MaxVideoBytes : options.Value.MaxImageBytes, cancellationToken);
        return lost is not null
            ? new ProviderResult.Failed(lost, job.Id)
            : new ProviderResult.Finished([new Produced(null, path, video ? "video/mp4" : null, null, Seed(answer.Json) ?? request.Seed)], RequestId: job.Id) { BilledUnits = answer.BillableUnits };
    }

    private static string? MediaUrl(JsonElement? json, GenerationKind kind)
    {
        if (json is not { ValueKind: JsonValueKind.Object } body)
        {
            return null;
        }

        if (kind == GenerationKind.Video)
        {
            return body.TryGetProperty("video", out var video) ? Text(video, "url") : null;
        }

        return body.TryGetProperty("images", out var images) && images.ValueKind == JsonValueKind.Array && images.GetArrayLength() > 0 ? Text(images[0], "url")
            : body.TryGetProperty("image", out var image) ? Text(image, "url") : null;
    }

    private static long? Seed(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("seed", out var seed) && seed.ValueKind == JsonValueKind.Number && seed.TryGetInt64(out var value) ? value : null;

    private static string? Text(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static HttpRequestException Later(FalAnswer answer) => new($"fal answered {(int)answer.Status} to a look at a job.", null, answer.Status);
}
